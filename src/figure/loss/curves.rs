//! Curves, readings and the extent of the loss axis.

use crate::figure::layer::{Ink, Line, Mark, MarkShape};
use crate::figure::reading::{epsilon, precision};
use crate::figure::{ArmStatus, Clock, Range, Scale, at_or_before, decimate, visible_arms};
use crate::history::{ArmHistory, RunHistory};
use crate::preset::Experiment;
use crate::spec::Quantity;

use super::{CURVES, Loss, LossOptions};

/// A loss this many times the largest at the start is drawn beyond the upper edge: a diverging arm
/// must not flatten the others.
const CEILING: f64 = 100.0;

/// Extent of the loss axis: all losses that were ever measured, below the ceiling; those of the twins
/// down to what rounding leaves of the network's own.
pub(super) fn height(
    (experiment, history): (&Experiment, &RunHistory),
    options: &LossOptions<'_>,
    scale: Scale,
    held: Option<Range>,
) -> Range {
    let arms = || visible_arms(history, options.hidden);
    let at_start = arms()
        .filter_map(|(_, arm)| arm.first())
        .flat_map(|record| CURVES.map(|(q, _)| record.get(q)))
        .flatten();
    let ceiling = CEILING * at_start.filter(|v| v.is_finite()).fold(0.0, f64::max);
    let series = arms().flat_map(|(index, arm)| {
        let floor = floor(experiment, index, arm);
        CURVES.map(|(quantity, _)| {
            let twin = quantity == Quantity::LinearizedTrainLoss;
            let least = if twin { floor } else { f64::NEG_INFINITY };
            let losses = arm.series(quantity).map(|(_, _, loss)| loss);
            losses.filter(move |loss| *loss >= least)
        })
    });
    let losses = series.flatten();
    let places = losses
        .filter(|loss| *loss <= ceiling)
        .filter_map(|loss| scale.place(loss));
    let zero = (scale == Scale::Linear).then_some(0.0);
    Range::admit(held, Range::of(places.chain(zero)), scale)
}

/// The least loss that an arm can tell from zero: ε² of the loss at the start, ε the distance from 1 to
/// the next number of its precision. The twin is computed in closed form and goes on to fall, which
/// says nothing of the network.
fn floor(experiment: &Experiment, index: usize, arm: &ArmHistory) -> f64 {
    let start = arm
        .first()
        .and_then(|record| record.get(Quantity::TrainLoss));
    let epsilon = epsilon(precision(experiment, index));
    start.map_or(f64::NEG_INFINITY, |loss| epsilon * epsilon * loss)
}

/// Where curves are drawn.
pub(super) struct Frame {
    /// What runs along the horizontal axis.
    pub(super) clock: Clock,
    /// Scales of the horizontal and of the loss axis.
    pub(super) scales: [Scale; 2],
    /// Part of the horizontal axis looked at.
    pub(super) view: Range,
    /// Extent of the loss axis.
    pub(super) height: Range,
    /// Width in pixels.
    pub(super) columns: usize,
}

impl Frame {
    /// A curve, or `None` where the quantity was never measured. Zero and non-finite losses
    /// interrupt it on a logarithmic axis.
    pub(super) fn curve(&self, index: usize, arm: &ArmHistory, quantity: Quantity) -> Option<Line> {
        let [x, y] = self.scales;
        let points = arm.series(quantity).filter_map(|(step, time, loss)| {
            let loss = y.place(loss).unwrap_or(f64::NAN);
            Some([x.place(self.clock.value(step as f64, time))?, loss])
        });
        let points = decimate(points, self.view, self.columns);
        (!points.is_empty()).then(|| Line {
            name: format!("{}, {}", arm.label, quantity.title()),
            ink: Ink::Arm(index),
            shaft: Loss::shaft(quantity, index),
            points,
            end_label: (quantity == Quantity::TrainLoss).then(|| arm.label.clone()),
        })
    }

    /// A disc on the training loss at the step shown, or a cross at the last loss within the frame
    /// where the arm diverged before that step.
    pub(super) fn reading(&self, index: usize, arm: &ArmHistory, cursor: u64) -> Option<Mark> {
        let [x, y] = self.scales;
        let status = ArmStatus::of(arm);
        let ended = matches!(status, ArmStatus::Diverged(step) if step <= cursor);
        let (record, place) = at_or_before(arm, cursor, |r| {
            let place = y.place(r.get(Quantity::TrainLoss)?)?;
            (!ended || place <= self.height.high).then_some(place)
        })?;
        Some(Mark {
            ink: if ended { Ink::Error } else { Ink::Arm(index) },
            at: [
                x.place(self.clock.value(record.step as f64, record.time))?,
                place.clamp(self.height.low, self.height.high),
            ],
            shape: match ended {
                true => MarkShape::Cross,
                false => MarkShape::Disc,
            },
            label: if ended { status.text() } else { String::new() },
        })
    }
}
