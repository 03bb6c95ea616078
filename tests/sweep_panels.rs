//! The panels of a sweep in their states, against stored pictures.
#![cfg(feature = "render")]

#[path = "support/fake_sweep.rs"]
mod fake_sweep;
#[path = "support/snapshot.rs"]
mod snapshot;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use fake_sweep::{ARMS, CURVES, GRID, view};
use snapshot::snapshot;
use widescope::history::RunHistory;
use widescope::preset::{PanelKind, SweepValue};
use widescope::render::{Bitmap, PictureOptions, picture};
use widescope::sweep::{TrialEnd, TrialResult, Unit};
use widescope::ui::action::SweepAction;
use widescope::ui::panel::{PanelInput, PanelState, SweepChoice, panel_ui};
use widescope::ui::{App, SweepState, SweepView, Theme};

fn input<'a>(sweep: &'a SweepView, history: &'a RunHistory, theme: &'a Theme) -> PanelInput<'a> {
    PanelInput {
        experiment: sweep.plan.experiment(),
        history,
        cursor: 0,
        live: true,
        sweep: Some(sweep),
        theme,
    }
}

fn kind(sweep: &SweepView) -> PanelKind {
    match sweep.plan.y() {
        Some(_) => PanelKind::Phase,
        None => PanelKind::Curves,
    }
}

fn draw(sweep: &SweepView, theme: &Theme, size: [f32; 2], state: &mut PanelState) -> Bitmap {
    let history = RunHistory::default();
    let setup = |context: &egui::Context| theme.apply(context);
    let options = PictureOptions::new(size[0], size[1]);
    let drawn = picture(&options, setup, |ui| {
        egui::CentralPanel::default().show(ui, |ui| {
            panel_ui(ui, kind(sweep), input(sweep, &history, theme), state);
        });
    });
    drawn.expect("a picture").to_bitmap()
}

const SIZE: [f32; 2] = [560.0, 420.0];

#[test]
fn finished_sweeps_look_as_stored() {
    for (name, theme) in [("dark", Theme::dark()), ("light", Theme::light())] {
        for (panel, text) in [("phase", GRID), ("phase-arms", ARMS), ("curves", CURVES)] {
            let sweep = view(text, |_| true);
            let bitmap = draw(&sweep, &theme, SIZE, &mut PanelState::default());
            snapshot(&format!("panel-{panel}-{name}"), &bitmap);
        }
    }
}

/// A sweep at work, with a few cells that went wrong.
fn at_work() -> SweepView {
    let mut sweep = view(GRID, |number| {
        number % 5 == 0 && number < 500 || number % 7 == 3
    });
    let plan = sweep.plan.clone();
    for (cell, end) in [
        (3, TrialEnd::Diverged),
        (70, TrialEnd::Diverged),
        (140, TrialEnd::Diverged),
        (
            30,
            TrialEnd::Failed("data.d = 3: allowed: from 4".to_owned()),
        ),
    ] {
        for trial in 0..5 {
            let unit = Unit { cell, trial };
            sweep.table.insert(TrialResult {
                unit,
                seed: plan.seed(unit),
                end: end.clone(),
                steps: 17,
                values: vec![None],
            });
        }
    }
    sweep.state = SweepState::Running;
    sweep.opened = Some(Unit { cell: 65, trial: 2 });
    sweep
}

#[test]
fn a_sweep_at_work_shows_what_is_missing_and_what_went_wrong() {
    let sweep = at_work();
    for (name, theme) in [("dark", Theme::dark()), ("light", Theme::light())] {
        let bitmap = draw(&sweep, &theme, SIZE, &mut PanelState::default());
        snapshot(&format!("panel-phase-at-work-{name}"), &bitmap);
    }
    let mut state = PanelState {
        sweep_choice: SweepChoice {
            value: Some(SweepValue::Steps),
            log_x: Some(true),
            ..SweepChoice::default()
        },
        ..PanelState::default()
    };
    let bitmap = draw(&sweep, &Theme::dark(), SIZE, &mut state);
    snapshot("panel-phase-steps-log", &bitmap);
}

#[test]
fn curves_of_part_of_the_trials_look_as_stored() {
    let mut sweep = view(CURVES, |number| number % 3 != 1 && number < 80);
    sweep.opened = Some(Unit { cell: 3, trial: 0 });
    let mut state = PanelState {
        sweep_choice: SweepChoice {
            log_x: Some(false),
            ..SweepChoice::default()
        },
        ..PanelState::default()
    };
    let bitmap = draw(&sweep, &Theme::light(), SIZE, &mut state);
    snapshot("panel-curves-stopped", &bitmap);
}

