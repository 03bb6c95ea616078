//! A block of neurons within a step of gradient flow.

use ndarray::Array2;

use crate::network::Real;

use crate::train::columns::{To, multiply, zeros};
use crate::train::kink::Crossing;
use crate::train::{BlockWeights, NeuronBlock, StepInput};

use super::passes::BackPropagate;

/// Stages of the Runge–Kutta method.
pub const STAGES: usize = 7;

/// What an inner step starts from, and its slopes, of one block.
#[derive(Clone, Debug)]
pub struct FlowState<R> {
    /// W or C at the start of the inner step; empty where W is not trained.
    pub(in crate::train) weights: Array2<R>,
    /// V there.
    v: Array2<R>,
    /// Derivatives of W or C by the flow's time at the stages.
    pub(in crate::train) slopes: [Array2<R>; STAGES],
    /// Derivatives of V.
    pub(in crate::train) v_slopes: [Array2<R>; STAGES],
}

/// Squared norms over a block: the local error of H and of V, and H and V themselves; and ‖ΔW‖_F².
#[derive(Clone, Copy, Debug, Default)]
pub struct FlowError {
    pub h_error: f64,
    pub h: f64,
    pub v_error: f64,
    pub v: f64,
    pub squared_length: f64,
}

impl FlowError {
    /// Sum over two sets of neurons.
    pub fn plus(self, other: Self) -> Self {
        Self {
            h_error: self.h_error + other.h_error,
            h: self.h + other.h,
            v_error: self.v_error + other.v_error,
            v: self.v + other.v,
            squared_length: self.squared_length + other.squared_length,
        }
    }

    /// The larger of the relative errors of H and V, in the Frobenius norm.
    pub fn relative(self) -> f64 {
        let ratio = |error: f64, size: f64| {
            if error == 0.0 {
                0.0
            } else {
                (error / size).sqrt()
            }
        };
        let (h, v) = (ratio(self.h_error, self.h), ratio(self.v_error, self.v));
        if h.is_nan() || v.is_nan() {
            f64::NAN
        } else {
            h.max(v)
        }
    }
}

impl<R: Real> NeuronBlock<R> {
    /// Floats that gradient flow holds for this block.
    pub fn flow_floats(&self) -> usize {
        let state = self.flow.as_ref();
        let kinks = self.kinks.as_ref().map_or(0, |kinks| kinks.floats());
        kinks + state.map_or(0, |s| (1 + STAGES) * (s.weights.len() + s.v.len()))
    }

    /// Takes the current weights as the start of an inner step whose first slope is the last one of
    /// the step before, or is computed here.
    pub fn flow_start(&mut self, input: StepInput<'_, R>) {
        if let Some(state) = &mut self.flow {
            state.slopes.swap(0, STAGES - 1);
            state.v_slopes.swap(0, STAGES - 1);
        } else {
            self.flow = Some(self.no_slopes(input));
            self.flow_slope(input, 0);
        }
        self.flow_begin(input);
    }

    /// An inner step whose slopes are not known yet.
    pub(in crate::train) fn no_slopes(&mut self, input: StepInput<'_, R>) -> Box<FlowState<R>> {
        let hidden = input.problem.layers.hidden();
        let shape = if hidden { self.moving().dim() } else { (0, 0) };
        let v_shape = self.v.dim();
        Box::new(FlowState {
            weights: zeros(shape),
            v: Array2::zeros(v_shape),
            slopes: std::array::from_fn(|_| zeros(shape)),
            v_slopes: std::array::from_fn(|_| Array2::zeros(v_shape)),
        })
    }

    /// Takes the current weights as the start of an inner step whose first slope is known.
    pub(in crate::train) fn flow_begin(&mut self, input: StepInput<'_, R>) {
        let Some(mut state) = self.flow.take() else {
            return;
        };
        if input.problem.layers.hidden() {
            state.weights.assign(self.moving());
        }
        state.v.assign(&self.v);
        if self.kinks.is_some() {
            self.note_start(self.features_of(&state.slopes[0], input));
        }
        self.flow = Some(state);
    }

    /// What an inner step of length τ, at whose end the block stands, loses at kinks; `reach` is
    /// ‖ΦΦᵀe_a‖ of the points.
    pub fn flow_crossings(
        &self,
        input: StepInput<'_, R>,
        tau: f64,
        reach: &[f64],
    ) -> Vec<Crossing> {
        match &self.flow {
            Some(state) if self.kinks.is_some() => {
                let rate = self.features_of(&state.slopes[STAGES - 1], input);
                self.crossings(input, &rate, tau, reach)
            }
            _ => Vec::new(),
        }
    }

