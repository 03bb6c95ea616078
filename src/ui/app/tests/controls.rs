//! What a change of a control does.

use std::collections::BTreeSet;

use egui::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::fixture::{harness, window};
use crate::history::{EventKind, RunHistory};
use crate::preset::{Edit, Experiment, parse};
use crate::spec::StepChange;
use crate::spec::field::Field;
use crate::ui::App;
use crate::ui::action::Action;
use crate::ui::status::Message;
use crate::worker::Command;

fn set_width(width: usize) -> Action {
    Action::Edit(Edit::new("network.width", width.to_string()))
}

#[test]
fn the_window_starts_its_experiment_at_once() {
    let (_, trainer) = window([1280.0, 720.0]);
    let script = trainer.0.borrow();
    assert_eq!(script.loads.len(), 1);
    assert!(script.loads[0].1);
}

#[test]
fn a_slider_restarts_with_the_same_seed_and_the_last_value() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    let seed = trainer.0.borrow().loads[0].0.preset.seed;
    harness
        .get_by_role_and_label(Role::Slider, "width m")
        .set_value_accesskit(4100.0);
    harness.run();
    let script = trainer.0.borrow();
    let (experiment, play) = script.loads.last().unwrap();
    assert_eq!(script.loads.len(), 2);
    assert_eq!(experiment.preset.network.width, 4096);
    assert!(
        experiment
            .arms
            .iter()
            .all(|arm| arm.preset.network.width == 4096)
    );
    assert_eq!(experiment.preset.seed, seed);
    assert!(play);
}

#[test]
fn an_invalid_value_is_shown_at_the_control_and_keeps_the_run() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    trainer.record(1, &[0, 1]);
    harness.run();
    harness.state_mut().apply(set_width(0));
    harness.run();
    assert_eq!(trainer.0.borrow().loads.len(), 1);
    let error = harness.state().draft.error.clone().unwrap();
    assert!(
        error.message.contains("network.width") && error.message.contains('0'),
        "{}",
        error.message
    );
    harness.get_by_label(&error.message);
    assert_eq!(harness.state().shown.history.last_step(), 1);
    harness.state_mut().apply(set_width(512));
    assert_eq!(harness.state().draft.error, None);
    assert_eq!(trainer.0.borrow().loads.len(), 2);
}

#[test]
fn the_step_acts_on_the_run() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    trainer.record(1, &[0]);
    harness.run();
    harness
        .get_by_role_and_label(Role::SpinButton, "step δ")
        .set_value_accesskit(0.25);
    harness.run();
    let script = trainer.0.borrow();
    assert_eq!(script.loads.len(), 1);
    assert_eq!(script.commands, [Command::SetStep(0.25)]);
    assert_eq!(
        harness.state().experiment.preset.train.method.step(),
        Some(0.25)
    );
}

#[test]
fn a_double_click_on_the_name_restores_the_loaded_value() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    let loaded = trainer.0.borrow().loads[0].0.preset.network.width;
    harness.state_mut().apply(set_width(512));
    harness.run();
    for _ in 0..2 {
        harness
            .get_by_role_and_label(Role::Label, "width m")
            .click();
    }
    harness.run();
    assert_eq!(harness.state().draft.preset.network.width, loaded);
    assert_eq!(
        trainer
            .0
            .borrow()
            .loads
            .last()
            .unwrap()
            .0
            .preset
            .network
            .width,
        loaded
    );
}

#[test]
fn changes_can_be_taken_back_and_done_again() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    let loaded = harness.state().draft.preset.network.width;
    harness.state_mut().apply(set_width(512));
    for (action, width) in [
        (Action::Undo, loaded),
        (Action::Undo, loaded),
        (Action::Redo, 512),
    ] {
        harness.state_mut().apply(action);
        assert_eq!(
            trainer
                .0
                .borrow()
                .loads
                .last()
                .unwrap()
                .0
                .preset
                .network
                .width,
            width
        );
    }
    assert_eq!(trainer.0.borrow().loads.len(), 4);
}

