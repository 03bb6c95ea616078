//! Alignment of the tangent kernel with the targets.

use ndarray::{Array1, Array2};

use crate::linalg::frobenius;
use crate::network::Real;
use crate::observe::Record;
use crate::observe::cost::Cost;
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::observation::{Now, Observation, Start};
use crate::observe::refusal::never;
use crate::spec::Quantity;
use crate::task::Cancelled;

/// Measures it.
#[derive(Debug)]
pub(super) struct Alignment;

impl<R: Real> Observation<R> for Alignment {
    fn facts() -> Facts {
        Facts {
            quantities: &[Quantity::KernelAlignment],
            pass: Pass::Kernel,
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
        if let Some(kernel) = now.kernel {
            let aligned = alignment(kernel, &now.trainer.problem().y.mapv(R::double));
            record.set_known(Quantity::KernelAlignment, aligned);
        }
        Ok(())
    }
}

/// ⟨K, yyᵀ⟩_F/(‖K‖_F·‖y‖²), y the targets point by point (n × outputs): 1 where K is a multiple of
/// yyᵀ, and never more. `None` where a norm is zero.
fn alignment(kernel: &Array2<f64>, y: &Array2<f64>) -> Option<f64> {
    let y = Array1::from_iter(y.iter().copied());
    let scale = frobenius(kernel) * y.dot(&y);
    (scale > 0.0).then(|| y.dot(&kernel.dot(&y)) / scale)
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn a_kernel_of_the_targets_is_aligned_and_the_identity_less() {
        let y = array![[1.0, -2.0], [0.5, 3.0]];
        let flat = Array2::from_shape_vec((4, 1), vec![1.0, -2.0, 0.5, 3.0]).unwrap();
        let own = 7.0 * flat.dot(&flat.t());
        assert!((alignment(&own, &y).unwrap() - 1.0).abs() < 1e-15);
        // Of the identity it is 1/√(number of rows).
        assert!((alignment(&Array2::eye(4), &y).unwrap() - 0.5).abs() < 1e-15);
        assert_eq!(alignment(&Array2::eye(4), &Array2::zeros((2, 2))), None);
    }
}
