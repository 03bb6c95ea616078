//! What clicks and drags in the loss panel change.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use widescope::figure::Clock;
use widescope::preset::Experiment;
use widescope::spec::PanelKind;
use widescope::ui::Theme;
use widescope::ui::action::Action;
use widescope::ui::panel::{LogAxis, PanelInput, PanelState, panel_ui};

use super::scene::THREE;
use crate::fake_run;

/// The loss panel in a harness; fonts are there from the second frame on.
struct Shown {
    fonts: bool,
    state: PanelState,
    actions: Vec<Action>,
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
        let Shown { state, actions, .. } = shown;
        panel_ui(ui, PanelKind::Loss, input, state, actions);
    };
    let shown = Shown {
        fonts: false,
        state,
        actions: Vec::new(),
    };
    let builder = Harness::builder().with_size([560.0, 380.0]);
    let mut harness = builder.build_ui_state(draw, shown);
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
    assert_eq!(state.shared.time.log, LogAxis(Some(false)));
    assert_eq!(state.loss.log_y, LogAxis(None));
    assert!(state.shared.hidden_arms.contains(&1));
    harness.get_by_label("Ntk").click();
    harness.run();
    assert!(harness.state().state.shared.hidden_arms.is_empty());
}

#[test]
fn the_bounds_and_the_clock_can_be_switched() {
    let mut harness = loss_harness(PanelState::default());
    assert!(harness.query_by_label("Du Thm 3.2").is_none());
    harness.get_by_label("bounds").click();
    harness.get_by_label("time t").click();
    harness.run();
    let state = &harness.state().state;
    assert!(state.shared.bounds && state.shared.time.clock == Some(Clock::Time));
    harness.get_by_label("Du Thm 3.2");
}

#[test]
fn arms_with_different_steps_start_on_time_until_the_user_chooses() {
    let mut experiment = fake_run::experiment(&THREE);
    let method = &mut experiment.arms[1].preset.train.method;
    *method = method.with_step(3.0);
    let mut harness = loss_harness_of(experiment, PanelState::default());
    harness.get_by_label("time t").click();
    harness.run();
    assert_eq!(harness.state().state.shared.time.clock, Some(Clock::Steps));
}

/// The step that was asked for last.
fn asked_step(harness: &Harness<'_, Shown>) -> Option<u64> {
    match harness.state().actions.last()? {
        Action::Seek(step) => Some(*step),
        _ => None,
    }
}

#[test]
fn dragging_in_the_loss_curves_asks_for_a_step() {
    let mut state = PanelState::default();
    state.shared.time.log = LogAxis(Some(false));
    let mut harness = loss_harness(state);
    harness.drag_at(egui::pos2(150.0, 220.0));
    harness.run();
    harness.hover_at(egui::pos2(300.0, 220.0));
    harness.run();
    let near = asked_step(&harness);
    harness.hover_at(egui::pos2(400.0, 220.0));
    harness.run();
    let far = asked_step(&harness);
    let ordered = near.is_some() && near < far && far <= Some(fake_run::STEPS);
    assert!(ordered, "{near:?} {far:?}");
}
