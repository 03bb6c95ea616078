//! Straight lines by least squares.

/// A straight line by least squares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    /// dy/dx.
    pub slope: f64,
    /// √(Σ residual² / (n − 2) / Σ (x − mean x)²), the standard error of the slope where the
    /// residuals are independent and of one size. Those of a curve without noise are not.
    pub standard_error: f64,
    /// Points n the line was fitted through.
    pub points: usize,
}

/// Ordinary least squares of y on x over the points (x, y) given; `None` for fewer than three
/// points, where they all have the same x, or where a number is not finite.
pub(super) fn fit_line(points: &[(f64, f64)]) -> Option<Line> {
    if points.len() < 3 {
        return None;
    }
    let n = points.len() as f64;
    let mean_x = points.iter().map(|(x, _)| x / n).sum::<f64>();
    let mean_y = points.iter().map(|(_, y)| y / n).sum::<f64>();
    // Centred before they are multiplied: late in a run t² loses what t − mean t keeps.
    let centred = || points.iter().map(|(x, y)| (x - mean_x, y - mean_y));
    let s_xx: f64 = centred().map(|(x, _)| x * x).sum();
    let s_xy: f64 = centred().map(|(x, y)| x * y).sum();
    let slope = s_xy / s_xx;
    let residuals: f64 = centred().map(|(x, y)| (y - slope * x).powi(2)).sum();
    let standard_error = (residuals / (n - 2.0) / s_xx).sqrt();
    let is_line = s_xx > 0.0 && slope.is_finite() && standard_error.is_finite();
    is_line.then_some(Line {
        slope,
        standard_error,
        points: points.len(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_known_small_fit_has_the_textbook_slope_and_error() {
        // y = 0, −1, −1, −2 at x = 0, 1, 2, 3: Σ(x−x̄)² = 5, Σ(x−x̄)(y−ȳ) = −3, and the residuals
        // 0.1, −0.3, 0.3, −0.1 have the sum of squares 0.2.
        let fit = fit_line(&[(0.0, 0.0), (1.0, -1.0), (2.0, -1.0), (3.0, -2.0)]).expect("a line");
        assert!((fit.slope + 0.6).abs() < 1e-14, "{fit:?}");
        assert!(
            (fit.standard_error - (0.2_f64 / 2.0 / 5.0).sqrt()).abs() < 1e-14,
            "{fit:?}"
        );
    }

    proptest! {
        /// The same error by another formula: SE² = slope²·(1/R² − 1)/(n − 2).
        #[test]
        fn the_error_agrees_with_the_correlation_form(
            noise in prop::collection::vec(-1.0..1.0_f64, 5..40),
        ) {
            let y: Vec<f64> = noise.iter().enumerate().map(|(i, e)| e - 0.3 * i as f64).collect();
            let n = y.len() as f64;
            let (mt, my) = ((n - 1.0) / 2.0, y.iter().sum::<f64>() / n);
            let sum = |f: &dyn Fn(f64, f64) -> f64| -> f64 {
                y.iter().enumerate().map(|(i, y)| f(i as f64 - mt, y - my)).sum()
            };
            let (tt, ty, yy) = (sum(&|t, _| t * t), sum(&|t, y| t * y), sum(&|_, y| y * y));
            let r2 = ty * ty / tt / yy;
            let error = (ty / tt).abs() * ((1.0 / r2 - 1.0) / (n - 2.0)).sqrt();
            let points: Vec<_> = y.iter().enumerate().map(|(i, y)| (i as f64, *y)).collect();
            let fit = fit_line(&points).expect("a line");
            prop_assert!((fit.slope - ty / tt).abs() < 1e-10);
            prop_assert!((fit.standard_error - error).abs() < 1e-8, "{} {}", fit.standard_error, error);
        }
    }
}
