//! Loss curves of every arm, and the numbers at the step shown.

use std::collections::BTreeSet;

use crate::history::{ArmHistory, RunHistory};
use crate::observe::Quantity;
use crate::preset::{Experiment, LossOver};

use super::layer::{Axis, Dash, Figure, Ink, Layer, Line, Mark, Rule, Shaft};
use super::{ArmStatus, Range, Scale, decimate, visible_arms};

/// Loss this many times the largest at the start is drawn beyond the upper edge: a diverging arm
/// must not flatten the others.
const CEILING: f64 = 100.0;

/// How the loss curves are shown.
#[derive(Clone, Debug)]
pub struct LossOptions<'a> {
    /// Whether the step axis is logarithmic.
    pub log_x: bool,
    /// Whether the loss axis is logarithmic.
    pub log_y: bool,
    /// Arms left out of the curves, by index.
    pub hidden: &'a BTreeSet<usize>,
    /// Step shown.
    pub cursor: u64,
    /// Whether the cursor follows the run.
    pub live: bool,
    /// Part of the step axis looked at, where the user zoomed in.
    pub view: Option<Range>,
    /// Width of the plot in pixels.
    pub columns: usize,
    /// Extents shown before, horizontal and vertical, under the same scales.
    pub held: Option<[Range; 2]>,
}

/// Loss curves with their numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Loss {
    /// The curves.
    pub figure: Figure,
    /// A row for every arm, hidden ones too.
    pub rows: Vec<LossRow>,
    /// Steps between which the curves are looked at, both included.
    pub window: [u64; 2],
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
        let shaft = CURVES
            .iter()
            .find(|(q, _)| *q == quantity)
            .map_or(CURVES[2].1, |(_, s)| *s);
        if shaft.dash == Dash::TWIN {
            shaft
        } else {
            Shaft {
                dash: Dash::of_arm(arm),
                ..shaft
            }
        }
    }

    /// The extents to keep, where the scales are still the same.
    pub fn held(&self, log_x: bool, log_y: bool) -> Option<[Range; 2]> {
        let Figure { x, y, .. } = &self.figure;
        let same = x.scale.is_log() == log_x && y.scale.is_log() == log_y;
        same.then_some([x.range, y.range])
    }

    /// The curves and numbers of a history.
    pub fn new(experiment: &Experiment, history: &RunHistory, options: &LossOptions<'_>) -> Self {
        let scales = [
            step_scale(options.log_x),
            if options.log_y {
                Scale::Log
            } else {
                Scale::Linear
            },
        ];
        let ranges = extents(experiment, history, options, scales);
        let view = options.view.unwrap_or(ranges[0]);
        let mut layers = Vec::new();
        if !options.live {
            layers.push(cursor_rule(options.cursor, scales[0]));
        }
        for (index, arm) in visible_arms(history, options.hidden) {
            for (quantity, _) in CURVES {
                layers.extend(
                    curve(index, arm, quantity, scales, view, options.columns).map(Layer::Line),
                );
            }
        }
        for (index, arm) in visible_arms(history, options.hidden) {
            layers.extend(reading(index, arm, options.cursor, scales, ranges[1]).map(Layer::Mark));
        }
        let figure = Figure {
            x: Axis {
                label: "step".to_owned(),
                definition: "number of updates done, one clock for all arms".to_owned(),
                scale: scales[0],
                whole: true,
                range: ranges[0],
            },
            y: loss_axis(experiment, scales[1], ranges[1]),
            layers,
        };
        let rows = history
            .arms()
            .iter()
            .enumerate()
            .map(|(i, arm)| row(arm, options, i))
            .collect();
        let step = |place: f64| scales[0].value(place).max(0.0);
        Self {
            figure,
            rows,
            window: [step(view.low).ceil() as u64, step(view.high).floor() as u64],
        }
    }
}

/// The scale of a step axis.
pub(super) fn step_scale(log: bool) -> Scale {
    if log { Scale::LogSteps } else { Scale::Linear }
}

/// Extent of a step axis: from step 0 to a round step after the last record, but not beyond the
/// last step of the run.
pub(super) fn step_range(
    experiment: &Experiment,
    history: &RunHistory,
    scale: Scale,
    held: Option<Range>,
) -> Range {
    let place = |step: u64| scale.place(step as f64).unwrap_or(0.0);
    let last = history.last_step();
    let end = experiment
        .arms
        .iter()
        .map(|a| a.preset.train.stop.steps)
        .max()
        .unwrap_or(0)
        .max(last)
        .max(1);
    let data = Range {
        low: place(0),
        high: place(last.max(10)),
    };
    let Range { high, .. } = Range::admit(held, Some(data), scale);
    Range {
        low: place(0),
        high: high.min(place(end)),
    }
}

