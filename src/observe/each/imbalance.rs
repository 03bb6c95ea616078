//! Imbalance of the two layers, which gradient flow conserves.

use std::sync::Arc;

use ndarray::Array2;

use crate::linalg::{frobenius, symmetric_eigenvalues};
use crate::network::{Activation, Real};
use crate::observe::Record;
use crate::observe::cost::Cost;
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::linear_frame::LinearWeights;
use crate::observe::observation::{Now, Observation, Start};
use crate::observe::refusal::Refusal;
use crate::observe::test_pass::{SAMPLED_NEURONS, sampled_neurons};
use crate::spec::{Layers, Preset, Quantity};
use crate::task::{Cancel, Cancelled};
use crate::train::{BlockWeights, NeuronBlock, Shape, Trainer};

/// Measures the imbalance of a network whose layers are both trained.
///
/// With steps γ_W and γ_V of the two layers, flow conserves U₁ᵀU₁ − ρVᵀV of a linear network and
/// ‖w_r‖² − ρ‖v_r‖² of each neuron with a homogeneous activation, ρ = γ_W/γ_V: with one step for
/// both, the U₁ᵀU₁ − VᵀV of the paper on linear networks (Sec. 3.2), whatever a and b are.
#[derive(Debug)]
pub(super) enum Imbalance {
    /// Of a linear network.
    Linear {
        /// ρ.
        ratio: f64,
    },
    /// Of each neuron.
    Neurons {
        /// ρ.
        ratio: f64,
        /// ‖w_r(0)‖².
        squared_start: Vec<f64>,
        /// Neurons whose imbalance is recorded.
        sample: Vec<usize>,
    },
}

impl<R: Real> Observation<R> for Imbalance {
    fn facts() -> Facts {
        Facts {
            quantities: &[
                Quantity::ImbalanceMax,
                Quantity::ImbalanceC,
                Quantity::ImbalanceDrift,
            ],
            pass: Pass::Own,
            needs: Needs {
                training: Training::Outputs,
                test_points: false,
                movement: Moved::Nothing,
                neurons: Neurons::Unneeded,
                twin: false,
                linear_frame: true,
                path: false,
            },
            costly: true,
            refusal,
            cost: Cost {
                every_record: |_| 0.0,
                full_record: |_| 0.0,
                held,
                record: recorded,
            },
        }
    }

    fn start(start: &Start<'_, R>) -> Result<Option<Self>, Cancelled> {
        let problem = start.trainer.problem();
        let ratio = problem.hidden_step_factor / problem.output_step_factor;
        if !(problem.layers.hidden() && problem.layers.output() && ratio.is_finite()) {
            return Ok(None);
        }
        match problem.activation {
            Activation::Identity => Ok(Some(Self::Linear { ratio })),
            Activation::Relu | Activation::LeakyRelu => {
                let mut squared_start = Vec::with_capacity(start.trainer.width());
                for block in start.trainer.blocks() {
                    start.cancel.check()?;
                    let rows = block.first..block.first + block.neurons();
                    let w = start.trainer.initial_rows(rows).mapv(R::double);
                    squared_start.extend(w.outer_iter().map(|w| w.dot(&w)));
                }
                Ok(Some(Self::Neurons {
                    ratio,
                    sample: sampled_neurons(squared_start.len()),
                    squared_start,
                }))
            }
            _ => Ok(None),
        }
    }

    fn measure(&mut self, now: &Now<'_, R>, record: &mut Record) -> Result<(), Cancelled> {
        match (self, now.weights) {
            (Self::Linear { ratio }, Some(weights)) => linear(*ratio, weights, now.cancel, record),
            (Self::Linear { .. }, None) => Ok(()),
            (
                Self::Neurons {
                    ratio,
                    squared_start,
                    sample,
                },
                _,
            ) => {
                let neurons = EachNeuron::measure(now.trainer, *ratio, squared_start);
                record.set(Quantity::ImbalanceMax, neurons.largest);
                record.set(Quantity::ImbalanceDrift, neurons.squared_drift.sqrt());
                let values = sample.iter().filter_map(|i| neurons.values.get(*i));
                record.imbalance = Some(values.copied().collect::<Arc<[f64]>>());
                Ok(())
            }
        }
    }
}

fn refusal(preset: &Preset) -> Option<Refusal> {
    let activation = preset.network.activation;
    let is_homogeneous = matches!(
        activation,
        Activation::Identity | Activation::Relu | Activation::LeakyRelu
    );
    // The imbalance weighs the layers by the ratio of their steps.
    let output_step = preset.scaling.parameterization().output_step;
    if preset.train.layers != Layers::Both {
        Some("Imbalance with train.layers Both only: with one layer fixed nothing is conserved")
    } else if !is_homogeneous {
        Some("Imbalance with network.activation Identity, Relu or LeakyRelu only")
    } else if output_step.c == 0.0 {
        Some("Imbalance with scaling.output_step_factor.c other than 0")
    } else {
        None
    }
    .map(Refusal::entry)
}

