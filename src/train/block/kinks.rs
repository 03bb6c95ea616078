//! A block of neurons within a step of gradient flow whose σ' jumps.

use ndarray::{Array1, Array2, ArrayViewMut1};

use crate::network::Real;

use crate::train::columns::{entries, zeros};
use crate::train::kink::{AtKink, Crossing, Kink, Passage};
use crate::train::{NeuronBlock, StepInput};

/// σ' as it is held over an inner step, of one block.
#[derive(Clone, Debug)]
pub struct KinkState<R> {
    kink: Kink,
    /// Whether σ and σ' are those held instead of those at H.
    pub applied: bool,
    /// σ' held, neurons × n.
    pub(in crate::train) slope: Array2<R>,
    /// Features that stay at their kink, by neuron, with their σ' at the start of the inner step.
    pub(in crate::train) held: Vec<Vec<(usize, f64)>>,
    /// H at the start of the inner step.
    h: Array2<R>,
    /// dH/dτ there.
    rate: Array2<R>,
}

impl<R: Real> KinkState<R> {
    /// Numbers held.
    pub fn floats(&self) -> usize {
        self.slope.len() + self.h.len() + self.rate.len()
    }

    /// Puts σ and σ' of some points' features, from a point on, as they are held.
    pub fn apply(&self, first: usize, h: &[R], value: &mut [R], slope: &mut [R]) {
        if !self.applied {
            return;
        }
        let held = &entries(&self.slope)[first * self.slope.nrows()..];
        for (((value, slope), h), held) in value.iter_mut().zip(slope).zip(h).zip(held) {
            *slope = *held;
            *value = *held * *h;
        }
    }

    /// h of a feature, turned so that its own side is positive.
    fn own_side(&self, neuron: usize, point: usize, h: R) -> f64 {
        let right = self.kink.is_right(self.slope[[neuron, point]].double());
        if right { h.double() } else { -h.double() }
    }

    fn is_held(&self, neuron: usize, point: usize) -> bool {
        self.held[neuron].iter().any(|(held, _)| *held == point)
    }

    fn is_out_of_range(&self, neuron: usize, point: usize) -> bool {
        let slope = self.slope[[neuron, point]].double();
        !(self.kink.low..=1.0).contains(&slope)
    }
}

/// Pull κ in dh_a = −κ Σ_b K_ab (VᵀR)_b σ'_b.
fn pull<R: Real>(input: StepInput<'_, R>) -> f64 {
    let problem = input.problem;
    problem.hidden_step_factor * problem.loss_factor * problem.a * problem.b * problem.b
}

impl<R: Real> NeuronBlock<R> {
    /// Holds σ' as it is at H, or as it was held last, from now on; for an activation with a kink
    /// whose features move.
    pub fn hold_slopes(&mut self, input: StepInput<'_, R>) {
        let (problem, shape) = (input.problem, self.h.dim());
        let Some(kink) = Kink::of(problem.activation) else {
            return;
        };
        if !problem.layers.hidden() {
            return;
        }
        let state = self.kinks.get_or_insert_with(|| {
            Box::new(KinkState {
                kink,
                applied: true,
                slope: self.h.mapv(|h| problem.activation.derivative(h)),
                held: vec![Vec::new(); shape.0],
                h: zeros(shape),
                rate: zeros(shape),
            })
        });
        state.applied = true;
    }

    /// σ and σ' are those at H again.
    pub fn release_slopes(&mut self) {
        if let Some(state) = &mut self.kinks {
            state.applied = false;
        }
    }

    /// Notes where an inner step starts, and how fast the features move there.
    pub fn note_start(&mut self, rate: Array2<R>) {
        let Some(state) = &mut self.kinks else {
            return;
        };
        state.h.assign(&self.h);
        state.rate = rate;
        for (neuron, held) in state.held.iter_mut().enumerate() {
            for (point, start) in held {
                *start = state.slope[[neuron, *point]].double();
            }
        }
    }

    /// Puts (VᵀR) ⊙ σ' of the features that stay at their kink, such that they do; `a` holds it of
    /// the others.
    pub fn hold_features(&mut self, input: StepInput<'_, R>, a: &mut Array2<R>) {
        let Some(mut state) = self.kinks.take() else {
            return;
        };
        for neuron in 0..state.held.len() {
            let points: Vec<usize> = state.held[neuron].iter().map(|(point, _)| *point).collect();
            if points.is_empty() {
                continue;
            }
            let starts = state.held[neuron].iter().map(|(_, start)| *start).collect();
            let slopes = self
                .at_kink(input, a.row_mut(neuron), neuron, &points, starts)
                .stay();
            for (point, slope) in points.into_iter().zip(slopes) {
                state.slope[[neuron, point]] = R::of(slope);
                a[[neuron, point]] = self.back_signal(input, neuron, point) * R::of(slope);
            }
        }
        self.kinks = Some(state);
    }

    /// (VᵀR) of a neuron at a point.
    fn back_signal(&self, input: StepInput<'_, R>, neuron: usize, point: usize) -> R {
        let pairs = self
            .v
            .column(neuron)
            .into_iter()
            .zip(input.residual.column(point));
        pairs.map(|(v, r)| *v * *r).sum()
    }

