//! The sweep beside the run, with the real workers.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui_kittest::kittest::Queryable;

use crate::preset::{Edit, Experiment, parse};
use crate::spec::Quantity;
use crate::sweep::{SweepEvent, Table, Unit, run_sweep};
use crate::task::Cancel;
use crate::ui::App;
use crate::ui::action::{Action, ArmAction, SweepAction};
use crate::ui::sweep_view::{SweepState, SweepView};
use crate::worker::{SweepWorker, Worker};

/// Time after which a test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// Four cells of three trials, in two arms.
const SMALL: &str = r#"(
    data: Sphere(d: 4, n: 10, n_test: 0, labels: Normal(std: 1.0)),
    network: (width: 4, activation: Softplus),
    scaling: Standard,
    init: (output: SignedHalves),
    train: (method: GradientDescent(step: 0.15), stop: (steps: 200, relative_error: 0.3)),
    axes: [
        (field: "network.activation", values: [Softplus, Tanh]),
        (field: "network.width", values: [2, 6], show: Grid),
        (field: "data.d", values: [2, 5], show: Grid),
    ],
    sweep: (trials: 3, measures: [(name: "final_error", of: "relative_error", at: End)]),
    observe: (observables: [Loss, NtkChange]),
)"#;

fn experiment(text: &str) -> Experiment {
    let preset = parse(text).unwrap_or_else(|error| panic!("{error}"));
    Experiment::check(preset, "small", ".".into()).unwrap_or_else(|error| panic!("{error}"))
}

fn window(text: &str) -> App {
    let worker = Worker::spawn(|| ()).expect("a thread");
    let sweeper = SweepWorker::new(2, || ());
    App::new(experiment(text), Box::new(worker)).with_sweeper(Box::new(sweeper))
}

fn wait(app: &mut App, until: impl Fn(&App) -> bool) {
    let began = Instant::now();
    while !until(app) {
        assert!(began.elapsed() < PATIENCE, "waited in vain");
        std::thread::sleep(Duration::from_millis(2));
        app.logic();
    }
}

fn sweep(app: &App) -> &SweepView {
    app.sweep.as_ref().expect("a sweep")
}

fn finish(app: &mut App) {
    wait(app, |app| sweep(app).state == SweepState::Finished);
}

/// The run shown is over.
fn is_over(app: &App) -> bool {
    let arms = app.shown.history.arms();
    app.next.is_none() && !arms.is_empty() && arms.iter().all(|arm| arm.outcome.is_some())
}

fn edit(app: &mut App, path: &str, text: &str) {
    app.apply(Action::Edit(Edit::new(path, text)));
}

#[test]
fn an_opened_trial_is_the_run_of_the_sweep_bit_by_bit() {
    let mut app = window(SMALL);
    finish(&mut app);
    let (id, version) = (sweep(&app).id, sweep(&app).table.version());
    for (cell, trial) in [(0, 0), (3, 2), (6, 1)] {
        let unit = Unit { cell, trial };
        app.apply(Action::Sweep(SweepAction::Open(unit)));
        let seed = sweep(&app).plan.seed(unit);
        wait(&mut app, |app| {
            is_over(app) && app.shown.experiment.preset.seed == seed
        });
        let view = sweep(&app);
        assert_eq!(view.opened, Some(unit));
        // All arms of the cell, each the trial of its own cell.
        let place = view.plan.cell(cell);
        for (arm, run) in app.shown.history.arms().iter().enumerate() {
            let cell = view.plan.index(crate::sweep::Cell { arm, ..place });
            let result = view.table.get(Unit { cell, trial }).expect("a result");
            let last = run.last().expect("a record");
            assert_eq!(last.step, result.steps);
            let error = last.get(Quantity::RelativeError).map(f64::to_bits);
            assert_eq!(error, result.values[0].map(f64::to_bits), "arm {arm}");
        }
    }
    assert_eq!((sweep(&app).id, sweep(&app).table.version()), (id, version));
}

#[test]
fn only_a_change_of_the_trials_begins_the_sweep_anew() {
    let mut app = window(SMALL);
    finish(&mut app);
    let first = sweep(&app).id;
    let unit = Unit { cell: 1, trial: 1 };
    app.apply(Action::Sweep(SweepAction::Open(unit)));
    // A field of an axis, and the seed of an opened trial, are none of the sweep's.
    edit(&mut app, "network.width", "9");
    assert_eq!((sweep(&app).id, sweep(&app).opened), (first, None));
    let seed = app.draft.preset.seed + 1;
    edit(&mut app, "seed", &seed.to_string());
    app.apply(Action::Restart);
    assert_eq!(sweep(&app).id, first);
    app.apply(Action::Undo);
    app.apply(Action::Undo);
    assert_eq!((sweep(&app).id, sweep(&app).opened), (first, Some(unit)));
    let seeds = sweep(&app).plan.seed(unit);
    edit(&mut app, "train.stop.steps", "100");
    assert!(sweep(&app).id > first && sweep(&app).opened.is_none());
    assert_eq!(
        sweep(&app).plan.seed(unit),
        seeds,
        "the seeds are still the preset's"
    );
    assert_eq!(sweep(&app).plan.experiment().preset.train.stop.steps, 100);
    finish(&mut app);
}

#[test]
fn a_preset_without_a_sweep_ends_it() {
    let mut app = window(SMALL);
    app.apply(Action::Load("oymak-one-cell".to_owned()));
    assert!(app.sweep.is_none());
    app.logic();
    assert!(app.sweep.is_none());
}

