//! Trajectories of an independent float64 program, reproduced in both representations.

use ndarray::Array2;
use serde_json::Value;
use widescope::data::LabelKind;
use widescope::network::{Activation, InitialWeights};
use widescope::observe::{Observer, Record};
use widescope::spec::{Layers, LossKind, Observable, PointRef, Quantity};
use widescope::task::Cancel;
use widescope::train::{Problem, Trainer};

/// Relative tolerance in double precision, and the absolute one where the reference is near 0.
const RELATIVE: f64 = 1e-9;
const ABSOLUTE: f64 = 1e-13;

pub struct Case {
    pub name: &'static str,
    pub json: Value,
}

impl Case {
    pub fn load(name: &'static str) -> Self {
        let path = format!("{}/tests/oracle/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        Self { name, json }
    }

    fn number(&self, key: &str) -> f64 {
        self.json[key].as_f64().unwrap()
    }

    pub fn matrix(&self, key: &str) -> Array2<f64> {
        matrix(&self.json[key])
    }

    pub fn problem(&self) -> Problem<f64> {
        let phi = self.matrix("X");
        let test = &self.json["X_test"];
        let phi_test = if test.is_null() {
            Array2::zeros((0, phi.ncols()))
        } else {
            matrix(test)
        };
        let y = self.matrix("Y");
        let y_test = Array2::zeros((phi_test.nrows(), y.ncols()));
        let train_v = self.json["train_v"].as_bool().unwrap();
        let loss_factor = 2.0 * self.json["loss"]["full_batch_scale"].as_f64().unwrap();
        Problem {
            plane: None,
            activation: match self.json["activation"].as_str().unwrap() {
                "gelu" => Activation::Gelu,
                "tanh" => Activation::Tanh,
                "relu" => Activation::Relu,
                "softplus" => Activation::Softplus,
                other => panic!("unknown activation {other}"),
            },
            a: self.number("s_out"),
            b: self.number("s_in"),
            loss: LossKind::Squared,
            loss_factor,
            test_loss_factor: loss_factor,
            hidden_step_factor: self.number("lr_w"),
            output_step_factor: self.number("lr_v"),
            layers: if train_v {
                Layers::Both
            } else {
                Layers::Hidden
            },
            phi,
            phi_test,
            y,
            y_test,
        }
    }

    /// A step on all points, or on those that `sgd_index` gives.
    fn step(&self, trainer: &mut Trainer<f64>, observer: &mut Observer<f64>) {
        let Some(batches) = self.json["sgd_index"].as_array() else {
            trainer.step(&Cancel::new()).unwrap();
            observer.advance_twin(1.0, 1);
            return;
        };
        let batch = batches[trainer.steps_done() as usize].as_array().unwrap();
        let points: Vec<usize> = batch.iter().map(|i| i.as_u64().unwrap() as usize).collect();
        let factor = 2.0 * self.json["loss"]["sgd_batch_scale"].as_f64().unwrap();
        trainer.batch_step(&points, factor, &Cancel::new()).unwrap();
        observer.advance_twin_batch(1.0, factor, &points);
    }

    pub fn close(&self, what: &str, step: u64, got: f64, expected: f64) {
        let error = (got - expected).abs();
        assert!(
            error <= RELATIVE * expected.abs() + ABSOLUTE,
            "{} step {step}: {what} is {got}, expected {expected} (off by {error:e})",
            self.name
        );
    }

    /// Singular values below √ε·σ_max carry no digits when they come from an eigenproblem of JJᵀ, so
    /// squares are compared relative to the largest.
    pub fn close_spectrum(&self, what: &str, step: u64, got: &[f64], expected: &Value, power: i32) {
        let expected = list(expected);
        assert_eq!(got.len(), expected.len(), "{} {what}", self.name);
        let scale = expected[0].powi(power);
        for (got, expected) in got.iter().zip(expected) {
            let error = (got.powi(power) - expected.powi(power)).abs();
            assert!(
                error <= RELATIVE * expected.powi(power) + 1e-14 * scale,
                "{} step {step}: {what} {got}, expected {expected}",
                self.name
            );
        }
    }
}

pub fn list(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|x| x.as_f64().unwrap())
        .collect()
}

pub fn matrix(value: &Value) -> Array2<f64> {
    let rows: Vec<Vec<f64>> = value.as_array().unwrap().iter().map(list).collect();
    let columns = rows[0].len();
    Array2::from_shape_vec((rows.len(), columns), rows.concat()).unwrap()
}

fn observables() -> [Observable; 9] {
    [
        Observable::Loss,
        Observable::TestLoss,
        Observable::LazyGap,
        Observable::FeatureMovement,
        Observable::NtkChange,
        Observable::JacobianSpectrum,
        Observable::NtkSpectrum,
        Observable::Distances,
        Observable::PatternChanges,
    ]
}

