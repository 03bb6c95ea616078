//! One quantity of every arm over the run, with the bounds on it.

use std::collections::BTreeSet;

use crate::history::{ArmHistory, RunHistory};
use crate::observe::Record;
use crate::preset::Experiment;
use crate::spec::Quantity;

use super::bound::{BoundFrame, BoundKey, bound_keys};
use super::layer::{Axis, Dash, Figure, Ink, Layer, Line, Mark, MarkShape, Shaft};
use super::{ArmStatus, Clock, Range, Scale, at_or_before, decimate, visible_arms};

/// Bounds at most this many decades above the data widen the axis.
const BOUND_DECADES: f64 = 3.0;

/// A record whose loss is this many times that at the start belongs to a divergence, which must not
/// flatten the other arms.
const SANE: f64 = 100.0;

/// How a quantity is shown.
#[derive(Clone, Debug, Hash)]
pub struct TraceOptions<'a> {
    /// What is shown.
    pub quantity: Quantity,
    /// What runs along the horizontal axis.
    pub clock: Clock,
    /// Whether that axis is logarithmic.
    pub log_x: bool,
    /// Whether the vertical axis is logarithmic.
    pub log_y: bool,
    /// Whether the theory's bounds are drawn.
    pub bounds: bool,
    /// Arms left out, by index.
    pub hidden: &'a BTreeSet<usize>,
    /// Arm under the pointer, whose struck bounds are drawn where there are many arms.
    pub pointed: Option<usize>,
    /// Step shown.
    pub cursor: u64,
    /// Whether the cursor follows the run.
    pub live: bool,
    /// Width of the plot in pixels.
    pub columns: usize,
}

/// A quantity over the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// What is shown.
    pub quantity: Quantity,
    /// The curves; `None` where no visible arm has measured the quantity.
    pub figure: Option<Figure>,
    /// A row for every arm.
    pub rows: Vec<TraceRow>,
    /// The theory's bounds on the quantity at the step shown.
    pub bounds: Vec<BoundKey>,
}

/// An arm's numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceRow {
    /// Name of the arm.
    pub label: String,
    /// Whether its curve is left out.
    pub hidden: bool,
    /// Value at the start.
    pub start: Option<f64>,
    /// Value at the step shown.
    pub now: Option<f64>,
    /// How far the arm is.
    pub status: ArmStatus,
}

impl Trace {
    /// The curves and numbers of a history; `before` is what was shown before of the same run, whose
    /// extents are kept.
    pub fn new(
        experiment: &Experiment,
        history: &RunHistory,
        options: &TraceOptions<'_>,
        before: Option<&Self>,
    ) -> Self {
        let held = before.and_then(|before| before.held(options));
        let bounds = bound_keys(history, options.quantity, options.hidden, options.cursor);
        let arms = history.arms().iter().enumerate();
        Self {
            quantity: options.quantity,
            figure: figure(experiment, history, options, &bounds, held),
            rows: arms.map(|(i, arm)| row(i, arm, options)).collect(),
            bounds,
        }
    }

    fn held(&self, options: &TraceOptions<'_>) -> Option<[Range; 2]> {
        let Figure { x, y, .. } = self.figure.as_ref()?;
        let same = self.quantity == options.quantity
            && x.scale == options.clock.scale(options.log_x)
            && x.whole == options.clock.is_whole()
            && y.scale.is_log() == options.log_y;
        same.then_some([x.range, y.range])
    }
}

fn row(index: usize, arm: &ArmHistory, options: &TraceOptions<'_>) -> TraceRow {
    let now = at_or_before(arm, options.cursor, |r| r.get(options.quantity));
    TraceRow {
        label: arm.label.clone(),
        hidden: options.hidden.contains(&index),
        start: arm.series(options.quantity).next().map(|(_, _, v)| v),
        now: now.map(|(_, value)| value),
        status: ArmStatus::of(arm),
    }
}

