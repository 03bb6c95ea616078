//! Training loss and relative error.

use crate::network::Real;
use crate::observe::Record;
use crate::observe::cost::Cost;
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::observation::{Now, Observation, Start};
use crate::observe::refusal::never;
use crate::spec::{LossKind, Quantity};
use crate::task::Cancelled;

/// Measures them; every record has them.
#[derive(Debug)]
pub(super) struct Loss;

impl<R: Real> Observation<R> for Loss {
    fn facts() -> Facts {
        Facts {
            quantities: &[Quantity::TrainLoss, Quantity::RelativeError],
            pass: Pass::Outputs,
            needs: Needs {
                training: Training::Outputs,
                test_points: false,
                movement: Moved::Nothing,
                neurons: Neurons::Unneeded,
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
        let trainer = now.trainer;
        let problem = trainer.problem();
        let squared_targets: f64 = problem.y.iter().map(|y| y.double().powi(2)).sum();
        record.set(Quantity::TrainLoss, trainer.loss());
        if squared_targets > 0.0 && problem.loss == LossKind::Squared {
            let error = (trainer.squared_residual() / squared_targets).sqrt();
            record.set(Quantity::RelativeError, error);
        }
        Ok(())
    }
}
