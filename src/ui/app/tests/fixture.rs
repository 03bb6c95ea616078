//! A window with a scripted trainer, and a recorded run.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use egui::{Ui, Vec2};
use egui_kittest::Harness;

use crate::history::{ArmFacts, EventKind, Outcome, RunHistory, StopReason};
use crate::observe::Record;
use crate::preset::{Edit, Experiment, library};
use crate::spec::Quantity;
use crate::ui::App;
use crate::ui::action::Action;
use crate::ui::runner::Runner;
use crate::worker::{Activity, Command, Event, RunId, Snapshot};

/// What the window asked of the trainer, and what it will be told.
#[derive(Default)]
pub struct Script {
    pub loads: Vec<(Arc<Experiment>, bool)>,
    pub commands: Vec<Command>,
    /// How often the run was given up without another.
    pub unloads: usize,
    pub events: Vec<Event>,
    pub snapshot: Snapshot,
}

#[derive(Clone, Default)]
pub struct Scripted(pub Rc<RefCell<Script>>);

impl Runner for Scripted {
    fn load(&mut self, experiment: Arc<Experiment>, play: bool) -> RunId {
        let mut script = self.0.borrow_mut();
        script.loads.push((experiment, play));
        RunId(script.loads.len() as u64)
    }

    fn unload(&mut self) {
        self.0.borrow_mut().unloads += 1;
    }

    fn send(&mut self, command: Command) -> Result<(), String> {
        self.0.borrow_mut().commands.push(command);
        Ok(())
    }

    fn events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.0.borrow_mut().events)
    }

    fn snapshot(&mut self) -> Arc<Snapshot> {
        Arc::new(self.0.borrow().snapshot.clone())
    }
}

impl Scripted {
    /// Run `run` starts and records these steps in every arm.
    pub fn record(&self, run: u64, steps: &[u64]) {
        let arms = self
            .0
            .borrow()
            .loads
            .last()
            .map_or(1, |(experiment, _)| experiment.arms.len());
        for &step in steps {
            for arm in 0..arms {
                self.tell(
                    run,
                    EventKind::Recorded {
                        arm,
                        record: Arc::new(record(arm, step)),
                    },
                );
            }
        }
        let activity = Activity::Paused;
        self.0.borrow_mut().snapshot = Snapshot {
            run: RunId(run),
            activity,
            step: 0,
            last_step: 20_000,
            ..Snapshot::default()
        };
    }

    pub fn tell(&self, run: u64, kind: EventKind) {
        self.0.borrow_mut().events.push(Event {
            run: RunId(run),
            kind,
        });
    }
}

pub fn experiment() -> Experiment {
    library::load("lazy-vs-feature").unwrap()
}

/// A measurement with some numbers in it.
pub fn record(arm: usize, step: u64) -> Record {
    let loss = 0.5 * (-(step as f64) * [2e-3, 5e-4, 3e-3][arm % 3]).exp() + 1e-6;
    Record {
        step,
        time: step as f64 / 600.0,
        scalars: [
            (Quantity::TrainLoss, loss),
            (Quantity::TestLoss, 0.1 + loss),
        ]
        .into(),
        singular_values: Some((1..=40).map(|i| 10.0 / f64::from(i)).collect()),
        ..Record::default()
    }
}

pub fn facts(label: &str) -> ArmFacts {
    ArmFacts {
        label: label.to_owned(),
        n: 200,
        n_test: 500,
        d: 50,
        embedding: 1024,
        width: 1024,
        outputs: 1,
        a: 1.0 / 1024.0,
        b: 1.0 / 32.0,
        hidden_step_factor: 1024.0,
        output_step_factor: 1024.0,
        omega1: 1.0,
        omega2: 1.0,
        sample_space: true,
        step_unit: 1.0,
        stable_step: Some(0.37),
        data: "signed pairs".to_owned(),
        estimated_bytes: 28_000_000,
        theory: [].into(),
    }
}

/// A recorded run of every arm.
pub fn history(experiment: &Experiment, last: u64) -> RunHistory {
    let mut history = RunHistory::new(experiment.arms.iter().map(|arm| arm.label.clone()));
    for arm in &experiment.arms {
        history.set_facts(arm.index, Some(facts(&arm.label)));
        let mut step = 0;
        while step < last {
            history.push(arm.index, Arc::new(record(arm.index, step)));
            step += 1 + step / 10;
        }
        history.push(arm.index, Arc::new(record(arm.index, last)));
    }
    history
}

/// The window in a test, with its trainer.
pub fn window(size: impl Into<Vec2>) -> (Harness<'static, App>, Scripted) {
    let trainer = Scripted::default();
    let app = App::new(experiment(), Box::new(trainer.clone()));
    (harness(app, size), trainer)
}

/// Space that the test harness leaves around what it draws.
pub const MARGIN: Vec2 = Vec2::splat(8.0);

pub fn harness(app: App, size: impl Into<Vec2>) -> Harness<'static, App> {
    Harness::builder()
        .with_size(size.into() + 2.0 * MARGIN)
        // Fast enough that two clicks are a double-click.
        .with_step_dt(0.02)
        .with_max_steps(32)
        .with_context_setup(|ctx| crate::ui::Theme::dark().apply(ctx))
        .build_ui_state(
            |ui: &mut Ui, app: &mut App| {
                app.logic();
                app.ui(ui);
            },
            app,
        )
}

pub type Window = Harness<'static, App>;

/// Sets a field of the preset, as a control does.
pub fn set(harness: &mut Window, path: &str, text: &str) {
    let edit = Edit::new(path, text);
    harness.state_mut().apply(Action::Edit(edit));
}

/// The run `run` records these steps, and is drawn.
pub fn record_run(harness: &mut Window, trainer: &Scripted, run: u64, steps: &[u64]) {
    trainer.record(run, steps);
    harness.run();
}

/// Every arm of a run of three ends.
pub fn end(trainer: &Scripted, run: u64) {
    for arm in 0..3 {
        let outcome = Outcome::Finished(StopReason::Steps);
        trainer.tell(run, EventKind::Ended { arm, outcome });
    }
}

/// A window whose run of width 1024 has recorded steps 0 to 30, and was followed by one of width 512 at
/// steps 0 and 3.
pub fn restarted() -> (Window, Scripted) {
    let (mut harness, trainer) = window([1600.0, 1000.0]);
    record_run(&mut harness, &trainer, 1, &[0, 4, 30]);
    set(&mut harness, "network.width", "512");
    record_run(&mut harness, &trainer, 2, &[0, 3]);
    (harness, trainer)
}

/// Width of the run before, where there is one.
pub fn width_before(app: &App) -> Option<usize> {
    let before = app.kept.before()?;
    Some(before.experiment.preset.network.width)
}
