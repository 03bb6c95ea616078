//! Linear networks: an independent program's trajectories in every representation, and the
//! reduction against the whole network.

use ndarray::Array2;
use serde_json::Value;
use widescope::data::LabelKind;
use widescope::network::{Activation, Factor, InitialWeights, Parameterization, Scaling};
use widescope::observe::{Observer, Record, test_pass};
use widescope::spec::{Layers, LossKind, Observable, Quantity};
use widescope::task::Cancel;
use widescope::train::{Problem, RowSpace, Trainer};

use crate::problem::{Random, Setting, cheaper_storage, random};

const RELATIVE: f64 = 1e-9;
const ABSOLUTE: f64 = 1e-13;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Space {
    Weights,
    Samples,
    Reduced,
}

const SPACES: [Space; 3] = [Space::Weights, Space::Samples, Space::Reduced];

fn trainer(
    problem: Problem<f64>,
    w: &Array2<f64>,
    v: &Array2<f64>,
    step: f64,
    space: Space,
) -> Trainer<f64> {
    let w = InitialWeights::Given(w.clone());
    let cancel = Cancel::new();
    match space {
        Space::Reduced => {
            let storage = cheaper_storage(&problem);
            Trainer::reduced(problem, w, v, step, storage, &cancel)
        }
        _ => Trainer::new(problem, w, v, step, space == Space::Samples, &cancel),
    }
    .unwrap()
}

fn matrix(value: &Value) -> Array2<f64> {
    let rows: Vec<Vec<f64>> = value.as_array().unwrap().iter().map(list).collect();
    Array2::from_shape_vec((rows.len(), rows[0].len()), rows.concat()).unwrap()
}

fn list(value: &Value) -> Vec<f64> {
    let values = value.as_array().unwrap().iter();
    values.map(|x| x.as_f64().unwrap()).collect()
}

fn observables() -> [Observable; 6] {
    [
        Observable::Loss,
        Observable::Distances,
        Observable::NtkSpectrum,
        Observable::Imbalance,
        Observable::MinNorm,
        Observable::Gradient,
    ]
}

struct Oracle {
    name: &'static str,
    json: Value,
}

