//! What a change of a control does.

use egui::Role;
use egui_kittest::kittest::Queryable;

use super::fixture::window;
use crate::history::EventKind;
use crate::ui::action::{Action, Edit, Effect};
use crate::ui::status::Message;
use crate::worker::Command;

fn set_width(width: usize) -> Action {
    let change = Box::new(move |preset: &mut crate::spec::Preset| preset.network.width = width);
    Action::Edit(Edit {
        field: "network.width",
        effect: Effect::Restart,
        change,
    })
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
    assert_eq!(names, crate::preset::library::names().collect::<Vec<_>>());
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
