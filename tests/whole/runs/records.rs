//! Which records of a run hold what is costly to measure.

use std::path::Path;
use std::sync::Arc;

use widescope::experiment::FinalState;
use widescope::observe::Record;
use widescope::preset::library;
use widescope::spec::Quantity;

use super::whole;

/// What takes more than a pass over features and weights.
const COSTLY: [Quantity; 6] = [
    Quantity::TestLoss,
    Quantity::TestAccuracy,
    Quantity::LazyGapTest,
    Quantity::NtkChange,
    Quantity::NtkMax,
    Quantity::GradientNorm,
];

const CHEAP: [Quantity; 8] = [
    Quantity::TrainLoss,
    Quantity::RelativeError,
    Quantity::TrainAccuracy,
    Quantity::LazyGapTrain,
    Quantity::FeatureMovement,
    Quantity::PatternChanges,
    Quantity::WeightDistance,
    Quantity::ActiveFraction,
];

const OBSERVABLES: &str = "[Loss, TestLoss, Accuracy, LazyGap, NtkChange, JacobianSpectrum, FeatureMovement, \
    PatternChanges, Distances, ActiveFraction, Gradient, FeatureMap(x1: Train(0), x2: Test(0))]";

/// The records of a short run and its weights at the end.
fn run(costly: &str) -> (Vec<Arc<Record>>, FinalState) {
    let sets = [
        ("network.width", "96"),
        ("data", "SignedPairs(d: 4, n: 60, n_test: 20)"),
        ("train.stop.steps", "150"),
        ("observe.observables", OBSERVABLES),
        ("observe.schedule", "Every(1)"),
        ("observe.costly", costly),
    ];
    let experiment = whole::preset(library::DEFAULT, &sets, Path::new("."));
    let (records, end) = whole::run(&experiment);
    (records, end.final_state.expect("the run ends"))
}

#[test]
fn sparse_records_are_those_of_every_record_with_parts_left_out() {
    let (all, weights) = run("EveryRecord");
    let (sparse, same) = run("Sparse");
    assert_eq!(weights.w, same.w);
    assert_eq!((all.len(), sparse.len()), (151, 151));
    let is_full = |record: &Record| record.features.is_some();
    for (all, sparse) in all.iter().zip(&sparse) {
        assert!(is_full(all));
        assert_eq!(all.step, sparse.step);
        for quantity in CHEAP {
            assert_eq!(all.get(quantity), sparse.get(quantity), "{quantity:?}");
            assert!(sparse.get(quantity).is_some(), "{quantity:?}");
        }
        for quantity in COSTLY {
            let expected = all.get(quantity).filter(|_| is_full(sparse));
            assert_eq!(sparse.get(quantity), expected, "{quantity:?}");
        }
        assert_eq!(sparse.singular_values.is_some(), is_full(sparse));
    }
    let full: Vec<u64> = sparse
        .iter()
        .filter(|r| is_full(r))
        .map(|r| r.step)
        .collect();
    // Which ones is up to the model of the work, and to tests of its own.
    assert_eq!(full[..2], [0, 1]);
    assert_eq!(full.last(), Some(&150));
    assert!((8..30).contains(&full.len()), "{full:?}");
}