impl Oracle {
    fn load(name: &'static str) -> Self {
        let path = format!("{}/tests/oracle/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        Self { name, json }
    }

    fn matrix(&self, key: &str) -> Array2<f64> {
        matrix(&self.json[key])
    }

    fn problem(&self) -> Problem<f64> {
        let (phi, y) = (self.matrix("X"), self.matrix("Y"));
        Problem {
            phi_test: Array2::zeros((0, phi.ncols())),
            y_test: Array2::zeros((0, y.ncols())),
            plane: None,
            activation: Activation::Identity,
            a: 1.0,
            b: 1.0,
            loss: LossKind::Squared,
            loss_factor: 2.0 / y.nrows() as f64,
            test_loss_factor: 2.0 / y.nrows() as f64,
            hidden_step_factor: 1.0,
            output_step_factor: 1.0,
            layers: Layers::Both,
            phi,
            y,
        }
    }

    fn close(&self, what: &str, step: u64, got: f64, expected: f64) {
        let error = (got - expected).abs();
        assert!(
            error <= RELATIVE * expected.abs() + ABSOLUTE,
            "{} step {step}: {what} is {got}, expected {expected} (off by {error:e})",
            self.name
        );
    }

    fn compare(&self, trainer: &Trainer<f64>, measured: &Record, record: &Value) {
        let step = measured.step;
        let scalars = [
            ("loss", Quantity::TrainLoss),
            ("imbalance_drift_fro", Quantity::ImbalanceDrift),
            ("U2_V_norm", Quantity::NullSpaceProduct),
            (
                "distance_to_min_norm_fro",
                Quantity::MinNormDistanceFrobenius,
            ),
            ("distance_to_min_norm_op", Quantity::MinNormDistance),
        ];
        for (key, quantity) in scalars {
            let got = measured.get(quantity).unwrap();
            self.close(key, step, got, record[key].as_f64().unwrap());
        }
        for (got, expected) in trainer.outputs().iter().zip(&matrix(&record["f"])) {
            self.close("f", step, *got, *expected);
        }
        let drift = self.unseen_drift(trainer);
        let expected = record["U2_drift_fro"].as_f64().unwrap();
        self.close("drift of U2", step, drift, expected);
        let expected = record["E_sq"].as_f64().unwrap();
        self.close("‖E‖²", step, self.squared_error(trainer), expected);
        let expected = list(&record["imbalance_singular_values"]);
        let got = measured.imbalance.as_ref().unwrap();
        assert!(got.len() <= expected.len());
        for (i, expected) in expected.iter().enumerate() {
            self.close(
                "imbalance",
                step,
                got.get(i).copied().unwrap_or(0.0),
                *expected,
            );
        }
        let eigenvalues = measured.ntk_eigenvalues.as_ref().unwrap();
        for (got, expected) in eigenvalues.iter().zip(list(&record["ntk_eigenvalues"])) {
            self.close("λ", step, *got, expected);
        }
    }

    /// What does not lie in the row space of X of U − U(0), in the Frobenius norm.
    fn unseen_drift(&self, trainer: &Trainer<f64>) -> f64 {
        let moved = trainer.hidden_weights().reversed_axes() - self.matrix("U0");
        let basis = &self.row_space().basis;
        let unseen = &moved - &basis.dot(&basis.t().dot(&moved));
        unseen.iter().map(|x| x * x).sum::<f64>().sqrt()
    }

    /// ‖E‖_F² with E = PᵀY − Σ^{1/2}U₁Vᵀ, all of the residual where X has full row rank.
    fn squared_error(&self, trainer: &Trainer<f64>) -> f64 {
        let space = self.row_space();
        let mut left = space.coordinates.clone();
        for (mut column, s) in left.columns_mut().into_iter().zip(&space.singular_values) {
            column /= *s;
        }
        let error = left.t().dot(&trainer.residual().t());
        error.iter().map(|x| x * x).sum()
    }

    fn row_space(&self) -> RowSpace {
        RowSpace::new(&self.problem(), &Cancel::new())
            .unwrap()
            .unwrap()
    }

    /// The singular values of X and the minimum-norm solution.
    fn compare_data(&self) {
        let space = self.row_space();
        let expected = list(&self.json["sigma_X"]);
        assert_eq!(space.rank(), expected.len());
        for (got, expected) in space.singular_values.iter().zip(expected) {
            self.close("σ(X)", 0, *got, expected);
        }
        let theta = space
            .basis
            .dot(&space.min_norm_coordinates(&self.matrix("Y")));
        for (got, expected) in theta.iter().zip(&self.matrix("Theta_hat")) {
            self.close("Θ̂", 0, *got, *expected);
        }
    }

    /// Distances of the weights, from the file's own weights.
    fn compare_weights(&self, trainer: &Trainer<f64>, last: &Record) {
        let step = last.step;
        let (w, v) = (self.matrix("U_final"), self.matrix("V_final"));
        for (got, expected) in trainer.hidden_weights().iter().zip(&w.t()) {
            self.close("W", step, *got, *expected);
        }
        for (got, expected) in trainer.output_weights().iter().zip(&v) {
            self.close("V", step, *got, *expected);
        }
        let norm = |x: Array2<f64>| x.iter().map(|x| x * x).sum::<f64>().sqrt();
        let start = self.matrix("U0");
        let distance = norm(&w - &start);
        let of = |q| last.get(q).unwrap();
        self.close("‖W − W0‖", step, of(Quantity::WeightDistance), distance);
        let relative = distance / norm(start);
        let measured = of(Quantity::RelativeWeightDistance);
        self.close("relative ‖W − W0‖", step, measured, relative);
        let distance = norm(v - self.matrix("V0"));
        self.close("‖V − V0‖", step, of(Quantity::OutputDistance), distance);
    }
}

fn reproduces(name: &'static str) {
    Oracle::load(name).compare_data();
    for space in SPACES {
        let oracle = Oracle::load(name);
        let cancel = Cancel::new();
        let step = oracle.json["lr"].as_f64().unwrap();
        let w = oracle.matrix("U0").t().to_owned();
        let mut trainer = trainer(oracle.problem(), &w, &oracle.matrix("V0"), step, space);
        let mut observer =
            Observer::new(&trainer, &observables(), LabelKind::Real, &cancel).unwrap();
        let mut last = Record::default();
        for record in oracle.json["records"].as_array().unwrap() {
            while trainer.steps_done() < record["step"].as_u64().unwrap() {
                trainer.step(&cancel).unwrap();
            }
            last = observer.measure(&trainer, 0.0, &cancel).unwrap();
            oracle.compare(&trainer, &last, record);
            if last.step == 0 {
                let c = oracle.json["c_sigma_n_plus_m_minus_1"].as_f64().unwrap();
                oracle.close("c", 0, last.get(Quantity::ImbalanceC).unwrap(), c);
            }
        }
        oracle.compare_weights(&trainer, &last);
    }
}

#[test]
fn one_output_from_a_balanced_start() {
    reproduces("E_linear_A1_case1_m1");
}

#[test]
fn two_outputs_from_the_start_of_the_width_experiment() {
    reproduces("E_linear_A2_m2");
}

/// A linear problem whose data have rank `rank`.
fn linear(outputs: usize, layers: Layers, rank: usize, factors: Parameterization) -> Random<f64> {
    let mut random = random::<f64>(Setting {
        seed: 5,
        m: 150,
        n: 12,
        n_test: 7,
        d: 31,
        outputs,
        activation: Activation::Identity,
        layers,
        parameterization: factors,
        mean: true,
    });
    let phi = &mut random.problem.phi;
    for a in rank..phi.nrows() {
        let copy = &phi.row(a - rank) * 0.5 - phi.row((a + 1) % rank);
        phi.row_mut(a).assign(&copy);
    }
    // Small weights, so that the network fits within the test and nonlinear terms count.
    random.w.mapv_inplace(|w| 0.3 * w / 150f64.sqrt());
    random.v.mapv_inplace(|v| v / 150f64.sqrt());
    random
}

fn unequal_steps() -> Parameterization {
    Parameterization {
        hidden_step: Factor::constant(0.7),
        output_step: Factor::constant(2.5),
        b: Factor::constant(1.3),
        ..Scaling::Standard.parameterization()
    }
}

#[test]
fn the_reduced_network_is_the_whole_one_over_500_steps() {
    let standard = Scaling::Standard.parameterization();
    for (outputs, layers, rank, factors) in [
        (1, Layers::Both, 12, standard),
        (3, Layers::Both, 12, standard),
        (3, Layers::Both, 5, standard),
        (3, Layers::Both, 12, unequal_steps()),
        (2, Layers::Both, 5, unequal_steps()),
        (2, Layers::Hidden, 12, standard),
        (2, Layers::Output, 12, standard),
    ] {
        let case = format!("{outputs} outputs, {layers:?}, rank {rank}");
        let cancel = Cancel::new();
        let random = linear(outputs, layers, rank, factors);
        let start = |space| trainer(random.problem.clone(), &random.w, &random.v, 0.02, space);
        let (mut whole, mut reduced) = (start(Space::Weights), start(Space::Reduced));
        let neurons: usize = reduced.blocks().iter().map(|b| b.neurons()).sum();
        assert_eq!(neurons, rank + outputs, "{case}");
        assert_eq!((reduced.width(), whole.width()), (150, 150));
        let first = whole.loss();
        for _ in 0..500 {
            whole.step(&cancel).unwrap();
            reduced.step(&cancel).unwrap();
        }
        assert!(
            whole.loss() < 0.9 * first,
            "{case}: {first} {}",
            whole.loss()
        );
        let same = |what: &str, x: &Array2<f64>, y: &Array2<f64>| {
            assert_eq!(x.dim(), y.dim());
            for (x, y) in x.iter().zip(y) {
                let error = (x - y).abs();
                assert!(error <= 1e-12 * (1.0 + x.abs()), "{case}: {what} {x} {y}");
            }
        };
        same("f", &whole.outputs(), &reduced.outputs());
        same("W", &whole.hidden_weights(), &reduced.hidden_weights());
        same("V", &whole.output_weights(), &reduced.output_weights());
        let test = |t| test_pass(t, None, &cancel).unwrap().f_test;
        same("f_test", &test(&whole), &test(&reduced));
    }
}

#[test]
fn linear_observables_do_not_depend_on_the_representation() {
    let cancel = Cancel::new();
    let random = linear(2, Layers::Both, 5, unequal_steps());
    let records = SPACES.map(|space| {
        let mut trainer = trainer(random.problem.clone(), &random.w, &random.v, 0.02, space);
        let mut observer =
            Observer::new(&trainer, &observables(), LabelKind::Real, &cancel).unwrap();
        for _ in 0..100 {
            trainer.step(&cancel).unwrap();
        }
        let record = observer.measure(&trainer, 0.0, &cancel).unwrap();
        assert_eq!(
            record.get(Quantity::MaxNeuronDistance).is_some(),
            space != Space::Reduced
        );
        record
    });
    for record in &records[1..] {
        for (quantity, value) in &record.scalars {
            let expected = records[0].get(*quantity).unwrap();
            let error = (value - expected).abs();
            assert!(
                error <= 1e-10 * (1.0 + expected.abs()),
                "{quantity:?} {value} {expected}"
            );
        }
    }
}

#[test]
fn distances_to_the_min_norm_solution_are_those_of_the_products() {
    let cancel = Cancel::new();
    let random = linear(2, Layers::Both, 12, unequal_steps());
    let mut trainer = trainer(
        random.problem.clone(),
        &random.w,
        &random.v,
        0.02,
        Space::Samples,
    );
    let wanted = [Observable::MinNorm];
    let mut observer = Observer::new(&trainer, &wanted, LabelKind::Real, &cancel).unwrap();
    for _ in 0..50 {
        trainer.step(&cancel).unwrap();
    }
    let record = observer.measure(&trainer, 0.0, &cancel).unwrap();
    // Far from fitted: Θ − Θ̂ has a part in the row space too. Its residual is that of Θ alone.
    let theta = 1.3
        * trainer
            .hidden_weights()
            .t()
            .dot(&trainer.output_weights().t());
    let residual = random.problem.phi.dot(&theta) - &random.problem.y;
    let squared: f64 = residual.iter().map(|r| r * r).sum();
    assert!((squared - trainer.squared_residual()).abs() < 1e-10 * squared);
    let of = |q| record.get(q).unwrap();
    let (frobenius, operator, unseen) = (
        of(Quantity::MinNormDistanceFrobenius),
        of(Quantity::MinNormDistance),
        of(Quantity::NullSpaceProduct),
    );
    assert!(unseen < frobenius && operator <= frobenius && frobenius <= 2f64.sqrt() * operator);
    // Φ(Θ − Θ̂) is the residual, so in the row space the distance is at least ‖R‖/σ_max(Φ).
    let seen = (frobenius.powi(2) - unseen.powi(2)).sqrt();
    let phi = &random.problem.phi;
    let largest = phi.dot(&phi.t()).diag().sum().sqrt();
    assert!(seen >= squared.sqrt() / largest, "{seen}");
}
