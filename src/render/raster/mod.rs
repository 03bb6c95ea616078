//! Triangles to pixels on the CPU, as `egui_glow` paints them on a GPU.
//!
//! Positions are rounded to 1/256 pixel. A pixel is covered where its centre is, and by exactly
//! one of two triangles that share an edge (the top-left rule), so translucent shapes have no
//! seams. Colours are multiplied and blended in gamma space with premultiplied alpha. Each pixel
//! depends on its own position only: any number of threads gives the same bits.

mod band;
mod blend;
mod geometry;
mod plane;
mod sampler;
mod shading;
#[cfg(test)]
mod tests;

use egui::Color32;
use egui::epaint::{ClippedPrimitive, Primitive};
use rayon::prelude::*;

use super::textures::Texture;
use super::{Bitmap, Textures};
use band::Band;
use geometry::{FixedPoint, PixelRect};

/// Rows that one task paints.
const BAND_ROWS: usize = 32;

/// What to paint on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Width and height in pixels.
    pub size_in_pixels: [u32; 2],
    /// Pixels per point of the primitives' coordinates.
    pub pixels_per_point: f32,
    /// Colour before anything is painted.
    pub background: Color32,
}

/// A mesh with its vertices on the pixel grid.
struct FixedMesh<'a> {
    mesh: &'a egui::Mesh,
    texture: &'a Texture,
    clip: PixelRect,
    /// One for each vertex; `None` where the position is not finite.
    points: Vec<Option<FixedPoint>>,
}

/// Paints tessellated `primitives` in order.
///
/// Triangles with a non-finite position and meshes without a known texture are left out, as are
/// paint callbacks, which need a GPU.
pub fn rasterize(target: &Target, primitives: &[ClippedPrimitive], textures: &Textures) -> Bitmap {
    let [width, height] = target.size_in_pixels;
    let meshes: Vec<FixedMesh<'_>> = primitives
        .par_iter()
        .filter_map(|primitive| FixedMesh::new(target, primitive, textures))
        .collect();
    let mut pixels = vec![target.background; width as usize * height as usize];
    let band_pixels = (width as usize * BAND_ROWS).max(1);
    pixels
        .par_chunks_mut(band_pixels)
        .enumerate()
        .for_each(|(index, pixels)| {
            let mut band = Band::new(pixels, width, (index * BAND_ROWS) as i32);
            for mesh in &meshes {
                band.paint(mesh);
            }
        });
    Bitmap::from_premultiplied(width, height, &pixels)
}

impl<'a> FixedMesh<'a> {
    fn new(
        target: &Target,
        primitive: &'a ClippedPrimitive,
        textures: &'a Textures,
    ) -> Option<Self> {
        let Primitive::Mesh(mesh) = &primitive.primitive else {
            return None;
        };
        let texture = textures.get(mesh.texture_id)?;
        if texture.image.pixels.is_empty() {
            return None;
        }
        let scale = target.pixels_per_point;
        let clip = PixelRect::from_points(primitive.clip_rect, scale, target.size_in_pixels);
        let points = mesh
            .vertices
            .iter()
            .map(|v| FixedPoint::new(v.pos, scale))
            .collect();
        Some(Self {
            mesh,
            texture,
            clip,
            points,
        })
    }
}

/// The channelwise product of two premultiplied colours, rounded to 8 bits.
pub(super) fn modulate(color: [u8; 4], texel: [u8; 4]) -> [u8; 4] {
    blend::rounded(blend::product(color, texel))
}
