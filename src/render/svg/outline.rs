//! Outlines of the connected parts of a mesh.

use std::collections::BTreeSet;

use egui::epaint::{Mesh, WHITE_UV};
use egui::{Color32, Pos2, TextureId, Vec2};

use super::path::PathData;

/// More parts than a viewer draws at ease.
const MAX_PARTS: usize = 20_000;

/// Fewest corners of a polygon that is taken for a circle.
const CIRCLE_CORNERS: usize = 8;

/// Triangles that hang together, of one colour.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part {
    pub(super) color: Color32,
    /// Closed outlines; the inside lies right of the way, y pointing down.
    pub(super) outlines: Vec<Vec<Pos2>>,
}

impl Part {
    /// Appends the outlines; corners on a circle become a circle.
    pub(super) fn push(&self, data: &mut PathData) {
        for outline in &self.outlines {
            match circle(outline) {
                Some((center, radius)) => data.circle(center, radius),
                None => data.polygon(outline),
            }
        }
    }
}

/// The parts of a mesh in the order in which they are painted, or `None` where colours vary
/// within a triangle, a texture shows, or there are too many parts.
pub(super) fn flat_parts(mesh: &Mesh) -> Option<Vec<Part>> {
    if mesh.texture_id != TextureId::default() {
        return None;
    }
    let mut parts = Vec::new();
    let mut edges = Edges::default();
    for &corners in mesh.indices.as_chunks::<3>().0 {
        let [a, b, c] = corners.map(|corner| mesh.vertices.get(corner as usize));
        let (Some(a), Some(b), Some(c)) = (a, b, c) else {
            continue;
        };
        let same = |v: &egui::epaint::Vertex| v.color == a.color && v.uv == WHITE_UV;
        if ![a, b, c].into_iter().all(same) {
            return None;
        }
        if !edges.corners.is_empty() && !corners.iter().any(|c| edges.corners.contains(c)) {
            parts.extend(edges.take_part(mesh));
        }
        if parts.len() > MAX_PARTS {
            return None;
        }
        edges.add(corners, [a.pos, b.pos, c.pos]);
    }
    parts.extend(edges.take_part(mesh));
    Some(parts)
}

/// Edges of one part that belong to one triangle only.
#[derive(Debug, Default)]
struct Edges {
    corners: BTreeSet<u32>,
    open: BTreeSet<(u32, u32)>,
}

impl Edges {
    /// Adds a triangle, turned so that all go the same way round.
    fn add(&mut self, [a, b, c]: [u32; 3], [pa, pb, pc]: [Pos2; 3]) {
        let (ab, ac) = (pb - pa, pc - pa);
        let area = ab.x * ac.y - ab.y * ac.x;
        if !area.is_finite() || area == 0.0 {
            return;
        }
        let (b, c) = if area < 0.0 { (c, b) } else { (b, c) };
        self.corners.extend([a, b, c]);
        for (from, to) in [(a, b), (b, c), (c, a)] {
            if !self.open.remove(&(to, from)) {
                self.open.insert((from, to));
            }
        }
    }

    /// Chains the open edges to outlines and forgets them.
    fn take_part(&mut self, mesh: &Mesh) -> Option<Part> {
        let first = self.corners.first()?;
        let color = mesh.vertices.get(*first as usize)?.color;
        let mut outlines = Vec::new();
        while let Some((start, mut at)) = self.open.pop_first() {
            let mut outline = vec![start];
            while at != start {
                outline.push(at);
                let Some(&next) = self.open.range((at, 0)..=(at, u32::MAX)).next() else {
                    break;
                };
                self.open.remove(&next);
                at = next.1;
            }
            let position = |corner: u32| mesh.vertices.get(corner as usize).map(|v| v.pos);
            outlines.push(outline.into_iter().filter_map(position).collect());
        }
        self.corners.clear();
        Some(Part { color, outlines })
    }
}

/// Centre and radius of a circle through all corners, if there is one.
fn circle(outline: &[Pos2]) -> Option<(Pos2, f32)> {
    if outline.len() < CIRCLE_CORNERS {
        return None;
    }
    let count = outline.len() as f32;
    let sum = outline.iter().fold(Vec2::ZERO, |sum, p| sum + p.to_vec2());
    let center = (sum / count).to_pos2();
    let radius = outline.iter().map(|p| p.distance(center)).sum::<f32>() / count;
    let sides = outline
        .iter()
        .zip(outline.iter().cycle().skip(1))
        .map(|(a, b)| a.distance(*b));
    let side = std::f32::consts::TAU * radius / count;
    let regular = outline
        .iter()
        .all(|p| (p.distance(center) - radius).abs() < 0.02 * radius)
        && sides
            .into_iter()
            .all(|length| (length - side).abs() < 0.1 * side);
    regular.then_some((center, radius))
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Rect, pos2, vec2};

    fn square(x: f32, color: Color32) -> (Rect, Color32) {
        (Rect::from_min_size(pos2(x, 0.0), vec2(2.0, 1.0)), color)
    }

    #[test]
    fn rectangles_are_parts_in_order() {
        let mut mesh = Mesh::default();
        let squares = [square(0.0, Color32::RED), square(5.0, Color32::BLUE)];
        for (rect, color) in squares {
            mesh.add_colored_rect(rect, color);
        }
        let parts = flat_parts(&mesh).unwrap();
        assert_eq!(
            parts.iter().map(|p| p.color).collect::<Vec<_>>(),
            [Color32::RED, Color32::BLUE]
        );
        let mut data = PathData::default();
        parts.iter().for_each(|part| part.push(&mut data));
        assert_eq!(data.as_str(), "m0 0h2v1h-2zm5 0h2v1h-2z");
    }

    #[test]
    fn a_strip_has_one_outline_whatever_way_its_triangles_turn() {
        let mut mesh = Mesh::default();
        for k in 0..4 {
            let x = k as f32;
            mesh.colored_vertex(pos2(x, 0.0), Color32::RED);
            mesh.colored_vertex(pos2(x, 1.0), Color32::RED);
            if k > 0 {
                let v = 2 * k;
                mesh.add_triangle(v - 2, v - 1, v);
                mesh.add_triangle(v - 1, v, v + 1);
            }
        }
        let parts = flat_parts(&mesh).unwrap();
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].outlines.len(), 1);
        assert_eq!(parts[0].outlines[0].len(), 8);
    }

    #[test]
    fn a_fan_around_a_centre_is_a_circle() {
        let mut mesh = Mesh::default();
        mesh.colored_vertex(pos2(5.0, 5.0), Color32::RED);
        for k in 0..12_u32 {
            let angle = std::f32::consts::TAU * k as f32 / 12.0;
            mesh.colored_vertex(pos2(5.0, 5.0) + 3.0 * Vec2::angled(angle), Color32::RED);
            mesh.add_triangle(0, 1 + k, 1 + (k + 1) % 12);
        }
        let parts = flat_parts(&mesh).unwrap();
        let (center, radius) = circle(&parts[0].outlines[0]).unwrap();
        assert!(center.distance(pos2(5.0, 5.0)) < 1e-4 && (radius - 3.0).abs() < 1e-4);
    }

    #[test]
    fn a_gradient_has_no_flat_parts() {
        let mut mesh = Mesh::default();
        for (x, color) in [
            (0.0, Color32::RED),
            (1.0, Color32::BLUE),
            (2.0, Color32::RED),
        ] {
            mesh.colored_vertex(pos2(x, x * x), color);
        }
        mesh.add_triangle(0, 1, 2);
        assert_eq!(flat_parts(&mesh), None);
    }
}
