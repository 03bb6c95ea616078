//! Share of neurons in the active interval of the activation, and its lower bound.

use ndarray::Array2;
use pulp::{Simd, WithSimd};

use crate::linalg::symmetric_eigenvalues;
use crate::network::{ActiveInterval, Real};
use crate::observe::Record;
use crate::observe::cost::Cost;
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::observation::{Now, Observation, Start};
use crate::observe::refusal::never;
use crate::simd::Level;
use crate::spec::{Layers, Quantity};
use crate::task::{Cancel, Cancelled};
use crate::train::Trainer;

/// Measures η = min_a (1/m)·#{i : h_i(x_a) ∈ I} and the bound of Chen et al., Lemma 1.
///
/// The bound: η^{3/2} ≥ η̃^{3/2} − κ(√E_0 − √E_t)/(a·m·ĉ) with E = ½‖f − y‖², η̃ the share at the
/// start in the middle third of I, ĉ = |v_i|, and
/// κ = 9λ_max(G)/(√2·λ_min(G)·K_σ'·(I_r − I_l)), G the Gram matrix of the embedded training points
/// (only the ratio counts). Printed is another constant; this one follows from the proof: a neuron
/// leaves I only by moving (I_r − I_l)/3, and the mean speed at any point is at most
/// √2·λ_max/(λ_min·a·m·ĉ·K_σ'·√η)·(−d√E/dt). The paper has a·m = 1. It holds for gradient flow of W
/// with V fixed, one output and equal |v_i|, and needs λ_min(G) > 0 and a
/// trainer that holds G.
#[derive(Debug)]
pub(super) struct ActiveFraction {
    interval: ActiveInterval,
    bound: Option<Bound>,
}

/// What the bound takes from the start.
#[derive(Debug)]
struct Bound {
    /// η̃^{3/2}.
    start: f64,
    /// √E_0.
    root_loss: f64,
    /// κ/(a·m·ĉ).
    factor: f64,
}

impl<R: Real> Observation<R> for ActiveFraction {
    fn facts() -> Facts {
        Facts {
            quantities: &[Quantity::ActiveFraction, Quantity::ActiveFractionBound],
            pass: Pass::Outputs,
            needs: Needs {
                training: Training::Features,
                test_points: false,
                movement: Moved::Nothing,
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

    fn start(start: &Start<'_, R>) -> Result<Option<Self>, Cancelled> {
        let interval = start.trainer.problem().activation.active_interval();
        Ok(Some(Self {
            bound: Bound::new(start.trainer, interval, start.cancel)?,
            interval,
        }))
    }

    fn measure(&mut self, now: &Now<'_, R>, record: &mut Record) -> Result<(), Cancelled> {
        let trainer = now.trainer;
        let ActiveInterval { left, right, .. } = self.interval;
        let share = smallest_share(trainer, left, right);
        record.set_known(Quantity::ActiveFraction, share);
        if let Some(bound) = &self.bound {
            let fallen = bound.root_loss - root_loss(trainer);
            let power = (bound.start - bound.factor * fallen).max(0.0);
            record.set(Quantity::ActiveFractionBound, power.powf(2.0 / 3.0));
        }
        Ok(())
    }
}

impl Bound {
    fn new<R: Real>(
        trainer: &Trainer<R>,
        interval: ActiveInterval,
        cancel: &Cancel,
    ) -> Result<Option<Self>, Cancelled> {
        let problem = trainer.problem();
        let applies = problem.outputs() == 1 && problem.layers == Layers::Hidden;
        if !applies || !trainer.storage().has_gram() {
            return Ok(None);
        }
        let Some(size) = common_size(&trainer.output_weights()) else {
            return Ok(None);
        };
        let Some(values) = symmetric_eigenvalues(trainer.gram().clone(), cancel)? else {
            return Ok(None);
        };
        let (Some(largest), Some(smallest)) = (values.first(), values.last()) else {
            return Ok(None);
        };
        // Below this an eigenvalue is rounding of zero.
        if *smallest <= values.len() as f64 * R::EPSILON * largest {
            return Ok(None);
        }
        let ActiveInterval { left, right, slope } = interval;
        let length = right - left;
        let kappa = 9.0 * largest / (2f64.sqrt() * smallest * slope * length);
        let middle = smallest_share(trainer, left + length / 3.0, right - length / 3.0);
        Ok(middle.map(|middle| Self {
            start: middle.powf(1.5),
            root_loss: root_loss(trainer),
            factor: kappa / (problem.a * trainer.width() as f64 * size),
        }))
    }
}

/// √(½‖f − y‖²).
fn root_loss<R: Real>(trainer: &Trainer<R>) -> f64 {
    (0.5 * trainer.squared_residual()).sqrt()
}

/// |v_i| where all are equal to rounding of a single and not zero.
fn common_size(v: &Array2<f64>) -> Option<f64> {
    let size = v.iter().next()?.abs();
    let is_same = |v: &f64| (v.abs() - size).abs() <= f64::from(f32::EPSILON) * size;
    (size > 0.0 && v.iter().all(is_same)).then_some(size)
}

/// min over the training points of the share of neurons with h_i(x_a) in the open interval.
fn smallest_share<R: Real>(trainer: &Trainer<R>, left: f64, right: f64) -> Option<f64> {
    let mut counts = vec![0.0; trainer.problem().n()];
    for block in trainer.blocks() {
        let Some(h) = block.h.t().to_slice() else {
            unreachable!("features of a block are column-major by construction");
        };
        Level::current().run(Inside {
            h,
            neurons: block.neurons().max(1),
            interval: [left, right],
            counts: &mut counts,
        });
    }
    let smallest = counts.into_iter().reduce(f64::min)?;
    Some(smallest / trainer.width() as f64)
}

/// Adds the number of features of each point that are in an open interval.
struct Inside<'a, R> {
    /// Points × neurons.
    h: &'a [R],
    neurons: usize,
    interval: [f64; 2],
    /// One a point.
    counts: &'a mut [f64],
}

impl<R: Real> WithSimd for Inside<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let [left, right] = self.interval;
        let points = self.h.chunks_exact(self.neurons);
        for (count, features) in self.counts.iter_mut().zip(points) {
            let inside = features.iter().map(|h| {
                let h = h.double();
                u32::from((left < h) & (h < right))
            });
            *count += f64::from(inside.sum::<u32>());
        }
    }
}
