//! What the window wants of the worker: the newest wish of each kind, and few commands.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use crate::experiment::SavedExperiment;
use crate::preset::Experiment;
use crate::task::Cancel;

use super::{Command, RunId, SendError, Speed};

/// Commands that may wait; more are refused as [`SendError::Busy`].
const COMMANDS: usize = 64;

type Channel<T> = (Sender<T>, Receiver<T>);

/// An experiment to run next.
#[derive(Debug)]
pub(super) struct Load {
    pub(super) run: RunId,
    pub(super) experiment: Arc<Experiment>,
    pub(super) play: bool,
    pub(super) cancel: Cancel,
    /// Where it goes on; `None` for its start.
    pub(super) from: Option<Box<SavedExperiment>>,
}

/// Wishes of which only the newest counts.
#[derive(Debug, Default)]
struct Wishes {
    /// The newest run asked for.
    newest: RunId,
    /// Stops the newest run.
    cancel: Cancel,
    load: Option<Load>,
    /// The run is to be given up, and none to take its place.
    unload: bool,
    step: Option<f64>,
    speed: Option<Speed>,
    /// The run is to be saved.
    save: bool,
    closing: bool,
}

impl Wishes {
    /// Stops the newest run; whatever comes next has another name.
    fn leave_run(&mut self) {
        self.cancel.cancel();
        self.cancel = Cancel::new();
        self.newest.0 += 1;
        self.step = None;
        self.save = false;
    }
}

/// Both ends of the way from the window to the worker.
#[derive(Debug)]
pub(super) struct Inbox {
    wishes: Mutex<Wishes>,
    commands: Channel<(RunId, Command)>,
    bell: Channel<()>,
}

/// What the worker shall do next.
#[derive(Debug)]
pub(super) enum Wish {
    Close,
    Load(Load),
    /// Give the run up; what is said from now on bears this name.
    Unload(RunId),
    Command(Command),
    /// Leave what is saved of the run where the window finds it.
    Save,
    Nothing,
}

impl Inbox {
    pub(super) fn new() -> Self {
        Self {
            wishes: Mutex::default(),
            commands: bounded(COMMANDS),
            bell: bounded(1),
        }
    }

    fn wishes(&self) -> MutexGuard<'_, Wishes> {
        self.wishes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes the worker, or keeps it from its next sleep.
    pub(super) fn ring(&self) {
        // A full bell has been rung already.
        let _ = self.bell.0.try_send(());
    }

    /// The worker sleeps on this.
    pub(super) fn bell(&self) -> &Receiver<()> {
        &self.bell.1
    }

    /// Has the newest run offer its cores to whoever waits for one.
    pub(super) fn give_way(&self, time: Duration) {
        self.wishes().cancel.give_way(time);
    }

    /// The newest run asked for.
    pub(super) fn newest(&self) -> RunId {
        self.wishes().newest
    }

    /// Asks for a run, from its start or from where it was saved, and gives up the one before, wherever it is.
    pub(super) fn load(
        &self,
        experiment: Arc<Experiment>,
        play: bool,
        from: Option<Box<SavedExperiment>>,
    ) -> RunId {
        let mut wishes = self.wishes();
        wishes.leave_run();
        wishes.unload = false;
        let (run, cancel) = (wishes.newest, wishes.cancel.clone());
        let passed_over = wishes.load.replace(Load {
            run,
            experiment,
            play,
            cancel,
            from,
        });
        drop(wishes);
        drop(passed_over);
        self.ring();
        run
    }

    /// Gives up the run, wherever it is, and asks for none.
    pub(super) fn unload(&self) {
        let mut wishes = self.wishes();
        wishes.leave_run();
        wishes.unload = true;
        let passed_over = wishes.load.take();
        drop(wishes);
        drop(passed_over);
        self.ring();
    }

    /// Asks something of the newest run.
    pub(super) fn send(&self, command: Command) -> Result<(), SendError> {
        command.check()?;
        let mut wishes = self.wishes();
        match command {
            Command::SetStep(step) => wishes.step = Some(step),
            Command::SetSpeed(speed) => wishes.speed = Some(speed),
            Command::Play | Command::Pause | Command::Step(_) => {
                let sent = self.commands.0.try_send((wishes.newest, command));
                sent.map_err(|error| match error {
                    TrySendError::Full(_) | TrySendError::Disconnected(_) => SendError::Busy,
                })?;
            }
        }
        drop(wishes);
        self.ring();
        Ok(())
    }

    /// Asks for the newest run to be saved.
    pub(super) fn save(&self) {
        self.wishes().save = true;
        self.ring();
    }

    /// Asks the worker to end, giving up its run.
    pub(super) fn close(&self) {
        let mut wishes = self.wishes();
        wishes.closing = true;
        wishes.cancel.cancel();
        drop(wishes);
        self.ring();
    }

    /// The most urgent wish, for the worker whose run is `current`. Commands to earlier runs are
    /// dropped; changes of δ and saves are given only where `may_change`, and stay wished for otherwise.
    pub(super) fn take(&self, current: RunId, may_change: bool) -> Wish {
        let mut wishes = self.wishes();
        if wishes.closing {
            return Wish::Close;
        }
        if let Some(load) = wishes.load.take() {
            return Wish::Load(load);
        }
        if std::mem::take(&mut wishes.unload) {
            return Wish::Unload(wishes.newest);
        }
        if let Some(speed) = wishes.speed.take() {
            return Wish::Command(Command::SetSpeed(speed));
        }
        if may_change && let Some(step) = wishes.step.take() {
            return Wish::Command(Command::SetStep(step));
        }
        if may_change && std::mem::take(&mut wishes.save) {
            return Wish::Save;
        }
        // No load is pending and the lock is held, so no command can be for a later run.
        let mut commands = self.commands.1.try_iter();
        match commands.find(|(run, _)| *run == current) {
            Some((_, command)) => Wish::Command(command),
            None => Wish::Nothing,
        }
    }
}
