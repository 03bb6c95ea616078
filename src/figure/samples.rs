//! How many neurons have which value: a histogram an arm.

use std::collections::BTreeSet;

use crate::history::{ArmHistory, RunHistory};
use crate::observe::Record;
use crate::spec::{Curve, Quantity};

use super::layer::{Axis, Figure, Ink, Layer};
use super::{Range, Scale, at_or_before, visible_arms};

/// Bins of a histogram.
const BINS: usize = 48;

/// Values of a sample of neurons in a record.
pub type Pick = fn(&Record) -> Option<Vec<f64>>;

/// What is counted, and at which step.
#[derive(Clone, Debug)]
pub struct Samples<'a> {
    /// Values of a record.
    pub pick: Pick,
    /// Name of the horizontal axis.
    pub label: &'a str,
    /// What is counted.
    pub definition: &'a str,
    /// Whether the counts at the start are drawn in grey.
    pub ghost: bool,
    /// Arms left out, by index.
    pub hidden: &'a BTreeSet<usize>,
    /// Step shown.
    pub cursor: u64,
}

impl Samples<'_> {
    /// The histograms of the visible arms; `None` where none has such values. `before` is the figure
    /// shown before of the same run, whose extents are kept.
    pub fn figure(&self, history: &RunHistory, before: Option<&Figure>) -> Option<Figure> {
        let arms = || visible_arms(history, self.hidden);
        let now: Vec<(usize, Vec<f64>)> = arms()
            .filter_map(|(i, arm)| Some((i, at_or_before(arm, self.cursor, self.pick)?.1)))
            .collect();
        if now.is_empty() {
            return None;
        }
        let start = arms().filter(|_| self.ghost);
        let start: Vec<Vec<f64>> = start.filter_map(|(_, arm)| self.first(arm)).collect();
        let all = now.iter().map(|(_, v)| v).chain(&start).flatten().copied();
        let range = Range::admit(
            before.map(|before| before.x.range),
            Range::of(all),
            Scale::Linear,
        );
        let ghosts = start.iter().map(|v| (Ink::Ghost, bins(v, range), false));
        let shown = now
            .iter()
            .map(|(i, v)| (Ink::Arm(*i), bins(v, range), true));
        let bars: Vec<_> = ghosts.chain(shown).collect();
        let tallest = bars.iter().flat_map(|(_, bars, _)| bars).map(|b| b[2]);
        let counts = Range {
            low: 0.0,
            high: tallest.fold(1.0, f64::max),
        };
        let counts = Range::admit(
            before.map(|before| before.y.range),
            Some(counts),
            Scale::Linear,
        );
        let layer = |(ink, bars, filled)| Layer::Bars { ink, bars, filled };
        Some(Figure {
            x: self.axis(range),
            y: Axis {
                marks: Vec::new(),
                label: "neurons in a bin".to_owned(),
                definition: "number of sampled neurons in each of 48 bins".to_owned(),
                scale: Scale::Linear,
                whole: true,
                range: counts,
            },
            layers: bars.into_iter().map(layer).collect(),
        })
    }

    fn axis(&self, range: Range) -> Axis {
        Axis {
            marks: Vec::new(),
            label: self.label.to_owned(),
            definition: self.definition.to_owned(),
            scale: Scale::Linear,
            whole: false,
            range,
        }
    }

    /// The values at the start, where another record is shown.
    fn first(&self, arm: &ArmHistory) -> Option<Vec<f64>> {
        let record = arm.records().iter().find(|r| (self.pick)(r).is_some())?;
        let shown = at_or_before(arm, self.cursor, self.pick)?.0.step;
        (record.step < shown).then(|| (self.pick)(record)).flatten()
    }
}

fn bins(values: &[f64], range: Range) -> Vec<[f64; 3]> {
    let width = range.span() / BINS as f64;
    let mut heights = [0.0; BINS];
    for value in values.iter().filter(|v| v.is_finite()) {
        let bin = ((value - range.low) / width).floor();
        let bin = bin.clamp(0.0, (BINS - 1) as f64) as usize;
        if let Some(height) = heights.get_mut(bin) {
            *height += 1.0;
        }
    }
    let left = |i: usize| range.low + i as f64 * width;
    let bars = heights.into_iter().enumerate();
    bars.map(|(i, height)| [left(i), left(i + 1), height])
        .collect()
}

/// ‖w_r(t) − w_r(0)‖ of the sampled neurons.
pub fn neuron_distances(record: &Record) -> Option<Vec<f64>> {
    let distances = record.neuron_distances.as_ref()?;
    Some(distances.iter().map(|d| f64::from(*d)).collect())
}

/// The imbalances of the sampled neurons.
pub fn neuron_imbalances(record: &Record) -> Option<Vec<f64>> {
    Some(record.imbalance.as_ref()?.to_vec())
}

/// Quantities of the window's panel of weights: the movement first, then what else the run
/// measured, without the losses and accuracies, which have a panel of their own.
pub fn trace_quantities(history: &RunHistory) -> Vec<Quantity> {
    let place = |q: &Quantity| match q.facts().curve {
        Curve::Movement(place) => Some(u16::from(place)),
        Curve::Other => Some(u16::MAX),
        Curve::Losses | Curve::BoundOn(_) => None,
    };
    let mut shown = Quantity::ALL.to_vec();
    shown.retain(|q| place(q).is_some());
    // Stable: the others stay in the order of the columns.
    shown.sort_by_key(place);
    shown.retain(|q| is_measured(history, *q));
    shown
}

/// Whether any arm has a value of a quantity. The first and the last record have everything that is
/// ever measured.
pub(super) fn is_measured(history: &RunHistory, quantity: Quantity) -> bool {
    let ends = history.arms().iter().flat_map(|a| [a.first(), a.last()]);
    ends.flatten().any(|r| r.get(quantity).is_some())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn every_finite_value_is_counted_once() {
        let range = Range {
            low: -1.0,
            high: 1.0,
        };
        let bars = bins(&[-1.0, 0.0, 0.999, 1.0, f64::NAN], range);
        assert_eq!(bars.len(), BINS);
        assert_eq!(bars.iter().map(|b| b[2]).sum::<f64>(), 4.0);
        assert_eq!(bars[BINS - 1][2], 2.0);
    }

    #[test]
    fn movement_is_shown_first_and_neither_losses_nor_bounds_are() {
        let scalars = Quantity::ALL.into_iter().map(|q| (q, 1.0)).collect();
        let mut history = RunHistory::new(["a".to_owned()]);
        let record = Record {
            scalars,
            ..Record::default()
        };
        history.push(0, Arc::new(record));
        let shown = trace_quantities(&history);
        let first = [
            Quantity::MaxNeuronDistance,
            Quantity::WeightDistance,
            Quantity::RelativeWeightDistance,
            Quantity::PathLength,
            Quantity::PatternChanges,
            Quantity::OutputDistance,
        ];
        assert_eq!(shown[..6], first);
        assert!(shown[6..].is_sorted() && !shown.contains(&Quantity::TrainLoss));
        assert!(!shown.contains(&Quantity::ActiveFractionBound));
    }
}