#[test]
fn a_refused_run_leaves_the_old_one_on_screen() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    trainer.record(1, &[0, 5]);
    harness.run();
    harness.state_mut().apply(set_width(65_536));
    trainer.tell(
        2,
        EventKind::Refused {
            message: "network.width = 65536: needs 99 GB".into(),
        },
    );
    harness.run();
    assert_eq!(harness.state().shown.history.last_step(), 5);
    assert!(
        harness
            .state()
            .messages()
            .iter()
            .any(|m| matches!(m, Message::Notice(text) if text.contains("99 GB")))
    );
    harness.get_by_label("network.width = 65536: needs 99 GB");
    harness.get_by_label("Dismiss").click();
    harness.run();
    assert!(harness.query_by_label("Dismiss").is_none());
}

#[test]
fn what_the_arms_vary_cannot_be_set_at_the_control() {
    let (harness, _) = window([1280.0, 720.0]);
    assert!(
        harness
            .query_by_role_and_label(Role::RadioButton, "NTK")
            .is_none()
    );
    harness.get_by_label("varied by the arms above ↻");
}

#[test]
fn the_gallery_loads_every_shipped_preset() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    let names: Vec<String> = harness
        .state()
        .gallery
        .cards
        .iter()
        .map(|card| card.name.clone())
        .collect();
    let all: BTreeSet<&str> = crate::preset::library::names().collect();
    assert_eq!(
        names.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        all
    );
    assert_eq!(names.len(), all.len());
    for (i, name) in names.iter().enumerate() {
        harness.state_mut().apply(Action::Load(name.clone()));
        // One of paper size waits for consent, which changes nothing where none does.
        harness.state_mut().apply(Action::StartAnyway);
        assert_eq!(trainer.0.borrow().loads[i + 1].0.name, *name);
    }
    harness
        .state_mut()
        .apply(Action::Load("no-such-preset".into()));
    assert_eq!(trainer.0.borrow().loads.len(), names.len() + 1);
    assert!(harness.state().notice.is_some());
}

#[test]
fn a_big_run_waits_for_consent() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    let loaded = harness.state().draft.preset.network.width;
    // On a machine this slow every run is big.
    harness.state_mut().flops_per_second = Some(1.0);
    harness.state_mut().apply(set_width(512));
    harness.run();
    assert_eq!(trainer.0.borrow().loads.len(), 1);
    harness.get_by_label("Keep the old run").click();
    harness.run();
    assert_eq!(harness.state().draft.preset.network.width, loaded);
    harness.state_mut().apply(set_width(512));
    harness.run();
    harness.get_by_label("Start").click();
    harness.run();
    let script = trainer.0.borrow();
    assert_eq!(script.loads.len(), 2);
    assert_eq!(script.loads[1].0.preset.network.width, 512);
    assert!(harness.query_by_label("Keep the old run").is_none());
}

fn set_step(step: f64) -> Action {
    Action::Edit(Edit::new("train.method.step", step.to_string()))
}

#[test]
fn a_step_taken_back_acts_on_the_run_too() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    let before = harness.state().draft.preset.train.method.step().unwrap();
    harness.state_mut().apply(set_step(0.25));
    harness.state_mut().apply(Action::Undo);
    harness.state_mut().apply(Action::Redo);
    let script = trainer.0.borrow();
    assert_eq!(script.loads.len(), 1);
    let steps = [0.25, before, 0.25].map(Command::SetStep);
    assert_eq!(script.commands, steps);
    let running = harness.state().experiment.preset.train.method.step();
    assert_eq!(running, Some(0.25));
}

/// What is saved of the run is the preset that it began with, and the change where it was made.
#[test]
fn a_live_change_is_a_part_of_what_was_run() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    let began = harness.state().shown.experiment.preset.train.clone();
    trainer.record(1, &[0, 400]);
    harness.state_mut().apply(set_step(0.25));
    let step = 0.25;
    trainer.tell(1, EventKind::StepChanged { at: 400, step });
    harness.run();
    let shown = &harness.state().shown;
    let kept = shown.history.as_run(&shown.experiment.preset).train;
    assert_eq!(kept.method, began.method);
    assert_eq!(kept.changes, [StepChange { at: 400, step }]);
}

#[test]
fn a_run_goes_on_only_where_nothing_but_the_step_is_changed() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    // The width waits for consent, so that it is in the controls and not in the run.
    harness.state_mut().flops_per_second = Some(1.0);
    harness.state_mut().apply(set_width(512));
    harness.state_mut().apply(set_step(0.25));
    assert!(trainer.0.borrow().commands.is_empty());
    harness.state_mut().apply(Action::StartAnyway);
    let script = trainer.0.borrow();
    let started = &script.loads[1].0.preset;
    assert_eq!(started.network.width, 512);
    assert_eq!(started.train.method.step(), Some(0.25));
}

