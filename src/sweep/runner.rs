//! Trials carried out in parallel.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::{Sender, bounded};
use rayon::ThreadPoolBuilder;

use crate::experiment::estimate::{available_memory, in_words};
use crate::history::RunError;
use crate::task::{Cancel, Cancelled};

use super::cost::CostModel;
use super::data_cache::DataCache;
use super::queue::Queue;
use super::trial::run_trial;
use super::{Plan, Table, TrialResult, Unit};

/// How far a sweep is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SweepProgress {
    /// Trials done, earlier ones of a resumed sweep among them.
    pub done: usize,
    /// Trials to do in all.
    pub units: usize,
    /// Trials at work.
    pub running: usize,
    /// Time left, as the trials so far let expect; `None` before the first.
    pub eta: Option<Duration>,
}

/// What a sweep tells while it works.
#[derive(Clone, Debug)]
pub enum SweepEvent {
    /// A trial is done.
    Done(TrialResult),
    /// How far the sweep is; follows every result.
    Progress(SweepProgress),
}

/// Carries out the trials of `units` (numbered as by [`Plan::number`]), several at once, and tells
/// each as it is done on the calling thread. `threads` threads are used, never those of rayon's
/// global pool, so that a run beside a sweep goes on.
///
/// A trial's result depends on nothing but its preset, whose seed is its own: neither on the order,
/// nor on the threads, nor on which other trials there are.
///
/// # Errors
/// [`RunError::Refused`] where a cell is out of range or a single trial needs more than half of the
/// free memory, [`RunError::Cancelled`] once `cancel` is raised; trials at work are then lost.
pub fn run_sweep(
    plan: &Plan,
    mut table: Table,
    units: &[usize],
    threads: usize,
    cancel: &Cancel,
    tell: &mut dyn FnMut(SweepEvent),
) -> Result<(), RunError> {
    let cost = CostModel::new(plan).map_err(|error| RunError::Refused(error.to_string()))?;
    let workers = workers(&cost, threads, units.len())?;
    let units_there = table.done() + units.len();
    let queue = Queue::new(plan, units.iter().copied());
    let shared = Shared {
        plan,
        cancel,
        data: DataCache::new(plan.experiment().folder.clone()),
        state: Mutex::new(State {
            queue,
            table: std::mem::take(&mut table),
            cost,
            running: 0,
        }),
    };
    let (sender, results) = bounded(workers * 2);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let (sender, shared) = (sender.clone(), &shared);
            scope.spawn(move || shared.work((threads / workers).max(1), &sender));
        }
        drop(sender);
        for result in results {
            let progress = shared.progress(units_there, workers);
            tell(SweepEvent::Done(result));
            tell(SweepEvent::Progress(progress));
        }
    });
    cancel.check()?;
    Ok(())
}

/// Trials at once: as many as there are threads, and as fit into half of the free memory.
fn workers(cost: &CostModel, threads: usize, units: usize) -> Result<usize, RunError> {
    let allowed = available_memory().map_or(u64::MAX, |bytes| bytes / 2);
    if cost.bytes > allowed {
        return Err(RunError::Refused(format!(
            "sweep: one trial of the largest cell needs about {}; allowed: {}, half of the free \
             memory",
            in_words(cost.bytes),
            in_words(allowed)
        )));
    }
    let fit = allowed / cost.bytes.max(1);
    let fit = usize::try_from(fit).unwrap_or(usize::MAX);
    Ok(threads.min(fit).min(units).max(1))
}

/// What the workers share.
struct Shared<'a> {
    plan: &'a Plan,
    cancel: &'a Cancel,
    data: DataCache,
    state: Mutex<State>,
}

struct State {
    queue: Queue,
    table: Table,
    cost: CostModel,
    running: usize,
}

impl Shared<'_> {
    /// Carries out trial after trial, each on a pool of its own threads.
    fn work(&self, threads: usize, results: &Sender<TrialResult>) {
        let pool = ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|_| "trial".to_owned())
            .build();
        while let Some(unit) = self.next() {
            let began = Instant::now();
            let trial = || {
                let data = |preset: &_| self.data.get(preset, self.cancel);
                run_trial(self.plan, unit, data, self.cancel)
            };
            // Where the system gives no more threads, the worker's own has to do.
            let result = match &pool {
                Ok(pool) => pool.install(trial),
                Err(_) => trial(),
            };
            let Ok(result) = self.note(result, began.elapsed()) else {
                return;
            };
            if results.send(result).is_err() {
                return;
            }
        }
    }

    fn next(&self) -> Option<Unit> {
        if self.cancel.is_cancelled() {
            return None;
        }
        let mut state = self.state();
        let State {
            queue,
            table,
            cost,
            running,
        } = &mut *state;
        let unit = queue.next(self.plan, table, cost)?;
        *running += 1;
        Some(unit)
    }

    fn note(
        &self,
        result: Result<TrialResult, Cancelled>,
        taken: Duration,
    ) -> Result<TrialResult, Cancelled> {
        let mut state = self.state();
        state.running -= 1;
        let result = result?;
        state.cost.learn(result.unit.cell, result.steps, taken);
        state.table.insert(result.clone());
        Ok(result)
    }

    fn progress(&self, units: usize, workers: usize) -> SweepProgress {
        let state = self.state();
        let left = state.queue.work(self.plan, &state.table, &state.cost);
        SweepProgress {
            done: state.table.done(),
            units,
            running: state.running,
            eta: state.cost.duration(left, workers),
        }
    }

    /// The state, also after a panic of another worker: every change of it is whole.
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
