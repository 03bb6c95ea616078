//! The spectra a figure is drawn from.

use std::sync::Arc;

use crate::figure::layer::Axis;
use crate::figure::{Range, Scale, at_or_before, visible_arms};
use crate::history::{ArmHistory, RunHistory};
use crate::preset::{Experiment, Precision};

use super::{Floored, SpectrumOptions};

/// An arm's spectrum at the step shown and at the start, descending.
pub(super) struct Shown {
    pub(super) index: usize,
    pub(super) label: String,
    pub(super) now: Arc<[f64]>,
    /// `None` where the spectrum shown is that of the start.
    pub(super) start: Option<Arc<[f64]>>,
    pub(super) precision: Precision,
}

impl Shown {
    pub(super) fn of(
        index: usize,
        arm: &ArmHistory,
        cursor: u64,
        precision: Precision,
    ) -> Option<Self> {
        let (record, now) = at_or_before(arm, cursor, |r| r.singular_values.clone())?;
        let spectra = arm.records().iter();
        let mut spectra = spectra.filter_map(|r| Some((r.step, r.singular_values.clone()?)));
        let start = spectra.next().filter(|(step, _)| *step < record.step);
        Some(Self {
            index,
            label: arm.label.clone(),
            now,
            start: start.map(|(_, values)| values),
            precision,
        })
    }

    /// (rank, value) of the values of a spectrum of this arm, the largest at rank 1.
    pub(super) fn ranked<'a>(
        &self,
        values: &'a [f64],
    ) -> impl Iterator<Item = (f64, Floored)> + use<'a> {
        let max = values.first().copied().unwrap_or(0.0);
        let precision = self.precision;
        let rank = |i: usize| (i + 1) as f64;
        let floored = move |v: &f64| Floored::of(*v, max, precision);
        values
            .iter()
            .enumerate()
            .map(move |(i, v)| (rank(i), floored(v)))
    }
}

/// Precision an arm is trained in.
pub(super) fn precision(experiment: &Experiment, arm: usize) -> Precision {
    let own = experiment.arms.get(arm).map(|a| a.preset.precision);
    own.unwrap_or(experiment.preset.precision)
}

/// Extent of all values that were ever measured, so that moving the cursor does not move the axis.
pub(super) fn value_range(
    experiment: &Experiment,
    history: &RunHistory,
    options: &SpectrumOptions<'_>,
    held: Option<Range>,
) -> Range {
    let places = visible_arms(history, options.hidden).flat_map(|(index, arm)| {
        let precision = precision(experiment, index);
        let spectra = arm
            .records()
            .iter()
            .filter_map(|r| r.singular_values.as_ref());
        spectra.flat_map(move |values| {
            let max = values.first().copied().unwrap_or(0.0);
            let least = values
                .last()
                .map(|v| Floored::of(*v, max, precision).shown());
            [Some(max), least].map(|v| v.and_then(|v| Scale::Log.place(v)))
        })
    });
    Range::admit(held, Range::of(places.flatten()), Scale::Log)
}

/// The axis of the values.
pub(super) fn value_axis(range: Range) -> Axis {
    Axis {
        label: "singular value σᵢ".to_owned(),
        definition: "singular values of the Jacobian ∂f(x_a)/∂θ of the outputs on the training set by the trained weights, from the eigenvalues of JJᵀ".to_owned(),
        scale: Scale::Log,
        whole: false,
        range,
    }
}
