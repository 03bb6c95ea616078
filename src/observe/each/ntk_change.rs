//! Change of the tangent kernel from its start.

use ndarray::Array2;

use crate::linalg::{frobenius, symmetric_norm};
use crate::network::Real;
use crate::observe::Record;
use crate::observe::cost::Cost;
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::observation::{Now, Observation, Start};
use crate::observe::refusal::never;
use crate::spec::Quantity;
use crate::task::{Cancel, Cancelled};

/// Work of the norm of the kernel's change, an entry: some 40 products with vectors.
const NORM_ENTRY: f64 = 1000.0;

/// Compares K = JJᵀ with K₀.
#[derive(Debug)]
pub(super) struct NtkChange {
    /// K₀.
    start: Array2<f64>,
    start_norm: f64,
    /// K − K₀ of the last record.
    change: Array2<f64>,
}

impl<R: Real> Observation<R> for NtkChange {
    fn facts() -> Facts {
        Facts {
            quantities: &[Quantity::NtkChange, Quantity::NtkChangeOperator],
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
            cost: Cost {
                every_record: |_| 0.0,
                full_record: |shape| NORM_ENTRY * (shape.side() as f64).powi(2),
                held: |shape| 16 * shape.side().pow(2),
                record: |_| 0,
            },
        }
    }

    fn start(start: &Start<'_, R>) -> Result<Option<Self>, Cancelled> {
        Ok(start.kernels.map(|kernels| {
            let start = kernels.combined(1.0, 1.0);
            Self {
                start_norm: frobenius(&start),
                change: Array2::default((0, 0)),
                start,
            }
        }))
    }

    fn measure(&mut self, now: &Now<'_, R>, record: &mut Record) -> Result<(), Cancelled> {
        let Some(kernel) = now.kernel else {
            return Ok(());
        };
        self.change.clone_from(kernel);
        self.change -= &self.start;
        let change = frobenius(&self.change) / self.start_norm;
        record.set(Quantity::NtkChange, change);
        Ok(())
    }

    fn beside_eigenvalues(
        &mut self,
        cancel: &Cancel,
        record: &mut Record,
    ) -> Result<(), Cancelled> {
        let norm = symmetric_norm(&self.change, cancel)?;
        record.set_known(Quantity::NtkChangeOperator, norm);
        Ok(())
    }
}
