//! Level lines through values on a grid (marching squares; Lorensen and Cline 1987 in two dimensions).

/// Segments on which the values, interpolated linearly along the sides between neighbouring grid
/// points, are `level`. `values` lie at x[i], y[j], y running fastest; squares with a value missing
/// are left out. Segments are pairs of points, each followed by a gap (NaN).
pub(super) fn level_line(
    x: &[f64],
    y: &[f64],
    values: &[Option<f64>],
    level: f64,
) -> Vec<[f64; 2]> {
    let rows = y.len();
    let at = |i: usize, j: usize| values.get(i * rows + j).copied().flatten();
    let mut line = Vec::new();
    for (i, xs) in x.windows(2).enumerate() {
        for (j, ys) in y.windows(2).enumerate() {
            let corners = [at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)];
            if let [Some(a), Some(b), Some(c), Some(d)] = corners {
                let square = Square {
                    x: [xs[0], xs[1]],
                    y: [ys[0], ys[1]],
                    values: [a, b, c, d],
                };
                square.push_segments(level, &mut line);
            }
        }
    }
    line
}

/// Four neighbouring grid points, counter-clockwise from the lower left.
struct Square {
    x: [f64; 2],
    y: [f64; 2],
    values: [f64; 4],
}

impl Square {
    fn push_segments(&self, level: f64, line: &mut Vec<[f64; 2]>) {
        let above = self.values.map(|v| v >= level);
        let crossed: Vec<usize> = (0..4).filter(|s| above[*s] != above[(s + 1) % 4]).collect();
        let mut push = |from: usize, to: usize| {
            line.extend([self.crossing(from, level), self.crossing(to, level)]);
            line.push([f64::NAN; 2]);
        };
        match crossed.as_slice() {
            [from, to] => push(*from, *to),
            [a, b, c, d] => {
                // A saddle: the mean of the corners says which of them hang together.
                let middle = self.values.iter().sum::<f64>() / 4.0 >= level;
                if middle == above[0] {
                    push(*a, *b);
                    push(*c, *d);
                } else {
                    push(*d, *a);
                    push(*b, *c);
                }
            }
            _ => {}
        }
    }

    /// Where the level is crossed on a side: from corner `side` to the next.
    fn crossing(&self, side: usize, level: f64) -> [f64; 2] {
        let [x0, x1] = self.x;
        let [y0, y1] = self.y;
        let corners = [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];
        let (a, b) = (corners[side % 4], corners[(side + 1) % 4]);
        let (from, to) = (self.values[side % 4], self.values[(side + 1) % 4]);
        let share = (level - from) / (to - from);
        [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(f: impl Fn(f64, f64) -> Option<f64>) -> Vec<Option<f64>> {
        let ends: Vec<f64> = (0..9).map(f64::from).collect();
        ends.iter()
            .flat_map(|x| ends.iter().map(|y| f(*x, *y)).collect::<Vec<_>>())
            .collect()
    }

    fn ends() -> Vec<f64> {
        (0..9).map(f64::from).collect()
    }

    #[test]
    fn the_level_of_a_plane_is_a_straight_line_across() {
        let values = grid(|x, y| Some(x + 2.0 * y));
        let line = level_line(&ends(), &ends(), &values, 7.3);
        let points: Vec<_> = line.iter().filter(|p| p[0].is_finite()).collect();
        assert!(points.len() >= 8);
        assert!(
            points
                .iter()
                .all(|p| (p[0] + 2.0 * p[1] - 7.3).abs() < 1e-12)
        );
    }

    #[test]
    fn segments_around_a_hill_close() {
        let hill = |x: f64, y: f64| (-(x - 4.2).powi(2) / 4.0 - (y - 3.9).powi(2) / 6.0).exp();
        let line = level_line(&ends(), &ends(), &grid(|x, y| Some(hill(x, y))), 0.5);
        let points: Vec<_> = line.iter().filter(|p| p[0].is_finite()).collect();
        let near = |a: &[f64; 2], b: &[f64; 2]| (a[0] - b[0]).hypot(a[1] - b[1]) < 1e-12;
        for point in &points {
            let met = points.iter().filter(|p| near(p, point)).count();
            assert_eq!(met, 2, "{point:?} belongs to two segments");
        }
    }

    #[test]
    fn a_saddle_has_two_segments_that_do_not_cross() {
        let values = [Some(1.0), Some(0.0), Some(0.0), Some(1.0)];
        let line = level_line(&[0.0, 1.0], &[0.0, 1.0], &values, 0.4);
        assert_eq!(line.len(), 6);
        // The middle is above the level, as the corners at (0, 0) and (1, 1) are: they hang together.
        for segment in line.chunks(3) {
            let middle = [
                0.5 * (segment[0][0] + segment[1][0]),
                0.5 * (segment[0][1] + segment[1][1]),
            ];
            assert!((middle[0] - middle[1]).abs() > 0.5, "{segment:?}");
        }
    }

    #[test]
    fn squares_with_a_value_missing_have_no_line() {
        let values = [Some(1.0), None, Some(0.0), Some(1.0)];
        assert!(level_line(&[0.0, 1.0], &[0.0, 1.0], &values, 0.5).is_empty());
    }
}
