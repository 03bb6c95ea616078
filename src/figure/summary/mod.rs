//! One number of every arm against what the arms vary.

mod along;
mod fields;
mod fit;
mod moment;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::history::{NotReached, Reading, RunHistory, read};
use crate::preset::{ArmRef, Experiment};
use crate::spec::{Moment, Quantity, SummaryMoment};

use super::axis_marker::AxisMarker;
use super::layer::{Axis, Figure, Ink, Layer, Mark, MarkShape};
use super::samples::is_measured;
use super::sweep::{Laid, value_scale};
use super::{ArmStatus, Range, Scale};
use along::Along;
pub use fields::{VariedField, arm_axes};
use fit::fits;
pub use fit::{SUMMARY_SHAFT, SummaryFit};
use moment::moment;

/// What is shown, and how.
#[derive(Clone, Debug, Hash)]
pub struct SummaryOptions<'a> {
    /// What is read of each arm.
    pub quantity: Quantity,
    /// When.
    pub moment: SummaryMoment,
    /// Path of the field that is the horizontal axis, of those that the arms vary; their names without one.
    pub field: Option<&'a str>,
    /// Whether the axes are logarithmic, where chosen: horizontal, vertical.
    pub log: [Option<bool>; 2],
    /// Arms left out, by index.
    pub hidden: &'a BTreeSet<usize>,
    /// Step shown.
    pub cursor: u64,
}

/// One number of every arm against what the arms vary.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Axes, fitted lines, a mark an arm, hollow for a guest; `None` without a finite value.
    pub figure: Option<Figure>,
    /// Whether the axes are logarithmic, where they can be both.
    pub log: [Option<bool>; 2],
    /// Symbol of the field along the horizontal axis.
    pub symbol: String,
    /// What the field is.
    pub definition: String,
    /// A row for every arm, guests behind the run's own.
    pub rows: Vec<SummaryRow>,
    /// The fitted exponents.
    pub fits: Vec<SummaryFit>,
    /// What is marked along the horizontal axis.
    pub marker: Option<AxisMarker>,
    shows: (Quantity, SummaryMoment),
}

/// An arm's numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryRow {
    /// Name of the arm.
    pub label: String,
    /// Whether it is left out by the user.
    pub hidden: bool,
    /// Whether it is an arm of another run beside this one.
    pub is_guest: bool,
    /// Its value of the field.
    pub x: String,
    /// What was read.
    pub value: Option<f64>,
    /// The value with its step, or why there is none.
    pub text: String,
    /// Where its mark is, in axis coordinates; `None` where it has none.
    pub at: Option<[f64; 2]>,
    /// How far the arm is.
    pub status: ArmStatus,
}

/// The quantities a run has measured, the test loss first.
pub fn summary_quantities(history: &RunHistory) -> Vec<Quantity> {
    let others = Quantity::ALL.into_iter();
    let others = others.filter(|quantity| *quantity != Quantity::TestLoss);
    let all = std::iter::once(Quantity::TestLoss).chain(others);
    all.filter(|q| is_measured(history, *q)).collect()
}

