//! What a page draws, in the operators of PDF.

use std::collections::BTreeSet;

use pdf_writer::types::{LineCapStyle, LineJoinStyle};
use pdf_writer::{Content, Name, Str};

use crate::page::colours::Rgb;
use crate::page::sheet::{Dots, Item, Page, Paint, Path, Raster, Stroke, Text};
use crate::page::typeset::{Fonts, Glyph, OutlinePart, SYMBOLS_DOWN};

use super::super::outlines;
use super::font::Subsets;

/// From the control point of a quarter of a circle to its end, as a share of the radius.
const ARC: f32 = 0.552_285;

/// The face of symbols, which stand lower.
const SYMBOLS: usize = 4;

/// Opacities are told apart by these steps.
const STEPS: f32 = 100.0;

/// What a page draws, and what it refers to.
pub(super) struct Drawn {
    pub(super) content: Content,
    pub(super) subsets: Subsets,
    /// Opacities in hundredths.
    pub(super) opacities: BTreeSet<u8>,
    pub(super) rasters: Vec<Raster>,
}

/// Name of the state with an opacity in hundredths.
pub(super) fn state_name(opacity: u8) -> String {
    format!("G{opacity}")
}

/// Name of a face.
pub(super) fn font_name(face: usize) -> String {
    format!("F{face}")
}

/// Name of a picture of cells.
pub(super) fn raster_name(index: usize) -> String {
    format!("I{index}")
}

impl Drawn {
    pub(super) fn of(page: &Page, fonts: &Fonts) -> Self {
        let mut drawn = Self {
            content: Content::new(),
            subsets: Subsets::default(),
            opacities: BTreeSet::new(),
            rasters: Vec::new(),
        };
        // Everything is laid out with y downwards.
        drawn
            .content
            .transform([1.0, 0.0, 0.0, -1.0, 0.0, page.height]);
        drawn.content.set_line_join(LineJoinStyle::RoundJoin);
        drawn.content.set_line_cap(LineCapStyle::ButtCap);
        drawn.opacity(1.0);
        drawn.fill_colour(page.background.into());
        drawn
            .content
            .rect(0.0, 0.0, page.width, page.height)
            .fill_nonzero();
        for item in &page.items {
            match item {
                Item::Path(path) => drawn.path(path),
                Item::Dots(dots) => drawn.dots(dots),
                Item::Raster(raster) => drawn.raster(raster),
                Item::Text(text) => drawn.text(fonts, text),
            }
        }
        drawn
    }

    fn opacity(&mut self, opacity: f32) {
        let steps = (STEPS * opacity.clamp(0.0, 1.0)).round() as u8;
        self.opacities.insert(steps);
        self.content
            .set_parameters(Name(state_name(steps).as_bytes()));
    }

    fn fill_colour(&mut self, paint: Paint) {
        let [r, g, b] = shares(paint.colour);
        self.content.set_fill_rgb(r, g, b);
    }

    /// Sets how what follows is filled and drawn.
    fn set(&mut self, fill: Option<Paint>, stroke: Option<&Stroke>) {
        let opacity = fill
            .or(stroke.map(|stroke| stroke.paint))
            .map_or(1.0, |paint| paint.opacity);
        self.opacity(opacity);
        if let Some(paint) = fill {
            self.fill_colour(paint);
        }
        if let Some(stroke) = stroke {
            let [r, g, b] = shares(stroke.paint.colour);
            self.content.set_stroke_rgb(r, g, b);
            self.content.set_line_width(stroke.width);
            self.content
                .set_dash_pattern(stroke.dash.iter().copied(), 0.0);
        }
    }

    fn paint(&mut self, fill: Option<Paint>, stroke: Option<&Stroke>) {
        match (fill, stroke) {
            (Some(_), Some(_)) => self.content.fill_nonzero_and_stroke(),
            (Some(_), None) => self.content.fill_nonzero(),
            (None, Some(_)) => self.content.stroke(),
            (None, None) => self.content.end_path(),
        };
    }

    fn path(&mut self, path: &Path) {
        self.set(path.fill, path.stroke.as_ref());
        for line in &path.lines {
            for (k, [x, y]) in line.iter().enumerate() {
                if k == 0 {
                    self.content.move_to(round(*x), round(*y));
                } else {
                    self.content.line_to(round(*x), round(*y));
                }
            }
            if path.closed {
                self.content.close_path();
            }
        }
        self.paint(path.fill, path.stroke.as_ref());
    }

