//! The rate at which a loss decays, fitted by least squares.

/// A straight line by least squares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// dy/dx; of ln loss over time it is negative while the loss falls, and the loss is
    /// ∝ e^{−rate·t} with rate = −slope.
    pub slope: f64,
    /// Standard error of the slope, √(Σ residual² / (n − 2) / Σ (x − mean x)²). A training curve
    /// has no noise; the error says how far it is from a straight line.
    pub standard_error: f64,
    /// Points n the line was fitted through.
    pub points: usize,
}

impl Rate {
    /// Rate of decay in loss ∝ e^{−rate·t}: positive while the loss falls.
    pub fn rate(&self) -> f64 {
        -self.slope
    }
}

/// Ordinary least squares of ln loss on time over the points (t, loss) given.
///
/// Points whose time or loss is not finite, and those whose loss is not positive, are left out.
/// `None` for fewer than three points left, or where they all have the same time.
pub fn fit_rate(points: impl Iterator<Item = (f64, f64)>) -> Option<Rate> {
    let points: Vec<(f64, f64)> = points
        .filter(|(t, loss)| t.is_finite() && loss.is_finite() && *loss > 0.0)
        .map(|(t, loss)| (t, loss.ln()))
        .collect();
    fit_line(&points)
}

/// Ordinary least squares of y on x over the points (x, y) given; `None` for fewer than three
/// points, where they all have the same x, or where a number is not finite.
pub fn fit_line(points: &[(f64, f64)]) -> Option<Rate> {
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
    is_line.then_some(Rate {
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
    fn too_few_usable_points_give_no_rate() {
        let bad = [
            (0.0, 0.0),
            (1.0, -1.0),
            (2.0, f64::NAN),
            (3.0, f64::INFINITY),
            (f64::NAN, 1.0),
        ];
        let good = [(4.0, 2.0), (5.0, 1.0)];
        assert_eq!(fit_rate(bad.into_iter().chain(good)), None);
        assert_eq!(fit_rate([(1.0, 2.0); 5].into_iter()), None, "one time only");
        let three = fit_rate(bad.into_iter().chain(good).chain([(6.0, 0.5)])).expect("a rate");
        assert_eq!(three.points, 3);
        assert!((three.rate() - std::f64::consts::LN_2).abs() < 1e-15);
    }

    #[test]
    fn a_known_small_fit_has_the_textbook_slope_and_error() {
        // y = ln loss = 0, −1, −1, −2 at t = 0, 1, 2, 3: Σ(t−t̄)² = 5, Σ(t−t̄)(y−ȳ) = −3, and
        // the residuals 0.1, −0.3, 0.3, −0.1 have the sum of squares 0.2.
        let y = [0.0_f64, -1.0, -1.0, -2.0];
        let fit = fit_rate(y.iter().enumerate().map(|(t, y)| (t as f64, y.exp()))).expect("a rate");
        assert!((fit.slope + 0.6).abs() < 1e-14, "{fit:?}");
        assert!(
            (fit.standard_error - (0.2_f64 / 2.0 / 5.0).sqrt()).abs() < 1e-14,
            "{fit:?}"
        );
    }

    proptest! {
        #[test]
        fn exact_exponentials_have_their_rate_and_no_error(
            rate in -5.0..5.0_f64,
            scale in 1e-3..1e3_f64,
            start in 0.0..1e4_f64,
            n in 3..60_usize,
        ) {
            let t = |i: usize| start + 0.1 * i as f64;
            let points = (0..n).map(|i| (t(i), scale * (-rate * (t(i) - start)).exp()));
            let fit = fit_rate(points).expect("a rate");
            prop_assert!((fit.rate() - rate).abs() < 1e-8, "{fit:?}");
            prop_assert!(fit.standard_error < 1e-8, "{fit:?}");
            prop_assert_eq!(fit.points, n);
        }

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
            let fit = fit_rate(y.iter().enumerate().map(|(i, y)| (i as f64, y.exp())))
                .expect("a rate");
            prop_assert!((fit.slope - ty / tt).abs() < 1e-10);
            prop_assert!((fit.standard_error - error).abs() < 1e-8, "{} {}", fit.standard_error, error);
        }
    }
}