/// The squared norms of the neurons at the start; a linear network has its coordinates instead.
fn held(shape: &Shape) -> u128 {
    match shape.activation {
        Activation::Identity => 0,
        _ => 8 * 2 * shape.sizes.neurons,
    }
}

/// Singular values of a linear network's imbalance, or the imbalance of the sampled neurons.
fn recorded(shape: &Shape) -> u128 {
    let combinations = shape.sizes.n.min(shape.sizes.embedding) + shape.sizes.outputs;
    match shape.activation {
        Activation::Identity => 8 * shape.sizes.neurons.min(combinations),
        _ => 8 * shape.sizes.neurons.min(SAMPLED_NEURONS as u128),
    }
}

/// Singular values of U₁ᵀU₁ − ρVᵀV from the square problem in the frame's basis, and its change.
fn linear(
    ratio: f64,
    now: &LinearWeights,
    cancel: &Cancel,
    record: &mut Record,
) -> Result<(), Cancelled> {
    let LinearWeights { hidden, output, .. } = now;
    let drift = || {
        change_of_square(hidden, &now.hidden_change)
            - ratio * change_of_square(output, &now.output_change)
    };
    let eigenvalues = || {
        let imbalance = hidden.dot(&hidden.t()) - ratio * output.dot(&output.t());
        symmetric_eigenvalues(imbalance, cancel)
    };
    let (drift, eigenvalues) = rayon::join(drift, eigenvalues);
    record.set(Quantity::ImbalanceDrift, frobenius(&drift));
    let Some(eigenvalues) = eigenvalues? else {
        return Ok(());
    };
    let mut values: Vec<f64> = eigenvalues.into_iter().map(f64::abs).collect();
    values.sort_by(|x, y| y.total_cmp(x));
    record.set_known(Quantity::ImbalanceMax, values.first().copied());
    let c = (hidden.ncols() + output.ncols()).checked_sub(2);
    record.set_known(Quantity::ImbalanceC, c.and_then(|c| values.get(c).copied()));
    record.imbalance = Some(values.into());
    Ok(())
}

/// AAᵀ − (A − D)(A − D)ᵀ for a change D to A, without the difference of two large matrices.
fn change_of_square(now: &Array2<f64>, change: &Array2<f64>) -> Array2<f64> {
    let half = (now - &(change * 0.5)).dot(&change.t());
    &half + &half.t()
}

/// ‖w_r‖² − ρ‖v_r‖² of all neurons.
struct EachNeuron {
    values: Vec<f64>,
    largest: f64,
    /// Σ of the squared changes since the start.
    squared_drift: f64,
}

impl EachNeuron {
    fn measure<R: Real>(trainer: &Trainer<R>, ratio: f64, squared_start: &[f64]) -> Self {
        let b = trainer.problem().b;
        let mut neurons = Self {
            values: Vec::with_capacity(squared_start.len()),
            largest: 0.0,
            squared_drift: 0.0,
        };
        for block in trainer.blocks() {
            for (r, change) in squared_norm_changes(block, b).into_iter().enumerate() {
                let (v, v0) = (block.v.column(r), block.v0.column(r));
                let pairs = || v.iter().zip(&v0).map(|(v, v0)| (v.double(), v0.double()));
                let output_start: f64 = pairs().map(|(_, v0)| v0 * v0).sum();
                let output_change: f64 = pairs().map(|(v, v0)| (v - v0) * (v + v0)).sum();
                let start = squared_start.get(block.first + r).copied();
                let drift = change - ratio * output_change;
                let value = start.unwrap_or(f64::NAN) - ratio * output_start + drift;
                neurons.values.push(value);
                neurons.squared_drift += drift * drift;
                // NaN is kept, unlike with `f64::max`.
                if value.is_nan() || value.abs() > neurons.largest {
                    neurons.largest = value.abs();
                }
            }
        }
        neurons
    }
}

/// ‖w_r‖² − ‖w_r(0)‖² of each neuron of a block; in sample space C_r·(h_r + h_r(0))/b.
fn squared_norm_changes<R: Real>(block: &NeuronBlock<R>, b: f64) -> Vec<f64> {
    let products = |x: ndarray::ArrayView1<'_, R>, y: ndarray::ArrayView1<'_, R>| {
        let pairs = x.into_iter().zip(y);
        pairs
            .map(|(x, y)| (x.double(), y.double()))
            .collect::<Vec<_>>()
    };
    (0..block.neurons())
        .map(|r| match &block.weights {
            BlockWeights::Weights { w, w0 } => products(w.row(r), w0.row(r))
                .into_iter()
                .map(|(w, w0)| (w - w0) * (w + w0))
                .sum::<f64>(),
            BlockWeights::Coefficients { c, .. } => {
                let features = products(block.h.row(r), block.h0.row(r));
                let sum: f64 = c
                    .row(r)
                    .iter()
                    .zip(features)
                    .map(|(c, (h, h0))| c.double() * (h + h0))
                    .sum();
                sum / b
            }
        })
        .collect()
}
