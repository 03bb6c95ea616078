//! Presets whose arms were changed by hand: each is as valid as a shipped one, and reads back.

use super::assert_says;
use crate::preset::library::{SHIPPED, load};
use crate::preset::{ArmsByHand, Edit, Experiment, PresetError, Values, Variation, parse, to_ron};
use crate::spec::{PanelKind, Preset, Show, WrongKind, WrongSpec};

fn arms(preset: &Preset) -> ArmsByHand<'_> {
    ArmsByHand::of(preset).expect("its axes are valid")
}

/// The preset with a change made, as it is read from its own text by the name of a file.
fn composed(what: &str, preset: &Preset, edit: &Edit) -> Result<Experiment, PresetError> {
    let changed = edit
        .applied(preset)
        .unwrap_or_else(|e| panic!("{what}: {e}"));
    let read = parse(&to_ron(&changed)).unwrap_or_else(|e| panic!("{what}: {e}"));
    assert_eq!(read, changed, "{what}");
    Experiment::check(read, "mine", ".".into())
}

/// That it reads like a shipped one: what is said of claims is said of claims that it has, and its wrong
/// settings can be tried.
fn assert_is_whole(what: &str, experiment: &Experiment) {
    let preset = &experiment.preset;
    let is_claimed = |name: &String| preset.claims.iter().any(|claim| claim.name == *name);
    assert!(preset.rests_on.iter().all(is_claimed), "{what}");
    assert_eq!(
        preset.takeaway.is_empty(),
        preset.rests_on.is_empty(),
        "{what}"
    );
    let settings = experiment.wrong_settings();
    assert!(settings.is_ok(), "{what}: {settings:?}");
    if preset.claims.is_empty() {
        assert!(preset.wrong.is_empty(), "{what}");
    }
}

/// The changes by hand of a preset's arms, each with its name.
fn changes_of_arms(preset: &Preset) -> Vec<(String, Edit)> {
    let count = arms(preset).count();
    let mut all = vec![("copy".to_owned(), arms(preset).copied(0))];
    all.push((
        "change".to_owned(),
        arms(preset).edited(0, &Edit::new("init.w_std", "0.75")),
    ));
    if count > 1 {
        all.push(("remove the first".to_owned(), arms(preset).removed(0)));
        all.push((
            "remove the last".to_owned(),
            arms(preset).removed(count - 1),
        ));
        all.push(("rename".to_owned(), arms(preset).renamed(0, "of mine")));
        all.push(("move".to_owned(), arms(preset).shifted(0, false)));
    }
    let made = |(what, edit): (String, Result<Edit, PresetError>)| match edit {
        Ok(edit) => (what, edit),
        Err(error) => panic!("{what}: {error}"),
    };
    all.into_iter().map(made).collect()
}

#[test]
fn every_shipped_preset_is_whole_after_each_change_of_its_arms() {
    for shipped in SHIPPED {
        let preset = load(shipped.name).expect("it is shipped").preset;
        for (what, edit) in changes_of_arms(&preset) {
            let what = format!("{}: {what}", shipped.name);
            let experiment = composed(&what, &preset, &edit);
            let experiment = experiment.unwrap_or_else(|error| panic!("{what}: {error}"));
            assert_is_whole(&what, &experiment);
        }
    }
}

#[test]
fn every_shipped_preset_is_whole_after_a_field_is_made_to_vary() {
    for shipped in SHIPPED {
        let preset = load(shipped.name).expect("it is shipped").preset;
        let mut tried = 0;
        for show in [Show::Arms, Show::XAxis, Show::Grid] {
            for (field, typed) in [("seed", "1, 2"), ("network.width", "96, 128")] {
                let variation = Variation {
                    field: field.to_owned(),
                    show,
                    values: Values::Typed(typed.to_owned()),
                    trials: 1,
                };
                let what = format!("{}: {field} as {show:?}", shipped.name);
                // A field that varies already, a third side of a map, a size that is none of the preset's.
                let Ok(edit) = variation.edit(&preset) else {
                    continue;
                };
                let Ok(experiment) = composed(&what, &preset, &edit) else {
                    continue;
                };
                assert_is_whole(&what, &experiment);
                tried += 1;
            }
        }
        for axis in &preset.axes {
            let what = format!("{}: {} no more", shipped.name, axis.field);
            let edit = Variation::removed(&preset, &axis.field);
            let edit = edit.unwrap_or_else(|error| panic!("{what}: {error}"));
            let experiment = composed(&what, &preset, &edit);
            let experiment = experiment.unwrap_or_else(|error| panic!("{what}: {error}"));
            assert_is_whole(&what, &experiment);
            tried += 1;
        }
        assert!(tried > 0, "{}", shipped.name);
    }
}

fn default() -> Preset {
    load("lazy-vs-feature").expect("it is shipped").preset
}

fn changed(preset: &Preset, edit: Result<Edit, PresetError>) -> Preset {
    let edit = edit.expect("it can be done");
    edit.applied(preset).expect("it is written as a preset is")
}

/// Kinds of the mistakes that a preset has settings for.
fn listed(preset: &Preset) -> Vec<WrongKind> {
    let set = preset
        .wrong
        .iter()
        .filter(|w| matches!(w, WrongSpec::Set { .. }));
    set.map(WrongSpec::kind).collect()
}

