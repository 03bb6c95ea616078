//! A page as pixels.

use thiserror::Error;
use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint as Ink, PathBuilder, Pixmap, PixmapPaint, StrokeDash,
    Transform,
};

use crate::page::colours::Rgb;
use crate::page::sheet::{Dots, Item, Page, Paint, Path, Raster, Stroke, Text};
use crate::page::typeset::{Fonts, OutlinePart};

use super::{PngError, outlines, png as file};

/// Longest side, and most pixels of a picture.
const MAX_SIDE: f32 = 16_384.0;
const MAX_PIXELS: f32 = 128e6;

/// Pixels per inch at which a point is a pixel.
const POINTS_PER_INCH: f32 = 72.0;

/// Why a page can't become pixels.
#[derive(Debug, Error)]
pub enum RasterError {
    /// It would be too large.
    #[error(
        "a picture of {width:.0}×{height:.0} pixels is too large; allowed: up to {MAX_SIDE:.0} a side and {:.0} \
         million in all. Ask for fewer pixels (--scale) or a smaller size",
        MAX_PIXELS / 1e6
    )]
    Size {
        /// Width in pixels.
        width: f32,
        /// Height in pixels.
        height: f32,
    },
    /// It can't become a PNG file.
    #[error(transparent)]
    Png(#[from] PngError),
}

/// A page as a PNG file of so many pixels per inch, that carries `provenance` as texts.
///
/// # Errors
/// [`RasterError`] for too large a picture, and where it can't be encoded.
pub fn png(page: &Page, ppi: f32, provenance: &[(String, String)]) -> Result<Vec<u8>, RasterError> {
    let scale = ppi / POINTS_PER_INCH;
    let [width, height] = [page.width, page.height].map(|side| (side * scale).round().max(1.0));
    let refused = RasterError::Size { width, height };
    if !(width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_PIXELS) {
        return Err(refused);
    }
    let mut pixels = Pixmap::new(width as u32, height as u32).ok_or(refused)?;
    let Rgb(r, g, b) = page.background;
    pixels.fill(Color::from_rgba8(r, g, b, 255));
    let mut target = Target {
        fonts: Fonts::new(),
        pixels,
        scale: Transform::from_scale(scale, scale),
    };
    page.items.iter().for_each(|item| target.draw(item));
    // Nothing is seen through, so the premultiplied numbers are the plain ones.
    let size = [target.pixels.width(), target.pixels.height()];
    Ok(file::encode_rgba(
        size,
        target.pixels.data(),
        ppi,
        provenance,
    )?)
}

struct Target {
    fonts: Fonts,
    pixels: Pixmap,
    scale: Transform,
}

fn ink(paint: Paint) -> Ink<'static> {
    let Rgb(r, g, b) = paint.colour;
    let mut ink = Ink {
        anti_alias: true,
        ..Ink::default()
    };
    ink.set_color_rgba8(r, g, b, (255.0 * paint.opacity).round() as u8);
    ink
}

impl Target {
    fn draw(&mut self, item: &Item) {
        match item {
            Item::Path(path) => self.path(path),
            Item::Dots(dots) => self.dots(dots),
            Item::Raster(raster) => self.raster(raster),
            Item::Text(text) => self.text(text),
        }
    }

    fn fill_and_stroke(
        &mut self,
        path: &tiny_skia::Path,
        fill: Option<Paint>,
        stroke: Option<&Stroke>,
    ) {
        if let Some(paint) = fill {
            self.pixels
                .fill_path(path, &ink(paint), FillRule::Winding, self.scale, None);
        }
        if let Some(stroke) = stroke {
            let dash = (!stroke.dash.is_empty()).then(|| StrokeDash::new(stroke.dash.clone(), 0.0));
            let line = tiny_skia::Stroke {
                width: stroke.width,
                line_cap: LineCap::Butt,
                line_join: LineJoin::Round,
                dash: dash.flatten(),
                ..tiny_skia::Stroke::default()
            };
            self.pixels
                .stroke_path(path, &ink(stroke.paint), &line, self.scale, None);
        }
    }

    fn path(&mut self, path: &Path) {
        let mut builder = PathBuilder::new();
        for line in &path.lines {
            for (k, [x, y]) in line.iter().enumerate() {
                if k == 0 {
                    builder.move_to(*x, *y);
                } else {
                    builder.line_to(*x, *y);
                }
            }
            if path.closed {
                builder.close();
            }
        }
        if let Some(built) = builder.finish() {
            self.fill_and_stroke(&built, path.fill, path.stroke.as_ref());
        }
    }

    /// One by one, since those that overlap add up where they are seen through.
    fn dots(&mut self, dots: &Dots) {
        for [x, y] in &dots.centres {
            if let Some(circle) = PathBuilder::from_circle(*x, *y, dots.radius) {
                self.fill_and_stroke(&circle, dots.fill, dots.stroke.as_ref());
            }
        }
    }

    /// Each pixel has the colour of the cell its middle lies in.
    fn raster(&mut self, raster: &Raster) {
        let place = raster.place;
        let (columns, rows) = (raster.columns, raster.rows());
        let corner = |x: f32, y: f32| {
            let mut point = tiny_skia::Point::from_xy(x, y);
            self.scale.map_point(&mut point);
            point
        };
        let (from, to) = (
            corner(place.left, place.top),
            corner(place.right, place.bottom),
        );
        let [left, top] = [from.x.round(), from.y.round()];
        let [width, height] = [to.x.round() - left, to.y.round() - top];
        let size = (width >= 1.0 && height >= 1.0).then_some((width as u32, height as u32));
        let Some(mut picture) = size.and_then(|(width, height)| Pixmap::new(width, height)) else {
            return;
        };
        let (wide, high) = (picture.width() as usize, picture.height() as usize);
        for (index, pixel) in picture.pixels_mut().iter_mut().enumerate() {
            let column = (index % wide * columns / wide).min(columns.saturating_sub(1));
            let row = (index / wide * rows / high).min(rows.saturating_sub(1));
            if let Some(Rgb(r, g, b)) = raster.cells.get(row * columns + column) {
                *pixel = tiny_skia::ColorU8::from_rgba(*r, *g, *b, 255).premultiply();
            }
        }
        let paint = PixmapPaint::default();
        self.pixels.draw_pixmap(
            left as i32,
            top as i32,
            picture.as_ref(),
            &paint,
            Transform::identity(),
            None,
        );
    }

    fn text(&mut self, text: &Text) {
        let mut builder = PathBuilder::new();
        for part in outlines::parts(&self.fonts, text) {
            match part {
                OutlinePart::Move([x, y]) => builder.move_to(x, y),
                OutlinePart::Line([x, y]) => builder.line_to(x, y),
                OutlinePart::Quad([a, b], [x, y]) => builder.quad_to(a, b, x, y),
                OutlinePart::Cubic([a, b], [c, d], [x, y]) => builder.cubic_to(a, b, c, d, x, y),
                OutlinePart::Close => builder.close(),
            }
        }
        if let Some(path) = builder.finish() {
            self.fill_and_stroke(&path, Some(text.colour.into()), None);
        }
    }
}
