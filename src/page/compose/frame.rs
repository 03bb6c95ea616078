//! The frame of a plot: from axis coordinates to points on the page.

use crate::figure::{Axis, Figure};
use crate::page::sheet::Rect;

/// The frame of a plot.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    pub(super) rect: Rect,
    pub(super) x: &'a Axis,
    pub(super) y: &'a Axis,
}

impl<'a> Frame<'a> {
    pub(super) fn of(figure: &'a Figure, rect: Rect) -> Self {
        Self {
            rect,
            x: &figure.x,
            y: &figure.y,
        }
    }

    pub(super) fn x(&self, place: f64) -> f32 {
        let share = (place - self.x.range.low) / self.x.range.span();
        self.rect.left + share as f32 * self.rect.width()
    }

    pub(super) fn y(&self, place: f64) -> f32 {
        let share = (place - self.y.range.low) / self.y.range.span();
        self.rect.bottom - share as f32 * self.rect.height()
    }

    /// The place of a point; `None` where it is not finite.
    pub(super) fn at(&self, [x, y]: [f64; 2]) -> Option<[f32; 2]> {
        let at = [self.x(x), self.y(y)];
        at.iter().all(|c| c.is_finite()).then_some(at)
    }

    /// The parts of a line that lie within the frame.
    pub(super) fn visible(&self, points: &[[f64; 2]]) -> Vec<Vec<[f32; 2]>> {
        let seen = self.rect.grown(0.5);
        let mut parts: Vec<Vec<[f32; 2]>> = Vec::new();
        let mut goes_on = false;
        let placed: Vec<Option<[f32; 2]>> = points.iter().map(|p| self.at(*p)).collect();
        for (place, pair) in placed.windows(2).enumerate() {
            let ends = match pair {
                [Some(a), Some(b)] => clipped(*a, *b, &seen),
                _ => None,
            };
            let Some([from, to]) = ends else {
                goes_on = false;
                let alone = |k: usize| placed.get(k).copied().flatten().is_none();
                // A point between two gaps is a line without a length.
                if let [Some(at), None] = pair
                    && (place == 0 || alone(place - 1))
                    && seen.contains(*at)
                {
                    parts.push(vec![*at]);
                }
                continue;
            };
            match parts.last_mut().filter(|_| goes_on) {
                Some(part) if part.last() == Some(&from) => part.push(to),
                _ => parts.push(vec![from, to]),
            }
            goes_on = true;
        }
        if let [Some(only)] = placed.as_slice()
            && seen.contains(*only)
        {
            parts.push(vec![*only]);
        }
        parts
    }
}

/// The part of a segment within a rectangle (Liang and Barsky 1984).
fn clipped(a: [f32; 2], b: [f32; 2], rect: &Rect) -> Option<[[f32; 2]; 2]> {
    let way = [b[0] - a[0], b[1] - a[1]];
    let (mut from, mut to) = (0f32, 1f32);
    let edges = [
        (-way[0], a[0] - rect.left),
        (way[0], rect.right - a[0]),
        (-way[1], a[1] - rect.top),
        (way[1], rect.bottom - a[1]),
    ];
    for (p, q) in edges {
        if p == 0.0 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            from = from.max(q / p);
        } else {
            to = to.min(q / p);
        }
    }
    let point = |share: f32| match share {
        0.0 => a,
        1.0 => b,
        _ => [a[0] + share * way[0], a[1] + share * way[1]],
    };
    (from <= to).then(|| [point(from), point(to)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_is_cut_at_the_edges() {
        let rect = Rect::new(0.0, 0.0, 10.0, 10.0);
        let cut = clipped([-10.0, 5.0], [30.0, 5.0], &rect);
        assert_eq!(cut, Some([[0.0, 5.0], [10.0, 5.0]]));
        assert_eq!(clipped([-5.0, -5.0], [-1.0, 20.0], &rect), None);
        let inside = [[1.0, 1.0], [2.0, 3.0]];
        assert_eq!(clipped(inside[0], inside[1], &rect), Some(inside));
    }
}
