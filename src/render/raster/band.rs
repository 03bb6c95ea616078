//! A horizontal strip of the picture.

use egui::Color32;

use super::FixedMesh;
use super::geometry::{PixelRect, Triangle};
use super::shading::Shading;

/// Some rows of the picture, all columns.
pub(super) struct Band<'p> {
    pixels: &'p mut [Color32],
    width: usize,
    top: i32,
    bottom: i32,
}

impl<'p> Band<'p> {
    /// The rows from `top` on that `pixels` holds.
    pub(super) fn new(pixels: &'p mut [Color32], width: u32, top: i32) -> Self {
        let rows = pixels.len() / (width as usize).max(1);
        Self {
            pixels,
            width: width as usize,
            top,
            bottom: top + rows as i32,
        }
    }

    /// Paints the part of `mesh` that lies in this band.
    pub(super) fn paint(&mut self, mesh: &FixedMesh<'_>) {
        let clip = PixelRect {
            top: mesh.clip.top.max(self.top),
            bottom: mesh.clip.bottom.min(self.bottom),
            ..mesh.clip
        };
        if clip.top >= clip.bottom || clip.left >= clip.right {
            return;
        }
        for &corners in mesh.mesh.indices.as_chunks::<3>().0 {
            self.paint_triangle(mesh, corners, clip);
        }
    }

    fn paint_triangle(&mut self, mesh: &FixedMesh<'_>, corners: [u32; 3], clip: PixelRect) {
        let [a, b, c] = corners.map(|corner| corner as usize);
        let point = |corner: usize| mesh.points.get(corner).copied().flatten();
        let (Some(pa), Some(pb), Some(pc)) = (point(a), point(b), point(c)) else {
            return;
        };
        let points = [pa, pb, pc];
        let Some(triangle) = Triangle::new(points) else {
            return;
        };
        let rows = triangle.rows(clip.top, clip.bottom);
        let mut shading = None;
        for j in rows {
            let span = triangle.span(j, clip.left, clip.right);
            if span.is_empty() {
                continue;
            }
            let shading = shading.get_or_insert_with(|| {
                let vertices = [a, b, c].map(|corner| &mesh.mesh.vertices[corner]);
                Shading::new(
                    vertices,
                    points.map(|point| point.in_pixels()),
                    mesh.texture,
                )
            });
            let row = (j - self.top) as usize * self.width;
            let range = row + span.start as usize..row + span.end as usize;
            shading.paint(&mut self.pixels[range], span.start, j);
        }
    }
}
