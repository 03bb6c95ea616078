use super::{assert_says, checked};
use crate::preset::{PresetError, parse, set};
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
fn the_default_preset_is_allowed() {
    let experiment = checked(Preset::default()).unwrap();
    assert_eq!(experiment.arms.len(), 1);
    assert_eq!(experiment.arms[0].label, "test");
}

#[test]
fn every_field_has_its_range() {
    let cases = [
        ("format", "0"),
        ("network.width", "0"),
        ("network.width", "16777217"),
        ("data.d", "1"),
        ("data.n", "0"),
        ("data.n_test", "2000000"),
        ("data", "Gaussian(d: 0, n: 1, labels: Normal(std: 1))"),
        ("data", "Gaussian(d: 1, n: 1, labels: Normal(std: -1))"),
        ("data", "Gaussian(d: 1, n: 1, labels: Normal(std: NaN))"),
        (
            "data",
            "Sphere(d: 1, n: 1, labels: Uniform(low: 1, high: 1))",
        ),
        ("data", "Moons(n: 0)"),
        ("data", "Circles(n: 5, noise: -0.1)"),
        ("data", "Spirals(n: 5, noise: inf)"),
        ("data", "Xor(d: 1, n: 5)"),
        ("data", "Mnist(classes: [1], n: 5)"),
        ("data", "Mnist(classes: [1, 1], n: 5)"),
        ("data", "Mnist(classes: [1, 12], n: 5)"),
        ("data", "Mnist(classes: [1, 2, 3], n: 5)"),
        ("data", "Mnist(classes: [1, 2], n: 60001)"),
        (
            "data",
            "Mnist(classes: [1, 2], n: 5, targets: OneHot, teacher: Some((step: 0)))",
        ),
        ("data", "File(path: \"x.txt\")"),
        ("data", "File(path: \"x.csv\", outputs: 0)"),
        ("data", "File(path: \"x.csv\", test: \"\")"),
        ("network.embedding", "RandomFeatures(width: Fixed(0))"),
        (
            "network.embedding",
            "RandomLayers(width: SameAsNetwork, depth: 0)",
        ),
        (
            "network.embedding",
            "RandomLayers(width: SameAsNetwork, depth: 9)",
        ),
        ("scaling", "Custom(a: (c: inf), b: (), step_factor: ())"),
        ("scaling", "Custom(a: (), b: (m: NaN), step_factor: ())"),
        ("scaling", "Custom(a: (), b: (), step_factor: (d: -inf))"),
        ("init.w_std", "-1"),
        ("init.omega_ratio", "0"),
        ("init.omega_ratio", "inf"),
        ("init.output", "Gaussian(-1)"),
        ("init.weights", "w.txt"),
        ("train.method.step", "0"),
        ("train.method.step", "-1"),
        ("train.method.step", "NaN"),
        ("train.method", "Sgd(step: 0.1, batch: 0)"),
        ("train.method", "Sgd(step: 0.1, batch: 201)"),
        ("train.method", "Sgd(step: 0.1, batch: 5, order: Given)"),
        ("train.method", "GradientFlow(step: 1, tolerance: 1e-13)"),
        ("train.method", "GradientFlow(step: 1, tolerance: 0.1)"),
        ("train.method", "LeastSquares"),
        ("train.indices", "Some(\"batches.npy\")"),
        ("train.stop.steps", "0"),
        ("train.stop.steps", "1000000000001"),
        ("train.stop.relative_error", "-1"),
        ("train.stop.loss", "NaN"),
        ("observe.schedule", "Every(0)"),
        ("observe.schedule", "Log(per_decade: 0)"),
        ("observe.schedule", "Log(per_decade: 1001)"),
        ("observe.also", "[0]"),
        ("observe.also", "[5, 5]"),
        ("observe.observables", "[Loss, Loss]"),
        (
            "observe.observables",
            "[FeatureMap(x1: Train(200), x2: Test(0))]",
        ),
        (
            "observe.observables",
            "[FeatureMap(x1: Train(0), x2: Test(500))]",
        ),
        ("panels", "[Loss, Loss]"),
    ];
    for (path, value) in cases {
        let error = checked_with(&[(path, value)])
            .expect_err(&format!("{path}={value}"))
            .to_string();
        let part = path.split('.').next().unwrap();
        assert!(
            error.starts_with(part) && error.contains("allowed:"),
            "{path}={value}: {error}"
        );
    }
}

#[test]
fn the_ends_of_the_ranges_are_allowed() {
    for (path, value) in [
        ("network.width", "1"),
        ("network.width", "16777216"),
        ("data.d", "2"),
        ("train.stop.steps", "1000000000000"),
        ("init.w_std", "0"),
        ("observe.schedule", "Every(1)"),
        ("observe.schedule", "Log(per_decade: 1000)"),
        ("data", "Mnist(classes: [0, 9], n: 60000, n_test: 10000)"),
        (
            "data",
            "Mnist(classes: [0, 4, 9], n: 3, n_test: 1, targets: OneHot)",
        ),
        ("data", "File(path: \"x.NPZ\")"),
        (
            "network.embedding",
            "RandomLayers(width: AtMost(16777216), depth: 8)",
        ),
    ] {
        checked_with(&[(path, value)]).unwrap_or_else(|e| panic!("{path}={value}: {e}"));
    }
}

#[test]
fn an_unknown_activation_of_a_teacher_is_told_the_nearest() {
    let taught = "Mnist(classes: [1, 2], n: 5, targets: OneHot, teacher: Some(()))";
    assert_says(
        checked_with(&[
            ("data", taught),
            ("data.teacher.naming_activation", "Gellu"),
        ]),
        &["data.teacher.naming_activation", "`Gellu`", "`Gelu`"],
    );
}

