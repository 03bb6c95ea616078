//! Training on batches with nothing held but the weights, against training with all features held.

use widescope::data::LabelKind;
use widescope::network::{Activation, InitialWeights, Scaling};
use widescope::observe::{Observer, Record};
use widescope::spec::{Layers, Observable, PointRef, Quantity};
use widescope::task::Cancel;
use widescope::train::{Batches, Storage, Trainer};

use crate::problem::{Random, Setting, random};

const OBSERVED: [Observable; 5] = [
    Observable::Loss,
    Observable::TestLoss,
    Observable::Distances,
    Observable::NeuronDistances,
    Observable::FeatureMap {
        x1: PointRef::Train(401),
        x2: PointRef::Test(1),
    },
];

/// More points than are evaluated together, and more neurons than a block.
fn problem() -> Random<f64> {
    random(Setting {
        seed: 23,
        m: 300,
        n: 600,
        n_test: 6,
        d: 12,
        outputs: 3,
        activation: Activation::Gelu,
        layers: Layers::Both,
        parameterization: Scaling::Ntk.parameterization(),
        mean: true,
    })
}

fn trained(random: &Random<f64>, storage: Storage) -> (Trainer<f64>, Record) {
    let cancel = Cancel::new();
    let w = InitialWeights::Given(random.w.clone());
    let problem = random.problem.clone();
    let mut trainer = Trainer::with_storage(problem, w, &random.v, 0.3, storage, &cancel).unwrap();
    trainer.measure_path();
    let mut observer = Observer::new(&trainer, &OBSERVED, LabelKind::Real, &cancel).unwrap();
    let mut batches = Batches::shuffled(600, 32, 5);
    for step in 0..50 {
        trainer
            .batch_step(batches.at(step), 1.0 / 32.0, &cancel)
            .unwrap();
    }
    trainer.refresh(&cancel).unwrap();
    let record = observer.measure(&trainer, 0.0, &cancel).unwrap();
    (trainer, record)
}

#[test]
fn the_same_network_is_trained_and_measured_with_less_held() {
    let random = problem();
    let (full, expected) = trained(&random, Storage::WeightSpace);
    for storage in [Storage::WithoutGram, Storage::WeightsOnly] {
        let (lean, record) = trained(&random, storage);
        assert_eq!(lean.hidden_weights(), full.hidden_weights());
        assert_eq!(lean.output_weights(), full.output_weights());
        assert_eq!(lean.path_length(), full.path_length());
        assert!(lean.gram().is_empty() && lean.bytes() < full.bytes());
        for (x, y) in lean.outputs().iter().zip(&full.outputs()) {
            assert!((x - y).abs() < 1e-12 * (1.0 + y.abs()), "{x} {y}");
        }
        assert!(
            record
                .get(Quantity::MaxNeuronDistance)
                .is_some_and(|d| d > 0.0)
        );
        for (quantity, value) in &expected.scalars {
            let got = record.get(*quantity).unwrap();
            assert!((got - value).abs() < 1e-12 * value.abs(), "{quantity:?}");
        }
        assert_eq!(record.neuron_distances, expected.neuron_distances);
        let (got, expected) = (
            record.features.unwrap(),
            expected.features.as_ref().unwrap(),
        );
        for (x, y) in got.values.iter().zip(&expected.values) {
            assert!((x - y).abs() < 1e-6 * (1.0 + y.abs()), "{x} {y}");
        }
    }
}

#[test]
fn a_step_on_all_points_needs_no_features_held() {
    let (random, cancel) = (problem(), Cancel::new());
    let trainer = |storage| {
        let w = InitialWeights::Given(random.w.clone());
        let problem = random.problem.clone();
        let mut trainer =
            Trainer::with_storage(problem, w, &random.v, 0.3, storage, &cancel).unwrap();
        trainer.step(&cancel).unwrap();
        trainer
    };
    let (lean, full) = (trainer(Storage::WeightsOnly), trainer(Storage::WeightSpace));
    assert_eq!(lean.steps_done(), 1);
    for (x, y) in lean.outputs().iter().zip(&full.outputs()) {
        assert!((x - y).abs() < 1e-12 * (1.0 + y.abs()), "{x} {y}");
    }
}

#[test]
fn the_residual_has_the_same_bits_for_any_number_of_threads() {
    let random = problem();
    let outputs = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap()
            .install(|| trained(&random, Storage::WeightsOnly).0.outputs())
    };
    let one = outputs(1);
    for threads in [2, 3, 8] {
        assert_eq!(one, outputs(threads));
    }
}
