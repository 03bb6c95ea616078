//! A logistic curve through successes and failures.

/// Most Newton steps of a fit.
const ITERATIONS: usize = 100;
/// Slope from which on trials count as parted.
const STEEPEST: f64 = 1e4;

/// A trial that a logistic curve is fitted to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcome {
    /// Where it is.
    pub x: f64,
    /// 1 for a success, else 0.
    pub success: f64,
    /// Row and column of its cell; of a sweep over one field the cell alone is the row.
    pub place: [usize; 2],
}

/// Maximum-likelihood slope and offset of log-odds = slope·x + offset by Newton's method. `None`
/// where all trials end alike, or are parted by x without an overlap.
pub(crate) fn logistic(trials: &[Outcome]) -> Option<(f64, f64)> {
    let successes = trials.iter().filter(|trial| trial.success > 0.5).count();
    if successes == 0 || successes == trials.len() {
        return None;
    }
    let count = trials.len() as f64;
    let mean = trials.iter().map(|trial| trial.x).sum::<f64>() / count;
    let (mut slope, mut offset) = (0.0_f64, 0.0_f64);
    for _ in 0..ITERATIONS {
        let mut gradient = [0.0; 2];
        let mut information = [0.0; 3];
        for Outcome { x, success, .. } in trials {
            let x = x - mean;
            let p = 1.0 / (1.0 + (-(slope * x + offset)).exp());
            let weight = p * (1.0 - p);
            gradient[0] += (success - p) * x;
            gradient[1] += success - p;
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
            // Back from the centred x. Trials that are parted have no steepest curve.
            return (slope.abs() < STEEPEST).then_some((slope, offset - slope * mean));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(x: f64, is_success: bool) -> Outcome {
        Outcome {
            x,
            success: f64::from(u8::from(is_success)),
            place: [0, 0],
        }
    }

    /// Points with shares that lie exactly on a logistic curve give it back.
    #[test]
    fn a_logistic_curve_is_found_again() {
        let mut trials = Vec::new();
        for i in 0..21 {
            let x = f64::from(i) * 0.1;
            let p = 1.0 / (1.0 + (-(5.0 * (x - 1.2))).exp());
            let successes = (p * 10_000.0).round() as usize;
            trials.extend((0..10_000).map(|k| outcome(x, k < successes)));
        }
        let (slope, offset) = logistic(&trials).expect("a fit");
        assert!((slope - 5.0).abs() < 1e-2, "{slope}");
        assert!((-offset / slope - 1.2).abs() < 1e-3);
    }

    #[test]
    fn trials_all_alike_or_parted_have_no_fit() {
        assert!(logistic(&[outcome(0.0, true), outcome(1.0, true)]).is_none());
        let parted: Vec<_> = (0..20).map(|i| outcome(f64::from(i), i > 9)).collect();
        let fit = logistic(&parted);
        assert!(fit.is_none_or(|(slope, _)| slope > 1e1), "{fit:?}");
    }
}
