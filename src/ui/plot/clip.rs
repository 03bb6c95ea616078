//! Paths cut to the frame, so that a zoomed-in dashed line is not dashed for miles outside of it.

use egui::{Pos2, Rect};

/// The parts of a path within a rectangle; `None` interrupts it. A part of a single point is kept.
pub(super) fn visible_parts(
    points: impl IntoIterator<Item = Option<Pos2>>,
    rect: Rect,
) -> Vec<Vec<Pos2>> {
    let mut parts: Vec<Vec<Pos2>> = Vec::new();
    let mut part: Vec<Pos2> = Vec::new();
    let mut before: Option<Pos2> = None;
    for point in points {
        match (before, point) {
            (Some(a), Some(b)) => {
                if let Some([from, to]) = segment(a, b, rect) {
                    if part.last() != Some(&from) {
                        finish(&mut part, &mut parts);
                        part.push(from);
                    }
                    part.push(to);
                }
            }
            (None, Some(b)) => {
                finish(&mut part, &mut parts);
                if rect.contains(b) {
                    part.push(b);
                }
            }
            (_, None) => finish(&mut part, &mut parts),
        }
        before = point;
    }
    finish(&mut part, &mut parts);
    parts
}

fn finish(part: &mut Vec<Pos2>, parts: &mut Vec<Vec<Pos2>>) {
    if !part.is_empty() {
        parts.push(std::mem::take(part));
    }
}

/// The part of a segment within a rectangle (Liang and Barsky 1984).
fn segment(a: Pos2, b: Pos2, rect: Rect) -> Option<[Pos2; 2]> {
    if rect.contains(a) && rect.contains(b) {
        return Some([a, b]);
    }
    let delta = b - a;
    let (mut from, mut to) = (0f32, 1f32);
    let sides = [
        (-delta.x, a.x - rect.left()),
        (delta.x, rect.right() - a.x),
        (-delta.y, a.y - rect.top()),
        (delta.y, rect.bottom() - a.y),
    ];
    for (direction, room) in sides {
        if direction == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if direction < 0.0 {
            from = from.max(room / direction);
        } else {
            to = to.min(room / direction);
        }
    }
    (from <= to).then(|| [a + delta * from, a + delta * to])
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    const RECT: Rect = Rect {
        min: pos2(0.0, 0.0),
        max: pos2(10.0, 10.0),
    };

    fn parts(points: &[(f32, f32)]) -> Vec<Vec<Pos2>> {
        let points = points
            .iter()
            .map(|(x, y)| x.is_finite().then(|| pos2(*x, *y)));
        visible_parts(points, RECT)
    }

    #[test]
    fn a_path_inside_is_kept_whole() {
        let path = vec![pos2(1.0, 1.0), pos2(5.0, 9.0), pos2(9.0, 1.0)];
        assert_eq!(parts(&[(1.0, 1.0), (5.0, 9.0), (9.0, 1.0)]), [path]);
    }

    #[test]
    fn what_leaves_and_comes_back_is_two_parts() {
        let cut = parts(&[(1.0, 5.0), (1.0, -5.0), (9.0, -5.0), (9.0, 5.0)]);
        let left = vec![pos2(1.0, 5.0), pos2(1.0, 0.0)];
        let right = vec![pos2(9.0, 0.0), pos2(9.0, 5.0)];
        assert_eq!(cut, [left, right]);
    }

    #[test]
    fn a_segment_across_is_cut_on_both_sides() {
        assert_eq!(parts(&[(-1e6, 5.0), (1e6, 5.0)]).len(), 1);
        assert!(parts(&[(-5.0, -1.0), (-1.0, -5.0)]).is_empty());
    }

    #[test]
    fn a_gap_interrupts() {
        let cut = parts(&[(1.0, 1.0), (f32::NAN, 0.0), (3.0, 3.0)]);
        assert_eq!(cut, [vec![pos2(1.0, 1.0)], vec![pos2(3.0, 3.0)]]);
    }
}
