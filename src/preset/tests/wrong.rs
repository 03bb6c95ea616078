//! Wrong settings, what a takeaway rests on, and the precision that a preset needs.

use super::{assert_says, checked};
use crate::preset::library::{SHIPPED, load, load_with};
use crate::preset::{Experiment, parse};
use crate::spec::{Preset, WrongKind, WrongSpec};

fn shipped() -> impl Iterator<Item = Experiment> {
    let names = SHIPPED.iter().map(|shipped| shipped.name);
    names.map(|name| load(name).unwrap_or_else(|error| panic!("{name}: {error}")))
}

#[test]
fn every_shipped_preset_lists_or_excuses_every_kind_of_mistake() {
    for Experiment { name, preset, .. } in shipped() {
        for kind in WrongKind::ALL {
            let of_kind = || preset.wrong.iter().filter(|wrong| wrong.kind() == kind);
            let excused = of_kind().any(|wrong| matches!(wrong, WrongSpec::Excused { .. }));
            let listed = of_kind().any(|wrong| matches!(wrong, WrongSpec::Set { .. }));
            assert!(
                listed != excused,
                "{name}: {kind} is listed or excused, once"
            );
        }
    }
}

#[test]
fn every_wrong_setting_of_a_shipped_preset_can_be_tried() {
    for experiment in shipped() {
        let settings = experiment.wrong_settings();
        let settings = settings.unwrap_or_else(|error| panic!("{}: {error}", experiment.name));
        assert!(!settings.is_empty(), "{}", experiment.name);
    }
}

#[test]
fn every_takeaway_rests_on_a_claim() {
    for Experiment { name, preset, .. } in shipped() {
        assert!(!preset.rests_on.is_empty(), "{name}");
    }
}

/// A small preset with one claim and what else is said of it.
fn with(more: &str) -> Preset {
    let text = format!(
        "(train: (stop: (steps: 5)), observe: (observables: [Loss]), panels: [Loss], \
         claims: [(name: \"it trains\", expect: Value(of: \"train_loss\", at: End, at_most: 1.0))], {more})"
    );
    parse(&text).expect("a preset")
}

#[test]
fn a_takeaway_rests_on_claims_that_are_there() {
    assert!(checked(with(r#"rests_on: ["it trains"]"#)).is_ok());
    let refused = checked(with(r#"rests_on: ["it trains", "it train"]"#));
    assert_says(refused, &["rests_on.1", "`it train`", "`it trains`"]);
    let mut emptied = with(r#"rests_on: ["it trains"]"#);
    emptied.claims.clear();
    assert!(checked(emptied).is_ok());
}

#[test]
fn a_wrong_setting_without_a_change_or_a_reason_is_refused() {
    let empty = checked(with("wrong: [Set(kind: Step, changes: {})]"));
    assert_says(empty, &["wrong.0.changes", "no change"]);
    let silent = checked(with("wrong: [Excused(kind: Step, because: \" \")]"));
    assert_says(silent, &["wrong.0.because", "no words"]);
}

#[test]
fn a_wrong_setting_keeps_the_claims_and_changes_the_run() {
    let wrong = |changes: &str| {
        let preset = with(&format!(
            "wrong: [Set(kind: Width, changes: {{{changes}}})]"
        ));
        checked(preset).expect("a preset").wrong_settings()
    };
    let tried = wrong(r#""network.width": "16""#).expect("a setting");
    assert_eq!(tried.len(), 1);
    assert_eq!(tried[0].changes, "network.width=16");
    assert_eq!(tried[0].experiment.preset.network.width, 16);
    assert_eq!(tried[0].experiment.claims.len(), 1);
    assert_says(
        wrong(r#""network.widht": "16""#),
        &["wrong.0", "network.width"],
    );
    assert_says(
        wrong(r#""network.width": "0""#),
        &["wrong.0", "network.width: 0"],
    );
    assert_says(
        wrong(r#""title": "other""#),
        &["wrong.0", "a change of nothing"],
    );
    let made = with("wrong: [Set(kind: Width, changes: {\"title\": \"other\"})]");
    assert!(checked(made).expect("a preset").triable().is_empty());
    let loosened = wrong(r#""claims.0.expect.at_most": "9.0""#);
    assert_says(loosened, &["wrong.0", "a change of the claims"]);
}

#[test]
fn a_preset_that_needs_one_precision_refuses_the_other_in_every_arm() {
    let needs = r#"needs: (precision: F64, because: "rounding decides")"#;
    let refused = checked(with(&format!("{needs}, precision: F32")));
    assert_says(
        refused,
        &["precision: F32", "F64: rounding decides", "needs=None"],
    );
    assert!(checked(with(&format!("{needs}, precision: F64"))).is_ok());
    let arms = r#"precision: F64, axes: [(field: "precision", values: [F64, F32], show: Arms)], claims: []"#;
    let text = format!("({needs}, {arms})");
    let refused = checked(parse(&text).expect("a preset"));
    assert_says(refused, &["in the arm", "rounding decides"]);
}

#[test]
fn claims_that_were_set_away_carry_no_takeaway() {
    let claims =
        r#"[(name: "new", expect: Value(of: "train_loss", arm: "ours", at: End, at_most: 1.0))]"#;
    let sets = [("claims".to_owned(), claims.to_owned())];
    let preset = load_with("lazy-vs-feature", &sets)
        .expect("a preset")
        .preset;
    assert!(preset.rests_on.is_empty());
    assert!(
        !load("lazy-vs-feature")
            .expect("a preset")
            .preset
            .rests_on
            .is_empty()
    );
}