fn reproduces(name: &'static str) {
    for sample_space in [false, true] {
        let case = Case::load(name);
        let cancel = Cancel::new();
        let w = InitialWeights::Given(case.matrix("W0"));
        let v = case.matrix("V0");
        let mut trainer = Trainer::new(case.problem(), w, &v, 1.0, sample_space, &cancel).unwrap();
        let mut observer =
            Observer::new(&trainer, &observables(), LabelKind::Real, &cancel).unwrap();
        for record in case.json["records"].as_array().unwrap() {
            let step = record["step"].as_u64().unwrap();
            while trainer.steps_done() < step {
                case.step(&mut trainer, &mut observer);
            }
            trainer.refresh(&cancel).unwrap();
            let measured = observer.measure(&trainer, 0.0, &cancel).unwrap();
            compare(&case, &trainer, &measured, record);
        }
        compare_weights(&case, &trainer);
    }
}

fn compare(case: &Case, trainer: &Trainer<f64>, measured: &Record, record: &Value) {
    let step = measured.step;
    let scalars = [
        ("loss", Quantity::TrainLoss),
        ("loss_lin", Quantity::LinearizedTrainLoss),
        ("relative_error", Quantity::RelativeError),
        ("lazy_gap", Quantity::LazyGapTrain),
        ("pattern_change", Quantity::PatternChanges),
        ("max_neuron_distance", Quantity::MaxNeuronDistance),
        ("w_distance", Quantity::WeightDistance),
        ("v_distance", Quantity::OutputDistance),
        ("mean_abs_feature_move", Quantity::FeatureMovement),
    ];
    for (key, quantity) in scalars {
        let expected = record[key]
            .as_f64()
            .unwrap_or_else(|| panic!("{key} in {}", case.name));
        case.close(key, step, measured.get(quantity).unwrap(), expected);
    }
    for (got, expected) in trainer.outputs().iter().zip(&matrix(&record["f"])) {
        case.close("f", step, *got, *expected);
    }
    let singular_values = measured.singular_values.as_ref().unwrap();
    case.close_spectrum(
        "σ",
        step,
        singular_values,
        &record["jacobian_singular_values"],
        2,
    );
    let eigenvalues = measured.ntk_eigenvalues.as_ref().unwrap();
    case.close_spectrum("λ", step, eigenvalues, &record["ntk_eigenvalues"], 1);
}

fn compare_weights(case: &Case, trainer: &Trainer<f64>) {
    let last = trainer.steps_done();
    for (got, expected) in trainer.hidden_weights().iter().zip(&case.matrix("W_final")) {
        case.close("W", last, *got, *expected);
    }
    for (got, expected) in trainer.output_weights().iter().zip(&case.matrix("V_final")) {
        case.close("V", last, *got, *expected);
    }
}

#[test]
fn joint_training_of_both_layers() {
    reproduces("A_gd_balanced");
}

#[test]
fn shallow_network_under_the_feature_learning_scaling() {
    reproduces("B1_ours_tanh");
}

#[test]
fn partially_trained_three_layers_under_the_feature_learning_scaling() {
    reproduces("B3_p3l_ours");
}

#[test]
fn partially_trained_three_layers_under_ntk() {
    reproduces("B3_p3l_ntk");
}

#[test]
fn first_layer_of_a_relu_network() {
    reproduces("C_first_layer");
}

#[test]
fn moderately_overparameterized_softplus() {
    reproduces("D_gd_softplus");
}

#[test]
fn joint_training_of_both_layers_on_given_batches() {
    reproduces("A_sgd_balanced");
}

#[test]
fn softplus_trained_on_one_sample_a_step() {
    reproduces("D_sgd_softplus");
}

#[test]
fn points_out_of_range_are_left_out_of_the_feature_sample() {
    let case = Case::load("C_first_layer");
    let cancel = Cancel::new();
    let w = InitialWeights::Given(case.matrix("W0"));
    let trainer = Trainer::new(case.problem(), w, &case.matrix("V0"), 1.0, true, &cancel).unwrap();
    let map = Observable::FeatureMap {
        x1: PointRef::Train(3),
        x2: PointRef::Test(0),
    };
    let mut observer = Observer::new(&trainer, &[map], LabelKind::Real, &cancel).unwrap();
    let features = observer
        .measure(&trainer, 0.0, &cancel)
        .unwrap()
        .features
        .unwrap();
    let h = case.matrix("X").row(3).dot(&case.matrix("W0").row(5));
    assert!((f64::from(features.at(PointRef::Train(3)).unwrap()[5]) - h).abs() < 1e-6);
    assert!(features.at(PointRef::Test(0)).is_none());
}
