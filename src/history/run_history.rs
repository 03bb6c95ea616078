//! Records of all arms of one run.

use std::sync::Arc;

use super::{ArmFacts, ArmHistory, EventKind, Outcome, Role};
use crate::observe::Record;
use crate::spec::{Preset, StepChange};
use crate::theory::PaperReport;

use super::thinning::Thinning;

/// Bytes of records kept, unless another budget is given.
pub const DEFAULT_BUDGET: usize = 256 << 20;

/// Records of all arms of one run, in bounded memory.
///
/// Beyond its budget it keeps the first record, the newest 256 and every 2ᵏ-th of the others, with
/// k as small as memory allows; spectra and features are given up before the scalars where they
/// take most of the memory. Very large records shorten the full-resolution end too; the first and
/// the last record of an arm are never given up.
#[derive(Clone, Debug)]
pub struct RunHistory {
    arms: Vec<ArmHistory>,
    version: u64,
    budget: usize,
    thinning: Thinning,
    step_changes: Vec<(u64, f64)>,
    refusal: Option<String>,
    is_finished: bool,
}

impl Default for RunHistory {
    fn default() -> Self {
        Self::new([])
    }
}

impl RunHistory {
    /// An empty history of arms with these names, of at most 256 MiB.
    pub fn new(labels: impl IntoIterator<Item = String>) -> Self {
        Self::with_budget(labels, DEFAULT_BUDGET)
    }

    /// An empty history of arms with these names, of at most so many bytes of records.
    pub fn with_budget(labels: impl IntoIterator<Item = String>, bytes: usize) -> Self {
        Self {
            arms: labels.into_iter().map(ArmHistory::named).collect(),
            version: 0,
            budget: bytes,
            thinning: Thinning::default(),
            step_changes: Vec::new(),
            refusal: None,
            is_finished: false,
        }
    }

    /// The arms, in order; guests behind the run's own.
    pub fn arms(&self) -> &[ArmHistory] {
        &self.arms
    }

    /// The run's own arms.
    pub fn own_arms(&self) -> &[ArmHistory] {
        let guests = self.arms.iter().position(|arm| arm.role.is_guest());
        self.arms
            .get(..guests.unwrap_or(self.arms.len()))
            .unwrap_or_default()
    }

    /// Calls an arm by another name.
    pub fn rename(&mut self, arm: usize, label: &str) {
        if let Some(arm) = self.arms.get_mut(arm) {
            label.clone_into(&mut arm.label);
            if let Some(facts) = &mut arm.facts {
                label.clone_into(&mut facts.label);
            }
        }
    }

    /// Puts the arms into another order: `order` is where each of them stood before. One that names not
    /// every arm once is ignored.
    pub fn rearrange(&mut self, order: &[usize]) {
        let arms = order.iter().filter_map(|before| self.arms.get(*before));
        let arms: Vec<ArmHistory> = arms.cloned().collect();
        let mut named = order.to_vec();
        named.sort_unstable();
        named.dedup();
        if arms.len() == self.arms.len() && named.len() == arms.len() {
            self.arms = arms;
            self.version += 1;
        }
    }

    /// The same with arms of other runs behind its own, to be looked at beside them. Their records are
    /// shared, not copied.
    pub fn with_guests(&self, guests: impl IntoIterator<Item = ArmHistory>) -> Self {
        let mut together = self.clone();
        together.arms.extend(guests);
        together
    }

    /// The arm of the run before whose place an arm takes, where it is among the guests.
    pub fn before(&self, arm: usize) -> Option<(usize, &ArmHistory)> {
        let mut arms = self.arms.iter().enumerate();
        arms.find(|(_, guest)| guest.role == Role::Before { of: Some(arm) })
    }

    /// Changes whenever the history does; what was drawn from the same version need not be redrawn.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The last recorded step of any arm.
    pub fn last_step(&self) -> u64 {
        let last = self.arms.iter().filter_map(ArmHistory::last);
        last.map(|r| r.step).max().unwrap_or(0)
    }

