//! The panels of a sweep in their states, against stored pictures.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use widescope::claim::Verdict;
use widescope::figure::{Curves, CurvesOptions, Phase, PhaseOptions, Story, cell_words};
use widescope::history::RunHistory;
use widescope::render::{Bitmap, PictureOptions, picture};
use widescope::spec::{PanelKind, SweepValue};
use widescope::sweep::{TrialEnd, TrialResult, Unit};
use widescope::ui::action::{Action, SweepAction};
use widescope::ui::panel::{LogAxis, PanelInput, PanelState, SweepChoice, panel_ui};
use widescope::ui::{App, SweepState, SweepView, Theme};

use crate::fake_sweep::{self, ARMS, CURVES, GRID, view};
use crate::snapshot::snapshot;

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

/// Draws the panel of a sweep.
pub fn draw(sweep: &SweepView, theme: &Theme, size: [f32; 2], state: &mut PanelState) -> Bitmap {
    let history = RunHistory::default();
    let setup = |context: &egui::Context| theme.apply(context);
    let options = PictureOptions::new(size[0], size[1]);
    let drawn = picture(&options, setup, |ui| {
        egui::CentralPanel::default().show(ui, |ui| {
            let input = input(sweep, &history, theme);
            panel_ui(ui, kind(sweep), input, state, &mut Vec::new());
        });
    });
    drawn.expect("a picture").to_bitmap()
}

pub const SIZE: [f32; 2] = [560.0, 420.0];

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
        sweep: SweepChoice {
            value: Some(SweepValue::Steps),
            log_x: LogAxis(Some(true)),
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
        sweep: SweepChoice {
            log_x: LogAxis(Some(false)),
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
            for log in [None, Some(true), Some(false)].map(LogAxis) {
                let choice = SweepChoice {
                    value: Some(SweepValue::Steps),
                    log_x: log,
                    log_y: log,
                    log_value: log,
                };
                let mut state = PanelState {
                    sweep: choice,
                    ..PanelState::default()
                };
                state.shared.hidden_arms.insert(1);
                draw(&sweep, &Theme::dark(), size, &mut state);
            }
        }
    }
}

/// A panel in a harness; fonts are there from the second frame on.
struct Shown {
    fonts: bool,
    state: PanelState,
    actions: Vec<Action>,
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
            &mut shown.actions,
        );
    };
    let shown = Shown {
        fonts: false,
        state: PanelState::default(),
        actions: Vec::new(),
    };
    let mut harness = Harness::builder()
        .with_size(SIZE)
        .build_ui_state(draw, shown);
    harness.run();
    harness
}

/// What was asked of the sweep last.
fn asked_of_sweep(harness: &Harness<'_, Shown>) -> Option<SweepAction> {
    match harness.state().actions.last()? {
        Action::Sweep(action) => Some(*action),
        _ => None,
    }
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
    let action = asked_of_sweep(&harness);
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
        asked_of_sweep(&harness)
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
    let choice = &harness.state().state.sweep;
    assert_eq!(choice.value, Some(SweepValue::Success));
    assert_eq!(choice.log_x, LogAxis(Some(false)));
}

fn phase(sweep: &SweepView, value: SweepValue) -> Phase {
    let options = PhaseOptions {
        arm: 0,
        value,
        log: [None; 3],
    };
    Phase::new(&sweep.plan, &sweep.table, &options).expect("two axes")
}

#[test]
fn cells_have_the_colour_of_their_trials() {
    let sweep = at_work();
    let phase = phase(&sweep, SweepValue::Success);
    let cells = phase.cells().expect("cells");
    assert_eq!(cells.fills.len(), sweep.plan.cells());
    let (mut missing, mut bad) = (0, 0);
    for (cell, fill) in cells.fills.iter().enumerate() {
        let results: Vec<_> = sweep.table.of_cell(cell).collect();
        let counted = results
            .iter()
            .filter(|r| !matches!(r.end, TrialEnd::Failed(_)));
        let reached = results
            .iter()
            .filter(|r| r.end == TrialEnd::Reached)
            .count();
        let count = counted.count();
        let share = (count > 0).then(|| reached as f64 / count as f64);
        assert_eq!(
            (fill.share, fill.known),
            (share, !results.is_empty()),
            "{cell}"
        );
        missing += usize::from(!fill.known);
        bad += usize::from(fill.bad);
    }
    assert!(missing > 5 && bad == 4, "{missing} {bad}");
    let middle = phase.cell_at([7.0, 3.2]).expect("a cell");
    assert_eq!((middle.x, middle.y), (6, 2));
    assert_eq!(phase.cell_at([0.2, 3.0]), None);
}

#[test]
fn the_transition_is_where_the_formulas_have_it() {
    let phase = phase(&view(GRID, |_| true), SweepValue::Steps);
    // ln(kd/40) = 0.1, and n is 30.
    let expected = 40.0 / 30.0 * 0.1_f64.exp();
    let text = &phase.keys[1].text;
    let number = text
        .strip_prefix("kd = n: ½ at ")
        .and_then(|t| t.split(' ').next());
    let found: f64 = number.and_then(|t| t.parse().ok()).expect(text);
    assert!((found - expected).abs() < 0.06, "{text}: {expected}");
    assert_eq!(phase.log, [Some(false), Some(false), Some(true)]);
}

#[test]
fn curves_have_the_slope_of_their_formula() {
    let sweep = view(CURVES, |_| true);
    let options = CurvesOptions {
        value: SweepValue::Measure("movement".to_owned()),
        log: [None; 2],
        hidden: &[2].into(),
    };
    let curves = Curves::new(&sweep.plan, &sweep.table, &options, None);
    for row in &curves.rows {
        let slope = row.slope.expect("six positive points");
        assert!(
            (slope.fit.slope + 0.5).abs() < 0.02,
            "{}: {slope:?}",
            row.label
        );
    }
    assert!(curves.rows[2].hidden && curves.points.len() == 12);
    assert_eq!(curves.log, [Some(true), Some(true)]);
}

#[test]
fn a_cell_is_told_with_its_interval_and_its_faults() {
    let sweep = at_work();
    let words = |cell| cell_words(&sweep.plan, &sweep.table, cell, &SweepValue::Success);
    let failed = words(30);
    assert!(
        failed.contains("5 failed") && failed.contains("allowed: from 4"),
        "{failed}"
    );
    assert!(
        words(3).contains("success 0.00, 0.00 to 0.43"),
        "{}",
        words(3)
    );
    assert!(words(3).contains("5 of 5 trials: 0 reached the limit, 5 diverged"));
    let whole = view(GRID, |_| true);
    let last = cell_words(&whole.plan, &whole.table, 143, &SweepValue::Steps);
    assert!(
        last.contains("m = 12, d = 12") && last.contains("median and quartiles"),
        "{last}"
    );
}

#[test]
fn claims_on_a_sweep_are_decided_once_it_is_complete() {
    let claim = r#"claims: [(name: "above the line", expect: Sweep(Transition(along: "kd = n", at_least: 1.0)))],
    sweep: ("#;
    let text = GRID.replace("sweep: (", claim);
    let story = |sweep: &SweepView| {
        let experiment = sweep.plan.experiment();
        let story = Story::new(experiment, &RunHistory::default());
        let story = story.with_sweep(experiment, &sweep.plan, &sweep.table);
        story.claims[0].verdict
    };
    assert_eq!(
        story(&view(&text, |number| number > 0)),
        Verdict::NotReached
    );
    assert_eq!(story(&view(&text, |_| true)), Verdict::Pass);
}
