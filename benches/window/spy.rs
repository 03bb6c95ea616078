//! The window's own worker, with a note of what it tells.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use widescope::history::EventKind;
use widescope::preset::Experiment;
use widescope::sweep::{Plan, SweepProgress, Table};
use widescope::ui::{Runner, Sweeper};
use widescope::worker::{Command, Event, RunId, Snapshot, SweepId, SweepNews, SweepWorker, Worker};

/// What the window was told.
#[derive(Default)]
pub struct Log {
    /// The run asked for last.
    pub run: RunId,
    /// Its records so far.
    pub records: usize,
    /// Changes of its step δ that took effect.
    pub step_changes: usize,
    /// Why it could not begin.
    pub refused: Option<String>,
    /// The newest state.
    pub snapshot: Arc<Snapshot>,
    /// Trials of the sweep done.
    pub trials: usize,
}

impl Log {
    /// Steps done by the run asked for last.
    pub fn step(&self) -> u64 {
        if self.snapshot.run == self.run {
            self.snapshot.step
        } else {
            0
        }
    }

    /// Notes events of the newest run.
    pub fn note(&mut self, events: &[Event]) {
        for event in events.iter().filter(|event| event.run == self.run) {
            match &event.kind {
                EventKind::Recorded { .. } => self.records += 1,
                EventKind::StepChanged { .. } => self.step_changes += 1,
                EventKind::Refused { message } => self.refused = Some(message.clone()),
                _ => {}
            }
        }
    }
}

/// A worker that is listened to.
pub struct Spied {
    pub worker: Worker,
    pub log: Rc<RefCell<Log>>,
}

impl Runner for Spied {
    fn load(&mut self, experiment: Arc<Experiment>, play: bool) -> RunId {
        let run = self.worker.load(experiment, play);
        let mut log = self.log.borrow_mut();
        (log.run, log.records, log.step_changes) = (run, 0, 0);
        run
    }

    fn unload(&mut self) {
        self.worker.unload();
    }

    fn send(&mut self, command: Command) -> Result<(), String> {
        self.worker.send(command).map_err(|error| error.to_string())
    }

    fn events(&mut self) -> Vec<Event> {
        let events: Vec<_> = self.worker.events().collect();
        self.log.borrow_mut().note(&events);
        events
    }

    fn snapshot(&mut self) -> Arc<Snapshot> {
        let snapshot = self.worker.snapshot();
        self.log.borrow_mut().snapshot = snapshot.clone();
        snapshot
    }
}

/// A sweeper that is listened to.
pub struct SpiedSweeper {
    pub worker: SweepWorker,
    pub log: Rc<RefCell<Log>>,
}

impl Sweeper for SpiedSweeper {
    fn start(&mut self, plan: Arc<Plan>, table: Table) -> Result<SweepId, String> {
        self.worker
            .start(plan, table)
            .map_err(|error| error.to_string())
    }

    fn stop(&mut self) {
        self.worker.stop();
    }

    fn news(&mut self) -> Vec<(SweepId, SweepNews)> {
        let news = self.worker.news();
        let done = |(_, news): &&(SweepId, SweepNews)| matches!(news, SweepNews::Done(_));
        self.log.borrow_mut().trials += news.iter().filter(done).count();
        news
    }

    fn progress(&self) -> Option<SweepProgress> {
        self.worker.progress()
    }
}
