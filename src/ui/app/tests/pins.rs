//! Pinned runs, and two of them side by side.

use egui::Key;
use egui_kittest::kittest::Queryable;

use super::fixture::{MARGIN, Scripted, Window, record, set, window};
use crate::ui::App;
use crate::ui::action::{Action, KeptAction};
use crate::ui::kept::{Kept, Side};

fn ask(harness: &mut Window, action: KeptAction) {
    harness.state_mut().apply(Action::Kept(action));
    harness.run();
}

fn labels(app: &App) -> Vec<&str> {
    app.kept
        .pins()
        .iter()
        .map(|pin| pin.label.as_str())
        .collect()
}

/// Names of the arms in the panels, without those hidden.
fn seen(app: &App) -> Vec<String> {
    let together = app.kept.beside(&app.shown);
    let history = together.as_ref().unwrap_or(&app.shown.history);
    let hidden = &app.panels.shared.hidden_arms;
    let arms = history.arms().iter().enumerate();
    let arms = arms.filter(|(index, _)| !hidden.contains(index));
    arms.map(|(_, arm)| arm.label.clone()).collect()
}

/// A window with runs of widths 1024 and 512 pinned, whose run of width 256 has records.
fn two_pins() -> (Window, Scripted) {
    let (mut harness, trainer) = window([1600.0, 1000.0]);
    for (run, width) in [(1, "1024"), (2, "512"), (3, "256")] {
        if run > 1 {
            harness.key_press(Key::B);
            harness.run();
            set(&mut harness, "network.width", width);
        }
        trainer.record(run, &[0, 10 * run]);
        harness.run();
    }
    ask(&mut harness, KeptAction::Dismiss);
    (harness, trainer)
}

#[test]
fn a_pinned_run_is_named_by_what_it_has_otherwise() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    trainer.record(1, &[0, 4]);
    harness.run();
    harness.key_press(Key::B);
    harness.run();
    assert_eq!(labels(harness.state()), ["ours · NTK · MF, pinned"]);
    set(&mut harness, "network.width", "512");
    trainer.record(2, &[0]);
    harness.run();
    assert_eq!(labels(harness.state()), ["m = 1024"]);
    assert!(harness.query_all_by_label("NTK, m = 1024").count() >= 1);
}

#[test]
fn nothing_is_pinned_before_the_first_record() {
    let (mut harness, _) = window([1280.0, 720.0]);
    ask(&mut harness, KeptAction::Pin);
    assert!(labels(harness.state()).is_empty());
    let notice = harness.state().notice.as_deref();
    assert!(notice.is_some_and(|notice| notice.contains("no record")));
}

#[test]
fn what_is_recorded_later_is_none_of_a_pinned_run() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    trainer.record(1, &[0, 4]);
    harness.run();
    harness.key_press(Key::B);
    harness.run();
    trainer.record(1, &[9]);
    harness.run();
    let app = harness.state();
    assert_eq!(app.kept.pins()[0].run.history.last_step(), 4);
    assert_eq!(app.shown.history.last_step(), 9);
}

#[test]
fn pins_outlive_another_preset_with_what_is_hidden_of_them() {
    let (mut harness, trainer) = two_pins();
    let [first, second] = [0, 1].map(|i| harness.state().kept.pins()[i].id);
    ask(&mut harness, KeptAction::Toggle(Side::Pin(second)));
    ask(&mut harness, KeptAction::Rename(first, "wide".to_owned()));
    harness
        .state_mut()
        .apply(Action::Load("du-fig1-live".into()));
    trainer.record(4, &[0]);
    harness.run();
    let app = harness.state();
    let own = app.shown.history.arms().len();
    assert_eq!(app.shown.experiment.name, "du-fig1-live");
    assert_eq!(labels(app)[0], "wide");
    // Of another preset the title is the name.
    let title = &app.kept.pins()[1].run.experiment.preset.title;
    assert_eq!(labels(app)[1], title);
    assert_eq!(app.kept.slots(&app.shown).len(), own + 6);
    let guests = &seen(app)[own..];
    assert_eq!(guests, ["ours, wide", "NTK, wide", "MF, wide"]);
}

