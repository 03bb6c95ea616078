//! Many points at once.

use egui::epaint::{Vertex, WHITE_UV};
use egui::{Color32, Mesh, Pos2, Shape, Stroke, Vec2, vec2};

/// Up to this many points are circles, which vector files keep as such; more are one mesh.
const CIRCLES: usize = 2048;

/// Corners of a point's polygon in a mesh.
const CORNERS: u32 = 8;

/// Width of the soft edge in points.
const FEATHER: f32 = 0.7;

/// Appends discs, or rings where `hollow`.
pub(super) fn push_dots(
    centers: &[Pos2],
    radius: f32,
    color: Color32,
    hollow: bool,
    shapes: &mut Vec<Shape>,
) {
    if hollow {
        let ring = |c: &Pos2| Shape::circle_stroke(*c, radius, Stroke::new(1.0, color));
        shapes.extend(centers.iter().map(ring));
    } else if centers.len() <= CIRCLES {
        let disc = |c: &Pos2| Shape::circle_filled(*c, radius, color);
        shapes.extend(centers.iter().map(disc));
    } else {
        shapes.push(Shape::mesh(dots_mesh(centers, radius, color)));
    }
}

/// A soft-edged octagon a point.
fn dots_mesh(centers: &[Pos2], radius: f32, color: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    mesh.reserve_vertices(centers.len() * 2 * CORNERS as usize);
    mesh.reserve_triangles(centers.len() * (3 * CORNERS as usize - 2));
    let corners: Vec<Vec2> = (0..CORNERS).map(corner).collect();
    let inner = (radius - 0.5 * FEATHER).max(0.1);
    let outer = radius + 0.5 * FEATHER;
    for center in centers {
        let first = mesh.vertices.len() as u32;
        for (distance, color) in [(inner, color), (outer, Color32::TRANSPARENT)] {
            let vertex = |c: &Vec2| Vertex {
                pos: *center + *c * distance,
                uv: WHITE_UV,
                color,
            };
            mesh.vertices.extend(corners.iter().map(vertex));
        }
        for k in 1..CORNERS - 1 {
            mesh.add_triangle(first, first + k, first + k + 1);
        }
        for k in 0..CORNERS {
            let next = (k + 1) % CORNERS;
            mesh.add_triangle(first + k, first + CORNERS + k, first + next);
            mesh.add_triangle(first + next, first + CORNERS + k, first + CORNERS + next);
        }
    }
    mesh
}

fn corner(k: u32) -> Vec2 {
    let angle = std::f32::consts::TAU * (k as f32 + 0.5) / CORNERS as f32;
    vec2(angle.cos(), angle.sin())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_points_are_one_shape() {
        let centers: Vec<Pos2> = (0..5000).map(|i| egui::pos2(i as f32, 0.0)).collect();
        let mut shapes = Vec::new();
        push_dots(&centers, 2.0, Color32::RED, false, &mut shapes);
        let [Shape::Mesh(mesh)] = shapes.as_slice() else {
            panic!("one mesh, not {} shapes", shapes.len())
        };
        assert!(mesh.is_valid());
        assert_eq!(mesh.vertices.len(), 5000 * 16);
    }
}
