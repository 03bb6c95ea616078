//! Curves, readings and the extent of the loss axis.

use crate::figure::layer::{Ink, Line, Mark};
use crate::figure::{ArmStatus, Clock, Range, Scale, at_or_before, decimate, visible_arms};
use crate::history::{ArmHistory, RunHistory};
use crate::spec::Quantity;

use super::{CURVES, Loss, LossOptions};

/// A loss this many times the largest at the start is drawn beyond the upper edge: a diverging arm
/// must not flatten the others.
const CEILING: f64 = 100.0;

/// Extent of the loss axis: all losses that were ever measured, below the ceiling.
pub(super) fn height(
    history: &RunHistory,
    options: &LossOptions<'_>,
    scale: Scale,
    held: Option<Range>,
) -> Range {
    let arms = || visible_arms(history, options.hidden).map(|(_, arm)| arm);
    let at_start = arms()
        .filter_map(ArmHistory::first)
        .flat_map(|record| CURVES.map(|(q, _)| record.get(q)))
        .flatten();
    let ceiling = CEILING * at_start.filter(|v| v.is_finite()).fold(0.0, f64::max);
    let series = arms().flat_map(|arm| CURVES.map(|(q, _)| arm.series(q)));
    let losses = series.flatten().map(|(_, _, loss)| loss);
    let places = losses
        .filter(|loss| *loss <= ceiling)
        .filter_map(|loss| scale.place(loss));
    let zero = (scale == Scale::Linear).then_some(0.0);
    Range::admit(held, Range::of(places.chain(zero)), scale)
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
            cross: ended,
            label: if ended { status.text() } else { String::new() },
        })
    }
}
