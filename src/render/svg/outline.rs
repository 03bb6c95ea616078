//! Outlines of the connected parts of a mesh.

use std::collections::{BTreeMap, BTreeSet};

use egui::epaint::{Mesh, Vertex, WHITE_UV};
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
/// within a triangle, a texture shows, or there are too many parts. An edge that fades out, as
/// drawn against jagged borders, is no second colour: the outline runs through its middle.
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
        if !edges.corners.is_empty() && !corners.iter().any(|c| edges.corners.contains(c)) {
            parts.push(edges.take_part(mesh)?);
        }
        if parts.len() > MAX_PARTS || !edges.add(corners, [a, b, c]) {
            return None;
        }
    }
    if !edges.corners.is_empty() {
        parts.push(edges.take_part(mesh)?);
    }
    Some(parts)
}

/// Edges of one part that belong to one triangle only.
#[derive(Debug, Default)]
struct Edges {
    color: Option<Color32>,
    corners: BTreeSet<u32>,
    open: BTreeSet<(u32, u32)>,
    /// Corners from which the colour fades out, with the nearest position where it is gone.
    faded: BTreeMap<u32, Pos2>,
}

impl Edges {
    /// Adds a triangle. Returns whether its corners have the part's colour or none.
    fn add(&mut self, corners: [u32; 3], vertices: [&Vertex; 3]) -> bool {
        let (clear, coloured): (Vec<usize>, Vec<usize>) =
            (0..3).partition(|&k| vertices[k].color == Color32::TRANSPARENT);
        for &k in &coloured {
            let color = *self.color.get_or_insert(vertices[k].color);
            if vertices[k].color != color {
                return false;
            }
            for &gone in &clear {
                self.fade(corners[k], vertices[k].pos, vertices[gone].pos);
            }
        }
        self.corners.extend(corners);
        if clear.is_empty() {
            self.add_edges(corners, vertices.map(|vertex| vertex.pos));
        }
        vertices.iter().all(|vertex| vertex.uv == WHITE_UV)
    }

    fn fade(&mut self, corner: u32, from: Pos2, to: Pos2) {
        let nearest = self.faded.entry(corner).or_insert(to);
        if from.distance_sq(to) < from.distance_sq(*nearest) {
            *nearest = to;
        }
    }

    /// Adds the edges of a triangle, turned so that all go the same way round.
    fn add_edges(&mut self, [a, b, c]: [u32; 3], [pa, pb, pc]: [Pos2; 3]) {
        let (ab, ac) = (pb - pa, pc - pa);
        let area = ab.x * ac.y - ab.y * ac.x;
        if !area.is_finite() || area == 0.0 {
            return;
        }
        let (b, c) = if area < 0.0 { (c, b) } else { (b, c) };
        for (from, to) in [(a, b), (b, c), (c, a)] {
            if !self.open.remove(&(to, from)) {
                self.open.insert((from, to));
            }
        }
    }

    /// Chains the open edges to outlines and starts anew, or `None` for a part that is nothing but
    /// a fading edge.
    fn take_part(&mut self, mesh: &Mesh) -> Option<Part> {
        let Self {
            color,
            mut open,
            faded,
            ..
        } = std::mem::take(self);
        if open.is_empty() && !faded.is_empty() {
            return None;
        }
        let position = |corner: u32| {
            let pos = mesh.vertices.get(corner as usize)?.pos;
            Some(faded.get(&corner).map_or(pos, |gone| pos.lerp(*gone, 0.5)))
        };
        let mut outlines = Vec::new();
        while let Some((start, mut at)) = open.pop_first() {
            let mut outline = vec![start];
            while at != start {
                outline.push(at);
                let Some(&next) = open.range((at, 0)..=(at, u32::MAX)).next() else {
                    break;
                };
                open.remove(&next);
                at = next.1;
            }
            outlines.push(outline.into_iter().filter_map(position).collect());
        }
        Some(Part {
            color: color.unwrap_or(Color32::TRANSPARENT),
            outlines,
        })
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
    fn the_outline_runs_through_the_middle_of_a_fading_edge() {
        let mut mesh = Mesh::default();
        for (radius, color) in [(2.0, Color32::RED), (3.0, Color32::TRANSPARENT)] {
            for k in 0..4 {
                let corner = Vec2::angled(std::f32::consts::TAU * k as f32 / 4.0) * radius;
                mesh.colored_vertex(pos2(10.0, 10.0) + corner, color);
            }
        }
        mesh.add_triangle(0, 1, 2);
        mesh.add_triangle(0, 2, 3);
        for k in 0..4 {
            let next = (k + 1) % 4;
            mesh.add_triangle(k, k + 4, next);
            mesh.add_triangle(next, k + 4, next + 4);
        }
        let parts = flat_parts(&mesh).unwrap();
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].color, Color32::RED);
        let [outline] = parts[0].outlines.as_slice() else {
            panic!("{parts:?}")
        };
        assert_eq!(outline.len(), 4);
        assert!(
            outline
                .iter()
                .all(|p| (p.distance(pos2(10.0, 10.0)) - 2.5).abs() < 1e-5)
        );
        mesh.indices.drain(..6);
        assert_eq!(flat_parts(&mesh), None, "an edge without an area");
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
