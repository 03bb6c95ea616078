//! What clicks and drags in the loss panel change.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use widescope::figure::Clock;
use widescope::preset::Experiment;
use widescope::spec::PanelKind;
use widescope::ui::Theme;
use widescope::ui::panel::{PanelInput, PanelState, panel_ui};

use super::scene::THREE;
use crate::fake_run;

/// The loss panel in a harness; fonts are there from the second frame on.
struct Shown {
    fonts: bool,
    state: PanelState,
}

fn loss_harness(state: PanelState) -> Harness<'static, Shown> {
    loss_harness_of(fake_run::experiment(&THREE), state)
}

fn loss_harness_of(experiment: Experiment, state: PanelState) -> Harness<'static, Shown> {
    let history = fake_run::finished(&experiment);
    let theme = Theme::dark();
    let draw = move |ui: &mut egui::Ui, shown: &mut Shown| {
        if !std::mem::replace(&mut shown.fonts, true) {
            theme.apply(ui.ctx());
            return;
        }
        let input = PanelInput {
            experiment: &experiment,
            history: &history,
            cursor: 1000,
            live: false,
            sweep: None,
            theme: &theme,
        };
        panel_ui(ui, PanelKind::Loss, input, &mut shown.state);
    };
    let fonts = false;
    let builder = Harness::builder().with_size([560.0, 380.0]);
    let mut harness = builder.build_ui_state(draw, Shown { fonts, state });
    harness.run();
    harness
}

#[test]
fn switches_and_names_change_the_state() {
    let mut harness = loss_harness(PanelState::default());
    harness.get_by_label("log x").click();
    harness.get_by_label("Ntk").click();
    harness.run();
    let state = &harness.state().state;
    assert!(!state.loss_log_x && state.loss_log_y);
    assert!(state.hidden_arms.contains(&1));
    harness.get_by_label("Ntk").click();
    harness.run();
    assert!(harness.state().state.hidden_arms.is_empty());
}

#[test]
fn the_bounds_and_the_clock_can_be_switched() {
    let mut harness = loss_harness(PanelState::default());
    harness.get_by_label("Thm 3.2");
    harness.get_by_label("bounds").click();
    harness.get_by_label("time t").click();
    harness.run();
    let state = &harness.state().state;
    assert!(!state.bounds && state.clock == Some(Clock::Time));
    assert!(harness.query_by_label("Thm 3.2").is_none());
}

#[test]
fn arms_with_different_steps_start_on_time_until_the_user_chooses() {
    let mut experiment = fake_run::experiment(&THREE);
    let method = &mut experiment.arms[1].preset.train.method;
    *method = method.with_step(3.0);
    let mut harness = loss_harness_of(experiment, PanelState::default());
    harness.get_by_label("time t").click();
    harness.run();
    assert_eq!(harness.state().state.clock, Some(Clock::Steps));
}

#[test]
fn dragging_in_the_loss_curves_asks_for_a_step() {
    let mut harness = loss_harness(PanelState {
        loss_log_x: false,
        ..PanelState::default()
    });
    harness.drag_at(egui::pos2(150.0, 220.0));
    harness.run();
    harness.hover_at(egui::pos2(300.0, 220.0));
    harness.run();
    let near = harness.state().state.seek;
    harness.hover_at(egui::pos2(400.0, 220.0));
    harness.run();
    let far = harness.state().state.seek;
    let ordered = near.is_some() && near < far && far <= Some(fake_run::STEPS);
    assert!(ordered, "{near:?} {far:?}");
}