#[test]
fn pins_are_renamed_moved_and_removed_in_the_list() {
    let (mut harness, _) = two_pins();
    assert_eq!(labels(harness.state()), ["m = 1024", "m = 512"]);
    let id = harness.state().kept.pins()[1].id;
    let menu = "Rename, move or remove m = 512";
    harness.get_by_label(menu).click();
    harness.run();
    harness.get_by_label("Move up").click();
    harness.run();
    assert_eq!(labels(harness.state()), ["m = 512", "m = 1024"]);
    ask(&mut harness, KeptAction::Rename(id, "narrow".to_owned()));
    assert_eq!(labels(harness.state()), ["narrow", "m = 1024"]);
    ask(&mut harness, KeptAction::Rename(id, String::new()));
    set(&mut harness, "seed", "5");
    harness.state_mut().apply(Action::Undo);
    assert_eq!(labels(harness.state()), ["m = 512", "m = 1024"]);
    harness.get_by_label(menu).click();
    harness.run();
    harness.get_by_label("Remove").click();
    harness.run();
    assert_eq!(labels(harness.state()), ["m = 1024"]);
    assert_eq!(harness.state().kept.slots(&harness.state().shown).len(), 6);
}

#[test]
fn what_is_hidden_stays_hidden_wherever_it_moves() {
    let (mut harness, _) = two_pins();
    let [first, second] = [0, 1].map(|i| harness.state().kept.pins()[i].id);
    // The second arm of the second pin.
    harness.state_mut().apply(Action::ToggleArm(3 + 3 + 1));
    let gone = "NTK, m = 512".to_owned();
    assert!(!seen(harness.state()).contains(&gone));
    ask(
        &mut harness,
        KeptAction::Shift {
            pin: second,
            up: true,
        },
    );
    assert!(!seen(harness.state()).contains(&gone));
    assert_eq!(seen(harness.state()).len(), 8);
    ask(&mut harness, KeptAction::Unpin(first));
    assert_eq!(seen(harness.state()).len(), 5);
    assert!(!seen(harness.state()).contains(&gone));
}

#[test]
fn two_runs_are_shown_alone_and_then_all_again() {
    let (mut harness, _) = two_pins();
    harness.state_mut().apply(Action::ToggleArm(0));
    let all = seen(harness.state());
    let [first, second] = [0, 1].map(|i| harness.state().kept.pins()[i].id);
    harness.get_by_label("A|B").click();
    harness.run();
    // The controls are 256 wide, with space of 12 at their sides.
    let choice = harness.get_by_label("Run B of the comparison").rect();
    assert!(choice.right() <= MARGIN.x + 244.0, "{choice:?}");
    assert_eq!(
        seen(harness.state()),
        [
            "ours",
            "NTK",
            "MF",
            "ours, m = 512",
            "NTK, m = 512",
            "MF, m = 512"
        ]
    );
    let sides = [first, second].map(Side::Pin);
    ask(&mut harness, KeptAction::Compare(Some(sides)));
    assert!(
        seen(harness.state())
            .iter()
            .all(|name| name.contains("m = "))
    );
    assert_eq!(seen(harness.state()).len(), 6);
    harness.get_by_label("A|B").click();
    harness.run();
    assert_eq!(seen(harness.state()), all);
    // Without one of the two there is nothing to compare.
    ask(&mut harness, KeptAction::Compare(Some(sides)));
    ask(&mut harness, KeptAction::Unpin(second));
    assert!(harness.state().comparison.is_none());
    assert_eq!(seen(harness.state()).len(), 5);
}

#[test]
fn beyond_the_budget_a_pin_is_refused_in_words() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    // Room for one run of two records in three arms, not for two.
    harness.state_mut().kept = Kept::with_budget(9 * record(0, 0).bytes());
    trainer.record(1, &[0, 4]);
    harness.run();
    ask(&mut harness, KeptAction::Pin);
    // The same records take no room a second time.
    ask(&mut harness, KeptAction::Pin);
    assert_eq!(labels(harness.state()).len(), 2);
    set(&mut harness, "network.width", "512");
    trainer.record(2, &[0, 4]);
    harness.run();
    ask(&mut harness, KeptAction::Pin);
    assert_eq!(labels(harness.state()).len(), 2);
    let notice = harness.state().notice.clone().unwrap_or_default();
    assert!(
        notice.contains("not pinned") && notice.contains("remove one"),
        "{notice}"
    );
}
