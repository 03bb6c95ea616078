//! The worker's loop: one wish or one chunk a turn.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use crossbeam_channel::{Sender, TrySendError};

use crate::experiment::{Engine, Saves, Session, panic_text};
use crate::history::{EventKind, RunError};
use crate::preset::Experiment;
use crate::task::give_back_freed_memory;

use super::board::Board;
use super::inbox::{Inbox, Load, Wish};
use super::run::{Run, Turn};
use super::shelf::Shelf;
use super::waker::Waker;
use super::{Activity, Command, Event, RunId, Snapshot, Speed};

/// What the worker's thread owns.
#[derive(Debug)]
pub(super) struct Service<E: Engine> {
    engine: E,
    inbox: Arc<Inbox>,
    events: Sender<Event>,
    /// Events the window has no room for yet; the run stands still while there are any.
    outbox: VecDeque<Event>,
    board: Arc<Board>,
    shelf: Arc<Shelf>,
    waker: Waker,
    current: RunId,
    run: Option<Run<E::Arm>>,
    /// What that one runs.
    experiment: Option<Arc<Experiment>>,
    speed: Speed,
}

impl<E: Saves> Service<E> {
    pub(super) fn new(
        engine: E,
        inbox: Arc<Inbox>,
        events: Sender<Event>,
        (board, shelf): (Arc<Board>, Arc<Shelf>),
        waker: Waker,
    ) -> Self {
        Self {
            engine,
            inbox,
            events,
            outbox: VecDeque::new(),
            board,
            shelf,
            waker,
            current: RunId::default(),
            run: None,
            experiment: None,
            speed: Speed::default(),
        }
    }

    /// Works until told to close. The arms catch their own panics; another one costs the run and
    /// not the worker.
    pub(super) fn serve(mut self) {
        while let Err(payload) = catch_unwind(AssertUnwindSafe(|| while self.turn() {})) {
            if self.run.take().is_some() {
                let message = format!("the run was lost: {}", panic_text(&*payload));
                self.outbox
                    .push_back(self.event(EventKind::Refused { message }));
                self.publish(Activity::Idle);
            }
        }
    }

    /// Does the most urgent thing; `false` when told to close.
    fn turn(&mut self) -> bool {
        let held_up = !self.flush();
        match self.inbox.take(self.current, !held_up) {
            Wish::Close => return false,
            Wish::Load(load) => self.begin(load),
            Wish::Unload(name) => {
                self.leave_run(name);
                self.publish(Activity::Idle);
                self.waker.call(Instant::now());
            }
            Wish::Command(command) => self.obey(command),
            Wish::Save => self.save(),
            Wish::Nothing if held_up => self.sleep(None),
            Wish::Nothing => self.work(),
        }
        true
    }

    fn begin(&mut self, load: Load) {
        self.leave_run(load.run);
        self.publish(Activity::Starting);
        self.waker.call(Instant::now());
        let mut events = Vec::new();
        let Load {
            run,
            experiment,
            play,
            cancel,
            from,
        } = load;
        let saved = from.and_then(|saved| self.engine.session(&experiment, *saved));
        let started = match saved {
            Some(saved) => Session::resume(&self.engine, &experiment, saved, &cancel, &mut events),
            None => Session::start(&self.engine, &experiment, &cancel, &mut events),
        };
        match started {
            Ok(session) => {
                self.experiment = Some(experiment);
                self.run = Some(Run::new(run, cancel, session, play));
            }
            // A newer run was asked for, or the end: the next turn sees to it.
            Err(RunError::Cancelled(_)) => return,
            Err(RunError::Refused(message)) => events.push(EventKind::Refused { message }),
        }
        self.post(events);
    }

    /// Gives up the run with its memory; what is said from now on bears this name.
    fn leave_run(&mut self, name: RunId) {
        self.run = None;
        self.experiment = None;
        self.outbox.clear();
        self.current = name;
        give_back_freed_memory();
    }

    /// Leaves what is saved of the run where the window finds it. Every event so far is on its way before.
    fn save(&mut self) {
        let (Some(run), Some(experiment)) = (&self.run, &self.experiment) else {
            return;
        };
        if let Some(saved) = self.engine.saved(experiment, run.save()) {
            self.shelf.put(self.current, saved);
            self.waker.news();
            self.waker.call(Instant::now());
        }
    }

    fn obey(&mut self, command: Command) {
        if let Command::SetSpeed(speed) = command {
            self.speed = speed;
        }
        let mut events = Vec::new();
        if let Some(run) = &mut self.run {
            let obeyed = run.obey(command, &mut events);
            self.settle(obeyed.is_ok(), events);
        }
    }

    fn work(&mut self) {
        let Some(run) = &mut self.run else {
            return self.sleep(None);
        };
        match run.turn(self.speed, Instant::now()) {
            Turn::Rest => self.sleep(None),
            Turn::Wait(then) => self.sleep(Some(then)),
            Turn::Advance(target) => {
                let mut events = Vec::new();
                let advanced = run.advance(target, &mut events);
                self.settle(advanced.is_ok(), events);
            }
        }
    }

    /// Shows what a run did, or gives up one that was cancelled half-way.
    fn settle(&mut self, whole: bool, events: Vec<EventKind>) {
        if whole {
            self.post(events);
            self.waker.call(Instant::now());
        } else {
            self.run = None;
        }
    }

    fn event(&self, kind: EventKind) -> Event {
        Event {
            run: self.current,
            kind,
        }
    }

    fn post(&mut self, events: Vec<EventKind>) {
        let events: Vec<_> = events.into_iter().map(|kind| self.event(kind)).collect();
        self.outbox.extend(events);
        self.flush();
        self.publish(Activity::Idle);
    }

    /// Sends what the window has room for; `false` where something is left.
    fn flush(&mut self) -> bool {
        while let Some(event) = self.outbox.pop_front() {
            match self.events.try_send(event) {
                Ok(()) => self.waker.news(),
                Err(TrySendError::Full(event) | TrySendError::Disconnected(event)) => {
                    self.outbox.push_front(event);
                    return false;
                }
            }
        }
        true
    }

    /// Shows the state of the run, or what the worker does without one.
    fn publish(&mut self, without_run: Activity) {
        let snapshot = self.run.as_ref().map_or_else(
            || Snapshot {
                run: self.current,
                activity: without_run,
                ..Snapshot::default()
            },
            Run::snapshot,
        );
        self.board.put(snapshot);
        self.waker.news();
    }

    /// Sleeps until the inbox rings or the moment comes, calling the window on the way.
    fn sleep(&mut self, until: Option<Instant>) {
        let call = self.waker.call(Instant::now());
        let bell = self.inbox.bell();
        // The inbox lives as long as this service, so the bell never hangs up.
        let _ = match [until, call].into_iter().flatten().min() {
            Some(then) => bell.recv_deadline(then).ok(),
            None => bell.recv().ok(),
        };
    }
}
