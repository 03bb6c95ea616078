//! The slider of γ: of the scaling itself, and of one more arm where the arms vary it.

use egui::{Key, Pos2, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::fixture::{Scripted, harness, window};
use crate::history::RunHistory;
use crate::network::Scaling;
use crate::preset::{Experiment, parse, text};
use crate::spec::Preset;
use crate::ui::App;
use crate::ui::action::Action;

const SLIDER: &str = "exponent γ";

/// The window of a preset, without a trainer.
fn shown(preset: &str) -> Harness<'static, App> {
    let preset = parse(preset).expect("a preset");
    let experiment = Experiment::check(preset, "test", ".".into()).expect("it is valid");
    let app = App::with_history(experiment, RunHistory::default());
    let mut harness = harness(app, [1280.0, 1600.0]);
    harness.run();
    harness
}

fn slide(harness: &mut Harness<'static, App>, gamma: f64) {
    let slider = harness.get_by_role_and_label(Role::Slider, SLIDER);
    slider.set_value_accesskit(gamma);
    harness.run();
}

fn draft(harness: &Harness<'static, App>) -> Preset {
    harness.state().draft.preset.clone()
}

fn arms(harness: &Harness<'static, App>) -> Vec<String> {
    let axis = &harness.state().draft.preset.axes[0];
    axis.names.clone()
}

/// A point of the slider, at a share of its length from the left.
fn point(harness: &Harness<'static, App>, share: f32) -> Pos2 {
    let rect = harness.get_by_role_and_label(Role::Slider, SLIDER).rect();
    Pos2::new(rect.left() + share * rect.width(), rect.center().y)
}

#[test]
fn the_slider_stands_where_the_scaling_does_and_writes_it() {
    for (scaling, shown_as) in [("Ntk", "0.5"), ("Ours", "1"), ("Between(0.625)", "0.625")] {
        let mut harness = shown(&format!("(scaling: {scaling})"));
        let number = harness.get_by_role_and_label(Role::SpinButton, SLIDER);
        assert_eq!(number.value().as_deref(), Some(shown_as), "{scaling}");
        let before = draft(&harness);
        harness.run();
        assert_eq!(draft(&harness), before, "it was only looked at");
        slide(&mut harness, 0.7);
        assert_eq!(draft(&harness).scaling, Scaling::Between(0.7));
        let only = Preset {
            scaling: before.scaling,
            ..draft(&harness)
        };
        assert_eq!(only, before, "nothing else is written");
        harness.state_mut().apply(Action::Undo);
        assert_eq!(draft(&harness), before);
    }
}

#[test]
fn off_the_line_the_slider_is_empty_until_it_is_moved() {
    for scaling in [
        "MeanField",
        "Standard",
        "Custom(a: (m: -0.6), b: (), step_factor: ())",
    ] {
        let mut harness = shown(&format!("(scaling: {scaling})"));
        let before = draft(&harness);
        for _ in 0..4 {
            harness.run();
        }
        assert_eq!(draft(&harness), before, "{scaling}");
        let number = harness.get_by_role_and_label(Role::SpinButton, SLIDER);
        assert_eq!(number.value().as_deref(), Some("–"), "{scaling}");
        // A press in the middle moves it from nowhere too.
        let middle = point(&harness, 0.5);
        harness.drag_at(middle);
        harness.run();
        harness.drop_at(middle);
        harness.run();
        assert_eq!(draft(&harness).scaling, Scaling::Between(0.75), "{scaling}");
        harness.state_mut().apply(Action::Undo);
        assert_eq!(draft(&harness), before);
    }
}

#[test]
fn the_keys_move_the_slider() {
    let mut harness = shown("(scaling: Between(0.75))");
    harness.get_by_role_and_label(Role::Slider, SLIDER).focus();
    harness.run();
    harness.key_press(Key::ArrowRight);
    harness.run();
    assert_eq!(draft(&harness).scaling, Scaling::Between(0.76));
    for _ in 0..2 {
        harness.key_press(Key::ArrowLeft);
        harness.run();
    }
    assert_eq!(draft(&harness).scaling, Scaling::Between(0.74));
}

#[test]
fn a_number_off_the_line_is_refused_in_words() {
    let mut harness = shown("(scaling: Ntk)");
    let number = harness.get_by_role_and_label(Role::SpinButton, SLIDER);
    number.set_value_accesskit(0.4);
    harness.run();
    let error = harness.state().draft.error.clone().expect("it is refused");
    assert!(
        error.message.contains("the nearest is Between(0.5)"),
        "{}",
        error.message
    );
    harness.get_by_label(&error.message);
}

/// The window of the preset whose arms are ours, NTK and MF.
fn arms_window() -> (Harness<'static, App>, Scripted) {
    let (mut harness, trainer) = window([1280.0, 1600.0]);
    harness.run();
    (harness, trainer)
}

#[test]
fn where_the_arms_vary_the_scaling_the_slider_moves_one_more_arm() {
    let (mut harness, trainer) = arms_window();
    let before = draft(&harness);
    slide(&mut harness, 0.75);
    assert_eq!(arms(&harness), ["ours", "NTK", "MF", "γ = 0.75"]);
    slide(&mut harness, 0.6);
    assert_eq!(arms(&harness), ["ours", "NTK", "MF", "γ = 0.6"]);
    {
        let script = trainer.0.borrow();
        let last = &script.loads.last().expect("it runs").0;
        let scalings: Vec<String> = last.arms.iter().map(|a| text(&a.preset.scaling)).collect();
        assert_eq!(scalings, ["Ours", "Ntk", "MeanField", "Between(0.6)"]);
    }
    let with_arm = draft(&harness);
    harness.get_by_label("Take γ = 0.6 away").click();
    harness.run();
    assert_eq!(draft(&harness), before);
    // Taking away and moving are changes of their own.
    harness.state_mut().apply(Action::Undo);
    assert_eq!(draft(&harness), with_arm);
    harness.state_mut().apply(Action::Undo);
    assert_eq!(draft(&harness), before);
}

#[test]
fn a_drag_adds_one_arm_though_the_list_of_arms_grows_meanwhile() {
    let (mut harness, trainer) = arms_window();
    let from = point(&harness, 0.1);
    harness.drag_at(from);
    harness.run();
    trainer.record(2, &[1]);
    harness.run();
    let (step, to) = (point(&harness, 0.5), point(&harness, 0.9));
    for at in [step, to] {
        harness.hover_at(at);
        harness.run();
    }
    harness.drop_at(to);
    harness.run();
    let names = arms(&harness);
    assert_eq!(names.len(), 4, "{names:?}");
    let gamma: Option<f64> = names[3].strip_prefix("γ = ").and_then(|g| g.parse().ok());
    assert!(gamma.is_some_and(|g| g > 0.9 && g < 1.0), "{names:?}");
}

#[test]
fn the_named_choices_stay_readable_where_the_arms_vary_them() {
    let (mut harness, _) = arms_window();
    harness.get_by_label("ours, NTK, MF");
    slide(&mut harness, 0.75);
    harness.get_by_label("ours, NTK, γ, MF");
}
