//! Embedded images.

use std::ops::Range;

use egui::{Color32, Rect, TextureFilter, TextureId, emath, pos2};

use super::Resources;
use super::canvas::Canvas;
use super::transform::rotation;
use crate::export::base64;
use crate::render::Bitmap;
use crate::render::textures::Texture;

/// Longest side of a sharp image whose texels are repeated, in pixels.
const MAX_SIDE: usize = 2048;

/// Where an image goes: `rect`, turned by `angle` radians clockwise about its centre.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) rect: Rect,
    pub(super) angle: f32,
}

/// Draws the part `uv` of a texture, multiplied by `tint`. A part whose maximum lies left of or
/// above its minimum is mirrored.
pub(super) fn draw(
    canvas: &mut Canvas,
    resources: &Resources<'_>,
    texture: TextureId,
    uv: Rect,
    place: Place,
    tint: Color32,
) {
    let Some(texture) = resources.textures.get(texture) else {
        return;
    };
    let [width, height] = texture.image.size;
    let sharp = texture.options.magnification == TextureFilter::Nearest;
    let (Some(columns), Some(rows)) = (
        Side::new(width, [uv.min.x, uv.max.x], place.rect.x_range(), sharp),
        Side::new(height, [uv.min.y, uv.max.y], place.rect.y_range(), sharp),
    ) else {
        return;
    };
    let rect = Rect::from_x_y_ranges(columns.span, rows.span);
    let clip = if place.angle == 0.0 {
        canvas.visible().intersect(place.rect)
    } else {
        canvas.visible()
    };
    if canvas.begin_shape(rect, clip) {
        let transform = rotation(place.angle, place.rect.center());
        push(
            canvas,
            rect,
            &cut(texture, &columns, &rows, tint),
            sharp,
            &transform,
        );
    }
}

/// Writes an image element that fills `rect`. Where `sharp`, its pixels keep their edges.
pub(super) fn push(canvas: &mut Canvas, rect: Rect, bitmap: &Bitmap, sharp: bool, transform: &str) {
    let Ok(file) = bitmap.to_png(1.0, &[]) else {
        return;
    };
    let element = canvas
        .element("image")
        .number("x", rect.min.x)
        .number("y", rect.min.y)
        .number("width", rect.width())
        .number("height", rect.height())
        .attribute("preserveAspectRatio", "none")
        .attributes(transform);
    let element = if sharp {
        // The attribute is for SVG 1.1 readers, the style for those that know the newer value.
        element
            .attribute("image-rendering", "optimizeSpeed")
            .attribute("style", "image-rendering:pixelated")
    } else {
        element
    };
    element
        .raw_attribute("xlink:href", |xml| {
            xml.push_str("data:image/png;base64,");
            base64::push(xml, &file);
        })
        .close();
}

/// Whole texels along one side of an image, and where they go.
struct Side {
    texels: Range<usize>,
    mirrored: bool,
    /// Pixels for each texel.
    repeat: usize,
    span: emath::Rangef,
}

impl Side {
    /// The texels, of `length`, that the part between the fractions `uv` touches, if `target` is
    /// where that part goes. Where `sharp`, texels are repeated until a reader that smooths
    /// images regardless smears them by half a point at most.
    fn new(
        length: usize,
        [first, last]: [f32; 2],
        target: emath::Rangef,
        sharp: bool,
    ) -> Option<Self> {
        let mirrored = first > last;
        let (low, high) = if mirrored {
            (last, first)
        } else {
            (first, last)
        };
        let (low, high) = (low * length as f32, high * length as f32);
        // Rounding noise of a millitexel must not add a row.
        let texels = (low + 1e-3).floor() as usize..((high - 1e-3).ceil() as usize).min(length);
        let scale = target.span() / (high - low);
        if texels.is_empty() || !scale.is_finite() {
            return None;
        }
        let (before, after) = (low - texels.start as f32, texels.end as f32 - high);
        let (before, after) = if mirrored {
            (after, before)
        } else {
            (before, after)
        };
        let span = emath::Rangef::new(target.min - before * scale, target.max + after * scale);
        let repeat = if sharp {
            ((2.0 * scale).ceil() as usize).clamp(1, (MAX_SIDE / texels.len()).max(1))
        } else {
            1
        };
        Some(Self {
            texels,
            mirrored,
            repeat,
            span,
        })
    }

    /// Pixels along this side.
    fn pixels(&self) -> usize {
        self.texels.len() * self.repeat
    }

    /// The texel of each pixel.
    fn indices(&self) -> impl Iterator<Item = usize> + '_ {
        let Range { start, end } = self.texels;
        (0..self.pixels()).map(move |pixel| {
            let texel = pixel / self.repeat;
            if self.mirrored {
                end - 1 - texel
            } else {
                start + texel
            }
        })
    }
}

fn cut(texture: &Texture, columns: &Side, rows: &Side, tint: Color32) -> Bitmap {
    let image = &texture.image;
    let tint = tint.to_array();
    let tinted = |texel: Color32| {
        let [r, g, b, a] = crate::render::raster::modulate(tint, texel.to_array());
        Color32::from_rgba_premultiplied(r, g, b, a)
    };
    let pixels: Vec<Color32> = rows
        .indices()
        .flat_map(|y| columns.indices().map(move |x| tinted(image[(x, y)])))
        .collect();
    Bitmap::from_premultiplied(columns.pixels() as u32, rows.pixels() as u32, &pixels)
}

/// The part of a texture and the place of a mesh of four corners and two triangles, where both
/// are upright rectangles of one colour.
pub(super) fn quad(vertices: &[egui::epaint::Vertex]) -> Option<(Rect, Place, Color32)> {
    let first = vertices.first()?;
    let opposite = vertices.iter().max_by(|a, b| {
        let distance = |v: &egui::epaint::Vertex| (v.pos - first.pos).length_sq();
        distance(a).total_cmp(&distance(b))
    })?;
    let at_corner = |v: &egui::epaint::Vertex| {
        let side = |v: f32, a: f32, b: f32| (v - a).abs().min((v - b).abs()) < 1e-3;
        let horizontal = if (v.pos.x - first.pos.x).abs() < 1e-3 {
            first.uv.x
        } else {
            opposite.uv.x
        };
        let vertical = if (v.pos.y - first.pos.y).abs() < 1e-3 {
            first.uv.y
        } else {
            opposite.uv.y
        };
        side(v.pos.x, first.pos.x, opposite.pos.x)
            && side(v.pos.y, first.pos.y, opposite.pos.y)
            && v.uv.distance(pos2(horizontal, vertical)) < 1e-5
            && v.color == first.color
    };
    if vertices.len() != 4 || !vertices.iter().all(at_corner) {
        return None;
    }
    let (mut uv, mut rect) = (
        Rect::from_min_max(first.uv, opposite.uv),
        Rect::from_min_max(first.pos, opposite.pos),
    );
    if rect.min.x > rect.max.x {
        std::mem::swap(&mut rect.min.x, &mut rect.max.x);
        std::mem::swap(&mut uv.min.x, &mut uv.max.x);
    }
    if rect.min.y > rect.max.y {
        std::mem::swap(&mut rect.min.y, &mut rect.max.y);
        std::mem::swap(&mut uv.min.y, &mut uv.max.y);
    }
    rect.is_positive()
        .then_some((uv, Place { rect, angle: 0.0 }, first.color))
}
