//! Imbalance of the two layers: by rank, by neuron, and its drift.

use crate::history::{ArmHistory, RunHistory};
use crate::network::Activation;
use crate::preset::Experiment;
use crate::spec::Quantity;

use super::layer::{Axis, Dash, Figure, Ink, Layer, Line, Mark, MarkShape, Shaft};
use super::samples::neuron_imbalances;
use super::{ArmStatus, Range, Samples, Scale, Trace, TraceOptions, at_or_before, visible_arms};

/// What is shown of the imbalance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ImbalanceView {
    /// All of it at one step.
    #[default]
    Step,
    /// c over the run; of a ReLU network the largest imbalance.
    Time,
    /// Its drift over the run.
    Drift,
}

impl ImbalanceView {
    /// The views in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Step, Self::Time, Self::Drift];

    /// Name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Step => "at this step",
            Self::Time => "over time",
            Self::Drift => "drift",
        }
    }

    /// What it shows.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Step => {
                "of a linear network the singular values of U₁ᵀU₁ − VᵀV by rank, c = σ_{n+m−1} marked; of a ReLU network how many neurons have which ‖w_r‖² − ‖v_r‖²; those of the start in grey"
            }
            Self::Time => {
                "the imbalance c of a linear network, which sets its rate; of a ReLU network max_r |‖w_r‖² − ‖v_r‖²|"
            }
            Self::Drift => {
                "‖(imbalance at t) − (imbalance at 0)‖_F: 0 under gradient flow, so that it shows how far the steps are from the flow"
            }
        }
    }
}

/// How the imbalance is shown.
#[derive(Clone, Debug, Hash)]
pub struct ImbalanceOptions<'a> {
    /// What is shown.
    pub view: ImbalanceView,
    /// How it is shown over the run; the quantity is that of the view.
    pub trace: TraceOptions<'a>,
}

/// The imbalance with its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Imbalance {
    /// The figure; `None` where no visible arm has measured it.
    pub figure: Option<Figure>,
    /// A row for every arm.
    pub rows: Vec<ImbalanceRow>,
    /// Whether the networks are linear.
    pub linear: bool,
    view: ImbalanceView,
    trace: Option<Trace>,
}

/// An arm's numbers at the step shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ImbalanceRow {
    /// Name of the arm.
    pub label: String,
    /// Whether it is left out of the figure.
    pub hidden: bool,
    /// Largest imbalance.
    pub max: Option<f64>,
    /// c.
    pub c: Option<f64>,
    /// Drift from the start.
    pub drift: Option<f64>,
    /// How far the arm is.
    pub status: ArmStatus,
}

impl Imbalance {
    /// The imbalance of a history; `before` is what was shown before of the same run, whose extents
    /// are kept.
    pub fn new(
        experiment: &Experiment,
        history: &RunHistory,
        options: &ImbalanceOptions<'_>,
        before: Option<&Self>,
    ) -> Self {
        let linear = is_linear(experiment, history, options);
        let held = before.filter(|held| held.view == options.view && held.linear == linear);
        let over = |quantity| {
            let trace = TraceOptions {
                quantity,
                ..options.trace.clone()
            };
            let held = held.and_then(|held| held.trace.as_ref());
            Trace::new(experiment, history, &trace, held)
        };
        let trace = match options.view {
            ImbalanceView::Step => None,
            ImbalanceView::Time if linear => Some(over(Quantity::ImbalanceC)),
            ImbalanceView::Time => Some(over(Quantity::ImbalanceMax)),
            ImbalanceView::Drift => Some(over(Quantity::ImbalanceDrift)),
        };
        let held = held.and_then(|held| held.figure.as_ref());
        let figure = match &trace {
            Some(trace) => trace.figure.clone(),
            None if linear => by_rank(history, options, held),
            None => by_neuron(history, options, held),
        };
        let arms = history.arms().iter().enumerate();
        Self {
            figure,
            rows: arms.map(|(i, arm)| row(i, arm, options)).collect(),
            linear,
            view: options.view,
            trace,
        }
    }
}

/// Whether the first visible arm with an imbalance is of a linear network.
fn is_linear(
    experiment: &Experiment,
    history: &RunHistory,
    options: &ImbalanceOptions<'_>,
) -> bool {
    let mut arms = visible_arms(history, options.trace.hidden);
    let measured = arms.find(|(_, arm)| arm.records().iter().any(|r| r.imbalance.is_some()));
    let preset = measured.and_then(|(i, _)| experiment.arms.get(i));
    preset.is_some_and(|arm| arm.preset.network.activation == Activation::Identity)
}

