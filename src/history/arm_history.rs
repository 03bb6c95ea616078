//! Records of one arm.

use std::sync::Arc;

use super::{ArmFacts, Outcome, Role, Settings};
use crate::observe::Record;
use crate::spec::Quantity;

use super::thinning::{Thinning, has_payload, has_spectrum, without_payload};

/// Records of one arm, by rising step. A copy shares them until either takes another one.
#[derive(Clone, Debug, Default)]
pub struct ArmHistory {
    /// Name of the arm.
    pub label: String,
    /// Facts from its start, `None` before it or where it failed to start.
    pub facts: Option<ArmFacts>,
    /// How it ended, `None` while it runs.
    pub outcome: Option<Outcome>,
    /// Whether it is the run's own or a guest.
    pub role: Role,
    /// What it was trained with, of a guest: the run's own arms are those of the experiment shown.
    pub settings: Option<Settings>,
    kept: Arc<Kept>,
}

/// What is kept of the records that came.
#[derive(Clone, Debug, Default)]
struct Kept {
    records: Vec<Arc<Record>>,
    /// For each record, how many came before it, the dropped ones too.
    ordinals: Vec<u64>,
    /// Records that came so far.
    count: u64,
    bytes: usize,
}

impl ArmHistory {
    pub(super) fn named(label: String) -> Self {
        Self {
            label,
            ..Self::default()
        }
    }

    /// The same records as those of a guest beside another run. What theorems say is left out: it is held
    /// against the run shown.
    pub fn as_guest(&self, label: String, role: Role) -> Self {
        let facts = self.facts.clone();
        Self {
            label,
            role,
            facts: facts.map(|facts| ArmFacts {
                theory: [].into(),
                ..facts
            }),
            ..self.clone()
        }
    }

    /// The same with what it was trained with.
    pub fn with_settings(self, settings: Settings) -> Self {
        Self {
            settings: Some(settings),
            ..self
        }
    }

    /// The records, by rising step. Older ones may have been dropped, or lack spectra and features.
    pub fn records(&self) -> &[Arc<Record>] {
        &self.kept.records
    }

    /// The first record (the start), if any.
    pub fn first(&self) -> Option<&Arc<Record>> {
        self.kept.records.first()
    }

    /// The newest record, if any.
    pub fn last(&self) -> Option<&Arc<Record>> {
        self.kept.records.last()
    }

    /// The last record at or before a step.
    pub fn at(&self, step: u64) -> Option<&Arc<Record>> {
        let after = self.after(step);
        after.checked_sub(1).and_then(|i| self.kept.records.get(i))
    }

    /// The record of exactly this step.
    pub fn exactly_at(&self, step: u64) -> Option<&Arc<Record>> {
        self.at(step).filter(|record| record.step == step)
    }

    /// (step, time, value) of a quantity wherever it was measured, by rising step.
    pub fn series(&self, quantity: Quantity) -> impl Iterator<Item = (u64, f64, f64)> + Clone + '_ {
        let point = move |r: &Arc<Record>| r.get(quantity).map(|value| (r.step, r.time, value));
        self.kept.records.iter().filter_map(point)
    }

    /// The record with features nearest to a step; of two as near, the earlier.
    pub fn nearest_with_features(&self, step: u64) -> Option<&Arc<Record>> {
        self.nearest(step, |record| record.features.is_some())
    }

    /// The record with a spectrum (of J or of JJᵀ) nearest to a step; of two as near, the earlier.
    pub fn nearest_with_spectrum(&self, step: u64) -> Option<&Arc<Record>> {
        self.nearest(step, has_spectrum)
    }

    /// The last recorded step before a step.
    pub fn previous_step(&self, step: u64) -> Option<u64> {
        let from = self.kept.records.partition_point(|r| r.step < step);
        from.checked_sub(1)
            .and_then(|i| self.kept.records.get(i))
            .map(|r| r.step)
    }

    /// The first recorded step after a step.
    pub fn next_step(&self, step: u64) -> Option<u64> {
        self.kept.records.get(self.after(step)).map(|r| r.step)
    }

    /// Where its records lie in memory: copies that still share them say the same.
    pub fn place(&self) -> usize {
        Arc::as_ptr(&self.kept).addr()
    }

    /// Bytes the records hold, roughly.
    pub fn bytes(&self) -> usize {
        self.kept.bytes
    }

    /// Index of the first record after a step.
    fn after(&self, step: u64) -> usize {
        self.kept.records.partition_point(|r| r.step <= step)
    }

    fn nearest(&self, step: u64, wanted: impl Fn(&Record) -> bool) -> Option<&Arc<Record>> {
        let (before, after) = self.kept.records.split_at(self.after(step));
        let earlier = before.iter().rev().find(|r| wanted(r));
        let later = after.iter().find(|r| wanted(r));
        match (earlier, later) {
            (Some(a), Some(b)) if b.step - step < step - a.step => Some(b),
            (Some(a), _) => Some(a),
            (None, later) => later,
        }
    }

    /// Appends a record. One of the last step takes its place; an earlier one is ignored, as an
    /// arm never goes back.
    pub(super) fn push(&mut self, record: Arc<Record>) {
        let kept = Arc::make_mut(&mut self.kept);
        match kept.records.last_mut() {
            Some(last) if record.step < last.step => {}
            Some(last) if record.step == last.step => {
                kept.bytes = kept.bytes - last.bytes() + record.bytes();
                *last = record;
            }
            _ => {
                kept.bytes += record.bytes();
                kept.records.push(record);
                kept.ordinals.push(kept.count);
                kept.count += 1;
            }
        }
    }

    /// Records that came so far, the dropped ones too.
    pub(super) fn count(&self) -> u64 {
        self.kept.count
    }

    /// Bytes of spectra and features.
    pub(super) fn payload_bytes(&self) -> usize {
        let with_payload = self.kept.records.iter().filter(|r| has_payload(r));
        with_payload
            .map(|r| r.bytes() - without_payload(r).bytes())
            .sum()
    }

    /// Drops what is not to be kept.
    pub(super) fn thin(&mut self, thinning: &Thinning) {
        Arc::make_mut(&mut self.kept).thin(thinning);
    }
}

impl Kept {
    fn thin(&mut self, thinning: &Thinning) {
        let (count, mut kept) = (self.count, Vec::with_capacity(self.ordinals.len()));
        let mut ordinals = self.ordinals.iter();
        self.records.retain(|_| {
            let ordinal = ordinals
                .next()
                .copied()
                .filter(|o| thinning.keeps_record(*o, count));
            kept.extend(ordinal);
            ordinal.is_some()
        });
        for (record, ordinal) in self.records.iter_mut().zip(&kept) {
            if !thinning.keeps_payload(*ordinal, count) && has_payload(record) {
                *record = Arc::new(without_payload(record));
            }
        }
        self.ordinals = kept;
        self.bytes = self.records.iter().map(|r| r.bytes()).sum();
    }
}
