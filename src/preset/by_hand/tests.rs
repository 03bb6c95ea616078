use super::*;
use crate::preset::{Experiment, library, parse, set, to_ron};
use crate::spec::WrongKind;

fn shipped() -> Preset {
    library::load("lazy-vs-feature")
        .expect("it is shipped")
        .preset
}

fn arms(preset: &Preset) -> ArmsByHand<'_> {
    ArmsByHand::of(preset).expect("its axes are valid")
}

/// The preset with a change made, which is valid and the same after it was written and read.
fn made(preset: &Preset, edit: Result<Edit, PresetError>) -> Preset {
    let edit = edit.expect("it can be done");
    let preset = edit.applied(preset).expect("it is written as a preset is");
    labels(&preset);
    assert_eq!(parse(&to_ron(&preset)), Ok(preset.clone()));
    preset
}

fn labels(preset: &Preset) -> Vec<String> {
    let experiment = Experiment::check(preset.clone(), "test", ".".into());
    let experiment = experiment.unwrap_or_else(|error| panic!("{error}"));
    experiment.arms.into_iter().map(|arm| arm.label).collect()
}

/// The axes as they are written, on one line.
fn written(preset: &Preset) -> String {
    let words = super::super::text(&preset.axes);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn width(text: &str) -> Edit {
    Edit::new("network.width", text)
}

#[test]
fn arms_that_differ_in_one_field_are_the_plain_axis_over_it() {
    let one = parse("(network: (width: 64))").expect("a preset");
    let two = made(&one, arms(&one).copied(0));
    assert_eq!(labels(&two), ["base", "base copy"]);
    let wide = made(&two, arms(&two).edited(1, &width("256")));
    let plain = r#"[(field: "network.width", values: [64, 256])]"#;
    assert_eq!(wide, set(&one, "axes", plain).expect("axes"));
    assert_eq!(labels(&wide), ["m = 64", "m = 256"]);
    let wider = made(&wide, arms(&wide).edited(1, &width("512")));
    assert_eq!(labels(&wider), ["m = 64", "m = 512"]);
    // Another field in its place: the first is the preset's own again.
    let other = made(
        &two,
        arms(&two).edited(1, &Edit::new("network.activation", "Tanh")),
    );
    assert_eq!(other.axes[0].field, "network.activation");
    assert_eq!(
        (other.axes[0].names.len(), other.axes[0].linked.len()),
        (0, 0)
    );
    assert_eq!(other.network.width, 64);
}

#[test]
fn a_change_of_one_arm_is_none_of_the_others() {
    let preset = shipped();
    let copied = made(&preset, arms(&preset).copied(1));
    assert_eq!(labels(&copied), ["ours", "NTK", "MF", "NTK copy"]);
    assert_eq!(copied.claims, preset.claims);
    let changed = made(&copied, arms(&copied).edited(3, &width("256")));
    assert_eq!(labels(&changed), ["ours", "NTK", "MF", "NTK, m = 256"]);
    assert_eq!(changed.claims, preset.claims);
    let experiment = Experiment::check(changed.clone(), "test", ".".into()).expect("it is valid");
    let widths: Vec<usize> = experiment
        .arms
        .iter()
        .map(|a| a.preset.network.width)
        .collect();
    assert_eq!(widths, [1024, 1024, 1024, 256]);
    let linked = &changed.axes[0].linked;
    assert_eq!(
        (linked.len(), linked[0].field.as_str()),
        (1, "network.width")
    );
    // Set back, nothing is left of it but the copy.
    let back = made(&changed, arms(&changed).edited(3, &width("1024")));
    assert!(back.axes[0].linked.is_empty());
    let removed = made(&back, arms(&back).removed(3));
    // While the width varied, the wrong setting that writes it said nothing of all arms.
    let mut same = preset.clone();
    same.wrong.retain(|wrong| wrong.kind() != WrongKind::Width);
    assert_eq!(removed, same);
}

#[test]
fn a_part_that_not_all_arms_have_varies_as_the_whole() {
    let preset = parse(r#"(axes: [(field: "scaling", values: [Ours, Ntk])])"#).expect("a preset");
    let between = made(
        &preset,
        arms(&preset).edited(1, &Edit::new("scaling", "Between(0.75)")),
    );
    assert_eq!(labels(&between), ["Ours", "γ = 0.75"]);
    let moved = made(
        &between,
        arms(&between).edited(1, &Edit::new("scaling.0", "0.6")),
    );
    let plain = r#"[(field: "scaling", values: [Ours, Between(0.6)])]"#;
    assert_eq!(moved, set(&preset, "axes", plain).expect("axes"));
    // A method whose step the arms vary, in the place of its step.
    let steps = r#"(axes: [(field: "train.method.step", values: [0.1, 0.2])])"#;
    let steps = parse(steps).expect("a preset");
    let flow = Edit::new("train.method", "GradientFlow(rtol: 1e-6)");
    let flow = arms(&steps).edited(1, &flow);
    if let Ok(edit) = flow {
        let flow = edit.applied(&steps).expect("it is written as a preset is");
        assert_eq!(flow.axes[0].field, "train.method");
        assert!(
            written(&flow).contains("GradientDescent"),
            "{}",
            written(&flow)
        );
    }
}

#[test]
fn claims_follow_the_names_of_their_arms_and_go_with_them() {
    let preset = shipped();
    let renamed = made(&preset, arms(&preset).renamed(1, "lazy"));
    assert_eq!(labels(&renamed), ["ours", "lazy", "MF"]);
    assert_eq!(renamed.claims.len(), preset.claims.len());
    assert!(!super::super::text(&renamed.claims).contains("\"NTK\""));
    let back = made(&renamed, arms(&renamed).renamed(1, "NTK"));
    assert_eq!(back, preset);
    let moved = made(&preset, arms(&preset).shifted(1, true));
    assert_eq!(labels(&moved), ["NTK", "ours", "MF"]);
    assert_eq!(moved.claims, preset.claims);
    let removed = made(&preset, arms(&preset).removed(1));
    assert!(!super::super::text(&removed.claims).contains("\"NTK\""));
    assert!(
        removed
            .claims
            .iter()
            .any(|c| c.name.contains("under MF") || c.name.contains("MF"))
    );
    assert_eq!((removed.takeaway.as_str(), removed.rests_on.len()), ("", 0));
    // Another scaling is no more the arm that the claims are about.
    let other = made(
        &preset,
        arms(&preset).edited(1, &Edit::new("scaling", "Standard")),
    );
    assert_eq!(labels(&other), ["ours", "Standard", "MF"]);
    assert_eq!(other.claims, removed.claims);
}

#[test]
fn the_last_arm_leaves_what_it_has_to_the_preset() {
    let text = r#"(axes: [(field: "network.width", values: [8, 16], linked: [(field: "init.w_std", values: [1.0, 0.5])])])"#;
    let two = parse(text).expect("a preset");
    let one = made(&two, arms(&two).removed(0));
    assert!(one.axes.is_empty());
    assert_eq!((one.network.width, one.init.w_std), (16, 0.5));
    assert!(arms(&one).removed(0).is_err());
    assert!(arms(&one).renamed(0, "a").is_err());
    assert!(arms(&one).copied(1).is_err());
}

#[test]
fn axes_that_multiply_become_one_that_has_the_same_arms() {
    let text = r#"(network: (activation: Softplus), axes: [
        (field: "network.activation", values: [Softplus, Tanh]),
        (field: "data.n", values: [20, 30], show: XAxis),
        (field: "network.width", values: [8, 16]),
    ], sweep: (trials: 2))"#;
    let two = parse(text).expect("a preset");
    let before = labels(&two);
    let named = made(&two, arms(&two).renamed(3, "both"));
    assert_eq!(labels(&named)[..3], before[..3]);
    assert_eq!(labels(&named)[3], "both");
    assert_eq!(named.axes.len(), 2);
    let presets = |preset: &Preset| -> Vec<Preset> {
        let arms = expand(preset, "").expect("arms");
        arms.into_iter().map(|arm| arm.preset).collect()
    };
    assert_eq!(presets(&named), presets(&two));
}

#[test]
fn what_follows_from_the_first_field_goes_on_to_until_either_is_changed() {
    let text = r#"(axes: [(field: "network.width", values: [8, 16], linked: [(field: "init.w_std", power: (factor: 2.0, exponent: -1.0))])])"#;
    let preset = parse(text).expect("a preset");
    let copied = made(&preset, arms(&preset).copied(1));
    assert!(copied.axes[0].linked[0].power.is_some());
    let changed = made(&copied, arms(&copied).edited(2, &width("32")));
    assert_eq!(changed.axes[0].linked[0].power, None);
    let presets = expand(&changed, "").expect("arms");
    let stds: Vec<f64> = presets.iter().map(|arm| arm.preset.init.w_std).collect();
    assert_eq!(stds, [0.25, 0.125, 0.125]);
}
