//! A logistic curve through successes and failures.

/// Most Newton steps of a fit.
const ITERATIONS: usize = 100;

/// Maximum-likelihood slope and offset of log-odds = slope·x + offset by Newton's method, and their
/// covariance (slope-slope, slope-offset, offset-offset).
pub(crate) fn logistic(points: &[(f64, f64)]) -> Option<(f64, f64, [f64; 3])> {
    let successes = points.iter().filter(|(_, y)| *y > 0.5).count();
    if successes == 0 || successes == points.len() {
        return None;
    }
    let count = points.len() as f64;
    let mean = points.iter().map(|(x, _)| x).sum::<f64>() / count;
    let (mut slope, mut offset) = (0.0_f64, 0.0_f64);
    for _ in 0..ITERATIONS {
        let mut gradient = [0.0; 2];
        let mut information = [0.0; 3];
        for (x, y) in points {
            let x = x - mean;
            let p = 1.0 / (1.0 + (-(slope * x + offset)).exp());
            let weight = p * (1.0 - p);
            gradient[0] += (y - p) * x;
            gradient[1] += y - p;
            information[0] += weight * x * x;
            information[1] += weight * x;
            information[2] += weight;
        }
        let [ss, so, oo] = information;
        let determinant = ss * oo - so * so;
        if !determinant.is_finite() || determinant <= f64::MIN_POSITIVE {
            return None;
        }
        let step = [
            (oo * gradient[0] - so * gradient[1]) / determinant,
            (ss * gradient[1] - so * gradient[0]) / determinant,
        ];
        // Far from the maximum a whole step overshoots.
        let largest = step[0].abs().max(step[1].abs());
        let shorter = (8.0 / largest).min(1.0);
        slope += shorter * step[0];
        offset += shorter * step[1];
        if largest < 1e-10 {
            let covariance = [oo / determinant, -so / determinant, ss / determinant];
            // Back from the centred x: offset₀ = offset − slope·mean.
            let [ss, so, oo] = covariance;
            let moved = [ss, so - mean * ss, oo - 2.0 * mean * so + mean * mean * ss];
            return Some((slope, offset - slope * mean, moved));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points with shares that lie exactly on a logistic curve give it back.
    #[test]
    fn a_logistic_curve_is_found_again() {
        let mut points = Vec::new();
        for i in 0..21 {
            let x = f64::from(i) * 0.1;
            let p = 1.0 / (1.0 + (-(5.0 * (x - 1.2))).exp());
            let successes = (p * 10_000.0).round() as usize;
            points.extend((0..10_000).map(|k| (x, f64::from(u8::from(k < successes)))));
        }
        let (slope, offset, covariance) = logistic(&points).expect("a fit");
        assert!((slope - 5.0).abs() < 1e-2, "{slope}");
        assert!((-offset / slope - 1.2).abs() < 1e-3);
        assert!(covariance[0] > 0.0 && covariance[2] > 0.0);
    }

    #[test]
    fn trials_all_alike_or_separated_have_no_fit() {
        assert!(logistic(&[(0.0, 1.0), (1.0, 1.0)]).is_none());
        let separated: Vec<_> = (0..20)
            .map(|i| (f64::from(i), f64::from(u8::from(i > 9))))
            .collect();
        let fit = logistic(&separated);
        assert!(fit.is_none_or(|(slope, ..)| slope > 1e1), "{fit:?}");
    }
}