#[test]
fn fields_that_contradict_each_other_are_refused() {
    assert_says(
        checked_with(&[("data.n_test", "0")]),
        &["observables.8.x2: Test(0)", "Train(…)", "data.n_test is 0"],
    );
    assert_says(
        checked_with(&[("init.weights", "w.npz"), ("init.symmetrize", "On")]),
        &["init.symmetrize", "init.weights"],
    );
    assert_says(
        checked_with(&[("init.weights", "w.npz"), ("init.omega_ratio", "2")]),
        &["init.omega_ratio", "init.weights"],
    );
    assert_says(
        checked_with(&[("init.weights", "w.npz"), ("init.bias", "Uniform")]),
        &["init.bias", "Uniform", "init.weights"],
    );
    checked_with(&[
        ("init.weights", "w.npz"),
        ("scaling", "Ntk"),
        ("network.width", "3"),
    ])
    .unwrap();
    assert_says(
        checked_with(&[("data.d", "5000"), ("network.embedding", "Quadratic")]),
        &["data.d: 5000", "at most 4096"],
    );
    let one_hot = (
        "data",
        "Mnist(classes: [1, 2], n: 5, n_test: 5, targets: OneHot)",
    );
    assert_says(
        checked_with(&[one_hot, ("init.output", "SignedHalves")]),
        &["init.output", "2 outputs"],
    );
}

#[test]
fn a_tolerance_below_the_rounding_of_the_precision_is_refused() {
    let flow = |tolerance: &str, precision: &str, kind: &str| {
        let method = format!("GradientFlow(step: 0.1, tolerance: {tolerance})");
        checked_with(&[
            ("precision", precision),
            ("network.kind", kind),
            ("scaling", "Ntk"),
            ("train.method", &method),
            ("observe.observables", "[Loss]"),
            ("panels", "[Loss]"),
        ])
    };
    let said = [
        "train.method.tolerance",
        "9.5e-7",
        "9.5367431640625e-7",
        "F64",
    ];
    assert_says(flow("9.5e-7", "F32", "Shallow"), &said);
    flow("9.6e-7", "F32", "Shallow").unwrap();
    flow("1e-12", "F64", "Shallow").unwrap();
    flow("1e-12", "F32", "InfiniteWidth").unwrap();
}

#[test]
fn biases_of_the_outputs_are_refused_where_they_have_no_place() {
    let with = |sets: &[(&'static str, &'static str)]| {
        let on = ("network.output_bias", "true");
        checked_with(&[&[on], sets].concat())
    };
    assert!(with(&[]).is_ok());
    let flow = "GradientFlow(step: 1, tolerance: 1e-6)";
    let solved = [
        ("train.layers", "Output"),
        ("train.method", "LeastSquares"),
        ("observe.observables", "[Loss]"),
    ];
    let infinite = [("network.kind", "InfiniteWidth"), ("scaling", "ntk")];
    for (sets, named) in [
        (&[("train.method", flow)][..], "GradientFlow"),
        (&solved, "LeastSquares"),
        (&infinite, "InfiniteWidth"),
    ] {
        assert_says(with(sets), &["network.output_bias", "true", named]);
    }
    for observable in ["FeatureJacobian", "MinNorm"] {
        let observables = ("observe.observables", &*format!("[{observable}]").leak());
        let linear = ("network.activation", "Identity");
        let refused = with(&[observables, linear, ("train.layers", "Both")]);
        assert_says(
            refused,
            &["observe.observables.0", observable, "output_bias"],
        );
    }
    let uniform = ("init.bias", "Uniform");
    let infinite = [&infinite[..], &[uniform]].concat();
    assert!(checked_with(&infinite).is_ok(), "there are no biases");
    assert_says(
        checked_with(&[&infinite[..], &[("network.bias", "true")]].concat()),
        &["init.bias", "InfiniteWidth"],
    );
}

#[test]
fn texts_have_a_longest_length() {
    let preset = Preset {
        title: "x".repeat(401),
        ..Preset::default()
    };
    assert_says(checked(preset), &["title", "401", "at most 400"]);
    let preset = Preset {
        notice: vec!["x".repeat(5000)],
        ..Preset::default()
    };
    assert_says(checked(preset), &["notice.0", "5000", "at most 4000"]);
}

#[test]
fn what_is_shown_at_the_start_is_a_panel_and_a_quantity_of_the_preset() {
    let shown = |fields: &str| {
        let axes = r#"axes: [(field: "network.width", values: [4, 8])]"#;
        let text =
            format!("({axes}, panels: [Loss, Story], observe: (observables: [Loss]), {fields})");
        checked(parse(&text)?).map(|_| ())
    };
    let summary = |fields: &str| shown(&format!("summary: ({fields})"));
    assert_says(shown("hero: Summary"), &["hero", "Summary", "Loss, Story"]);
    // Not observed here: the panel then shows what is.
    summary(r#"of: "test_loss", at: End"#).unwrap();
    assert_says(
        summary(r#"of: "train_los", at: End"#),
        &["summary.of", "train_los", "train_loss"],
    );
    assert_says(
        summary(r#"of: "train_loss", at: End, against: "network.widht""#),
        &["summary.against", "network.widht", "network.width"],
    );
    let right =
        r#"hero: Loss, summary: (of: "train_loss", at: EqualLoss, against: "network.width")"#;
    shown(right).unwrap();
}