fn row(index: usize, arm: &ArmHistory, options: &ImbalanceOptions<'_>) -> ImbalanceRow {
    let get = |q| at_or_before(arm, options.trace.cursor, |r| r.get(q)).map(|(_, v)| v);
    ImbalanceRow {
        label: arm.label.clone(),
        hidden: options.trace.hidden.contains(&index),
        max: get(Quantity::ImbalanceMax),
        c: get(Quantity::ImbalanceC),
        drift: get(Quantity::ImbalanceDrift),
        status: ArmStatus::of(arm),
    }
}

fn by_neuron(
    history: &RunHistory,
    options: &ImbalanceOptions<'_>,
    held: Option<&Figure>,
) -> Option<Figure> {
    let samples = Samples {
        pick: neuron_imbalances,
        label: "‖w_r‖² − ‖v_r‖²",
        definition: "imbalance of each of a sample of neurons; gradient flow on both layers at one rate conserves it",
        ghost: true,
        hidden: options.trace.hidden,
        cursor: options.trace.cursor,
    };
    samples.figure(history, held)
}

fn by_rank(
    history: &RunHistory,
    options: &ImbalanceOptions<'_>,
    held: Option<&Figure>,
) -> Option<Figure> {
    let cursor = options.trace.cursor;
    let (mut ghosts, mut layers, mut marks) = (Vec::new(), Vec::new(), Vec::new());
    for (index, arm) in visible_arms(history, options.trace.hidden) {
        let Some((record, now)) = at_or_before(arm, cursor, |r| r.imbalance.clone()) else {
            continue;
        };
        let first = arm.records().iter().find(|r| r.imbalance.is_some());
        if let Some(start) = first.filter(|r| r.step < record.step) {
            let values = start.imbalance.as_deref().unwrap_or_default();
            let name = format!("{}, at the start", arm.label);
            ghosts.push(Layer::Line(ranked(index, (Ink::Ghost, 1.2), name, values)));
        }
        let mut line = ranked(index, (Ink::Arm(index), 2.0), arm.label.clone(), &now);
        line.end_label = Some(arm.label.clone());
        layers.push(Layer::Line(line));
        marks.extend(
            record
                .get(Quantity::ImbalanceC)
                .and_then(|c| mark(index, c, &now)),
        );
    }
    if layers.is_empty() {
        return None;
    }
    let layers: Vec<Layer> = ghosts.into_iter().chain(layers).collect();
    let points = || {
        layers
            .iter()
            .filter_map(Layer::line)
            .flat_map(|l| &l.points)
    };
    let (ranks, values) = (points().map(|p| p[0]), points().map(|p| p[1]));
    let range = |places, held, scale| Range::admit(held, places, scale);
    let ranks = Range::of(ranks.chain([0.0]));
    let x = range(ranks, held.map(|h| h.x.range), Scale::Linear);
    let y = range(Range::of(values), held.map(|h| h.y.range), Scale::Log);
    Some(Figure {
        x: Axis {
 marks: Vec::new(),
            label: "rank i".to_owned(),
            definition: "rank of the singular value, 1 the largest".to_owned(),
            scale: Scale::Linear,
            whole: true,
            range: x,
        },
        y: Axis {
 marks: Vec::new(),
            label: "singular value of U₁ᵀU₁ − VᵀV".to_owned(),
            definition: "singular values of the imbalance of the two layers; the disc is c, the one that sets the rate of Thm 1".to_owned(),
            scale: Scale::Log,
            whole: false,
            range: y,
        },
        layers: layers.into_iter().chain(marks).collect(),
    })
}

/// Values by rank, without zeros, which have no place on a logarithmic axis.
fn ranked(index: usize, (ink, width): (Ink, f32), name: String, values: &[f64]) -> Line {
    let places = values.iter().enumerate();
    let point = |(i, v): (usize, &f64)| Some([(i + 1) as f64, Scale::Log.place(*v)?]);
    Line {
        name,
        ink,
        shaft: Shaft {
            width,
            opacity: 1.0,
            dash: Dash::Arm(index),
        },
        points: places.filter_map(point).collect(),
        end_label: None,
    }
}

/// A disc at the singular value that is c.
fn mark(index: usize, c: f64, values: &[f64]) -> Option<Layer> {
    let distance = |v: &f64| (v - c).abs();
    let ranked = values.iter().enumerate();
    let (rank, value) = ranked.min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)))?;
    Some(Layer::Mark(Mark {
        ink: Ink::Arm(index),
        at: [(rank + 1) as f64, Scale::Log.place(*value)?],
        shape: MarkShape::Disc,
        label: "c".to_owned(),
    }))
}
