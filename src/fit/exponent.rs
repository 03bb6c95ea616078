//! Exponents of power laws.

use super::interval::student_95;
use super::line::fit_line;

/// The exponent p of y ∝ xᵖ: the least-squares slope through (ln x, ln y).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponent {
    /// p.
    pub slope: f64,
    /// Least and greatest slope between neighbouring x. It says how the points bend, and supposes
    /// nothing.
    pub local: [f64; 2],
    /// Points the line goes through.
    pub points: usize,
    standard_error: f64,
}

impl Exponent {
    /// Half-width of the 95 % interval of p, t(points − 2)·√(Σ residual²/(points − 2)/Σ(ln x − mean)²),
    /// t the 97.5 % quantile of Student's law. It holds where the points stray from the line
    /// independently of one another, whether since they are drawn or since the law bends; not for
    /// points that share their draws, nor for such as have none.
    pub fn half_width(&self) -> f64 {
        student_95(self.points as f64 - 2.0) * self.standard_error
    }
}

/// The exponent through points (x, y); `None` for fewer than three, where all have one x, or where a
/// number is not positive and finite.
pub fn fit_exponent(points: impl Iterator<Item = (f64, f64)>) -> Option<Exponent> {
    let mut logs: Vec<(f64, f64)> = points.map(|(x, y)| (x.ln(), y.ln())).collect();
    let line = fit_line(&logs)?;
    logs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let slopes = logs.windows(2).filter_map(|pair| match *pair {
        [a, b] if b.0 > a.0 => Some((b.1 - a.1) / (b.0 - a.0)),
        _ => None,
    });
    let range = [f64::INFINITY, f64::NEG_INFINITY];
    Some(Exponent {
        slope: line.slope,
        local: slopes.fold(range, |[low, high], s| [low.min(s), high.max(s)]),
        points: line.points,
        standard_error: line.standard_error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_has_its_exponent_everywhere() {
        let points = [8.0, 1.0, 4.0, 2.0].map(|x: f64| (x, 3.0 * x.powf(-0.5)));
        let fit = fit_exponent(points.into_iter()).expect("a fit");
        let all = [fit.slope, fit.local[0], fit.local[1]];
        assert!(all.iter().all(|p| (p + 0.5).abs() < 1e-12), "{fit:?}");
        assert!(fit.half_width() < 1e-12);
    }

    #[test]
    fn a_law_that_bends_has_the_range_of_its_slopes() {
        // ln y = 0, 1, 3 at ln x = 0, 1, 2.
        let points =
            [(0.0, 0.0), (1.0, 1.0), (2.0, 3.0)].map(|(x, y): (f64, f64)| (x.exp(), y.exp()));
        let fit = fit_exponent(points.into_iter()).expect("a fit");
        assert!((fit.slope - 1.5).abs() < 1e-12, "{fit:?}");
        assert!((fit.local[0] - 1.0).abs() < 1e-12 && (fit.local[1] - 2.0).abs() < 1e-12);
        // One degree of freedom: t = 12.706, and the residuals 1/6, −1/3, 1/6 make s.e. = √(1/12).
        assert!(
            (fit.half_width() - 12.7062 / 12f64.sqrt()).abs() < 1e-4,
            "{fit:?}"
        );
    }

    #[test]
    fn too_few_points_or_one_below_zero_have_none() {
        assert_eq!(fit_exponent([(1.0, 1.0), (2.0, 2.0)].into_iter()), None);
        let negative = [(1.0, 1.0), (2.0, -2.0), (3.0, 1.0)];
        assert_eq!(fit_exponent(negative.into_iter()), None);
    }
}
