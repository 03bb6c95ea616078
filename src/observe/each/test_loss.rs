//! Test loss.

use crate::network::Real;
use crate::observe::Record;
use crate::observe::cost::Cost;
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::observation::{Now, Observation, Start};
use crate::observe::refusal::never;
use crate::spec::Quantity;
use crate::task::Cancelled;
use crate::train::total_loss;

/// Measures it.
#[derive(Debug)]
pub(super) struct TestLoss;

impl<R: Real> Observation<R> for TestLoss {
    fn facts() -> Facts {
        Facts {
            quantities: &[Quantity::TestLoss],
            pass: Pass::Outputs,
            needs: Needs {
                training: Training::Outputs,
                test_points: true,
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
        let problem = now.trainer.problem();
        let Some(f_test) = now.f_test.filter(|_| problem.n_test() > 0) else {
            return Ok(());
        };
        let y_test = problem.y_test.mapv(R::double);
        let loss = total_loss(problem.loss, f_test.view(), y_test.view());
        record.set(Quantity::TestLoss, problem.test_loss_factor * loss);
        Ok(())
    }
}
