//! How many directions the tangent kernel spreads over, and its size.

use crate::network::Real;
use crate::observe::Record;
use crate::observe::cost::Cost;
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::observation::{Now, Observation, Start};
use crate::observe::refusal::never;
use crate::spec::Quantity;
use crate::task::Cancelled;

/// Measures the effective rank of JJᵀ (Roy and Vetterli 2007), which falls as the kernel aligns with few
/// directions (Baratin et al. 2021), and tr JJᵀ.
#[derive(Debug)]
pub(super) struct KernelRank;

impl<R: Real> Observation<R> for KernelRank {
    fn facts() -> Facts {
        Facts {
            quantities: &[Quantity::NtkEffectiveRank, Quantity::NtkTrace],
            pass: Pass::Eigenvalues,
            needs: Needs {
                training: Training::Kernel,
                test_points: false,
                movement: Moved::Nothing,
                neurons: Neurons::Unneeded,
                twin: false,
                linear_frame: false,
                path: false,
            },
            costly: true,
            refusal: never,
            cost: Cost::NOTHING,
        }
    }

    fn start(_: &Start<'_, R>) -> Result<Option<Self>, Cancelled> {
        Ok(Some(Self))
    }

    fn measure(&mut self, now: &Now<'_, R>, record: &mut Record) -> Result<(), Cancelled> {
        if let Some(eigenvalues) = now.eigenvalues {
            record.set_known(Quantity::NtkEffectiveRank, effective_rank(eigenvalues));
            record.set(Quantity::NtkTrace, eigenvalues.iter().sum());
        }
        Ok(())
    }
}

/// exp(−Σ p_k ln p_k) with p_k = λ_k/Σλ of the eigenvalues of a positive semidefinite matrix: between 1 and
/// their number. Negative ones are rounding of zero. `None` where the sum is zero or not finite.
fn effective_rank(eigenvalues: &[f64]) -> Option<f64> {
    // NaN is kept, so that it shows in the sum.
    let positive = || eigenvalues.iter().filter(|l| l.is_nan() || **l > 0.0);
    let trace: f64 = positive().sum();
    (trace > 0.0 && trace.is_finite()).then(|| {
        let shares = positive().map(|l| l / trace).filter(|p| *p > 0.0);
        shares.map(|p| -p * p.ln()).sum::<f64>().exp()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: Option<f64>, expected: f64) -> bool {
        found.is_some_and(|found| (found - expected).abs() <= 1e-12 * expected)
    }

    #[test]
    fn the_identity_has_its_side_as_rank_and_a_single_direction_one() {
        for n in [1, 2, 7, 300] {
            assert!(close(effective_rank(&vec![0.3; n]), n as f64));
            let mut single = vec![0.0; n];
            single[0] = 5.0;
            assert!(close(effective_rank(&single), 1.0));
        }
    }

    #[test]
    fn it_does_not_depend_on_the_scale_and_lies_between_one_and_the_number_of_directions() {
        let values = [4.0, 2.0, 1.0, 0.5, 0.0];
        let rank = effective_rank(&values).unwrap();
        assert!(1.0 < rank && rank < 4.0);
        for scale in [1e-200, 3.0, 1e200] {
            assert!(close(effective_rank(&values.map(|l| scale * l)), rank));
        }
    }

    #[test]
    fn two_equal_blocks_have_twice_the_rank_of_one() {
        let one = [3.0, 1.0, 0.2];
        let rank = effective_rank(&one).unwrap();
        assert!(close(effective_rank(&[one, one].concat()), 2.0 * rank));
    }

    #[test]
    fn negative_rounding_is_no_direction_and_a_dead_or_diverged_kernel_has_no_rank() {
        assert!(close(effective_rank(&[2.0, 2.0, -1e-17]), 2.0));
        for values in [
            &[][..],
            &[0.0, 0.0],
            &[-1e-17, 0.0],
            &[f64::NAN, 1.0],
            &[f64::INFINITY, 1.0],
        ] {
            assert_eq!(effective_rank(values), None, "{values:?}");
        }
    }
}
