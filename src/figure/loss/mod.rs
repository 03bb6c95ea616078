//! Loss curves of every arm, and the numbers at the step shown.

mod curves;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::fit::{Rate, fit_rate, part_way};
use crate::history::{ArmHistory, RunHistory};
use crate::preset::Experiment;
use crate::spec::{LossKind, LossOver, Quantity};

use super::bound::BoundFrame;
use super::layer::{Axis, Dash, Figure, Layer, Shaft};
use super::{ArmStatus, BoundKey, Clock, Range, Scale, at_or_before, bound_keys, visible_arms};

/// How the loss curves are shown.
#[derive(Clone, Debug, Hash)]
pub struct LossOptions<'a> {
    /// What runs along the horizontal axis.
    pub clock: Clock,
    /// Whether that axis is logarithmic.
    pub log_x: bool,
    /// Whether the loss axis is logarithmic.
    pub log_y: bool,
    /// Whether the theory's bounds are drawn.
    pub bounds: bool,
    /// Arms left out of the curves, by index.
    pub hidden: &'a BTreeSet<usize>,
    /// Arm under the pointer, whose struck bounds are drawn where there are many arms.
    pub pointed: Option<usize>,
    /// Step shown.
    pub cursor: u64,
    /// Whether the cursor follows the run.
    pub live: bool,
    /// Part of the horizontal axis looked at, where the user zoomed in.
    pub view: Option<Range>,
    /// Width of the plot in pixels.
    pub columns: usize,
}

/// Loss curves with their numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Loss {
    /// The curves.
    pub figure: Figure,
    /// A row for every arm, hidden ones too.
    pub rows: Vec<LossRow>,
    /// Steps or times between which the curves are looked at, both included.
    pub window: [f64; 2],
    /// The theory's bounds on the training loss at the step shown.
    pub bounds: Vec<BoundKey>,
}

/// An arm's numbers at the step shown; `None` where they are not measured.
#[derive(Clone, Debug, PartialEq)]
pub struct LossRow {
    /// Name of the arm.
    pub label: String,
    /// Whether its curves are left out.
    pub hidden: bool,
    /// Training loss.
    pub train: Option<f64>,
    /// Test loss.
    pub test: Option<f64>,
    /// Training loss of the linearized twin.
    pub twin: Option<f64>,
    /// Accuracy on the test set, or on the training set where there is no test set.
    pub accuracy: Option<f64>,
    /// Rate of the training loss over the window looked at, per unit of time t.
    pub rate: Option<Rate>,
    /// How far the arm is.
    pub status: ArmStatus,
}

/// The three curves of an arm, the last on top.
const CURVES: [(Quantity, Shaft); 3] = [
    (
        Quantity::LinearizedTrainLoss,
        Shaft {
            width: 1.2,
            opacity: 0.85,
            dash: Dash::TWIN,
        },
    ),
    (
        Quantity::TestLoss,
        Shaft {
            width: 1.0,
            opacity: 0.7,
            dash: Dash::SOLID,
        },
    ),
    (
        Quantity::TrainLoss,
        Shaft {
            width: 2.0,
            opacity: 1.0,
            dash: Dash::SOLID,
        },
    ),
];

impl Loss {
    /// Width and dash of a curve of an arm: training loss in the arm's own dash, test loss thin,
    /// the linearized twin in short dashes.
    pub fn shaft(quantity: Quantity, arm: usize) -> Shaft {
        let found = CURVES.iter().find(|(q, _)| *q == quantity);
        let shaft = found.map_or(CURVES[2].1, |(_, s)| *s);
        let own = Dash::Arm(arm);
        let is_twin = shaft.dash == Dash::TWIN;
        Shaft {
            dash: if is_twin { Dash::TWIN } else { own },
            ..shaft
        }
    }

    /// The extents to keep, where the scales are still the same.
    fn held(&self, options: &LossOptions<'_>) -> Option<[Range; 2]> {
        let Figure { x, y, .. } = &self.figure;
        let same = x.scale == options.clock.scale(options.log_x)
            && x.whole == options.clock.is_whole()
            && y.scale.is_log() == options.log_y;
        same.then_some([x.range, y.range])
    }

