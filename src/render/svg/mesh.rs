//! Meshes: areas where each has one colour, images otherwise.

use egui::epaint::{ClippedPrimitive, Mesh, Primitive};
use egui::{Color32, Rect};

use super::canvas::Canvas;
use super::outline::{Part, flat_parts};
use super::path::PathData;
use super::{Resources, color, image};
use crate::render::raster::{Target, rasterize};

/// Pixels for each pixel of the bitmap where a mesh becomes an image: it may be printed.
const OVERSAMPLING: f32 = 2.0;

/// Most pixels of an image made from a mesh.
const MAX_PIXELS: f32 = 4e6;

/// Draws a mesh as outlines where it has flat colours, as an image otherwise.
pub(super) fn draw(canvas: &mut Canvas, resources: &Resources<'_>, mesh: &Mesh) {
    if let Some(parts) = flat_parts(mesh) {
        draw_parts(canvas, &parts);
    } else if let (Some((uv, place, tint)), 6) = (image::quad(&mesh.vertices), mesh.indices.len()) {
        image::draw(canvas, resources, mesh.texture_id, uv, place, tint);
    } else {
        draw_pixels(canvas, resources, mesh);
    }
}

/// Neighbours of one opaque colour share a path. Translucent ones do not: where they overlap,
/// both must show.
fn draw_parts(canvas: &mut Canvas, parts: &[Part]) {
    for run in parts.chunk_by(|a, b| a.color == b.color && a.color.is_opaque()) {
        let Some(first) = run.first() else { continue };
        let mut data = PathData::default();
        run.iter().for_each(|part| part.push(&mut data));
        let mut style = String::new();
        color::push_fill(&mut style, first.color);
        if first.color != Color32::TRANSPARENT && !data.is_empty() {
            canvas
                .styled("path", style)
                .attribute("d", data.as_str())
                .close();
        }
    }
}

fn draw_pixels(canvas: &mut Canvas, resources: &Resources<'_>, mesh: &Mesh) {
    let bounds = mesh.calc_bounds().intersect(canvas.visible());
    if !bounds.is_positive() {
        return;
    }
    let finest = (MAX_PIXELS / bounds.area()).sqrt();
    let pixels_per_point = finest.min(resources.pixels_per_point * OVERSAMPLING);
    let size = (bounds.size() * pixels_per_point).ceil();
    let target = Target {
        size_in_pixels: [size.x as u32, size.y as u32],
        pixels_per_point,
        background: Color32::TRANSPARENT,
    };
    let mut mesh = mesh.clone();
    mesh.translate(-bounds.min.to_vec2());
    let primitive = Primitive::Mesh(mesh);
    let primitives = [ClippedPrimitive {
        clip_rect: Rect::EVERYTHING,
        primitive,
    }];
    let bitmap = rasterize(&target, &primitives, resources.textures);
    let rect = Rect::from_min_size(bounds.min, size / pixels_per_point);
    image::push(canvas, rect, &bitmap, false, "");
}
