//! Many points at once.

use egui::epaint::{Vertex, WHITE_UV};
use egui::{Color32, Mesh, Pos2, Shape, Stroke, Vec2, vec2};

/// Up to this many points are circles, which vector files keep as such; more are one mesh.
const CIRCLES: usize = 1024;

/// Largest radius in points of a dot that nobody tells from a hexagon.
const SMALL: f32 = 2.0;

/// Width of the soft edge in points.
pub(super) const FEATHER: f32 = 0.7;

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

/// A soft-edged hexagon a point, or octagon where one sees the corners. Of thousands of points, corners are
/// what a frame spends its time on.
fn dots_mesh(centers: &[Pos2], radius: f32, color: Color32) -> Mesh {
    let corners = if radius <= SMALL { 6 } else { 8 };
    let polygon = polygon(corners, radius, color);
    let triangles = triangles(corners);
    let mut mesh = Mesh::default();
    mesh.vertices.reserve_exact(centers.len() * polygon.len());
    mesh.indices.reserve_exact(centers.len() * triangles.len());
    for center in centers {
        let first = mesh.vertices.len() as u32;
        let moved = polygon.iter().map(|(offset, color)| Vertex {
            pos: *center + *offset,
            uv: WHITE_UV,
            color: *color,
        });
        mesh.vertices.extend(moved);
        mesh.indices.extend(triangles.iter().map(|k| first + k));
    }
    mesh
}

/// Corners of the disc around the origin, then those of its soft edge.
fn polygon(corners: u32, radius: f32, color: Color32) -> Vec<(Vec2, Color32)> {
    let inner = (radius - 0.5 * FEATHER).max(0.1);
    let outer = radius + 0.5 * FEATHER;
    let ring = |distance: f32, color: Color32| {
        (0..corners).map(move |k| (corner(k, corners) * distance, color))
    };
    ring(inner, color)
        .chain(ring(outer, Color32::TRANSPARENT))
        .collect()
}

/// The triangles of the disc, and two for each side of its soft edge.
fn triangles(corners: u32) -> Vec<u32> {
    let disc = (1..corners - 1).flat_map(|k| [0, k, k + 1]);
    let edge = (0..corners).flat_map(|k| {
        let next = (k + 1) % corners;
        [k, corners + k, next, next, corners + k, corners + next]
    });
    disc.chain(edge).collect()
}

fn corner(k: u32, corners: u32) -> Vec2 {
    let angle = std::f32::consts::TAU * (k as f32 + 0.5) / corners as f32;
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
        assert_eq!(mesh.vertices.len(), 5000 * 12);
        let mut larger = Vec::new();
        push_dots(&centers, 2.5, Color32::RED, false, &mut larger);
        assert!(
            matches!(larger.as_slice(), [Shape::Mesh(mesh)] if mesh.vertices.len() == 5000 * 16)
        );
    }
}
