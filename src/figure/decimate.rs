//! Long lines thinned to what a screen can show.

use super::Range;

/// The points of a line by rising x, thinned to at most four a column where there are more than
/// that: first, lowest, highest and last, so that no peak is lost. x and y are axis coordinates,
/// so columns are as wide as pixels on a logarithmic axis too. Of what lies outside `view` only the
/// nearest point on each side is kept. A NaN marks a gap and is kept.
pub fn decimate(
    points: impl IntoIterator<Item = [f64; 2]>,
    view: Range,
    columns: usize,
) -> Vec<[f64; 2]> {
    let inside = clip(points, view);
    if inside.len() <= 4 * columns.max(1) {
        return inside;
    }
    let width = view.span() / columns.max(1) as f64;
    let column_of = |x: f64| ((x - view.low) / width).floor().clamp(-1.0, columns as f64) as i64;
    let mut out = Vec::with_capacity(4 * columns);
    for chunk in
        inside.chunk_by(|a, b| a[1].is_nan() == b[1].is_nan() && column_of(a[0]) == column_of(b[0]))
    {
        push_extremes(chunk, &mut out);
    }
    out
}

fn clip(points: impl IntoIterator<Item = [f64; 2]>, view: Range) -> Vec<[f64; 2]> {
    let mut out: Vec<[f64; 2]> = Vec::new();
    for point in points {
        // Before the view, the newest point replaces the one before it.
        if point[0] < view.low && out.len() == 1 {
            out.clear();
        }
        let beyond = point[0] > view.high;
        out.push(point);
        if beyond {
            break;
        }
    }
    out
}

fn push_extremes(chunk: &[[f64; 2]], out: &mut Vec<[f64; 2]>) {
    let by_y = |a: &usize, b: &usize| chunk[*a][1].total_cmp(&chunk[*b][1]);
    let lowest = (0..chunk.len()).min_by(by_y).unwrap_or(0);
    let highest = (0..chunk.len()).max_by(by_y).unwrap_or(0);
    let mut kept = [0, lowest.min(highest), lowest.max(highest), chunk.len() - 1].to_vec();
    kept.dedup();
    out.extend(kept.into_iter().map(|i| chunk[i]));
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: Range = Range {
        low: 0.0,
        high: 1000.0,
    };

    fn noisy(n: usize) -> Vec<[f64; 2]> {
        (0..n)
            .map(|i| [1000.0 * i as f64 / n as f64, ((i * 7919) % 1009) as f64])
            .collect()
    }

    #[test]
    fn a_short_line_is_kept_whole() {
        let line = noisy(100);
        assert_eq!(decimate(line.clone(), VIEW, 100), line);
    }

    #[test]
    fn a_long_line_keeps_its_peaks_ends_and_order() {
        let mut line = noisy(50_000);
        line[12_345][1] = 1e9;
        line[40_000][1] = -1e9;
        let thin = decimate(line.clone(), VIEW, 300);
        assert!(thin.len() <= 1200, "{}", thin.len());
        assert!(thin.contains(&line[12_345]) && thin.contains(&line[40_000]));
        assert_eq!(thin.first(), line.first());
        assert_eq!(thin.last(), line.last());
        assert!(thin.windows(2).all(|w| w[0][0] <= w[1][0]));
    }

    #[test]
    fn outside_the_view_one_point_remains_on_each_side() {
        let thin = decimate(
            noisy(1000),
            Range {
                low: 400.5,
                high: 500.5,
            },
            1000,
        );
        assert_eq!(thin.first().map(|p| p[0]), Some(400.0));
        assert_eq!(thin.last().map(|p| p[0]), Some(501.0));
    }

    #[test]
    fn a_gap_survives() {
        let mut line = noisy(20_000);
        line[10_000][1] = f64::NAN;
        assert!(decimate(line, VIEW, 200).iter().any(|p| p[1].is_nan()));
    }
}
