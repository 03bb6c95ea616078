//! Changes of the step on the way, as a preset writes them.

use super::{assert_says, checked};
use crate::preset::{Difference, Edit, PresetError, effect, get, parse, set, text_at, to_ron};
use crate::spec::field::{Effect, LiveField, STEP};
use crate::spec::{Preset, StepChange};

const PATH: &str = "train.changes";

fn changed(changes: &str) -> Preset {
    set(&Preset::default(), PATH, changes).expect("changes")
}

fn check(sets: &[(&str, &str)]) -> Result<super::Experiment, PresetError> {
    let set_one = |preset, (path, value): &(&str, &str)| set(&preset, path, value);
    checked(sets.iter().try_fold(Preset::default(), set_one)?)
}

#[test]
fn a_preset_without_changes_is_written_without_the_field() {
    let written = to_ron(&Preset::default());
    assert!(!written.contains("changes"), "{written}");
    assert_eq!(text_at(&Preset::default(), PATH).as_deref(), Some("[]"));
    assert_eq!(get(&Preset::default(), PATH).as_deref(), Ok("[]"));
}

#[test]
fn changes_are_set_read_and_written_as_any_field() {
    let preset = changed("[(at: 400, step: 0.2), (at: 500, step: 0.1)]");
    let second = StepChange { at: 500, step: 0.1 };
    assert_eq!(preset.train.changes[1], second);
    assert_eq!(parse(&to_ron(&preset)).as_ref(), Ok(&preset));
    let other = set(&preset, "train.changes.1.step", "0.3").unwrap();
    assert_eq!(other.train.changes[1].step, 0.3);
    assert_eq!(set(&preset, PATH, "[]").unwrap(), Preset::default());
    let no_fields = set(&Preset::default(), "train.changes.0.step", "0.3");
    assert_says(no_fields, &["train.changes, which is [] and has no fields"]);
    let edit = Edit::new(PATH, "[(at: 7, step: 2.5)]");
    assert_eq!(edit.applied(&preset).unwrap().train.changes.len(), 1);
}

#[test]
fn changes_come_one_after_the_other_with_steps_that_a_method_can_have() {
    let steps = ("train.stop.steps", "1000");
    assert!(check(&[steps, (PATH, "[(at: 1, step: 0.2), (at: 1000, step: 3)]")]).is_ok());
    let cases = [
        (
            "[(at: 0, step: 0.2)]",
            "train.changes.0.at: 0 is not allowed; allowed: a whole number from 1 up; the step before the first change is train.method.step",
        ),
        (
            "[(at: 7, step: 0.2), (at: 7, step: 0.3)]",
            "train.changes.1.at: 7 is not allowed; allowed: a whole number above 7",
        ),
        (
            "[(at: 9, step: 0.2), (at: 7, step: 0.3)]",
            "train.changes.1.at: 7 is not allowed; allowed: a whole number above 9",
        ),
        (
            "[(at: 7, step: 0)]",
            "train.changes.0.step: 0.0 is not allowed; allowed: a finite number above 0",
        ),
        ("[(at: 7, step: inf)]", "train.changes.0.step: inf"),
        (
            "[(at: 1001, step: 1)]",
            "train.changes.0.at: 1001 is not allowed; allowed: a whole number from 1 to 1000",
        ),
        ("[(at: 7)]", "step"),
    ];
    for (changes, says) in cases {
        assert_says(check(&[steps, (PATH, changes)]), &[says]);
    }
    let solved = [
        ("train.layers", "Output"),
        ("train.method", "LeastSquares"),
        (PATH, "[(at: 1, step: 1)]"),
    ];
    assert_says(
        check(&solved),
        &["train.changes", "LeastSquares, which has no step"],
    );
}

/// A change made live while one arm went on and another had ended is one that a preset can hold.
#[test]
fn an_arm_may_end_before_a_change() {
    let text = r#"(train: (changes: [(at: 50, step: 0.1)]),
        axes: [(field: "train.stop.steps", values: [20, 80])])"#;
    assert!(checked(parse(text).unwrap()).is_ok());
    let longer = set(&parse(text).unwrap(), "train.changes.0.at", "81").unwrap();
    assert_says(checked(longer), &["from 1 to 80"]);
}

#[test]
fn a_change_that_only_one_preset_has_is_the_difference_that_is_named() {
    let (without, with) = (Preset::default(), changed("[(at: 7, step: 0.5)]"));
    let difference = Difference::between(&without, &with).expect("they differ");
    assert_eq!(difference.field, PATH);
    assert_eq!(difference.here, "[]");
    let other = changed("[(at: 7, step: 0.25)]");
    let difference = Difference::between(&with, &other).expect("they differ");
    assert_eq!(difference.field, "train.changes.0.step");
}

#[test]
fn a_live_change_is_noted_where_it_was_made() {
    let mut train = changed("[(at: 7, step: 0.5), (at: 20, step: 0.25)]").train;
    for (at, step) in [(9, 3.0), (20, 4.0), (0, 5.0)] {
        train.note(StepChange { at, step });
    }
    let changes: Vec<_> = train.changes.iter().map(|c| (c.at, c.step)).collect();
    assert_eq!(changes, [(7, 0.5), (9, 3.0), (20, 4.0)]);
    assert_eq!(train.method.step(), Some(5.0));
}

/// Each arm would need another list of changes.
#[test]
fn where_an_axis_sets_the_changes_another_step_starts_anew() {
    let running =
        parse(r#"(axes: [(field: "train.changes", values: [[], [(at: 7, step: 0.5)]])])"#);
    let running = running.expect("a preset");
    assert!(checked(running.clone()).is_ok());
    let edited = set(&running, STEP.path, "0.3").unwrap();
    assert_eq!(effect(STEP.path, &running, &edited), Effect::Restart);
    let alone = set(&Preset::default(), STEP.path, "0.3").unwrap();
    let live = Effect::Live(LiveField::Step);
    assert_eq!(effect(STEP.path, &Preset::default(), &alone), live);
}
