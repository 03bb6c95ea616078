use super::{assert_says, checked};
use crate::preset::{PresetError, set};
use crate::spec::Preset;

fn checked_with(sets: &[(&str, &str)]) -> Result<super::Experiment, PresetError> {
    let preset = sets
        .iter()
        .try_fold(Preset::default(), |preset, (path, value)| {
            set(&preset, path, value)
        })?;
    checked(preset)
}

#[test]
fn observables_that_a_network_has_not_are_refused_by_name() {
    let network = |activation, layers, observable: &str| {
        let observables = format!("[Loss, {observable}]");
        checked_with(&[
            ("network.activation", activation),
            ("train.layers", layers),
            ("observe.observables", &observables),
        ])
    };
    for (activation, layers, observable, allowed) in [
        ("Tanh", "Both", "Imbalance", "Identity, Relu or LeakyRelu"),
        (
            "Quadratic",
            "Both",
            "Imbalance",
            "Identity, Relu or LeakyRelu",
        ),
        ("Relu", "Hidden", "Imbalance", "train.layers Both"),
        ("Identity", "Output", "Imbalance", "train.layers Both"),
        ("Relu", "Both", "MinNorm", "network.activation Identity"),
        ("Tanh", "Hidden", "FeatureJacobian", "train.layers Both"),
    ] {
        let error = network(activation, layers, observable);
        assert_says(error, &["observe.observables.1", observable, allowed]);
    }
    for (activation, layers, observable) in [
        ("Identity", "Both", "Imbalance"),
        ("LeakyRelu", "Both", "Imbalance"),
        ("Identity", "Hidden", "MinNorm"),
        ("Tanh", "Both", "FeatureJacobian"),
    ] {
        network(activation, layers, observable).unwrap();
    }
}

fn reduced(activation: &str, observables: &str) -> Result<super::Experiment, PresetError> {
    checked_with(&[
        ("train.representation", "Reduced"),
        ("network.activation", activation),
        ("train.layers", "Both"),
        ("observe.observables", observables),
    ])
}

#[test]
fn the_reduced_representation_is_of_linear_networks_without_single_neurons() {
    let error = reduced("Relu", "[Loss]");
    assert_says(error, &["train.representation", "Reduced", "Identity"]);
    for observable in [
        "FeatureMovement",
        "PatternChanges",
        "NeuronDistances",
        "ActiveFraction",
        "FeatureMap(x1: Train(0), x2: Train(1))",
    ] {
        let observables = format!("[{observable}]");
        let error = reduced("Identity", &observables);
        let name = observable.split('(').next().unwrap();
        assert_says(error, &["observe.observables.0", name, "Reduced"]);
    }
    reduced(
        "Identity",
        "[Loss, TestLoss, LazyGap, NtkChange, Distances, Imbalance, MinNorm]",
    )
    .unwrap();
}

/// One-hot digits under the cross-entropy, with more fields set.
fn cross_entropy(sets: &[(&str, &str)]) -> Result<super::Experiment, PresetError> {
    let mut all = vec![
        ("data", "Mnist(classes: [0, 1], n: 50, targets: OneHot)"),
        ("loss", "(kind: CrossEntropy, over: Mean)"),
        ("observe.observables", "[Loss, Accuracy]"),
    ];
    all.extend(sets);
    checked_with(&all)
}

#[test]
fn what_the_cross_entropy_has_not_is_refused_by_name() {
    assert!(cross_entropy(&[]).is_ok());
    for (field, value, words) in [
        (
            "data",
            "Mnist(classes: [0, 1], n: 50, targets: Signed)",
            ["loss.kind", "one-hot"],
        ),
        (
            "loss.over",
            "MeanSquaredError",
            ["loss.over", "Sum or Mean"],
        ),
        (
            "observe.observables",
            "[Loss, LazyGap]",
            ["observe.observables.1", "LazyGap"],
        ),
        (
            "train.stop.relative_error",
            "Some(0.1)",
            ["train.stop.relative_error", "0.1"],
        ),
    ] {
        assert_says(cross_entropy(&[(field, value)]), &words);
    }
    assert!(cross_entropy(&[("train.stop.accuracy", "Some(0.9)")]).is_ok());
    let beyond = cross_entropy(&[("train.stop.accuracy", "Some(1.5)")]);
    assert_says(beyond, &["train.stop.accuracy", "1.5"]);
    let no_classes = checked_with(&[("train.stop.accuracy", "Some(0.9)")]);
    assert_says(no_classes, &["train.stop.accuracy", "no classes"]);
}

#[test]
fn outputs_over_a_plane_are_refused_where_no_plane_shows_the_data() {
    let of = |data: &str, grid: &str| {
        let observables = format!("[Loss, DecisionSurface(grid: {grid})]");
        checked_with(&[("data", data), ("observe.observables", &observables)])
    };
    let gaussian = |d| format!("Gaussian(d: {d}, n: 9, labels: Normal(std: 1))");
    for data in [
        "Moons(n: 9)",
        "Circles(n: 9, noise: 0.1)",
        "Spirals(n: 9)",
        "Xor(n: 9)",
        "Xor(d: 30, n: 9)",
        "SignedPairs(d: 5, n: 9)",
        &gaussian(2),
    ] {
        of(data, "48").unwrap_or_else(|e| panic!("{data}: {e}"));
    }
    for data in [
        &gaussian(3),
        "Mnist(classes: [3, 5], n: 9)",
        "File(path: \"x.csv\")",
    ] {
        let error = of(data, "48");
        assert_says(
            error,
            &["observe.observables.1", "DecisionSurface", "Xor", "d = 2"],
        );
    }
    for grid in ["7", "129", "0"] {
        let error = of("Xor(n: 9)", grid);
        assert_says(
            error,
            &["observe.observables.1.grid", grid, "from 8 to 128"],
        );
    }
}
