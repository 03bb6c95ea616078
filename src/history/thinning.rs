//! Which records are kept when memory runs short.

use crate::observe::Record;

/// Records at the end of the run that are kept at full resolution as long as memory allows.
const RECENT: u64 = 256;

/// What is kept of a run: of the spectra and features, and of the records themselves.
///
/// Records are counted as they come, from 0. The first and the last are always kept whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Thinning {
    payloads: Layer,
    records: Layer,
}

/// Keeps every `stride`-th and the `recent` last; strides are powers of two, so that what a coarser
/// layer keeps was kept by the finer one.
#[derive(Clone, Copy, Debug)]
struct Layer {
    stride: u64,
    recent: u64,
}

impl Default for Thinning {
    fn default() -> Self {
        let everything = Layer {
            stride: 1,
            recent: RECENT,
        };
        Self {
            payloads: everything,
            records: everything,
        }
    }
}

impl Thinning {
    /// Whether the record that came as number `ordinal` of `count` is kept.
    pub(super) fn keeps_record(&self, ordinal: u64, count: u64) -> bool {
        self.records.keeps(ordinal, count)
    }

    /// Whether its spectra and features are kept.
    pub(super) fn keeps_payload(&self, ordinal: u64, count: u64) -> bool {
        self.payloads.keeps(ordinal, count)
    }

    /// The next coarser thinning of at most `count` records an arm, or `None` where only the first
    /// and the last are left. Whatever takes most of the memory is thinned, payloads before records.
    pub(super) fn coarser(&self, count: u64, payloads_weigh_most: bool) -> Option<Self> {
        let payloads = || {
            self.payloads
                .coarser(count)
                .map(|payloads| Self { payloads, ..*self })
        };
        let records = || {
            self.records
                .coarser(count)
                .map(|records| Self { records, ..*self })
        };
        if payloads_weigh_most {
            payloads().or_else(records)
        } else {
            records().or_else(payloads)
        }
    }
}

impl Layer {
    fn keeps(self, ordinal: u64, count: u64) -> bool {
        ordinal.is_multiple_of(self.stride) || ordinal.saturating_add(self.recent) >= count
    }

    fn coarser(self, count: u64) -> Option<Self> {
        if self.stride < count {
            Some(Self {
                stride: self.stride.saturating_mul(2),
                ..self
            })
        } else if self.recent > 1 {
            Some(Self {
                recent: self.recent / 2,
                ..self
            })
        } else {
            None
        }
    }
}

/// Whether a record has more than scalars.
pub(super) fn has_payload(record: &Record) -> bool {
    record.features.is_some()
        || record.imbalance.is_some()
        || record.neuron_distances.is_some()
        || record.kernel.is_some()
        || record.surface.is_some()
        || record.answers.is_some()
        || has_spectrum(record)
}

/// Whether a record has a spectrum.
pub(super) fn has_spectrum(record: &Record) -> bool {
    record.singular_values.is_some() || record.ntk_eigenvalues.is_some()
}

/// The scalars of a record alone.
pub(super) fn without_payload(record: &Record) -> Record {
    Record {
        step: record.step,
        time: record.time,
        scalars: record.scalars.clone(),
        singular_values: None,
        ntk_eigenvalues: None,
        features: None,
        imbalance: None,
        neuron_distances: None,
        kernel: None,
        surface: None,
        answers: None,
    }
}
