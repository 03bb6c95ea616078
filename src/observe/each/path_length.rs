//! Length of the path of the hidden weights.

use crate::network::Real;
use crate::observe::Record;
use crate::observe::cost::Cost;
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::observation::{Now, Observation, Start};
use crate::observe::refusal::never;
use crate::spec::Quantity;
use crate::task::Cancelled;

/// Notes it where the trainer has been told to sum it.
#[derive(Debug)]
pub(super) struct PathLength;

impl<R: Real> Observation<R> for PathLength {
    fn facts() -> Facts {
        Facts {
            quantities: &[Quantity::PathLength],
            pass: Pass::Outputs,
            needs: Needs {
                training: Training::Outputs,
                test_points: false,
                movement: Moved::Nothing,
                neurons: Neurons::Unneeded,
                twin: false,
                linear_frame: false,
                path: true,
            },
            costly: false,
            refusal: never,
            cost: Cost::NOTHING,
        }
    }

    fn start(_: &Start<'_, R>) -> Result<Option<Self>, Cancelled> {
        Ok(Some(Self))
    }

    fn measure(&mut self, now: &Now<'_, R>, record: &mut Record) -> Result<(), Cancelled> {
        record.set_known(Quantity::PathLength, now.trainer.path_length());
        Ok(())
    }
}
