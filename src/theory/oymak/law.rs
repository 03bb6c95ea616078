//! Oymak, Soltanolkotabi: the output weights that the theorems are stated for.

use crate::theory::draft::{Draft, Failure, UNIT_TOLERANCE};
use crate::theory::{Need, RunStart};

/// Notes how far v is from that of Theorem 2.1, and returns what fails of it.
pub(in crate::theory) fn law(draft: &mut Draft, start: &RunStart<'_>) -> Failure {
    let v: Vec<f64> = start.v.iter().copied().collect();
    let size = start.target_norm() / ((start.width * start.n()) as f64).sqrt();
    draft.assume(
        "max|v − v*|·√(kn)/‖y‖",
        "v* of Thm 2.1 has half of its entries ‖y‖/√(kn) and half −‖y‖/√(kn), in any order (k odd: one is 0); the theorems are drawn as printed, for such v alone",
        deviation(v, size),
        Need::AtMost(UNIT_TOLERANCE),
    )
}

/// Largest difference of the entries of v, in order of size, from half +`size` and half −`size`, in
/// units of `size`.
fn deviation(mut v: Vec<f64>, size: f64) -> f64 {
    v.sort_by(f64::total_cmp);
    let half = v.len() / 2;
    let expected = |i: usize| {
        if i < half {
            -size
        } else if i >= v.len() - half {
            size
        } else {
            0.0
        }
    };
    let differences = v.iter().enumerate().map(|(i, v)| (v - expected(i)).abs());
    // NaN in a weight or a size of 0 must not pass for agreement.
    differences.fold(0.0, |most: f64, d| {
        let share = d / size;
        if share.is_nan() || most.is_nan() {
            f64::NAN
        } else {
            most.max(share)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_law_of_the_theorem_is_told_from_others() {
        assert_eq!(deviation(vec![0.5, -0.5, -0.5, 0.5], 0.5), 0.0);
        assert_eq!(deviation(vec![0.0, 0.5, -0.5], 0.5), 0.0);
        // Three of one sign, another size, and a size of 0.
        assert_eq!(deviation(vec![0.5, 0.5, -0.5, 0.5], 0.5), 2.0);
        assert_eq!(deviation(vec![0.25, -0.25], 0.5), 0.5);
        assert!(deviation(vec![0.0, 0.0], 0.0).is_nan());
    }
}
