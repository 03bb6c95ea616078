//! The colour of a triangle's pixels.

use egui::epaint::Vertex;
use egui::{Color32, Pos2};

use super::blend;
use super::plane::{Basis, Plane};
use super::sampler::Sampler;
use crate::render::textures::Texture;

/// How a triangle's colour varies, from cheap to dear.
pub(super) enum Shading<'a> {
    /// One colour.
    Flat([u8; 4]),
    /// Vertex colours, one texel.
    Gradient(Plane<4>),
    /// One vertex colour, a texture.
    Textured {
        color: [u8; 4],
        uv: Plane<2>,
        sampler: Sampler<'a>,
    },
    /// Vertex colours and a texture.
    TexturedGradient {
        color: Plane<4>,
        uv: Plane<2>,
        sampler: Sampler<'a>,
    },
}

impl<'a> Shading<'a> {
    /// Shading of a triangle with corners at `pixels`.
    pub(super) fn new(vertices: [&Vertex; 3], pixels: [[f64; 2]; 3], texture: &'a Texture) -> Self {
        let colors = vertices.map(|vertex| vertex.color.to_array());
        let flat = colors[0] == colors[1] && colors[0] == colors[2];
        let corners = texel_positions(vertices, texture);
        let basis = Basis::new(pixels);
        if corners[0] == corners[1] && corners[0] == corners[2] {
            let texel = Sampler::new(texture, 0.0).at(corners[0]);
            let colors = colors.map(|color| blend::rounded(blend::product(color, texel)));
            return if flat {
                Self::Flat(colors[0])
            } else {
                Self::Gradient(color_plane(&basis, colors))
            };
        }
        let uv = Plane::new(&basis, corners);
        let sampler = Sampler::new(texture, texels_per_pixel(&uv));
        if flat {
            Self::Textured {
                color: colors[0],
                uv,
                sampler,
            }
        } else {
            Self::TexturedGradient {
                color: color_plane(&basis, colors),
                uv,
                sampler,
            }
        }
    }

    /// Blends row `j` from column `i` on over `span`.
    pub(super) fn paint(&self, span: &mut [Color32], i: i32, j: i32) {
        match self {
            Self::Flat(color) => blend::fill(span, *color),
            Self::Gradient(plane) => {
                let (start, step) = (plane.at(i, j), plane.step());
                for (k, pixel) in span.iter_mut().enumerate() {
                    blend::blend_float(pixel, along(start, step, k));
                }
            }
            Self::Textured { color, uv, sampler } => {
                let (start, step) = (uv.at(i, j), uv.step());
                for (k, pixel) in span.iter_mut().enumerate() {
                    let texel = sampler.at(along(start, step, k));
                    blend::blend_product(pixel, blend::product(*color, texel));
                }
            }
            Self::TexturedGradient { color, uv, sampler } => {
                let (uv_start, uv_step) = (uv.at(i, j), uv.step());
                let (start, step) = (color.at(i, j), color.step());
                for (k, pixel) in span.iter_mut().enumerate() {
                    let texel = sampler.at(along(uv_start, uv_step, k));
                    let color = along(start, step, k);
                    let source = |n: usize| color[n] * f32::from(texel[n]) / 255.0;
                    blend::blend_float(pixel, std::array::from_fn(source));
                }
            }
        }
    }
}

fn along<const N: usize>(start: [f32; N], step: [f32; N], k: usize) -> [f32; N] {
    std::array::from_fn(|n| start[n] + step[n] * k as f32)
}

fn color_plane(basis: &Basis, colors: [[u8; 4]; 3]) -> Plane<4> {
    Plane::new(basis, colors.map(|color| color.map(f32::from)))
}

/// Texture coordinates of the corners, in texels; zero where they are not finite.
fn texel_positions(vertices: [&Vertex; 3], texture: &Texture) -> [[f32; 2]; 3] {
    let [width, height] = Sampler::size(texture);
    vertices.map(|vertex| {
        let uv = if vertex.uv.is_finite() {
            vertex.uv
        } else {
            Pos2::ZERO
        };
        [uv.x * width, uv.y * height]
    })
}

/// The longer of the two ways that a step of one pixel, right or down, takes through the texture.
fn texels_per_pixel(uv: &Plane<2>) -> f32 {
    let length = |step: [f32; 2]| step[0].hypot(step[1]);
    length(uv.step()).max(length(uv.row_step()))
}
