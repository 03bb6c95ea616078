//! Positions on the grid of 1/256 pixel, and which pixel centres a triangle covers.

use std::ops::Range;

use egui::{Pos2, Rect};

/// Grid steps in a pixel.
const STEPS: i64 = 256;

/// Grid steps from a pixel's edge to its centre.
const CENTRE: i64 = STEPS / 2;

/// Farthest position, in grid steps: 2 million pixels. Farther ones are moved here, so that the
/// products of two differences of positions fit in 64 bits.
const LIMIT: f64 = (1_i64 << 29) as f64;

/// A position in grid steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FixedPoint {
    pub(super) x: i64,
    pub(super) y: i64,
}

impl FixedPoint {
    /// The grid point nearest to `pos` points times `pixels_per_point`, or `None` for a position
    /// that is not finite.
    pub(super) fn new(pos: Pos2, pixels_per_point: f32) -> Option<Self> {
        let step = |points: f32| {
            let steps = f64::from(points) * f64::from(pixels_per_point) * STEPS as f64;
            steps
                .is_finite()
                .then(|| steps.round().clamp(-LIMIT, LIMIT) as i64)
        };
        Some(Self {
            x: step(pos.x)?,
            y: step(pos.y)?,
        })
    }

    /// The position in pixels.
    pub(super) fn in_pixels(self) -> [f64; 2] {
        [self.x as f64 / STEPS as f64, self.y as f64 / STEPS as f64]
    }
}

/// A rectangle of whole pixels: columns `left..right`, rows `top..bottom`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PixelRect {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) right: i32,
    pub(super) bottom: i32,
}

impl PixelRect {
    /// `rect`, in points, rounded to pixels and cut at the picture's edges.
    pub(super) fn from_points(
        rect: Rect,
        pixels_per_point: f32,
        [width, height]: [u32; 2],
    ) -> Self {
        let pixel = |points: f32| (points * pixels_per_point).round() as i32;
        let (width, height) = (width as i32, height as i32);
        let left = pixel(rect.min.x).clamp(0, width);
        let top = pixel(rect.min.y).clamp(0, height);
        Self {
            left,
            top,
            right: pixel(rect.max.x).clamp(left, width),
            bottom: pixel(rect.max.y).clamp(top, height),
        }
    }
}

/// One edge as a half plane over pixel centres: inside where `column · i + row · j + offset ≥ 0`
/// for column `i` and row `j`.
#[derive(Clone, Copy, Debug)]
struct Edge {
    column: i64,
    row: i64,
    offset: i64,
}

impl Edge {
    /// The half plane to the right of the way from `from` to `to`, y pointing down. A centre on
    /// the edge belongs to it if the edge is a left or a top edge.
    fn new(from: FixedPoint, to: FixedPoint) -> Self {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let top_left = dy < 0 || (dy == 0 && dx > 0);
        let at_origin = dx * (CENTRE - from.y) - dy * (CENTRE - from.x);
        Self {
            column: -dy * STEPS,
            row: dx * STEPS,
            offset: at_origin - i64::from(!top_left),
        }
    }

    /// Narrows `span` to the columns inside at row `j`.
    fn narrow(self, j: i64, span: &mut Range<i64>) {
        let value = self.row * j + self.offset;
        match self.column {
            0 if value < 0 => span.end = span.start,
            0 => {}
            step if step > 0 => span.start = span.start.max(-value.div_euclid(step)),
            step => span.end = span.end.min(value.div_euclid(-step) + 1),
        }
    }
}

/// A triangle that covers some area.
#[derive(Clone, Copy, Debug)]
pub(super) struct Triangle {
    edges: [Edge; 3],
    rows: [i64; 2],
    columns: [i64; 2],
}

impl Triangle {
    /// The triangle of three corners in either orientation, or `None` where they enclose no area.
    pub(super) fn new([a, b, c]: [FixedPoint; 3]) -> Option<Self> {
        let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
        let (b, c) = match area {
            0 => return None,
            area if area < 0 => (c, b),
            _ => (b, c),
        };
        Some(Self {
            edges: [Edge::new(a, b), Edge::new(b, c), Edge::new(c, a)],
            rows: centres(a.y.min(b.y).min(c.y), a.y.max(b.y).max(c.y)),
            columns: centres(a.x.min(b.x).min(c.x), a.x.max(b.x).max(c.x)),
        })
    }

    /// Rows between `top` and `bottom` that may have covered pixels.
    pub(super) fn rows(&self, top: i32, bottom: i32) -> Range<i32> {
        let start = self.rows[0].max(i64::from(top));
        let end = self.rows[1].min(i64::from(bottom));
        start as i32..end.max(start) as i32
    }

    /// Covered columns between `left` and `right` in row `j`.
    pub(super) fn span(&self, j: i32, left: i32, right: i32) -> Range<i32> {
        let mut span = self.columns[0].max(i64::from(left))..self.columns[1].min(i64::from(right));
        for edge in self.edges {
            edge.narrow(i64::from(j), &mut span);
        }
        if span.is_empty() {
            0..0
        } else {
            span.start as i32..span.end as i32
        }
    }
}

/// First and one-past-last pixel whose centres lie in `low..=high` grid steps.
fn centres(low: i64, high: i64) -> [i64; 2] {
    [
        -(CENTRE - low).div_euclid(STEPS),
        (high - CENTRE).div_euclid(STEPS) + 1,
    ]
}