#[test]
fn before_the_first_trial_and_after_a_fault_it_says_so() {
    let mut sweep = view(GRID, |_| false);
    sweep.state = SweepState::Failed("sweep: one trial needs about 3 GiB".to_owned());
    let bitmap = draw(
        &sweep,
        &Theme::dark(),
        [420.0, 300.0],
        &mut PanelState::default(),
    );
    snapshot("panel-phase-failed", &bitmap);
    let sweep = view(CURVES, |_| false);
    let bitmap = draw(
        &sweep,
        &Theme::light(),
        [420.0, 300.0],
        &mut PanelState::default(),
    );
    snapshot("panel-curves-empty", &bitmap);
}

#[test]
fn a_window_with_a_sweep_is_tiled() {
    for (name, size, theme) in [
        ("dark", [1280.0, 720.0], Theme::dark()),
        ("light", [1600.0, 1000.0], Theme::light()),
    ] {
        let sweep = at_work();
        let experiment = sweep.plan.experiment().clone();
        let choice = match theme.dark {
            true => widescope::ui::theme::ThemeChoice::Dark,
            false => widescope::ui::theme::ThemeChoice::Light,
        };
        let app = App::with_history(experiment, RunHistory::default());
        let mut app = app.with_theme(choice).with_sweep(sweep);
        let setup = |context: &egui::Context| theme.apply(context);
        let options = PictureOptions::new(size[0], size[1]);
        let drawn = picture(&options, setup, |ui| app.ui(ui)).expect("a picture");
        snapshot(&format!("window-sweep-{name}"), &drawn.to_bitmap());
    }
}

#[test]
fn no_size_or_state_fails() {
    for sweep in [
        view(GRID, |_| false),
        at_work(),
        view(CURVES, |n| n % 2 == 0),
    ] {
        for size in [[20.0, 20.0], [120.0, 700.0], [900.0, 90.0]] {
            for log in [None, Some(true), Some(false)] {
                let choice = SweepChoice {
                    value: Some(SweepValue::Steps),
                    log_x: log,
                    log_y: log,
                    log_value: log,
                };
                let mut state = PanelState {
                    sweep_choice: choice,
                    hidden_arms: [1].into(),
                    ..PanelState::default()
                };
                draw(&sweep, &Theme::dark(), size, &mut state);
            }
        }
    }
}

/// A panel in a harness; fonts are there from the second frame on.
struct Shown {
    fonts: bool,
    state: PanelState,
}

fn harness(sweep: SweepView) -> Harness<'static, Shown> {
    let (theme, history) = (Theme::dark(), RunHistory::default());
    let draw = move |ui: &mut egui::Ui, shown: &mut Shown| {
        if !std::mem::replace(&mut shown.fonts, true) {
            theme.apply(ui.ctx());
            return;
        }
        panel_ui(
            ui,
            kind(&sweep),
            input(&sweep, &history, &theme),
            &mut shown.state,
        );
    };
    let shown = Shown {
        fonts: false,
        state: PanelState::default(),
    };
    let mut harness = Harness::builder()
        .with_size(SIZE)
        .build_ui_state(draw, shown);
    harness.run();
    harness
}

#[test]
fn clicking_a_cell_asks_for_its_first_trial() {
    let mut harness = harness(view(GRID, |_| true));
    let at = egui::pos2(250.0, 200.0);
    harness.hover_at(at);
    harness.run();
    harness.drag_at(at);
    harness.drop_at(at);
    harness.run();
    let action = harness.state().state.sweep_action;
    let Some(SweepAction::Open(Unit { cell, trial: 0 })) = action else {
        panic!("{action:?}")
    };
    // Near the middle of both axes.
    let place = fake_sweep::plan(GRID).cell(cell);
    assert!(
        (4..8).contains(&place.x) && (4..8).contains(&place.y),
        "{place:?}"
    );
}

#[test]
fn buttons_step_through_the_trials_and_stop_the_sweep() {
    let mut harness = harness(at_work());
    let mut press = |name: &str| {
        harness.get_by_label(name).click();
        harness.run();
        harness.state().state.sweep_action
    };
    assert_eq!(press("Stop the sweep"), Some(SweepAction::Stop));
    let open = |trial| Some(SweepAction::Open(Unit { cell: 65, trial }));
    assert_eq!(press("next"), open(3));
    assert_eq!(press("previous"), open(1));
}

#[test]
fn values_and_scales_are_switched() {
    let mut harness = harness(view(ARMS, |_| true));
    harness.get_by_label("success").click();
    harness.get_by_label("log x").click();
    harness.run();
    let choice = &harness.state().state.sweep_choice;
    assert_eq!(choice.value, Some(SweepValue::Success));
    assert_eq!(choice.log_x, Some(false));
}