/// The upright line at the step shown.
pub(super) fn cursor_rule(step: u64, scale: Scale) -> Layer {
    let at = scale.place(step as f64).unwrap_or(0.0);
    Layer::Rule(Rule {
        ink: Ink::Cursor,
        dash: Dash::SOLID,
        upright: true,
        at,
        label: String::new(),
    })
}

fn loss_axis(experiment: &Experiment, scale: Scale, range: Range) -> Axis {
    let (label, over) = match experiment.preset.loss.over {
        LossOver::Sum => ("loss ½Σ", "the sum over the points"),
        LossOver::Mean => ("loss ½ mean", "the mean over the points"),
    };
    let definition = format!("½‖f(x) − y‖², {over}, on the training set and on the test set");
    Axis {
        label: label.to_owned(),
        definition,
        scale,
        whole: false,
        range,
    }
}

fn extents(
    experiment: &Experiment,
    history: &RunHistory,
    options: &LossOptions<'_>,
    scales: [Scale; 2],
) -> [Range; 2] {
    let x = step_range(experiment, history, scales[0], options.held.map(|h| h[0]));
    let arms = || visible_arms(history, options.hidden).map(|(_, arm)| arm);
    let at_start = arms()
        .filter_map(|a| a.first())
        .flat_map(|r| CURVES.map(|(q, _)| r.get(q)))
        .flatten();
    let ceiling = CEILING * at_start.filter(|v| v.is_finite()).fold(0.0, f64::max);
    let losses = arms()
        .flat_map(|a| a.records())
        .flat_map(|r| CURVES.map(|(q, _)| r.get(q)))
        .flatten()
        .filter(|v| *v <= ceiling)
        .filter_map(|v| scales[1].place(v));
    let mut data = Range::of(losses);
    if let (Some(d), Scale::Linear) = (&mut data, scales[1]) {
        d.low = d.low.min(0.0);
    }
    [x, Range::admit(options.held.map(|h| h[1]), data, scales[1])]
}

/// A curve, or `None` where the quantity was never measured.
fn curve(
    index: usize,
    arm: &ArmHistory,
    quantity: Quantity,
    scales: [Scale; 2],
    view: Range,
    columns: usize,
) -> Option<Line> {
    let points = arm.records().iter().filter_map(|r| {
        let y = r.get(quantity)?;
        Some([
            scales[0].place(r.step as f64)?,
            scales[1].place(y).unwrap_or(f64::NAN),
        ])
    });
    let points = decimate(points, view, columns);
    if points.is_empty() {
        return None;
    }
    let end_label = (quantity == Quantity::TrainLoss).then(|| arm.label.clone());
    let name = format!("{}, {}", arm.label, quantity.title());
    Some(Line {
        name,
        ink: Ink::Arm(index),
        shaft: Loss::shaft(quantity, index),
        points,
        end_label,
    })
}

/// A disc at the step shown, or a cross where the arm diverged before it.
fn reading(
    index: usize,
    arm: &ArmHistory,
    cursor: u64,
    scales: [Scale; 2],
    y: Range,
) -> Option<Mark> {
    let broken_off = matches!(ArmStatus::of(arm), ArmStatus::Diverged(step) if step <= cursor);
    let finite =
        |r: &crate::observe::Record| r.get(Quantity::TrainLoss).and_then(|v| scales[1].place(v));
    let (record, place) = super::at_or_before(arm, cursor, finite)?;
    let at = [
        scales[0].place(record.step as f64)?,
        place.clamp(y.low, y.high),
    ];
    let (ink, label) = if broken_off {
        (Ink::Error, ArmStatus::of(arm).text())
    } else {
        (Ink::Arm(index), String::new())
    };
    Some(Mark {
        ink,
        at,
        cross: broken_off,
        label,
    })
}

fn row(arm: &ArmHistory, options: &LossOptions<'_>, index: usize) -> LossRow {
    let get = |quantity| arm.at(options.cursor).and_then(|r| r.get(quantity));
    LossRow {
        label: arm.label.clone(),
        hidden: options.hidden.contains(&index),
        train: get(Quantity::TrainLoss),
        test: get(Quantity::TestLoss),
        twin: get(Quantity::LinearizedTrainLoss),
        accuracy: get(Quantity::TestAccuracy).or_else(|| get(Quantity::TrainAccuracy)),
        status: ArmStatus::of(arm),
    }
}
