//! All singular values of the Jacobian.

use crate::network::Real;
use crate::observe::Record;
use crate::observe::cost::Cost;
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::observation::{Now, Observation, Start};
use crate::observe::refusal::never;
use crate::spec::Quantity;
use crate::task::Cancelled;

/// Measures them: of JJᵀ, never of the n·outputs × p Jacobian itself.
#[derive(Debug)]
pub(super) struct JacobianSpectrum;

impl<R: Real> Observation<R> for JacobianSpectrum {
    fn facts() -> Facts {
        Facts {
            quantities: &[Quantity::NtkMax, Quantity::NtkMin],
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
            cost: Cost {
                every_record: |_| 0.0,
                full_record: |_| 0.0,
                held: |_| 0,
                record: |shape| 8 * shape.side(),
            },
        }
    }

    fn start(_: &Start<'_, R>) -> Result<Option<Self>, Cancelled> {
        Ok(Some(Self))
    }

    fn measure(&mut self, now: &Now<'_, R>, record: &mut Record) -> Result<(), Cancelled> {
        if let Some(values) = now.eigenvalues {
            record.set_known(Quantity::NtkMax, values.first().copied());
            record.set_known(Quantity::NtkMin, values.last().copied());
            record.singular_values = Some(values.iter().map(|l| l.max(0.0).sqrt()).collect());
        }
        Ok(())
    }
}
