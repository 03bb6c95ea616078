//! Share of sign patterns that changed.

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
pub(super) struct PatternChanges;

impl<R: Real> Observation<R> for PatternChanges {
    fn facts() -> Facts {
        Facts {
            quantities: &[Quantity::PatternChanges],
            pass: Pass::Outputs,
            needs: Needs {
                training: Training::Features,
                test_points: false,
                movement: Moved::Features,
                neurons: Neurons::Needed,
                twin: false,
                linear_frame: false,
                path: false,
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
        let entries = (now.trainer.width() * now.trainer.problem().n()) as f64;
        let changed = now.movement.changed_signs as f64 / entries;
        record.set(Quantity::PatternChanges, changed);
        Ok(())
    }
}