/// As [`SMALL`], with more trials than are done in a moment.
fn long() -> String {
    SMALL.replace("trials: 3", "trials: 400")
}

#[test]
fn a_stopped_sweep_keeps_its_results_and_goes_on() {
    let mut app = window(&long());
    wait(&mut app, |app| sweep(app).table.done() >= 10);
    assert!(sweep(&app).progress.is_some_and(|p| p.units == 3200));
    app.apply(Action::Sweep(SweepAction::Stop));
    assert_eq!(sweep(&app).state, SweepState::Stopping);
    wait(&mut app, |app| sweep(app).state == SweepState::Stopped);
    let kept = sweep(&app).table.done();
    assert!((10..3200).contains(&kept), "{kept}");
    std::thread::sleep(Duration::from_millis(50));
    app.logic();
    assert_eq!(sweep(&app).table.done(), kept, "nothing is at work");
    app.apply(Action::Sweep(SweepAction::Start));
    wait(&mut app, |app| sweep(app).table.done() > kept + 10);
}

#[test]
fn a_run_goes_on_beside_a_sweep_and_both_end_with_the_window() {
    let mut app = window(&long());
    wait(&mut app, |app| sweep(app).table.done() >= 3 && is_over(app));
    assert!(sweep(&app).is_at_work(), "the sweep is longer than the run");
    let began = Instant::now();
    drop(app);
    assert!(began.elapsed() < Duration::from_secs(2));
}

/// Valid at every value of either axis, but not in the cell of two outputs and signed halves.
const BAD_CELL: &str = r#"(
    data: Sphere(d: 4, n: 10, n_test: 0, labels: Normal(std: 1.0), outputs: 1),
    network: (width: 4, activation: Softplus),
    init: (output: Gaussian(1.0)),
    train: (method: GradientDescent(step: 0.01), stop: (steps: 5)),
    axes: [
        (field: "data.outputs", values: [1, 2], show: Grid),
        (field: "init.output", values: [Gaussian(1.0), SignedHalves], show: Grid),
    ],
    sweep: (trials: 2),
    observe: (observables: [Loss]),
)"#;

#[test]
fn a_sweep_that_cannot_begin_says_why() {
    let mut app = window(BAD_CELL);
    wait(&mut app, |app| !sweep(app).is_at_work());
    let SweepState::Failed(message) = &sweep(&app).state else {
        panic!("{:?}", sweep(&app).state)
    };
    assert!(message.contains("SignedHalves"), "{message}");
}

/// A double holds no more than the first 53 bits of a trial's seed.
#[test]
fn the_seed_of_an_opened_trial_is_shown_and_kept_whole() {
    let trainer = super::fixture::Scripted::default();
    let app = App::new(experiment(SMALL), Box::new(trainer.clone()));
    let mut harness = super::fixture::harness(app, [1280.0, 720.0]);
    let unit = Unit { cell: 1, trial: 1 };
    let seed = sweep(harness.state()).plan.seed(unit);
    assert!(seed as f64 as u64 != seed, "{seed}");
    harness
        .state_mut()
        .apply(Action::Sweep(SweepAction::Open(unit)));
    harness.run();
    let field = harness.get_by_role_and_label(egui::Role::SpinButton, "seed");
    let shown: String = field.value().unwrap_or_default();
    let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
    assert_eq!(digits, seed.to_string());
    field.click();
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert_eq!(harness.state().draft.preset.seed, seed);
    assert_eq!(trainer.0.borrow().loads.len(), 2, "nothing was changed");
}

#[test]
fn a_sweep_goes_on_where_its_arms_are_named_and_moved() {
    let mut app = window(SMALL);
    wait(&mut app, |app| sweep(app).table.done() > 0);
    let run = app.shown.id;
    let before = app.draft.preset.clone();
    app.apply(Action::Arm(ArmAction::Rename(1, "smooth".into())));
    app.apply(Action::Arm(ArmAction::Shift { arm: 1, up: true }));
    assert_eq!(app.draft.error, None);
    let plan = Arc::clone(&sweep(&app).plan);
    assert_eq!(plan.arm_label(0), "smooth");
    app.apply(Action::Sweep(SweepAction::Stop));
    wait(&mut app, |app| !sweep(app).is_at_work());
    app.apply(Action::Sweep(SweepAction::Start));
    finish(&mut app);
    assert_eq!(app.shown.id, run, "the run goes on");
    assert!(
        Arc::ptr_eq(&sweep(&app).plan, &plan),
        "and so does the sweep"
    );
    // Each result stands with its arm, as a sweep in this order has it from the start.
    let units: Vec<usize> = (0..plan.units()).collect();
    let mut alone = Table::new(&plan);
    let mut tell = |event| {
        if let SweepEvent::Done(result) = event {
            alone.insert(result);
        }
    };
    let ended = run_sweep(
        &plan,
        Table::new(&plan),
        &units,
        2,
        &Cancel::new(),
        &mut tell,
    );
    assert!(ended.is_ok());
    let told = |table: &Table| -> Vec<String> {
        table
            .results()
            .map(|result| format!("{result:?}"))
            .collect()
    };
    assert_eq!(told(&sweep(&app).table), told(&alone));
    for _ in 0..2 {
        app.apply(Action::Undo);
    }
    assert_eq!(app.draft.preset, before);
    assert!(
        sweep(&app).table.is_complete(),
        "nothing is carried out anew"
    );
    assert_eq!(app.shown.id, run);
}
