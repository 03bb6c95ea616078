//! The program's own fonts: text looks the same on every machine, and in every picture.

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

/// Name and file of each font: for text, for what stands out, and three in which what these lack is looked up.
pub const FILES: [(&str, &[u8]); 5] = [
    (
        "plex",
        include_bytes!("../../../assets/fonts/IBMPlexSans-Regular.ttf"),
    ),
    (
        "plex-semibold",
        include_bytes!("../../../assets/fonts/IBMPlexSans-SemiBold.ttf"),
    ),
    (
        "noto",
        include_bytes!("../../../assets/fonts/NotoSans-subset.ttf"),
    ),
    (
        "noto-math",
        include_bytes!("../../../assets/fonts/NotoSansMath-subset.ttf"),
    ),
    (
        "noto-symbols",
        include_bytes!("../../../assets/fonts/NotoSansSymbols2-subset.ttf"),
    ),
];

/// How far down symbols are moved, as a share of the text size.
pub const SYMBOLS_DOWN: f32 = 0.12;

/// Place of the font of symbols in [`FILES`].
const SYMBOLS: usize = 4;

/// The fonts, ready to be measured; lengths are shares of the text size, y upwards from the baseline.
pub struct Fonts {
    faces: Vec<FontRef<'static>>,
}

/// The outline of a glyph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// Its parts in order.
    pub parts: Vec<OutlinePart>,
}

/// A part of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OutlinePart {
    /// Begins a new contour.
    Move([f32; 2]),
    /// A straight line.
    Line([f32; 2]),
    /// A parabola: control point, end.
    Quad([f32; 2], [f32; 2]),
    /// A cubic: two control points, end.
    Cubic([f32; 2], [f32; 2], [f32; 2]),
    /// Ends the contour at its beginning.
    Close,
}

impl Default for Fonts {
    fn default() -> Self {
        Self::new()
    }
}

impl Fonts {
    /// Reads the fonts' heads.
    pub fn new() -> Self {
        // The files are part of the program: each of them can be read, which a test holds.
        let faces = FILES
            .iter()
            .filter_map(|(_, bytes)| FontRef::new(bytes).ok());
        Self {
            faces: faces.collect(),
        }
    }

    /// The faces in which a character is looked up: text, or what stands out, then the others.
    fn order(bold: bool) -> [usize; 5] {
        if bold {
            [1, 0, 2, 3, 4]
        } else {
            [0, 2, 3, 4, 1]
        }
    }

    /// Face and glyph of a character; `None` where no font has it.
    pub fn find(&self, c: char, bold: bool) -> Option<(usize, u16)> {
        Self::order(bold).into_iter().find_map(|face| {
            let glyph = self.faces.get(face)?.charmap().map(c)?;
            let id = u16::try_from(glyph.to_u32()).ok().filter(|id| *id > 0)?;
            Some((face, id))
        })
    }

    /// How far the next glyph stands from this one.
    pub fn advance(&self, face: usize, glyph: u16) -> f32 {
        let Some(font) = self.faces.get(face) else {
            return 0.0;
        };
        let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        metrics.advance_width(GlyphId::from(glyph)).unwrap_or(0.0)
    }

    /// The outline of a glyph; empty where it has none.
    pub fn outline(&self, face: usize, glyph: u16) -> Outline {
        let mut pen = Pen {
            parts: Vec::new(),
            down: if face == SYMBOLS { SYMBOLS_DOWN } else { 0.0 },
        };
        let found = self.faces.get(face);
        let found = found.and_then(|font| font.outline_glyphs().get(GlyphId::from(glyph)));
        if let Some(glyph) = found {
            let settings = DrawSettings::unhinted(Size::new(1.0), LocationRef::default());
            if glyph.draw(settings, &mut pen).is_err() {
                pen.parts.clear();
            }
        }
        Outline { parts: pen.parts }
    }

    /// Family name that other programs know a face by.
    pub fn family(face: usize) -> &'static str {
        match face {
            0 | 1 => "IBM Plex Sans",
            2 => "Noto Sans",
            3 => "Noto Sans Math",
            _ => "Noto Sans Symbols 2",
        }
    }
}

impl Outline {
    /// Left, lower, right and upper end; `None` of an empty one.
    pub fn bounds(&self) -> Option<[f32; 4]> {
        let mut bounds: Option<[f32; 4]> = None;
        let mut take = |[x, y]: [f32; 2]| {
            let [l, b, r, t] = bounds.unwrap_or([x, y, x, y]);
            bounds = Some([l.min(x), b.min(y), r.max(x), t.max(y)]);
        };
        for part in &self.parts {
            match *part {
                OutlinePart::Move(p) | OutlinePart::Line(p) => take(p),
                OutlinePart::Quad(a, p) => [a, p].into_iter().for_each(&mut take),
                OutlinePart::Cubic(a, b, p) => [a, b, p].into_iter().for_each(&mut take),
                OutlinePart::Close => {}
            }
        }
        bounds
    }
}

/// Notes down an outline.
struct Pen {
    parts: Vec<OutlinePart>,
    down: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> [f32; 2] {
        [x, y - self.down]
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.parts.push(OutlinePart::Move(self.at(x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.parts.push(OutlinePart::Line(self.at(x, y)));
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        let part = OutlinePart::Quad(self.at(cx0, cy0), self.at(x, y));
        self.parts.push(part);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let part = OutlinePart::Cubic(self.at(cx0, cy0), self.at(cx1, cy1), self.at(x, y));
        self.parts.push(part);
    }

    fn close(&mut self) {
        self.parts.push(OutlinePart::Close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_font_with_outlines() {
        let fonts = Fonts::new();
        assert_eq!(fonts.faces.len(), FILES.len());
        let (face, glyph) = fonts.find('H', false).expect("it is in every font of text");
        assert_eq!(face, 0);
        let [left, low, right, high] = fonts.outline(face, glyph).bounds().expect("it has ink");
        assert!(left >= 0.0 && right <= fonts.advance(face, glyph));
        assert!(low.abs() < 0.01 && (0.6..0.8).contains(&high), "{high}");
        assert_eq!(fonts.find('漢', false), None);
    }
}
