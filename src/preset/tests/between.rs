//! Scalings between NTK and ours, and what is said of those that are none.

use super::{Experiment, assert_says, checked};
use crate::network::Scaling;
use crate::preset::{PresetError, parse, set, symbol};
use crate::spec::Preset;

fn checked_with(sets: &[(&str, &str)]) -> Result<Experiment, PresetError> {
    let mut sets = sets.iter();
    let preset = sets.try_fold(Preset::default(), |p, (path, value)| set(&p, path, value))?;
    checked(preset)
}

fn labels(axes: &str) -> Vec<String> {
    let experiment = checked_with(&[("scaling", "Between(0.75)"), ("axes", axes)]);
    let arms = experiment.expect("it is valid").arms;
    arms.into_iter().map(|arm| arm.label).collect()
}

#[test]
fn a_scaling_is_set_by_its_gamma_and_the_gamma_by_its_path() {
    for (value, gamma) in [
        ("Between(0.75)", 0.75),
        ("Between(1)", 1.0),
        ("Between(0.5)", 0.5),
    ] {
        let experiment = checked_with(&[("scaling", value)]).expect(value);
        assert_eq!(experiment.preset.scaling, Scaling::Between(gamma));
        let moved = set(&experiment.preset, "scaling.0", "0.6").expect("it has a γ");
        assert_eq!(moved.scaling, Scaling::Between(0.6));
    }
}

#[test]
fn a_gamma_off_the_line_is_refused_with_the_range_and_the_nearest_on_it() {
    for (value, written, nearest) in [
        ("Between(0.4)", "0.4", "Between(0.5)"),
        ("Between(-1)", "-1.0", "Between(0.5)"),
        ("Between(1.01)", "1.01", "Between(1.0)"),
        ("Between(inf)", "inf", "Between(1.0)"),
    ] {
        let said = format!(
            "scaling.0: {written} is not allowed; allowed: a number from 0.5 to 1; the nearest is {nearest}"
        );
        assert_says(checked_with(&[("scaling", value)]), &[&said]);
    }
    let error = checked_with(&[("scaling", "Between(NaN)")]).expect_err("no γ");
    let said = "scaling.0: NaN is not allowed; allowed: a number from 0.5 to 1";
    assert_eq!(error.to_string(), said);
}

#[test]
fn a_missing_or_wrong_number_is_told_with_what_belongs_there() {
    let written = "Between(γ) with a number γ from 0.5 to 1";
    assert_says(
        set(&Preset::default(), "scaling", "Between"),
        &["scaling: Between is not allowed", written],
    );
    assert_says(parse("(scaling: Between)"), &["scaling", "line 1", written]);
    for value in [
        "Between()",
        "Between(x)",
        "Between(gamma: 0.75)",
        "Between(0.5, 0.6)",
    ] {
        assert_says(set(&Preset::default(), "scaling", value), &["scaling"]);
    }
    assert_says(
        set(&Preset::default(), "scaling", "Betwen(0.75)"),
        &["did you mean `Between`"],
    );
    let named = set(&Preset::default(), "scaling", "Ntk").expect("a scaling");
    assert_says(
        set(&named, "scaling.0", "0.6"),
        &["scaling, which is Ntk and has no fields"],
    );
}

#[test]
fn arms_are_named_by_their_gamma_however_the_axis_is_written() {
    let by_scaling =
        labels("[(field: \"scaling\", values: [Ntk, Between(0.6), Between( 0.75 ), Ours])]");
    assert_eq!(by_scaling, ["Ntk", "γ = 0.6", "γ = 0.75", "Ours"]);
    let by_gamma = labels("[(field: \"scaling.0\", values: [0.6, 0.75])]");
    assert_eq!(by_gamma, ["γ = 0.6", "γ = 0.75"]);
    // Other choices with a number in them keep their text.
    let other = labels("[(field: \"init.output\", values: [Rademacher(2), Gaussian(0.5)])]");
    assert_eq!(other, ["Rademacher(2)", "Gaussian(0.5)"]);
}

#[test]
fn a_sweep_runs_over_gamma_as_numbers_beside_the_width() {
    let from = |gamma: &str| {
        let text = format!(
            "(scaling: Between(0.75), axes: [(field: \"scaling.0\", range: Linear(from: {gamma}, to: 1, count: 5), show: Grid), \
             (field: \"network.width\", values: [64, 512], show: Grid)], \
             sweep: (trials: 1, value: Success))"
        );
        checked(parse(&text).expect("a preset"))
    };
    let experiment = from("0.5").expect("it is valid");
    let axis = &experiment.sweep_axes[0];
    assert_eq!(axis.symbol, "γ");
    assert_eq!(symbol("scaling.0"), "γ");
    let numbers: Vec<Option<f64>> = axis.values.iter().map(|v| v.number).collect();
    assert_eq!(numbers, [0.5, 0.625, 0.75, 0.875, 1.0].map(Some));
    assert!(!axis.is_log);
    assert_says(
        from("0.3"),
        &["0.3", "a number from 0.5 to 1; the nearest is Between(0.5)"],
    );
}

/// a²·γ_W·m and a²·γ_V·m are 1 at every γ, and features move by m^(γ−1): below 1 they freeze.
#[test]
fn infinite_width_has_a_limit_at_every_gamma_below_1() {
    let infinite = |scaling: &str, layers: &str| {
        checked_with(&[
            ("network.kind", "InfiniteWidth"),
            ("scaling", scaling),
            ("train.layers", layers),
        ])
    };
    for layers in ["Hidden", "Both", "Output"] {
        for scaling in ["Between(0.5)", "Between(0.6)", "Between(0.99)"] {
            let checked = infinite(scaling, layers);
            assert!(checked.is_ok(), "{scaling} {layers}: {checked:?}");
        }
    }
    for layers in ["Hidden", "Both"] {
        let said = "scaling: Between(1.0) is not allowed; allowed: Between(γ) with γ below 1 with \
                    network.kind InfiniteWidth: under this scaling features move at every width";
        assert_says(infinite("Between(1)", layers), &[said]);
    }
}
