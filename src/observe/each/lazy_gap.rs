//! Gap to the linearized twin.

use crate::linalg::frobenius;
use crate::network::Real;
use crate::observe::Record;
use crate::observe::cost::Cost;
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::observation::{Now, Observation, Start, of_length};
use crate::observe::refusal::{At, Refusal, unless_squared};
use crate::spec::{Method, Preset, Quantity};
use crate::task::Cancelled;
use crate::train::Misfit;

/// Work of the twin at every record, an entry of the kernel.
const TWIN_ENTRY: f64 = 100.0;

/// Measures the gap, and the losses of the twin; the twin must have done the same steps.
#[derive(Debug)]
pub(super) struct LazyGap {
    largest_train: f64,
    largest_test: f64,
}

impl<R: Real> Observation<R> for LazyGap {
    fn facts() -> Facts {
        Facts {
            quantities: &[
                Quantity::LinearizedTrainLoss,
                Quantity::LinearizedTestLoss,
                Quantity::LazyGapTrain,
                Quantity::LazyGapTrainMax,
                Quantity::LazyGapTest,
                Quantity::LazyGapTestMax,
            ],
            pass: Pass::Outputs,
            needs: Needs {
                training: Training::Kernel,
                test_points: true,
                movement: Moved::Nothing,
                neurons: Neurons::Unneeded,
                twin: true,
                linear_frame: false,
                path: false,
            },
            costly: true,
            refusal,
            cost: Cost {
                every_record: |shape| TWIN_ENTRY * (shape.side() as f64).powi(2),
                full_record: |_| 0.0,
                held: |shape| {
                    8 * shape.side() * (shape.side() + shape.sizes.n_test * shape.sizes.outputs)
                },
                record: |_| 0,
            },
        }
    }

    fn start(start: &Start<'_, R>) -> Result<Option<Self>, Cancelled> {
        Ok(start.twin.map(|_| Self {
            largest_train: 0.0,
            largest_test: 0.0,
        }))
    }

    fn measure(&mut self, now: &Now<'_, R>, record: &mut Record) -> Result<(), Cancelled> {
        let Some(twin) = now.twin else { return Ok(()) };
        let trainer = now.trainer;
        let residual = trainer.residual().t().mapv(R::double);
        let of_twin = twin.train_residual();
        record.set(Quantity::LinearizedTrainLoss, twin.train_loss(&of_twin));
        let gap = frobenius(&(residual - of_twin));
        self.largest_train = running_maximum(self.largest_train, gap);
        record.set(Quantity::LazyGapTrain, gap);
        record.set(Quantity::LazyGapTrainMax, self.largest_train);
        if let Some(f_test) = now.f_test.filter(|f| !f.is_empty()) {
            let residual = f_test - &trainer.problem().y_test.mapv(R::double);
            let of_twin = twin.test_residual();
            record.set(Quantity::LinearizedTestLoss, twin.test_loss(&of_twin));
            let gap = frobenius(&(residual - of_twin));
            self.largest_test = running_maximum(self.largest_test, gap);
            record.set(Quantity::LazyGapTest, gap);
            record.set(Quantity::LazyGapTestMax, self.largest_test);
        }
        Ok(())
    }

    fn save(&self) -> Vec<f64> {
        vec![self.largest_train, self.largest_test]
    }

    fn restore(&mut self, saved: &[f64]) -> Result<(), Misfit> {
        let [largest_train, largest_test] = of_length(saved)?;
        *self = Self {
            largest_train,
            largest_test,
        };
        Ok(())
    }
}

fn refusal(preset: &Preset) -> Option<Refusal> {
    if preset.train.method == Method::LeastSquares {
        return Some(Refusal {
            at: At::List,
            allowed:
                "any but LazyGap with the method LeastSquares, which has no steps to linearize"
                    .to_owned(),
        });
    }
    unless_squared(preset)
}

/// The larger of both; NaN once one was.
fn running_maximum(so_far: f64, value: f64) -> f64 {
    if so_far.is_nan() || value.is_nan() {
        f64::NAN
    } else {
        so_far.max(value)
    }
}
