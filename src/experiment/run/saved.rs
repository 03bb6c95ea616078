//! What of one arm in training can't be made again from its start.

use serde::{Deserialize, Serialize};

use crate::network::Real;
use crate::observe::SavedObserver;
use crate::task::Cancel;
use crate::theory::DeltaChange;
use crate::train::SavedTrainer;

use super::Run;
use super::stepping::SavedStepping;
use crate::experiment::cadence::Taken;
use crate::history::{Outcome, RunError};

/// What of one arm in training can't be made again from its start.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SavedRun<R> {
    trainer: SavedTrainer<R>,
    observer: SavedObserver,
    stepping: SavedStepping<R>,
    changes: usize,
    delta_changed: Option<DeltaChange>,
    outcome: Option<Outcome>,
    time: f64,
    next_record: u64,
    next_check: u64,
    last_finite_loss: f64,
    taken: Taken,
}

impl<R: Real> Run<R> {
    /// What is needed to go on from here with a run started in the same way.
    pub fn save(&self) -> SavedRun<R> {
        SavedRun {
            trainer: self.trainer.save(),
            observer: self.observer.save(),
            stepping: self.stepping.save(&self.trainer),
            changes: self.changes.done(),
            delta_changed: self.theory.changed(),
            outcome: self.outcome.clone(),
            time: self.time,
            next_record: self.schedule.next(),
            next_check: self.next_check,
            last_finite_loss: self.stop.last_finite_loss(),
            taken: self.cadence.taken(),
        }
    }

    /// Goes on where another run, started in the same way, was saved.
    ///
    /// # Errors
    /// As [`crate::experiment::ArmRun::restore`].
    pub fn restore(&mut self, saved: SavedRun<R>, cancel: &Cancel) -> Result<(), RunError> {
        self.trainer.restore(&saved.trainer)?;
        // Features left behind between two records are left behind again.
        if !saved.trainer.is_behind() {
            self.trainer.refresh(cancel)?;
        }
        self.observer.restore(saved.observer)?;
        self.stepping.restore(saved.stepping, &mut self.trainer)?;
        self.changes.restore(saved.changes);
        self.theory.restore(saved.delta_changed);
        self.facts.theory = self.theory.reports();
        self.outcome = saved.outcome;
        self.time = saved.time;
        self.schedule.restore(saved.next_record);
        self.next_check = saved.next_check;
        self.stop.restore(saved.last_finite_loss);
        self.cadence.restore(saved.taken);
        Ok(())
    }
}
