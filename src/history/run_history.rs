//! Records of all arms of one run.

use std::sync::Arc;

use crate::experiment::{ArmFacts, Outcome};
use crate::observe::Record;

/// Records of all arms of one run, oldest first.
#[derive(Clone, Debug, Default)]
pub struct RunHistory {
    arms: Vec<ArmHistory>,
    version: u64,
}

/// Records of one arm.
#[derive(Clone, Debug, Default)]
pub struct ArmHistory {
    /// Name of the arm.
    pub label: String,
    /// Facts from its start, `None` before it or where it failed to start.
    pub facts: Option<ArmFacts>,
    /// How it ended, `None` while it runs.
    pub outcome: Option<Outcome>,
    records: Vec<Arc<Record>>,
}

impl RunHistory {
    /// An empty history of arms with these names.
    pub fn new(labels: impl IntoIterator<Item = String>) -> Self {
        let arms = labels
            .into_iter()
            .map(|label| ArmHistory {
                label,
                ..ArmHistory::default()
            })
            .collect();
        Self { arms, version: 0 }
    }

    /// The arms, in order.
    pub fn arms(&self) -> &[ArmHistory] {
        &self.arms
    }

    /// Changes whenever the history does; what was drawn from the same version need not be redrawn.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The last recorded step of any arm.
    pub fn last_step(&self) -> u64 {
        self.arms
            .iter()
            .filter_map(|a| a.records.last())
            .map(|r| r.step)
            .max()
            .unwrap_or(0)
    }

    /// Appends a record to an arm. An index out of range is ignored.
    pub fn push(&mut self, arm: usize, record: Arc<Record>) {
        if let Some(arm) = self.arms.get_mut(arm) {
            arm.records.push(record);
            self.version += 1;
        }
    }

    /// Notes the facts of an arm's start.
    pub fn set_facts(&mut self, arm: usize, facts: Option<ArmFacts>) {
        if let Some(arm) = self.arms.get_mut(arm) {
            arm.facts = facts;
            self.version += 1;
        }
    }

    /// Notes how an arm ended.
    pub fn set_outcome(&mut self, arm: usize, outcome: Outcome) {
        if let Some(arm) = self.arms.get_mut(arm) {
            arm.outcome = Some(outcome);
            self.version += 1;
        }
    }
}

impl ArmHistory {
    /// The records, by rising step.
    pub fn records(&self) -> &[Arc<Record>] {
        &self.records
    }

    /// The first record (the start), if any.
    pub fn first(&self) -> Option<&Arc<Record>> {
        self.records.first()
    }

    /// The last record at or before a step.
    pub fn at(&self, step: u64) -> Option<&Arc<Record>> {
        let after = self.records.partition_point(|r| r.step <= step);
        after.checked_sub(1).and_then(|i| self.records.get(i))
    }
}