    /// The features of a neuron at some points, from (VᵀR) ⊙ σ' at the others; sets it to 0 at those.
    fn at_kink(
        &self,
        input: StepInput<'_, R>,
        mut a: ArrayViewMut1<'_, R>,
        neuron: usize,
        points: &[usize],
        slopes: Vec<f64>,
    ) -> AtKink {
        let (phi, sign) = (&input.problem.phi, pull(input).signum());
        for point in points {
            a[*point] = R::zero();
        }
        let rows: Vec<Array1<f64>> = points.iter().map(|p| phi.row(*p).mapv(R::double)).collect();
        let mut others = Array1::<f64>::zeros(phi.ncols());
        for (a, row) in a.iter().zip(phi.outer_iter()) {
            let a = a.double();
            if a != 0.0 {
                others.zip_mut_with(&row, |sum, x| *sum += a * x.double());
            }
        }
        let pairs = rows.iter().flat_map(|x| rows.iter().map(|y| x.dot(y)));
        let signals = points
            .iter()
            .map(|p| self.back_signal(input, neuron, *p).double());
        AtKink {
            gram: pairs.collect(),
            rest: rows.iter().map(|row| sign * row.dot(&others)).collect(),
            pull: signals.map(|signal| sign * signal).collect(),
            slopes,
        }
    }

    /// What an inner step of length τ, at whose end the block stands with H moving at `rate`, loses
    /// by the slopes held. `reach` is ‖ΦΦᵀe_a‖ of the points.
    pub fn crossings(
        &self,
        input: StepInput<'_, R>,
        rate: &Array2<R>,
        tau: f64,
        reach: &[f64],
    ) -> Vec<Crossing> {
        let Some(state) = &self.kinks else {
            return Vec::new();
        };
        let unit = |neuron, point: usize| {
            let signal = self.back_signal(input, neuron, point).double();
            (pull(input) * signal).abs() * reach[point]
        };
        let mut crossings = Vec::new();
        for ((neuron, point), h) in self.h.indexed_iter() {
            let side = |h: R| state.own_side(neuron, point, h);
            let at = [neuron, point];
            let passage = Passage {
                value: [side(state.h[at]), side(*h)],
                rate: [tau * side(state.rate[at]), tau * side(rate[at])],
            };
            if let Some(part) = passage.leaves()
                && !state.is_held(neuron, point)
            {
                crossings.push(Crossing {
                    at: part * tau,
                    size: (1.0 - state.kink.low) * unit(neuron, point),
                    order: 1,
                });
            }
        }
        for (neuron, held) in state.held.iter().enumerate() {
            for (point, start) in held {
                if state.is_out_of_range(neuron, *point) {
                    let end = state.slope[[neuron, *point]].double();
                    let limit = if end > 1.0 { 1.0 } else { state.kink.low };
                    let (way, left) = (end - start, limit - start);
                    crossings.push(Crossing {
                        at: (left / way).clamp(0.0, 1.0) * tau,
                        size: 0.5 * (way / tau).abs() * unit(neuron, *point),
                        order: 2,
                    });
                }
            }
        }
        crossings
    }

    /// Gives every feature that has left its side, and those at a kink beside it, the slope it goes
    /// on with. Gives whether any changed.
    pub fn settle(&mut self, input: StepInput<'_, R>) -> bool {
        let Some(mut state) = self.kinks.take() else {
            return false;
        };
        let mut has_changed = false;
        for neuron in 0..self.neurons() {
            let mut points: Vec<usize> =
                state.held[neuron].iter().map(|(point, _)| *point).collect();
            let mut is_due = points.iter().any(|point| {
                // Where the pull turns round, the kink repels.
                let signal = self.back_signal(input, neuron, *point).double();
                state.is_out_of_range(neuron, *point) || pull(input) * signal <= 0.0
            });
            for (point, h) in self.h.row(neuron).iter().enumerate() {
                if state.own_side(neuron, point, *h) < 0.0 && !state.is_held(neuron, point) {
                    points.push(point);
                    is_due = true;
                }
            }
            if is_due {
                self.settle_neuron(input, &mut state, neuron, &points);
                has_changed = true;
            }
        }
        self.kinks = Some(state);
        has_changed
    }

    fn settle_neuron(
        &mut self,
        input: StepInput<'_, R>,
        state: &mut KinkState<R>,
        neuron: usize,
        points: &[usize],
    ) {
        let kink = state.kink;
        let mut a = state.slope.row(neuron).to_owned();
        for (point, a) in a.iter_mut().enumerate() {
            *a *= self.back_signal(input, neuron, point);
        }
        let sides = points.iter().map(|point| {
            let is_right = self.h[[neuron, *point]] > R::zero();
            if is_right { 1.0 } else { kink.low }
        });
        let at_kink = self.at_kink(input, a.view_mut(), neuron, points, sides.collect());
        let slopes = at_kink.settle(kink);
        state.held[neuron].clear();
        for (point, slope) in points.iter().zip(slopes) {
            state.slope[[neuron, *point]] = R::of(slope);
            self.slope[[neuron, *point]] = R::of(slope);
            if slope > kink.low && slope < 1.0 {
                state.held[neuron].push((*point, slope));
            }
        }
    }
}