    /// One by one, since those that overlap add up where they are seen through.
    fn dots(&mut self, dots: &Dots) {
        self.set(dots.fill, dots.stroke.as_ref());
        let (r, k) = (dots.radius, ARC * dots.radius);
        for [x, y] in &dots.centres {
            let at = |dx: f32, dy: f32| (round(x + dx), round(y + dy));
            let (x0, y0) = at(r, 0.0);
            self.content.move_to(x0, y0);
            for [a, b, end] in [
                [(r, k), (k, r), (0.0, r)],
                [(-k, r), (-r, k), (-r, 0.0)],
                [(-r, -k), (-k, -r), (0.0, -r)],
                [(k, -r), (r, -k), (r, 0.0)],
            ] {
                let ((ax, ay), (bx, by), (ex, ey)) = (at(a.0, a.1), at(b.0, b.1), at(end.0, end.1));
                self.content.cubic_to(ax, ay, bx, by, ex, ey);
            }
            self.content.close_path();
            self.paint(dots.fill, dots.stroke.as_ref());
        }
    }

    fn raster(&mut self, raster: &Raster) {
        let place = raster.place;
        self.opacity(1.0);
        self.content.save_state();
        // A picture fills the square from (0, 0) to (1, 1), y upwards.
        self.content.transform([
            place.width(),
            0.0,
            0.0,
            -place.height(),
            place.left,
            place.bottom,
        ]);
        self.content
            .x_object(Name(raster_name(self.rasters.len()).as_bytes()));
        self.content.restore_state();
        self.rasters.push(raster.clone());
    }

    fn text(&mut self, fonts: &Fonts, text: &Text) {
        self.opacity(1.0);
        self.fill_colour(text.colour.into());
        if !text.set.missing().is_empty() {
            return self.outlined(fonts, text);
        }
        self.content.begin_text();
        let mut glyphs = text.set.glyphs.iter().peekable();
        while let Some(first) = glyphs.next() {
            let Some((face, _)) = first.found else {
                continue;
            };
            let mut run = vec![first];
            while let Some(next) = glyphs.peek().filter(|next| goes_on(&run, next, face)) {
                run.push(next);
                glyphs.next();
            }
            self.run(text, face, &run);
        }
        self.content.end_text();
    }

    fn run(&mut self, text: &Text, face: usize, run: &[&Glyph]) {
        let Some(first) = run.first() else {
            return;
        };
        let down = if face == SYMBOLS {
            SYMBOLS_DOWN * first.size
        } else {
            0.0
        };
        let [x, y] = text.point(first.x, first.y + down);
        let matrix = match text.upright {
            true => [0.0, -1.0, -1.0, 0.0, x, y],
            false => [1.0, 0.0, 0.0, -1.0, x, y],
        };
        let mut bytes = Vec::with_capacity(2 * run.len());
        for glyph in run {
            if let Some((face, id)) = glyph.found {
                let number = self.subsets.number(face, id, glyph.character);
                bytes.extend(number.to_be_bytes());
            }
        }
        self.content
            .set_font(Name(font_name(face).as_bytes()), first.size);
        self.content.set_text_matrix(matrix);
        self.content.show(Str(&bytes));
    }

    /// A text with characters that no font has, as outlines and boxes.
    fn outlined(&mut self, fonts: &Fonts, text: &Text) {
        let mut at = [0.0; 2];
        for part in outlines::parts(fonts, text) {
            match part {
                OutlinePart::Move(p) => {
                    self.content.move_to(p[0], p[1]);
                    at = p;
                }
                OutlinePart::Line(p) => {
                    self.content.line_to(p[0], p[1]);
                    at = p;
                }
                OutlinePart::Quad(c, p) => {
                    let third =
                        |from: [f32; 2]| [0, 1].map(|k| from[k] + (c[k] - from[k]) * 2.0 / 3.0);
                    let ([ax, ay], [bx, by]) = (third(at), third(p));
                    self.content.cubic_to(ax, ay, bx, by, p[0], p[1]);
                    at = p;
                }
                OutlinePart::Cubic(a, b, p) => {
                    self.content.cubic_to(a[0], a[1], b[0], b[1], p[0], p[1]);
                    at = p;
                }
                OutlinePart::Close => {
                    self.content.close_path();
                }
            }
        }
        self.content.fill_nonzero();
    }
}

/// Whether a glyph goes on where those before it end.
fn goes_on(run: &[&Glyph], next: &Glyph, face: usize) -> bool {
    let Some(last) = run.last() else {
        return false;
    };
    let same = next.found.is_some_and(|(own, _)| own == face)
        && next.size == last.size
        && next.y == last.y;
    same && !next.mark && !last.mark && (next.x - last.x - last.advance).abs() < 1e-3
}

fn shares(colour: Rgb) -> [f32; 3] {
    colour
        .parts()
        .map(|part| (f32::from(part) / 255.0 * 1e4).round() / 1e4)
}

/// Hundredths of a point are finer than any print.
fn round(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}
