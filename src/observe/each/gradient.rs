//! Size of the gradient of the training loss.

use ndarray::Axis;
use rayon::prelude::*;

use crate::network::Real;
use crate::observe::Record;
use crate::observe::cost::Cost;
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::observation::{Now, Observation, Start};
use crate::observe::refusal::unless_squared;
use crate::spec::Quantity;
use crate::task::{Cancel, Cancelled};
use crate::train::{NeuronBlock, Shape, Trainer};

/// Measures ‖∇L‖₂ over the trained weights, with plain partial derivatives of the loss L (no step
/// factors), and ‖∇L‖²/L, whose lower bound over the iteration is twice the constant of the
/// Polyak–Łojasiewicz inequality.
///
/// ∇_W L = sab·[(VᵀR) ⊙ σ'(H)]Φ, ∇_V L = sa·Rσ(H)ᵀ, and ∇_c L = s·Σ_a R_a of biases of the outputs.
#[derive(Debug)]
pub(super) struct Gradient;

impl<R: Real> Observation<R> for Gradient {
    fn facts() -> Facts {
        Facts {
            quantities: &[Quantity::GradientNorm, Quantity::PlRatio],
            pass: Pass::Own,
            needs: Needs {
                training: Training::Gram,
                test_points: false,
                movement: Moved::Nothing,
                neurons: Neurons::Unneeded,
                twin: false,
                linear_frame: false,
                path: false,
            },
            costly: true,
            refusal: unless_squared,
            cost: Cost {
                every_record: |_| 0.0,
                full_record: work,
                held: |_| 0,
                record: |_| 0,
            },
        }
    }

    fn start(_: &Start<'_, R>) -> Result<Option<Self>, Cancelled> {
        Ok(Some(Self))
    }

    fn measure(&mut self, now: &Now<'_, R>, record: &mut Record) -> Result<(), Cancelled> {
        let trainer = now.trainer;
        let parts = trainer
            .blocks()
            .par_iter()
            .map(|block| squared_gradient(block, trainer, now.cancel))
            .collect::<Result<Vec<_>, Cancelled>>()?;
        let squared = parts.into_iter().sum::<f64>() + squared_bias_gradient(trainer);
        record.set(Quantity::GradientNorm, squared.sqrt());
        let loss = trainer.loss();
        if loss > 0.0 {
            record.set(Quantity::PlRatio, squared / loss);
        }
        Ok(())
    }
}

fn work(shape: &Shape) -> f64 {
    let [m, n] = [shape.sizes.neurons, shape.sizes.n].map(|size| size as f64);
    4.0 * m * n * (n + 20.0)
}

/// ‖∇_c L‖², 0 where there is no c in training.
fn squared_bias_gradient<R: Real>(trainer: &Trainer<R>) -> f64 {
    let problem = trainer.problem();
    if !problem.layers.output() || trainer.output_bias().is_none() {
        return 0.0;
    }
    let sums = trainer.residual().mapv(R::double).sum_axis(Axis(1));
    problem.loss_factor.powi(2) * sums.dot(&sums)
}

fn squared_gradient<R: Real>(
    block: &NeuronBlock<R>,
    trainer: &Trainer<R>,
    cancel: &Cancel,
) -> Result<f64, Cancelled> {
    cancel.check()?;
    let problem = trainer.problem();
    let residual = trainer.residual().mapv(R::double);
    let scale = (problem.loss_factor * problem.a).powi(2);
    let mut squared = 0.0;
    if problem.layers.hidden() {
        let v = block.v.mapv(R::double);
        let back =
            v.t().dot(&residual) * block.h.mapv(|z| problem.activation.derivative(z).double());
        // ‖AΦ‖_F² = ⟨AΦΦᵀ, A⟩.
        let sum = (back.dot(trainer.gram()) * &back).sum();
        squared += scale * problem.b.powi(2) * sum.max(0.0);
    }
    if problem.layers.output() {
        let values = block.h.mapv(|z| problem.activation.value(z).double());
        squared += scale * residual.dot(&values.t()).mapv(|x| x * x).sum();
    }
    Ok(squared)
}