fn figure(
    experiment: &Experiment,
    history: &RunHistory,
    options: &TraceOptions<'_>,
    bounds: &[BoundKey],
    held: Option<[Range; 2]>,
) -> Option<Figure> {
    let y = value_axis(history, options, bounds, held.map(|h| h[1]))?;
    let x = options
        .clock
        .axis(experiment, history, options.log_x, held.map(|h| h[0]));
    let mut layers = Vec::new();
    if !options.live {
        layers.extend(options.clock.cursor_rule(history, options.cursor, x.scale));
    }
    if options.bounds {
        let frame = BoundFrame {
            clock: options.clock,
            scales: [x.scale, y.scale],
            view: x.range,
            columns: options.columns,
        };
        layers.extend(frame.layers(history, options.quantity, options.hidden, options.pointed));
    }
    let pair = options.quantity.measured_bound().filter(|_| options.bounds);
    for quantity in pair.into_iter().chain([options.quantity]) {
        let arms = visible_arms(history, options.hidden);
        let lines = arms.filter_map(|(i, arm)| line((i, arm), quantity, options, [&x, &y]));
        layers.extend(lines.map(Layer::Line));
    }
    let arms = visible_arms(history, options.hidden);
    layers.extend(arms.filter_map(|(i, arm)| mark((i, arm), options, [&x, &y]).map(Layer::Mark)));
    Some(Figure { x, y, layers })
}

/// Axis of the values; `None` where none was measured.
fn value_axis(
    history: &RunHistory,
    options: &TraceOptions<'_>,
    bounds: &[BoundKey],
    held: Option<Range>,
) -> Option<Axis> {
    let scale = if options.log_y {
        Scale::Log
    } else {
        Scale::Linear
    };
    let values = visible_arms(history, options.hidden).flat_map(|(_, arm)| sane(arm, options));
    let values: Vec<f64> = values.collect();
    if values.is_empty() {
        return None;
    }
    let places = || values.iter().filter_map(|v| scale.place(*v));
    let highest = values.iter().copied().fold(0.0, f64::max);
    let near = |v: f64| v.is_finite() && v <= highest * 10f64.powf(BOUND_DECADES);
    let readings = bounds.iter().flat_map(|key| &key.readings);
    let wanted = readings
        .map(|r| r.bound)
        .filter(|v| options.bounds && near(*v) && (options.log_y || *v <= 4.0 * highest));
    let bound_places = wanted.filter_map(|v| scale.place(v));
    let zero = (scale == Scale::Linear).then_some(0.0);
    let data = Range::of(places().chain(bound_places).chain(zero));
    Some(Axis {
        marks: Vec::new(),
        label: options.quantity.title().to_owned(),
        definition: options.quantity.definition().to_owned(),
        scale,
        whole: false,
        range: Range::admit(held, data, scale),
    })
}

/// Values of the records that are no part of a divergence.
fn sane<'a>(arm: &'a ArmHistory, options: &TraceOptions<'_>) -> impl Iterator<Item = f64> + 'a {
    let quantity = options.quantity;
    let loss = |r: &Record| r.get(Quantity::TrainLoss);
    let limit = arm
        .first()
        .and_then(|r| loss(r))
        .map_or(f64::INFINITY, |l| SANE * l);
    let records = arm.records().iter();
    records
        .filter(move |r| loss(r).is_none_or(|l| l <= limit))
        .filter_map(move |r| r.get(quantity))
        .filter(|v| v.is_finite())
}

fn line(
    (index, arm): (usize, &ArmHistory),
    quantity: Quantity,
    options: &TraceOptions<'_>,
    [x, y]: [&Axis; 2],
) -> Option<Line> {
    let points = arm.series(quantity).filter_map(|(step, time, value)| {
        let height = y.scale.place(value).unwrap_or(f64::NAN);
        let at = options.clock.value(step as f64, time);
        Some([x.scale.place(at)?, height])
    });
    let points = decimate(points, x.range, options.columns);
    let own = quantity == options.quantity;
    (!points.is_empty()).then(|| Line {
        name: format!("{}, {}", arm.label, quantity.title()),
        ink: Ink::Arm(index),
        shaft: Shaft {
            width: if own { 2.0 } else { 1.4 },
            opacity: if own { 1.0 } else { 0.9 },
            dash: if own { Dash::Arm(index) } else { Dash::DOTTED },
        },
        points,
        end_label: own.then(|| arm.label.clone()),
    })
}

/// A disc at the step shown.
fn mark(
    (index, arm): (usize, &ArmHistory),
    options: &TraceOptions<'_>,
    [x, y]: [&Axis; 2],
) -> Option<Mark> {
    let (record, value) = at_or_before(arm, options.cursor, |r| r.get(options.quantity))?;
    let at = options.clock.value(record.step as f64, record.time);
    let height = y.scale.place(value)?;
    Some(Mark {
        ink: Ink::Arm(index),
        at: [x.scale.place(at)?, height.clamp(y.range.low, y.range.high)],
        shape: MarkShape::Disc,
        label: String::new(),
    })
}
