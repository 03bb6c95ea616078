//! The window's end of the worker.

use std::io;
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};

use crossbeam_channel::{Receiver, bounded};

use crate::experiment::{Networks, SavedExperiment, Saves};
use crate::preset::Experiment;

use super::board::Board;
use super::inbox::Inbox;
use super::priority::{FRAME, stand_back};
use super::service::Service;
use super::shelf::Shelf;
use super::waker::Waker;
use super::{Command, Event, RunId, SendError, Snapshot};

/// Events that may wait for the window before the worker waits for it.
pub(super) const EVENTS: usize = 1024;

/// A background thread that trains one experiment at a time.
///
/// Dropping it gives up the run and waits for the thread, which looks at its [`Cancel`] every few
/// milliseconds.
///
/// [`Cancel`]: crate::task::Cancel
#[derive(Debug)]
pub struct Worker {
    inbox: Arc<Inbox>,
    pub(super) events: Receiver<Event>,
    board: Arc<Board>,
    shelf: Arc<Shelf>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts the thread. It calls `wake` when there are new events or a new snapshot, at most 60
    /// times a second and always after the last news; `wake` must not wait for the window.
    ///
    /// # Errors
    /// The operating system's, where it gives no thread.
    pub fn spawn(wake: impl Fn() + Send + Sync + 'static) -> io::Result<Self> {
        Self::spawn_with(Networks, wake)
    }

    /// As [`Worker::spawn`], with any engine.
    pub(super) fn spawn_with<E: Saves + Send + 'static>(
        engine: E,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> io::Result<Self>
    where
        E::Arm: 'static,
    {
        let inbox = Arc::new(Inbox::new());
        let board = Arc::new(Board::default());
        let shelf = Arc::new(Shelf::default());
        let (sender, events) = bounded(EVENTS);
        let service = Service::new(
            engine,
            inbox.clone(),
            sender,
            (board.clone(), shelf.clone()),
            Waker::new(wake),
        );
        let thread = Builder::new()
            .name("widescope-worker".into())
            .spawn(move || {
                stand_back();
                service.serve();
            })?;
        Ok(Self {
            inbox,
            events,
            board,
            shelf,
            thread: Some(thread),
        })
    }

    /// Runs an experiment instead of whatever runs or waits to run; training begins at once with
    /// `play`, otherwise it waits for [`Command::Play`] or [`Command::Step`].
    ///
    /// Loading the same experiment again starts it anew with the same seed, equal bit by bit.
    pub fn load(&self, experiment: Arc<Experiment>, play: bool) -> RunId {
        self.inbox.load(experiment, play, None)
    }

    /// As [`Self::load`], and goes on where the run was saved.
    pub fn resume(&self, experiment: Arc<Experiment>, play: bool, saved: SavedExperiment) -> RunId {
        self.inbox.load(experiment, play, Some(Box::new(saved)))
    }

    /// Asks for the newest run to be saved between two of its steps; [`Self::saved`] has it then.
    pub fn save(&self) {
        self.inbox.save();
    }

    /// The newest run as it was saved, without its records: those that [`Self::events`] tells of afterwards are
    /// all that it had, and may be more.
    pub fn saved(&self) -> Option<SavedExperiment> {
        let (run, saved) = self.shelf.take()?;
        (run == self.inbox.newest()).then_some(saved)
    }

    /// Gives up whatever runs or waits to run; its memory goes back, and no further event of it comes.
    pub fn unload(&self) {
        self.inbox.unload();
    }

    /// Asks something of the newest run.
    ///
    /// # Errors
    /// [`SendError::Busy`] where too many commands wait, otherwise a number that is not allowed.
    pub fn send(&self, command: Command) -> Result<(), SendError> {
        self.inbox.send(command)
    }

    /// Takes the events of the newest run that are there, in order, without waiting. The worker
    /// stops training while a thousand of them wait. Who takes them is about to draw: training gives way
    /// for as long as a frame takes.
    pub fn events(&self) -> impl Iterator<Item = Event> + '_ {
        self.inbox.give_way(FRAME);
        Drain {
            worker: self,
            newest: self.inbox.newest(),
            left: self.events.len(),
            taken: false,
        }
    }

    /// The newest state. Right after [`Worker::load`] it may still be of the run before.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.board.get()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.inbox.close();
        if let Some(thread) = self.thread.take() {
            // It catches its own panics, so there is no result to look at.
            let _ = thread.join();
        }
    }
}

/// Events taken at one go; the worker may go on once it is dropped.
struct Drain<'a> {
    worker: &'a Worker,
    newest: RunId,
    left: usize,
    taken: bool,
}

impl Iterator for Drain<'_> {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        while let Some(left) = self.left.checked_sub(1) {
            self.left = left;
            let event = self.worker.events.try_recv().ok()?;
            self.taken = true;
            if event.run == self.newest {
                return Some(event);
            }
        }
        None
    }
}

impl Drop for Drain<'_> {
    fn drop(&mut self) {
        if self.taken {
            self.worker.inbox.ring();
        }
    }
}