#[test]
fn a_restart_with_another_step_starts_again() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    let edit = Edit::new("train.method.step", "0.25");
    harness.state_mut().apply(Action::RestartWith(edit));
    let script = trainer.0.borrow();
    assert_eq!(script.loads.len(), 2);
    assert!(script.commands.is_empty());
}

#[test]
fn a_value_that_is_none_is_refused_at_its_field() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    let before = harness.state().draft.preset.clone();
    let edit = Edit::new("network.width", "wide");
    harness.state_mut().apply(Action::Edit(edit));
    let error = harness.state().draft.error.clone().unwrap();
    assert_eq!(error.field, "network.width");
    assert!(
        error.message.contains("a whole number"),
        "{}",
        error.message
    );
    assert_eq!(harness.state().draft.preset, before);
    assert_eq!(trainer.0.borrow().loads.len(), 1);
}

#[test]
fn undo_gives_the_preset_before() {
    let (mut harness, _) = window([1280.0, 720.0]);
    let app = harness.state_mut();
    let mut taken = 0;
    for field in Field::all() {
        let choices = field.choices().iter();
        let mut edits: Vec<Edit> = choices.map(|c| Edit::choosing(field, c)).collect();
        edits.extend(["3", "true"].map(|text| Edit::new(field.path, text)));
        for edit in edits {
            let before = app.draft.preset.clone();
            app.apply(Action::Edit(edit.clone()));
            app.apply(Action::StartAnyway);
            if app.draft.error.is_some() {
                app.draft.drop_refused();
            } else {
                app.apply(Action::Undo);
                taken += 1;
            }
            assert_eq!(app.draft.preset, before, "{edit:?}");
        }
    }
    assert!(taken > 20, "only {taken} edits were taken");
}

#[test]
fn a_stop_rule_is_ticked_typed_and_given_up() {
    let (mut harness, _) = window([1280.0, 1600.0]);
    let error = |harness: &Harness<'_, App>| {
        let stop = harness.state().draft.preset.train.stop;
        stop.relative_error
    };
    let tick = |harness: &mut Harness<'_, App>| {
        harness
            .get_by_role_and_label(Role::CheckBox, "stop at error")
            .click();
        harness.run();
    };
    assert_eq!(error(&harness), None);
    tick(&mut harness);
    assert_eq!(error(&harness), Some(0.01));
    harness
        .get_by_role_and_label(Role::SpinButton, "stop at error")
        .set_value_accesskit(0.125);
    harness.run();
    assert_eq!(error(&harness), Some(0.125));
    tick(&mut harness);
    assert_eq!(error(&harness), None);
}

#[test]
fn the_stable_step_is_explained_where_it_is_chosen() {
    let (mut harness, _) = window([1280.0, 1600.0]);
    harness
        .get_by_role_and_label(Role::RadioButton, "2/sλ")
        .hover();
    // A tooltip waits until the pointer rests.
    harness.run_steps(40);
    harness.get_by_label_contains("λ_max(K₀) the largest eigenvalue of the tangent kernel");
}

/// Fields of the table that are written in presets only.
const WITHOUT_CONTROL: [&str; 2] = ["data.d", "init.w_std"];

#[test]
fn every_other_field_of_the_table_has_a_control() {
    let texts = [
        "(network: (embedding: RandomFeatures(width: SameAsNetwork), bias: true))",
        "(train: (method: Sgd(step: 0.1, batch: 3)))",
        "(train: (method: GradientFlow(step: 0.1, tolerance: 1e-3)))",
        "(data: Moons(n: 20, n_test: 10, noise: 0.1))",
    ];
    let mut missing: BTreeSet<&str> = Field::all().map(|field| field.path).collect();
    for text in texts {
        let experiment = Experiment::check(parse(text).unwrap(), "test", ".".into()).unwrap();
        let app = App::with_history(experiment, RunHistory::default());
        let mut harness = harness(app, [1280.0, 1600.0]);
        harness.run();
        missing.retain(|path| {
            let name = Field::at(path).unwrap().name;
            // The regime has no name beside it, but is one of its choices.
            let name = if *path == "scaling" { "custom" } else { name };
            harness.query_all_by_label(name).next().is_none()
        });
    }
    assert_eq!(missing, WITHOUT_CONTROL.into());
}
