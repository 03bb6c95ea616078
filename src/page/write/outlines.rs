//! Texts as shapes: where each glyph's outline lies on the page.

use crate::page::sheet::Text;
use crate::page::typeset::{Fonts, OutlinePart};

/// Side, foot and height of the box that stands for a character in no font, as shares of its size.
const BOX: [f32; 3] = [0.08, 0.0, 0.7];

/// The outlines of a text's glyphs, on the page; a box stands for a character that no font has.
pub(super) fn parts(fonts: &Fonts, text: &Text) -> Vec<OutlinePart> {
    let mut parts = Vec::new();
    for glyph in &text.set.glyphs {
        let at = |[x, y]: [f32; 2]| text.point(glyph.x + x * glyph.size, glyph.y - y * glyph.size);
        match glyph.found {
            Some((face, id)) => {
                let outline = fonts.outline(face, id);
                parts.extend(outline.parts.iter().map(|part| match *part {
                    OutlinePart::Move(p) => OutlinePart::Move(at(p)),
                    OutlinePart::Line(p) => OutlinePart::Line(at(p)),
                    OutlinePart::Quad(a, p) => OutlinePart::Quad(at(a), at(p)),
                    OutlinePart::Cubic(a, b, p) => OutlinePart::Cubic(at(a), at(b), at(p)),
                    OutlinePart::Close => OutlinePart::Close,
                }));
            }
            None if glyph.character.is_whitespace() => {}
            None => {
                for (inset, turns) in [(0.0, false), (0.06, true)] {
                    let share = glyph.advance / glyph.size;
                    let (left, right) = (BOX[0] + inset, share - BOX[0] - inset);
                    let (low, high) = (BOX[1] + inset, BOX[2] - inset);
                    let mut corners = [[left, low], [right, low], [right, high], [left, high]];
                    // The inner edge runs the other way round, so that the box is hollow.
                    if turns {
                        corners.reverse();
                    }
                    for (k, corner) in corners.into_iter().enumerate() {
                        let corner = at(corner);
                        parts.push(if k == 0 {
                            OutlinePart::Move(corner)
                        } else {
                            OutlinePart::Line(corner)
                        });
                    }
                    parts.push(OutlinePart::Close);
                }
            }
        }
    }
    parts
}
