use super::{assert_says, checked};
use crate::preset::parse;

#[test]
fn arms_are_the_product_of_the_axes_with_the_last_fastest() {
    let text = "(axes: [(field: \"scaling\", values: [ours, ntk]), (field: \"network.width\", values: [64, 512])])";
    let experiment = checked(parse(text).unwrap()).unwrap();
    let labels: Vec<&str> = experiment.arms.iter().map(|a| a.label.as_str()).collect();
    assert_eq!(
        labels,
        [
            "Ours, m = 64",
            "Ours, m = 512",
            "Ntk, m = 64",
            "Ntk, m = 512"
        ]
    );
    assert!(
        experiment
            .arms
            .iter()
            .enumerate()
            .all(|(i, a)| a.index == i && a.preset.axes.is_empty())
    );
    assert_eq!(experiment.arms[2].preset.network.width, 64);
}

#[test]
fn labels_name_the_field_unless_the_value_is_a_name() {
    let label = |field: &str, value: &str| {
        let preset = parse(&format!(
            "(axes: [(field: \"{field}\", values: [{value}])])"
        ))
        .unwrap();
        checked(preset)
            .unwrap_or_else(|e| panic!("{field}: {e}"))
            .arms[0]
            .label
            .clone()
    };
    assert_eq!(label("network.activation", "tanh"), "Tanh");
    assert_eq!(label("init.omega_ratio", "0.1"), "ω₂/ω₁ = 0.1");
    assert_eq!(label("init.output.0", "2.0"), "output 2.0");
    assert_eq!(label("network.bias", "true"), "bias true");
    assert_eq!(label("train.stop.loss", "None"), "loss None");
    assert_eq!(
        label("network.embedding", "RandomFeatures(width:  Fixed(3))"),
        "RandomFeatures(width: Fixed(3))"
    );
}

#[test]
fn linked_fields_vary_with_their_axis() {
    let text = "(axes: [(field: \"network.activation\", values: [Softplus, Relu], linked: [(field: \"train.method.step\", values: [0.15, 0.1])])])";
    let arms = checked(parse(text).unwrap()).unwrap().arms;
    let seen: Vec<(&str, f64)> = arms
        .iter()
        .map(|a| (a.label.as_str(), a.preset.train.method.step().unwrap()))
        .collect();
    assert_eq!(seen, [("Softplus", 0.15), ("Relu", 0.1)]);
    let unpaired = text.replace("[0.15, 0.1]", "[0.15]");
    assert_says(
        checked(parse(&unpaired).unwrap()),
        &["axes.0.linked.0.values", "1 values", "2"],
    );
    let wrong = text.replace("0.15, ", "fast, ");
    assert_says(
        checked(parse(&wrong).unwrap()),
        &["axes.0.linked.0.values.0", "fast", "a finite number"],
    );
}

#[test]
fn bad_axes_are_refused() {
    for (axes, parts) in [
        (
            "(field: \"scalng\", values: [Ours])",
            ["axes.0.field", "did you mean `scaling`"],
        ),
        (
            "(field: \"network.widht\", values: [3])",
            ["axes.0.field", "did you mean `network.width`"],
        ),
        (
            "(field: \"title\", values: [\"a\"])",
            ["axes.0.field", "unknown field to vary `title`"],
        ),
        (
            "(field: \"seed\", values: [])",
            ["axes.0.values", "at least one value"],
        ),
        (
            "(field: \"seed\", values: [1, 2, 1])",
            ["seed 1", "different arms"],
        ),
        (
            "(field: \"seed\", values: [1000, 1e3])",
            ["seed 1e3", "different arms"],
        ),
        (
            "(field: \"scaling\", values: [Ours, Nkt])",
            ["axes.0.values.1 (scaling)", "unknown choice `Nkt`"],
        ),
        (
            "(field: \"network.width\", values: [3, wide])",
            ["axes.0.values.1 (network.width)", "wide"],
        ),
        (
            "(field: \"seed\", values: [1]), (field: \"seed\", values: [2])",
            ["axes.1.field", "no axis sets yet"],
        ),
        (
            "(field: \"network\", values: [(width: 2)]), (field: \"network.width\", values: [2])",
            ["axes.1.field", "no axis"],
        ),
    ] {
        let preset = parse(&format!("(axes: [{axes}])")).unwrap_or_else(|e| panic!("{axes}: {e}"));
        assert_says(checked(preset), &parts);
    }
    let many: Vec<String> = (0..65).map(|i| i.to_string()).collect();
    let preset = parse(&format!(
        "(axes: [(field: \"seed\", values: [{}])])",
        many.join(",")
    ))
    .unwrap();
    assert_says(checked(preset), &["axes.0.values", "65 arms", "at most 64"]);
}

#[test]
fn an_error_of_one_arm_names_the_arm() {
    let text = "(axes: [(field: \"data.n_test\", values: [5, 0]), (field: \"scaling\", values: [Ours, Ntk])])";
    assert_says(
        checked(parse(text).unwrap()),
        &["in the arm `n_test 0, Ours`", "observables.8.x2", "Test(0)"],
    );
    let all = text.replacen(
        "(axes",
        "(train: (method: GradientDescent(step: -1)), axes",
        1,
    );
    let error = checked(parse(&all).unwrap()).unwrap_err().to_string();
    assert!(error.starts_with("train.method.step"), "{error}");
}

#[test]
fn arms_are_named_as_the_axis_names_them() {
    let text = |names: &str| {
        format!("(axes: [(field: \"network.width\", values: [8, 16], names: {names})])")
    };
    let check = |names: &str| checked(parse(&text(names)).expect("well written"));
    let arms = check("[\"narrow\", \"wide\"]").expect("two names").arms;
    let labels: Vec<_> = arms.iter().map(|arm| arm.label.as_str()).collect();
    assert_eq!(labels, ["narrow", "wide"]);
    assert_says(
        check("[\"narrow\"]"),
        &["axes.0.names", "1 names", "none, or 2"],
    );
    assert_says(check("[\"narrow\", \" \"]"), &["axes.0.names.1", "1 to 60"]);
}
