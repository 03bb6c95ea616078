//! The background thread that carries out a sweep, beside the one that trains.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::experiment::guarded;
use crate::history::RunError;
use crate::sweep::{Plan, SweepEvent, SweepProgress, Table, TrialResult, run_sweep};
use crate::task::Cancel;

use super::priority::{FRAME, stand_back};

/// Identifies a sweep of the window: one that was started later has a greater number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SweepId(pub u64);

/// What a sweep tells the window.
#[derive(Clone, Debug, PartialEq)]
pub enum SweepNews {
    /// A trial is done.
    Done(TrialResult),
    /// The sweep is over; nothing follows.
    Ended(SweepEnd),
}

/// How a sweep ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SweepEnd {
    /// Every trial asked for is done.
    Finished,
    /// It was stopped; the trials that were at work are lost.
    Stopped,
    /// It could not begin, or broke off; what happened, for people.
    Failed(String),
}

type Wake = Arc<dyn Fn() + Send + Sync>;

/// Carries out one sweep at a time, in threads of its own: a run in [`super::Worker`] goes on beside
/// it. None of its calls waits. Dropping it gives up the sweep and waits for its threads, which look
/// at their [`Cancel`] every few milliseconds.
pub struct SweepWorker {
    wake: Wake,
    threads: usize,
    last: SweepId,
    job: Option<Job>,
}

/// The sweep at work, or the last one.
struct Job {
    id: SweepId,
    cancel: Cancel,
    news: Receiver<SweepNews>,
    progress: Arc<Mutex<Option<SweepProgress>>>,
    thread: Option<JoinHandle<()>>,
}

impl SweepWorker {
    /// A worker at rest, which will use so many threads. It calls `wake` after every piece of news;
    /// `wake` must not wait for the window.
    pub fn new(threads: usize, wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            wake: Arc::new(wake),
            threads: threads.max(1),
            last: SweepId::default(),
            job: None,
        }
    }

    /// Carries out the trials that are missing in `table` instead of whatever sweep is at work,
    /// which is given up.
    ///
    /// # Errors
    /// The operating system's, where it gives no thread.
    pub fn start(&mut self, plan: Arc<Plan>, table: Table) -> io::Result<SweepId> {
        let before = self.job.take().and_then(Job::give_up);
        self.last = SweepId(self.last.0 + 1);
        // Without a bound, for there are never more messages than trials.
        let (sender, news) = unbounded();
        let (cancel, progress) = (Cancel::new(), Arc::new(Mutex::new(None)));
        let work = Work {
            plan,
            table,
            threads: self.threads,
            cancel: cancel.clone(),
            news: sender,
            progress: progress.clone(),
        };
        let wake = self.wake.clone();
        let thread = Builder::new()
            .name("widescope-sweep".into())
            .spawn(move || {
                stand_back();
                // Two sweeps at once would only be in each other's way.
                if let Some(before) = before {
                    let _ = before.join();
                }
                work.carry_out(&wake);
            })?;
        self.job = Some(Job {
            id: self.last,
            cancel,
            news,
            progress,
            thread: Some(thread),
        });
        Ok(self.last)
    }

    /// Stops the sweep soon; [`SweepEnd::Stopped`] follows unless it ends by itself before.
    pub fn stop(&mut self) {
        if let Some(job) = &self.job {
            job.cancel.cancel();
        }
    }

    /// What the newest sweep has told since the last call, in order. Who asks is about to draw: the sweep
    /// gives way for as long as a frame takes.
    pub fn news(&mut self) -> Vec<(SweepId, SweepNews)> {
        let Some(job) = &self.job else {
            return Vec::new();
        };
        job.cancel.give_way(FRAME);
        job.news.try_iter().map(|news| (job.id, news)).collect()
    }

    /// How far the newest sweep is; `None` before its first trial is done.
    pub fn progress(&self) -> Option<SweepProgress> {
        let progress = &self.job.as_ref()?.progress;
        *progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for SweepWorker {
    fn drop(&mut self) {
        if let Some(thread) = self.job.take().and_then(Job::give_up) {
            // It catches its own panics, so there is no result to look at.
            let _ = thread.join();
        }
    }
}

impl Job {
    fn give_up(mut self) -> Option<JoinHandle<()>> {
        self.cancel.cancel();
        self.thread.take()
    }
}

/// What the thread owns.
struct Work {
    plan: Arc<Plan>,
    table: Table,
    threads: usize,
    cancel: Cancel,
    news: Sender<SweepNews>,
    progress: Arc<Mutex<Option<SweepProgress>>>,
}

impl Work {
    fn carry_out(self, wake: &Wake) {
        let Self {
            plan,
            table,
            threads,
            cancel,
            news,
            progress,
        } = self;
        let units: Vec<usize> = table.missing().collect();
        let ended = guarded(|| {
            run_sweep(
                &plan,
                table,
                &units,
                threads,
                &cancel,
                &mut |event| match event {
                    SweepEvent::Done(result) => {
                        // The window has another sweep, or is gone.
                        if news.send(SweepNews::Done(result)).is_err() {
                            cancel.cancel();
                        }
                    }
                    SweepEvent::Progress(now) => {
                        *progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
                        wake();
                    }
                },
            )
        });
        let end = match ended {
            Ok(()) => SweepEnd::Finished,
            Err(RunError::Cancelled(_)) => SweepEnd::Stopped,
            Err(RunError::Refused(message)) => SweepEnd::Failed(message),
        };
        let _ = news.send(SweepNews::Ended(end));
        wake();
    }
}