    /// The last step before this one that any arm has a record of.
    pub fn previous_step(&self, step: u64) -> Option<u64> {
        self.arms
            .iter()
            .filter_map(|arm| arm.previous_step(step))
            .max()
    }

    /// The first step after this one that any arm has a record of.
    pub fn next_step(&self, step: u64) -> Option<u64> {
        self.arms.iter().filter_map(|arm| arm.next_step(step)).min()
    }

    /// Where the step δ was changed live, and to what, in the preset's unit.
    pub fn step_changes(&self) -> &[(u64, f64)] {
        &self.step_changes
    }

    /// The preset of a run that does from its start what this one did, bit for bit: `preset`, of which
    /// this run was started, with the live changes of the step.
    pub fn as_run(&self, preset: &Preset) -> Preset {
        let mut preset = preset.clone();
        for &(at, step) in &self.step_changes {
            preset.train.note(StepChange { at, step });
        }
        preset
    }

    /// Why the run could not begin or was lost, if so.
    pub fn refusal(&self) -> Option<&str> {
        self.refusal.as_deref()
    }

    /// Whether every arm ended.
    pub fn is_finished(&self) -> bool {
        self.is_finished
    }

    /// Bytes the records hold, roughly.
    pub fn bytes(&self) -> usize {
        self.arms.iter().map(ArmHistory::bytes).sum()
    }

    /// Notes what happened in the run.
    pub fn apply(&mut self, event: &EventKind) {
        match event {
            EventKind::Started { arms } => {
                for (arm, facts) in arms.iter().enumerate() {
                    self.set_facts(arm, facts.clone());
                }
            }
            EventKind::Recorded { arm, record } => self.push(*arm, record.clone()),
            EventKind::Ended { arm, outcome } => self.set_outcome(*arm, outcome.clone()),
            EventKind::StepChanged { at, step } => {
                // Of several changes before the next step only the last was ever used.
                let _ = self.step_changes.pop_if(|(changed_at, _)| changed_at == at);
                self.step_changes.push((*at, *step));
            }
            EventKind::TheoryChanged { arm, theory } => self.set_theory(*arm, theory.clone()),
            EventKind::Finished => self.is_finished = true,
            EventKind::Refused { message } => self.refusal = Some(message.clone()),
        }
        self.version += 1;
    }

    /// Appends a record to an arm. An index out of range is ignored.
    pub fn push(&mut self, arm: usize, record: Arc<Record>) {
        if let Some(arm) = self.arms.get_mut(arm) {
            arm.push(record);
            self.version += 1;
            self.keep_budget();
        }
    }

    /// Notes the facts of an arm's start.
    pub fn set_facts(&mut self, arm: usize, facts: Option<ArmFacts>) {
        if let Some(arm) = self.arms.get_mut(arm) {
            arm.facts = facts;
            self.version += 1;
        }
    }

    fn set_theory(&mut self, arm: usize, theory: Arc<[PaperReport]>) {
        let facts = self.arms.get_mut(arm).and_then(|arm| arm.facts.as_mut());
        if let Some(facts) = facts {
            facts.theory = theory;
        }
    }

    /// Notes how an arm ended.
    pub fn set_outcome(&mut self, arm: usize, outcome: Outcome) {
        if let Some(arm) = self.arms.get_mut(arm) {
            arm.outcome = Some(outcome);
            self.version += 1;
        }
    }

    /// Thins all arms alike, so that they stay comparable at the same steps; down to ⅞ of the
    /// budget, so that not every record thins anew.
    fn keep_budget(&mut self) {
        if self.bytes() <= self.budget {
            return;
        }
        let enough = self.budget - self.budget / 8;
        self.arms
            .iter_mut()
            .for_each(|arm| arm.thin(&self.thinning));
        while self.bytes() > enough {
            let count = self.arms.iter().map(ArmHistory::count).max().unwrap_or(0);
            let payloads: usize = self.arms.iter().map(ArmHistory::payload_bytes).sum();
            let Some(coarser) = self.thinning.coarser(count, payloads > self.bytes() / 2) else {
                return;
            };
            self.thinning = coarser;
            self.arms.iter_mut().for_each(|arm| arm.thin(&coarser));
        }
    }
}
