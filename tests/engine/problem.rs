//! Small random problems.

use ndarray::Array2;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use widescope::network::{Activation, InitialWeights, Parameterization, Real};
use widescope::spec::{Layers, LossKind};
use widescope::task::Cancel;
use widescope::train::{Problem, Storage, Trainer};

/// Sizes and choices of a random problem.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    pub seed: u64,
    pub m: usize,
    pub n: usize,
    pub n_test: usize,
    pub d: usize,
    pub outputs: usize,
    pub activation: Activation,
    pub layers: Layers,
    pub parameterization: Parameterization,
    pub mean: bool,
}

pub struct Random<R> {
    pub problem: Problem<R>,
    pub w: Array2<f64>,
    pub v: Array2<f64>,
}

pub fn normals(rows: usize, columns: usize, rng: &mut ChaCha8Rng) -> Array2<f64> {
    Array2::from_shape_simple_fn((rows, columns), || StandardNormal.sample(rng))
}

pub fn random<R: Real>(s: Setting) -> Random<R> {
    let mut rng = ChaCha8Rng::seed_from_u64(s.seed);
    let p = s.parameterization;
    let factor = |points: usize| {
        if s.mean {
            1.0 / points.max(1) as f64
        } else {
            1.0
        }
    };
    let problem = Problem {
        phi: normals(s.n, s.d, &mut rng).mapv(R::of),
        phi_test: normals(s.n_test, s.d, &mut rng).mapv(R::of),
        y: normals(s.n, s.outputs, &mut rng).mapv(R::of),
        y_test: normals(s.n_test, s.outputs, &mut rng).mapv(R::of),
        plane: None,
        activation: s.activation,
        a: p.a.at(s.m, s.d),
        b: p.b.at(s.m, s.d),
        loss: LossKind::Squared,
        loss_factor: factor(s.n),
        test_loss_factor: factor(s.n_test),
        hidden_step_factor: p.hidden_step.at(s.m, s.d),
        output_step_factor: p.output_step.at(s.m, s.d),
        layers: s.layers,
    };
    Random {
        problem,
        w: normals(s.m, s.d, &mut rng),
        v: normals(s.outputs, s.m, &mut rng),
    }
}

impl<R: Real> Random<R> {
    pub fn trainer(&self, step: f64, sample_space: bool) -> Trainer<R> {
        let w = InitialWeights::Given(self.w.clone());
        Trainer::new(
            self.problem.clone(),
            w,
            &self.v,
            step,
            sample_space,
            &Cancel::new(),
        )
        .unwrap()
    }
}

/// Where a step on a problem costs less: of W 2mn² in sample space, 4mnD in weight space.
pub fn cheaper_storage<R: Real>(problem: &Problem<R>) -> Storage {
    if problem.layers.hidden() && problem.n() < 2 * problem.embedding() {
        Storage::SampleSpace
    } else {
        Storage::WeightSpace
    }
}