impl Summary {
    /// Reads every arm; `before` is what was shown before of the same run, whose extents are kept.
    pub fn new(
        experiment: &Experiment,
        history: &RunHistory,
        options: &SummaryOptions<'_>,
        before: Option<&Self>,
    ) -> Self {
        let mut fields = VariedField::all(experiment).into_iter();
        let field = fields.find(|field| Some(field.path) == options.field);
        let along = Along::of(experiment, history, field);
        let names = (along.symbol.as_str(), along.definition.clone());
        let x = Laid::of(&along.values, names, true, options.log[0]);
        let moment = moment(history, options);
        let arms = 0..history.arms().len();
        let read = |arm| row(history, (arm, along.name(arm)), options, &moment);
        let mut rows: Vec<SummaryRow> = arms.filter_map(read).collect();
        let values = rows.iter().filter(|row| !row.hidden);
        let values: Vec<f64> = values.filter_map(|row| row.value).collect();
        // A power law is a straight line where both axes are logarithmic.
        let log_y = options.log[1].or(x.log.filter(|log| *log));
        let (scale, either) = value_scale(&values, log_y);
        for (arm, row) in rows.iter_mut().enumerate().filter(|(_, row)| !row.hidden) {
            let place = along.places.get(arm).copied().flatten();
            let place = place.and_then(|j| x.places.get(j));
            let height = row.value.and_then(|value| scale.place(value));
            row.at = place.zip(height).map(|(x, y)| [*x, y]);
        }
        let fitted = fits((experiment, history), (field, &along), &rows);
        let scales = [x.axis.scale, scale];
        let lines = fitted.iter().map(|fit| fit.layer(scales));
        let marks = rows.iter().enumerate().filter_map(mark);
        let marker = field.filter(|_| x.has_numbers);
        let span = (x.axis.scale, x.axis.range);
        let marker = marker.and_then(|field| AxisMarker::of(&experiment.arms, field.path, span));
        let rule = marker.iter().map(AxisMarker::rule);
        let layers: Vec<Layer> = rule.chain(lines).chain(marks).collect();
        let data = Range::of(values.iter().filter_map(|value| scale.place(*value)));
        let data = data.map(|data| with_room(data, scale));
        Self {
            figure: data.is_some().then(|| Figure {
                layers,
                y: value_axis((experiment, options), before, scale, data),
                x: x.axis,
            }),
            log: [x.log, either.then_some(scale.is_log())],
            fits: fitted.into_iter().map(|fitted| fitted.fit).collect(),
            symbol: along.symbol,
            definition: along.definition,
            shows: (options.quantity, options.moment),
            marker,
            rows,
        }
    }
}

/// Room for whole marks at both ends; what is nowhere negative keeps to that.
fn with_room(data: Range, scale: Scale) -> Range {
    let room = 0.05 * data.span();
    let floor = if scale.is_log() || data.low < 0.0 {
        f64::NEG_INFINITY
    } else {
        0.0
    };
    Range {
        low: (data.low - room).max(floor),
        high: data.high + room,
    }
}

fn value_axis(
    (experiment, options): (&Experiment, &SummaryOptions<'_>),
    before: Option<&Summary>,
    scale: Scale,
    data: Option<Range>,
) -> Axis {
    let (quantity, moment) = (options.quantity, options.moment);
    let held = before.filter(|held| held.shows == (quantity, moment));
    let held = held.and_then(|held| held.figure.as_ref());
    let held = held.filter(|figure| figure.y.scale == scale);
    Axis {
        marks: Vec::new(),
        label: format!("{}, {}", quantity.title(), moment.title()),
        definition: format!(
            "{}; {}",
            quantity.definition_under(experiment.preset.loss),
            moment.definition()
        ),
        scale,
        whole: false,
        range: Range::admit(held.map(|figure| figure.y.range), data, scale),
    }
}

/// The row of an arm, without its place yet.
fn row(
    history: &RunHistory,
    (index, x): (usize, String),
    options: &SummaryOptions<'_>,
    moment: &Result<Moment<Quantity>, String>,
) -> Option<SummaryRow> {
    let arm = history.arms().get(index)?;
    let reading = moment.as_ref().map_err(Clone::clone).and_then(|moment| {
        // Read without a name: it stands before the row already.
        let arm = ArmRef {
            index,
            name: String::new(),
        };
        let reading = read(history, options.quantity, &arm, moment);
        reading.map_err(|NotReached(text)| text)
    });
    let (value, text) = match reading {
        Ok(Reading { value, text }) => (Some(value), text),
        Err(text) => (None, text),
    };
    Some(SummaryRow {
        label: arm.label.clone(),
        hidden: options.hidden.contains(&index),
        is_guest: arm.role.is_guest(),
        x,
        value: value.filter(|value| value.is_finite()),
        text,
        at: None,
        status: ArmStatus::of(arm),
    })
}

fn mark((arm, row): (usize, &SummaryRow)) -> Option<Layer> {
    Some(Layer::Mark(Mark {
        ink: Ink::Arm(arm),
        at: row.at?,
        shape: match row.is_guest {
            true => MarkShape::Ring,
            false => MarkShape::Disc,
        },
        label: row.label.clone(),
    }))
}