    /// The matrix that training moves, W or C, for features that follow from it.
    pub(in crate::train) fn moving(&mut self) -> &mut Array2<R> {
        match &mut self.weights {
            BlockWeights::Weights { w, .. } => w,
            BlockWeights::Coefficients { c, lost, .. } => {
                *lost = None;
                c
            }
        }
    }

    /// The derivatives of the weights at the current state, kept as those of a stage. `slope` stays
    /// as it is.
    pub fn flow_slope(&mut self, input: StepInput<'_, R>, stage: usize) {
        let Some(mut state) = self.flow.take() else {
            return;
        };
        let problem = input.problem;
        if problem.layers.hidden() {
            let mut a = self.slope.clone();
            BackPropagate::new(&self.v, input.residual, &mut a).run();
            self.hold_features(input, &mut a);
            let factor = problem.hidden_step_factor * problem.loss_factor;
            let scale = -factor * problem.a * problem.b;
            let slope = &mut state.slopes[stage];
            match &self.weights {
                BlockWeights::Weights { .. } => {
                    multiply(scale, problem.phi.t(), &a, To::Nothing, slope);
                }
                BlockWeights::Coefficients { .. } => {
                    let scale = R::of(scale);
                    slope.zip_mut_with(&a, |slope, a| *slope = scale * *a);
                }
            }
        }
        if problem.layers.output() {
            self.output_gradient(input);
            let factor = problem.output_step_factor * problem.loss_factor;
            let scale = R::of(-factor * problem.a);
            let gradient = &self.v_gradient;
            state.v_slopes[stage].zip_mut_with(gradient, |slope, g| *slope = scale * *g);
        }
        self.flow = Some(state);
    }

    /// Moves the weights to the start of the inner step plus τ·Σ_j c_j·(slope of stage j), and H with
    /// them.
    pub fn flow_move(&mut self, input: StepInput<'_, R>, coefficients: &[f64], tau: f64) {
        let Some(state) = self.flow.take() else {
            return;
        };
        if input.problem.layers.hidden() {
            let weights = self.moving();
            weights.assign(&state.weights);
            add_slopes(weights, &state.slopes, coefficients, tau);
            self.update_features(input.problem, input.gram);
        }
        self.v.assign(&state.v);
        add_slopes(&mut self.v, &state.v_slopes, coefficients, tau);
        self.flow = Some(state);
    }

    /// The local error of an inner step of length τ at whose end the block stands, by the weights of
    /// the embedded method.
    pub fn flow_error(
        &mut self,
        input: StepInput<'_, R>,
        coefficients: &[f64],
        tau: f64,
    ) -> FlowError {
        let Some(state) = self.flow.take() else {
            return FlowError::default();
        };
        let mut error = FlowError::default();
        if input.problem.layers.hidden() {
            let mut weights = zeros(state.weights.dim());
            add_slopes(&mut weights, &state.slopes, coefficients, tau);
            error.h_error = squares(&self.features_of(&weights, input));
            error.h = squares(&self.h);
            if input.measured {
                let moved = &*self.moving() - &state.weights;
                error.squared_length = self.squared_length(&moved, input);
            }
        }
        let mut v = Array2::zeros(state.v.raw_dim());
        add_slopes(&mut v, &state.v_slopes, coefficients, tau);
        error.v_error = squares(&v);
        error.v = squares(&self.v);
        self.flow = Some(state);
        error
    }

    /// bΔWΦᵀ for a change of W or of C.
    fn features_of(&self, change: &Array2<R>, input: StepInput<'_, R>) -> Array2<R> {
        let mut h = zeros(self.h.dim());
        let x = match &self.weights {
            BlockWeights::Weights { .. } => input.problem.phi.view(),
            BlockWeights::Coefficients { .. } => input.gram.view(),
        };
        multiply(input.problem.b, x, change, To::Nothing, &mut h);
        h
    }

    /// ‖ΔW‖_F² of a change of W or of C; of the latter ΔC·ΔH/b.
    fn squared_length(&self, change: &Array2<R>, input: StepInput<'_, R>) -> f64 {
        match &self.weights {
            BlockWeights::Weights { .. } => squares(change),
            BlockWeights::Coefficients { .. } => {
                let features = self.features_of(change, input);
                let products = change.iter().zip(&features);
                let sum: f64 = products.map(|(c, h)| c.double() * h.double()).sum();
                (sum / input.problem.b).max(0.0)
            }
        }
    }
}

fn add_slopes<R: Real>(to: &mut Array2<R>, slopes: &[Array2<R>], coefficients: &[f64], tau: f64) {
    for (slope, c) in slopes.iter().zip(coefficients) {
        if *c != 0.0 {
            to.scaled_add(R::of(c * tau), slope);
        }
    }
}

fn squares<R: Real>(x: &Array2<R>) -> f64 {
    x.iter().map(|x| x.double().powi(2)).sum()
}
