//! The data of path elements.

use egui::{Pos2, Rect};

use super::number::{hundredths, push_hundredths};

/// A point in hundredths of a point.
type Rounded = [i64; 2];

/// Path data with relative coordinates. Differences of rounded positions are written, so that
/// errors do not add up along a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PathData {
    text: String,
    at: Option<Rounded>,
    start: Rounded,
    /// The command that further coordinates would repeat.
    command: char,
}

impl PathData {
    /// The data so far.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether nothing was drawn.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Goes to `pos` without a line; goes on where the path is there already.
    pub(super) fn move_to(&mut self, pos: Pos2) {
        let to = rounded(pos);
        if self.at == Some(to) {
            return;
        }
        let from = self.at.unwrap_or_default();
        self.push_command('m', 'l', &[to[0] - from[0], to[1] - from[1]]);
        (self.at, self.start) = (Some(to), to);
    }

    /// Draws a line to `pos`.
    pub(super) fn line_to(&mut self, pos: Pos2) {
        let to = rounded(pos);
        let from = self.at.unwrap_or_default();
        match [to[0] - from[0], to[1] - from[1]] {
            [0, 0] => {}
            [dx, 0] => self.push_command('h', 'h', &[dx]),
            [0, dy] => self.push_command('v', 'v', &[dy]),
            [dx, dy] => self.push_command('l', 'l', &[dx, dy]),
        }
        self.at = Some(to);
    }

    /// Draws a curve with one (`q`) or two (`c`) control points; the last point is its end.
    pub(super) fn curve_to(&mut self, command: char, points: &[Pos2]) {
        let from = self.at.unwrap_or_default();
        let values: Vec<i64> = points
            .iter()
            .map(|&pos| rounded(pos))
            .flat_map(|to| [to[0] - from[0], to[1] - from[1]])
            .collect();
        self.push_command(command, command, &values);
        self.at = points.last().map(|&pos| rounded(pos)).or(self.at);
    }

    /// Draws a whole circle.
    pub(super) fn circle(&mut self, center: Pos2, radius: f32) {
        let r = hundredths(radius);
        self.move_to(center - egui::vec2(radius, 0.0));
        for way in [2 * r, -2 * r] {
            self.push_command('a', 'a', &[r, r, 0, 100, 0, way, 0]);
        }
        self.close();
    }

    /// Returns to the last `move_to`.
    pub(super) fn close(&mut self) {
        self.text.push('z');
        (self.at, self.command) = (Some(self.start), 'z');
    }

    /// Draws a closed polygon.
    pub(super) fn polygon(&mut self, corners: &[Pos2]) {
        if let [first, rest @ ..] = corners {
            self.move_to(*first);
            rest.iter().for_each(|&corner| self.line_to(corner));
            self.close();
        }
    }

    /// Draws the parts of an open line through `points` that lie in `clip`, leaving a gap where a
    /// point is not finite.
    pub(super) fn polyline(&mut self, points: &[Pos2], clip: Rect) {
        for &[from, to] in points.array_windows() {
            if let Some([from, to]) = clip_segment(from, to, clip) {
                self.move_to(from);
                self.line_to(to);
            }
        }
    }

    fn push_command(&mut self, command: char, next: char, values: &[i64]) {
        if self.command != command || command == 'm' {
            self.text.push(command);
        } else if values.first().is_some_and(|&value| value >= 0) {
            self.text.push(' ');
        }
        for (k, &value) in values.iter().enumerate() {
            if k > 0 && value >= 0 {
                self.text.push(' ');
            }
            push_hundredths(&mut self.text, value);
        }
        self.command = next;
    }
}

fn rounded(pos: Pos2) -> Rounded {
    [hundredths(pos.x), hundredths(pos.y)]
}

/// The part of a segment inside `clip` cut one axis after the other, if any.
fn clip_segment(from: Pos2, to: Pos2, clip: Rect) -> Option<[Pos2; 2]> {
    let mut ends = [from, to].map(|end| [f64::from(end.x), f64::from(end.y)]);
    if !(from.is_finite() && to.is_finite()) {
        return None;
    }
    let limits = [[clip.min.x, clip.max.x], [clip.min.y, clip.max.y]];
    for (axis, [low, high]) in limits
        .map(|limit| limit.map(f64::from))
        .into_iter()
        .enumerate()
    {
        let [a, b] = ends;
        if a[axis].max(b[axis]) < low || a[axis].min(b[axis]) > high {
            return None;
        }
        // The crossing has the limit itself as one coordinate: no rounding, however far the end.
        let cut = |end: [f64; 2]| {
            let limit = end[axis].clamp(low, high);
            if limit == end[axis] {
                return end;
            }
            let share = (limit - a[axis]) / (b[axis] - a[axis]);
            let other = a[1 - axis] + (b[1 - axis] - a[1 - axis]) * share;
            if axis == 0 {
                [limit, other]
            } else {
                [other, limit]
            }
        };
        ends = [cut(a), cut(b)];
    }
    Some(ends.map(|[x, y]| Pos2::new(x as f32, y as f32)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    const PAGE: Rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(10.0, 10.0));

    fn polyline(points: &[(f32, f32)]) -> String {
        let points: Vec<Pos2> = points.iter().map(|&(x, y)| pos2(x, y)).collect();
        let mut data = PathData::default();
        data.polyline(&points, PAGE);
        data.text
    }

    #[test]
    fn a_line_inside_is_written_whole_and_short() {
        let points = [
            (1.0, 2.0),
            (3.0, 2.0),
            (3.0, 2.001),
            (3.0, 5.5),
            (4.25, 4.0),
            (5.0, 6.0),
        ];
        assert_eq!(polyline(&points), "m1 2h2v3.5l1.25-1.5 .75 2");
    }

    #[test]
    fn a_line_is_cut_at_the_clip_and_at_holes() {
        assert_eq!(polyline(&[(-10.0, 5.0), (1e30, 5.0)]), "m0 5h10");
        assert_eq!(
            polyline(&[(1.0, -5.0), (1.0, 5.0), (20.0, 5.0), (20.0, 8.0)]),
            "m1 0v5h9"
        );
        assert_eq!(
            polyline(&[
                (1.0, 1.0),
                (2.0, 1.0),
                (f32::NAN, 1.0),
                (3.0, 1.0),
                (4.0, 1.0)
            ]),
            "m1 1h1m1 0h1"
        );
        assert_eq!(polyline(&[(-3.0, 1.0), (1.0, -4.0)]), "");
        assert_eq!(
            polyline(&[(3.0, -1e32), (4.0, 5.0), (6.0, 1e32)]),
            "m4 0v5 5"
        );
    }

    #[test]
    fn rounding_errors_do_not_add_up() {
        let points: Vec<(f32, f32)> = (0..1000_u16).map(|k| (f32::from(k) * 0.004, 1.0)).collect();
        let steps = polyline(&points);
        let (_, steps) = steps.split_once('h').unwrap();
        let end: f32 = steps
            .split(' ')
            .map(|step| step.parse::<f32>().unwrap())
            .sum();
        assert!((end - 3.996).abs() < 0.0051, "{end}");
    }

    #[test]
    fn polygons_and_circles_close() {
        let mut data = PathData::default();
        data.polygon(&[pos2(1.0, 1.0), pos2(2.0, 1.0), pos2(2.0, 2.0)]);
        data.circle(pos2(5.0, 5.0), 1.5);
        assert_eq!(
            data.as_str(),
            "m1 1h1v1zm2.5 4a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0z"
        );
    }
}