#[test]
fn wrong_settings_go_with_a_claim_and_stay_where_they_do_what_they_did() {
    let preset = default();
    assert!(listed(&preset).contains(&WrongKind::Scaling));
    let renamed = changed(&preset, arms(&preset).renamed(1, "lazy"));
    assert_eq!(renamed.wrong, preset.wrong);
    let removed = changed(&preset, arms(&preset).removed(1));
    assert!(!removed.claims.is_empty() && removed.wrong.is_empty());
    // Lists of values follow the arms, to each its own.
    for other in [arms(&preset).copied(1), arms(&preset).shifted(0, false)] {
        let other = changed(&preset, other);
        assert_eq!(
            (&other.claims, listed(&other)),
            (&preset.claims, listed(&preset))
        );
        assert_ne!(other.wrong, preset.wrong);
        for (here, there) in wrong_arms(&preset).iter().zip(&wrong_arms(&other)) {
            assert!(here.iter().all(|arm| there.contains(arm)));
        }
    }
    // An arm that is another one now is not what the setting was tried on.
    let edited = arms(&preset).edited(2, &Edit::new("scaling", "Between(0.75)"));
    assert!(!listed(&changed(&preset, edited)).contains(&WrongKind::Scaling));
}

/// The arms under each wrong setting, by name.
fn wrong_arms(preset: &Preset) -> Vec<Vec<(String, Preset)>> {
    let experiment = Experiment::check(preset.clone(), "mine", ".".into()).expect("it is valid");
    let settings = experiment.wrong_settings().expect("they can be tried");
    let arms = settings.into_iter().map(|setting| setting.experiment.arms);
    let named = arms.map(|arms| {
        arms.into_iter()
            .map(|arm| (arm.label, arm.preset))
            .collect()
    });
    named.collect()
}

#[test]
fn a_wrong_setting_moves_with_its_axis_and_goes_where_its_field_varies() {
    let text = r#"(
        train: (stop: (steps: 5)), observe: (observables: [Loss]), panels: [Loss],
        axes: [(field: "network.width", values: [8, 16], show: XAxis)], sweep: (trials: 1),
        claims: [(name: "it trains", expect: Value(of: "train_loss", at: End, at_most: 1.0))],
        wrong: [
            Set(kind: Width, changes: {"axes.0.values": "[2, 4]"}),
            Set(kind: Step, changes: {"train.method.step": "0.01"}),
            Excused(kind: Activation, because: "it is none of it"),
        ],
    )"#;
    let preset = parse(text).expect("a preset");
    let varied = |field: &str, typed: &str| {
        let variation = Variation {
            field: field.to_owned(),
            show: Show::Arms,
            values: Values::Typed(typed.to_owned()),
            trials: 1,
        };
        changed(&preset, variation.edit(&preset))
    };
    let two = changed(&preset, arms(&preset).copied(0));
    assert_eq!(
        two.axes[1].field, "network.width",
        "the arms' axis comes first"
    );
    let moved = WrongSpec::Set {
        kind: WrongKind::Width,
        changes: [("axes.1.values".to_owned(), "[2, 4]".to_owned())].into(),
    };
    assert_eq!(two.wrong[0], moved);
    let first = preset.train.method.step().expect("a step");
    let stepped = varied("train.method.step", &format!("{first:?}, 0.25"));
    assert_eq!(stepped.claims.len(), 1);
    assert_eq!(listed(&stepped), [WrongKind::Width]);
    assert_eq!(stepped.wrong.len(), 2);
}

#[test]
fn the_hero_goes_with_its_sweep() {
    let text = r#"(
        panels: [Loss], hero: Curves,
        axes: [(field: "network.width", values: [8, 16], show: XAxis)], sweep: (trials: 1),
    )"#;
    let preset = parse(text).expect("a preset");
    assert_eq!(preset.hero, Some(PanelKind::Curves));
    let plain = changed(&preset, Variation::removed(&preset, "network.width"));
    assert_eq!(plain.hero, None);
    let checked = |preset: Preset| Experiment::check(preset, "test", ".".into());
    assert!(checked(plain.clone()).is_ok());
    let hero = Some(PanelKind::Curves);
    assert_says(checked(Preset { hero, ..plain }), &["hero: Curves"]);
}

#[test]
fn the_summary_stays_on_a_field_that_varies_with_the_arms() {
    let text = r#"(
        summary: (of: "train_loss", at: End, against: "network.width"),
        axes: [
            (field: "network.activation", values: [Relu, Tanh]),
            (field: "network.width", values: [8, 16]),
        ],
    )"#;
    let preset = parse(text).expect("a preset");
    // Moved, the two axes are one, along which the width goes with the activation.
    let one = changed(&preset, arms(&preset).shifted(0, false));
    assert_eq!((one.axes.len(), &one.summary), (1, &preset.summary));
    assert!(Experiment::check(one, "test", ".".into()).is_ok());
    let plain = changed(&preset, Variation::removed(&preset, "network.width"));
    assert_eq!(plain.summary.and_then(|summary| summary.against), None);
}