    /// The curves and numbers of a history; `before` is what was shown before of the same run, whose
    /// extents are kept.
    pub fn new(
        experiment: &Experiment,
        history: &RunHistory,
        options: &LossOptions<'_>,
        before: Option<&Self>,
    ) -> Self {
        let held = before.and_then(|before| before.held(options));
        let held = |d: usize| held.map(|h| h[d]);
        let x = options
            .clock
            .axis(experiment, history, options.log_x, held(0));
        let y = loss_axis(experiment, history, options, held(1));
        let view = options.view.unwrap_or(x.range);
        let frame = curves::Frame {
            clock: options.clock,
            scales: [x.scale, y.scale],
            view,
            height: y.range,
            columns: options.columns,
        };
        let mut layers = Vec::new();
        if !options.live {
            layers.extend(options.clock.cursor_rule(history, options.cursor, x.scale));
        }
        if options.bounds {
            layers.extend(bounds(history, options, [x.scale, y.scale], view));
        }
        for (quantity, _) in CURVES {
            let arms = visible_arms(history, options.hidden);
            let curves = arms.filter_map(|(i, arm)| frame.curve(i, arm, quantity));
            layers.extend(curves.map(Layer::Line));
        }
        let arms = visible_arms(history, options.hidden);
        let readings = arms.filter_map(|(i, arm)| frame.reading(i, arm, options.cursor));
        layers.extend(readings.map(Layer::Mark));
        let window = window(options.clock, x.scale, view);
        let arms = history.arms().iter().enumerate();
        Self {
            rows: arms.map(|(i, arm)| row(i, arm, options, window)).collect(),
            window,
            bounds: bound_keys(history, Quantity::TrainLoss, options.hidden, options.cursor),
            figure: Figure { x, y, layers },
        }
    }
}

fn bounds(
    history: &RunHistory,
    options: &LossOptions<'_>,
    scales: [Scale; 2],
    view: Range,
) -> Vec<Layer> {
    let frame = BoundFrame {
        clock: options.clock,
        scales,
        view,
        columns: options.columns,
    };
    frame.layers(
        history,
        Quantity::TrainLoss,
        options.hidden,
        options.pointed,
    )
}

/// What is looked at in values of the clock; whole steps.
fn window(clock: Clock, scale: Scale, view: Range) -> [f64; 2] {
    let value = |place: f64| scale.value(place).max(0.0);
    match clock {
        Clock::Steps => [value(view.low).ceil(), value(view.high).round()],
        Clock::Time => [value(view.low), value(view.high)],
    }
}

fn loss_axis(
    experiment: &Experiment,
    history: &RunHistory,
    options: &LossOptions<'_>,
    held: Option<Range>,
) -> Axis {
    let scale = if options.log_y {
        Scale::Log
    } else {
        Scale::Linear
    };
    let loss = experiment.preset.loss;
    let label = match loss.over {
        LossOver::Sum if loss.kind == LossKind::CrossEntropy => "cross-entropy, sum",
        _ if loss.kind == LossKind::CrossEntropy => "cross-entropy, mean",
        LossOver::Sum => "loss ½ Σ‖f − y‖²",
        LossOver::Mean => "loss ½ mean‖f − y‖²",
        LossOver::Average => "loss mean‖f − y‖²",
        LossOver::MeanSquaredError => "mean squared error",
    };
    let [.., definition] = loss.definitions();
    Axis {
        marks: Vec::new(),
        label: label.to_owned(),
        definition: definition.to_owned(),
        scale,
        whole: false,
        range: curves::height((experiment, history), options, scale, held),
    }
}

fn row(index: usize, arm: &ArmHistory, options: &LossOptions<'_>, window: [f64; 2]) -> LossRow {
    let get = |quantity| at_or_before(arm, options.cursor, |r| r.get(quantity)).map(|(_, v)| v);
    LossRow {
        label: arm.label.clone(),
        hidden: options.hidden.contains(&index),
        train: get(Quantity::TrainLoss),
        test: get(Quantity::TestLoss),
        twin: get(Quantity::LinearizedTrainLoss),
        accuracy: get(Quantity::TestAccuracy).or_else(|| get(Quantity::TrainAccuracy)),
        rate: fit_rate(within(arm, options.clock, window).into_iter()),
        status: ArmStatus::of(arm),
    }
}

/// Time and training loss within a window of the clock. Its ends lie on the straight lines of ln loss
/// between records, so that they don't follow the records.
fn within(arm: &ArmHistory, clock: Clock, [low, high]: [f64; 2]) -> Vec<(f64, f64)> {
    let series: Vec<_> = arm
        .series(Quantity::TrainLoss)
        .map(|(step, time, loss)| (clock.value(step as f64, time), (time, loss)))
        .collect();
    let inside = |(x, _): &&(f64, (f64, f64))| low <= *x && *x <= high;
    let crossed = |edge: f64| {
        let pair = series
            .windows(2)
            .find(|pair| pair[0].0 < edge && edge < pair[1].0)?;
        let [from, to] = [pair[0], pair[1]];
        Some(part_way(from.1, to.1, (edge - from.0) / (to.0 - from.0)))
    };
    let points = series.iter().filter(inside).map(|(_, point)| *point);
    crossed(low)
        .into_iter()
        .chain(points)
        .chain(crossed(high))
        .collect()
}
