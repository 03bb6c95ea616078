//! The spectra a figure is drawn from.

use std::sync::Arc;

use crate::figure::layer::Axis;
use crate::figure::reading::precision;
use crate::figure::{Range, Scale, at_or_before, visible_arms};
use crate::history::{ArmHistory, RunHistory};
use crate::observe::Record;
use crate::preset::Experiment;
use crate::spec::Precision;

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
        let (record, now) = at_or_before(arm, cursor, spectrum)?;
        let spectra = arm.records().iter();
        let mut spectra = spectra.filter_map(|r| Some((r.step, spectrum(r)?)));
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

/// Singular values of a record, descending; where it has eigenvalues of the kernel only, as a
/// kernel without a network has, their roots.
pub(super) fn spectrum(record: &Record) -> Option<Arc<[f64]>> {
    let own = record.singular_values.clone();
    own.or_else(|| Some(record.ntk_eigenvalues.as_ref()?.iter().map(root).collect()))
}

/// σ = √λ; an eigenvalue below 0 is one of 0 with rounding.
fn root(eigenvalue: &f64) -> f64 {
    eigenvalue.max(0.0).sqrt()
}

/// The largest and the smallest value of a record's spectrum.
fn extremes(record: &Record) -> Option<[f64; 2]> {
    if let Some(values) = &record.singular_values {
        return Some([*values.first()?, *values.last()?]);
    }
    let values = record.ntk_eigenvalues.as_ref()?;
    Some([root(values.first()?), root(values.last()?)])
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
        let spectra = arm.records().iter().filter_map(|r| extremes(r));
        spectra.flat_map(move |[max, min]| {
            let least = Some(Floored::of(min, max, precision).shown());
            [Some(max), least].map(|v| v.and_then(|v| Scale::Log.place(v)))
        })
    });
    Range::admit(held, Range::of(places.flatten()), Scale::Log)
}

/// The axis of the values.
pub(super) fn value_axis(range: Range) -> Axis {
    Axis {
 marks: Vec::new(),
        label: "singular value σᵢ".to_owned(),
        definition: "singular values of the Jacobian ∂f(x_a)/∂θ of the outputs on the training set by the trained weights, the roots σᵢ = √λᵢ of the eigenvalues of the tangent kernel JJᵀ; of the limit of infinite width those of its kernel".to_owned(),
        scale: Scale::Log,
        whole: false,
        range,
    }
}
