//! Hidden features at one point against those at another, a neuron a dot.

use std::collections::BTreeSet;

use crate::history::{ArmHistory, RunHistory};
use crate::observe::{FeatureSample, Record};
use crate::spec::{PointRef, Quantity};

use super::layer::{Axis, Dash, Figure, Ink, Layer, Line, Rule, Scatter, Shaft};
use super::{ArmStatus, Range, Scale, at_or_before, before_arm, pictured_arms};
use crate::number;

/// Guides that lie under everything else: the two axes through 0.
const GUIDES: usize = 2;
/// Neurons whose path is drawn: the same ones at every step.
const TRAILS: usize = 40;
/// Points of a path.
const TRAIL_POINTS: usize = 48;

/// How the feature maps are shown.
#[derive(Clone, Debug, Hash)]
pub struct FeatureMapOptions<'a> {
    /// Horizontal point, where one was chosen; else the first recorded one.
    pub x1: Option<PointRef>,
    /// Vertical point, where one was chosen; else the second recorded one.
    pub x2: Option<PointRef>,
    /// Whether the paths of some neurons are drawn.
    pub trails: bool,
    /// Whether all arms share one extent.
    pub same_scale: bool,
    /// Arms left out, by index.
    pub hidden: &'a BTreeSet<usize>,
    /// Step shown.
    pub cursor: u64,
}

/// A feature map for every visible arm.
#[derive(Clone, Debug, PartialEq)]
pub struct FeatureMap {
    /// Points at which features were recorded, in the recorder's order.
    pub points: Vec<PointRef>,
    /// Horizontal point; `None` before the first record.
    pub x1: Option<PointRef>,
    /// Vertical point; `None` before the first record.
    pub x2: Option<PointRef>,
    /// The maps, in the order of the arms.
    pub plots: Vec<FeaturePlot>,
}

/// The feature map of an arm.
#[derive(Clone, Debug, PartialEq)]
pub struct FeaturePlot {
    /// Index of the arm.
    pub arm: usize,
    /// Name of the arm.
    pub label: String,
    /// The map; `None` where no features were recorded.
    pub figure: Option<Figure>,
    /// Step the features were recorded at, at or before the step shown.
    pub step: Option<u64>,
    /// Neurons shown.
    pub neurons: usize,
    /// Mean movement of all features of the shown record.
    pub movement: Option<f64>,
    /// The same relative to the size at the start.
    pub relative: Option<f64>,
    /// How far the arm is.
    pub status: ArmStatus,
    /// Whether the run before is drawn under it.
    pub has_before: bool,
    /// Of the arm, and of the one of the run before that is drawn under it.
    seen: [Seen; 2],
}

/// Largest |h| among the records up to a step, and the extent that holds it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Seen {
    step: Option<u64>,
    largest: f64,
    half: f64,
}

/// `training point 3`, `test point 0`.
pub fn point_name(point: PointRef) -> String {
    match point {
        PointRef::Train(i) => format!("training point {i}"),
        PointRef::Test(i) => format!("test point {i}"),
    }
}

impl FeatureMap {
    /// The maps of a history; `before` are those shown before of the same run, whose extents are kept.
    pub fn new(
        history: &RunHistory,
        options: &FeatureMapOptions<'_>,
        before: Option<&Self>,
    ) -> Self {
        let sample = history
            .arms()
            .iter()
            .flat_map(|a| a.records())
            .find_map(|r| r.features.clone());
        let points = sample.map(|s| s.points.clone()).unwrap_or_default();
        let chosen = |wanted: Option<PointRef>, default: usize| {
            let default = points.get(default).or(points.first()).copied();
            wanted.filter(|p| points.contains(p)).or(default)
        };
        let (x1, x2) = (chosen(options.x1, 0), chosen(options.x2, 1));
        let held = before.filter(|h| h.x1 == x1 && h.x2 == x2);
        let mut plots: Vec<FeaturePlot> = pictured_arms(history, options.hidden)
            .map(|(index, arm)| {
                let held = held.and_then(|h| h.plots.iter().find(|p| p.arm == index));
                let [own, of_before] = held.map(|p| p.seen).unwrap_or_default();
                let before = before_arm(history, options.hidden, index);
                let of_before = before.map(|before| seen(before, x1, x2, of_before));
                let both = [seen(arm, x1, x2, own), of_before.unwrap_or_default()];
                empty_plot(index, arm, options.cursor, both)
            })
            .collect();
        let widest = plots.iter().map(FeaturePlot::half).fold(0.0, f64::max);
        if let (Some(x1), Some(x2)) = (x1, x2) {
            for plot in &mut plots {
                let half = if options.same_scale {
                    widest
                } else {
                    plot.half()
                };
                if let Some(arm) = history.arms().get(plot.arm) {
                    plot.figure = figure(arm, [x1, x2], half, options);
                }
                let before = before_arm(history, options.hidden, plot.arm);
                if let (Some(figure), Some(before)) = (&mut plot.figure, before) {
                    let dots = before_dots(before, [x1, x2], options.cursor);
                    plot.has_before = dots.is_some();
                    figure.layers.splice(GUIDES..GUIDES, dots);
                }
            }
        }
        Self {
            points,
            x1,
            x2,
            plots,
        }
    }
}

impl FeaturePlot {
    /// The extent that holds the features of the arm and those of the run before, so that neither is cut.
    fn half(&self) -> f64 {
        let [own, before] = self.seen;
        match before.largest > 0.0 {
            true => own.half.max(before.half),
            false => own.half,
        }
    }
}

fn empty_plot(index: usize, arm: &ArmHistory, cursor: u64, seen: [Seen; 2]) -> FeaturePlot {
    let found = at_or_before(arm, cursor, |r| r.features.clone());
    let record = found.as_ref().map(|(r, _)| r);
    FeaturePlot {
        arm: index,
        label: arm.label.clone(),
        figure: None,
        step: record.map(|r| r.step),
        neurons: found.as_ref().map_or(0, |(_, f)| f.signs.len()),
        movement: record.and_then(|r| r.get(Quantity::FeatureMovement)),
        relative: record.and_then(|r| r.get(Quantity::RelativeFeatureMovement)),
        status: ArmStatus::of(arm),
        has_before: false,
        seen,
    }
}

/// The largest feature over all records, so that the cursor does not move the axes; records of a
/// diverging run are left out once their loss is beyond a hundred times that of the start.
fn seen(arm: &ArmHistory, x1: Option<PointRef>, x2: Option<PointRef>, before: Seen) -> Seen {
    let loss = |r: &Record| r.get(Quantity::TrainLoss);
    let start = arm.first().and_then(|r| loss(r));
    let limit = start.map_or(f64::INFINITY, |l| 100.0 * l);
    let sane = |r: &Record| loss(r).is_none_or(|l| l <= limit);
    let records = arm.records();
    let known = before
        .step
        .map_or(0, |s| records.partition_point(|r| r.step <= s));
    let fresh = records.get(known..).unwrap_or_default().iter();
    let samples = fresh
        .filter(|r| sane(r))
        .filter_map(|r| r.features.as_ref());
    let largest = samples
        .flat_map(|f| [x1, x2].map(|p| p.and_then(|p| f.at(p))))
        .flatten()
        .flatten()
        .map(|h| f64::from(h.abs()))
        .filter(|h| h.is_finite())
        .fold(before.largest, f64::max);
    let fits = before.half > 0.0 && largest <= before.half;
    Seen {
        step: arm.last().map(|r| r.step),
        largest,
        half: if fits {
            before.half
        } else {
            round_half(largest)
        },
    }
}

/// A round extent a little above the largest value.
fn round_half(largest: f64) -> f64 {
    if largest <= 0.0 || !largest.is_finite() {
        return 1.0;
    }
    let power = 10f64.powf(largest.log10().floor());
    let stops = [1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 5.0, 6.0, 8.0, 10.0, 12.0];
    stops
        .into_iter()
        .map(|s| s * power)
        .find(|s| *s >= 1.05 * largest)
        .unwrap_or(20.0 * power)
}

fn figure(
    arm: &ArmHistory,
    points: [PointRef; 2],
    half: f64,
    options: &FeatureMapOptions<'_>,
) -> Option<Figure> {
    let (record, sample) = at_or_before(arm, options.cursor, |r| r.features.clone())?;
    let start = arm
        .records()
        .iter()
        .find_map(|r| Some((r.step, r.features.clone()?)));
    let rule = |upright| {
        Layer::Rule(Rule {
            ink: Ink::Guide,
            dash: Dash::SOLID,
            upright,
            at: 0.0,
            label: String::new(),
        })
    };
    let mut layers = vec![rule(true), rule(false)];
    if let Some((_, start)) = start.filter(|(step, _)| *step < record.step) {
        let all = pairs(&start, points, |_| true);
        layers.push(dots("at the start", Ink::Ghost, 0.9, all.len(), all));
    }
    layers.extend(signed_dots(&sample, points));
    if options.trails {
        layers.extend(trails(arm, &sample, points, record.step));
    }
    let range = Range {
        low: -half,
        high: half,
    };
    Some(Figure {
        x: axis("x₁", points[0], range),
        y: axis("x₂", points[1], range),
        layers,
    })
}

/// Where the neurons of the run before stood at a step, to be drawn under those of the arm that takes its place.
pub fn before_dots(before: &ArmHistory, points: [PointRef; 2], cursor: u64) -> Option<Layer> {
    let (_, sample) = at_or_before(before, cursor, |r| r.features.clone())?;
    let all = pairs(&sample, points, |_| true);
    (!all.is_empty()).then(|| dots("before", Ink::Before, 0.6, all.len(), all))
}

/// Dots by the sign of v_i, in layers that take turns, so that no sign covers the other.
fn signed_dots(sample: &FeatureSample, points: [PointRef; 2]) -> Vec<Layer> {
    const TURNS: usize = 8;
    let signs = [
        (0, "v_i = 0", Ink::Guide),
        (-1, "v_i < 0", Ink::Negative),
        (1, "v_i > 0", Ink::Positive),
    ];
    let clouds = signs.map(|(sign, name, ink)| {
        let all = pairs(sample, points, |s| s.signum() == sign);
        (name, ink, all)
    });
    let turn = |turn: usize| {
        let clouds = clouds.iter();
        clouds.filter_map(move |(name, ink, all)| {
            let part: Vec<_> = all.iter().skip(turn).step_by(TURNS).copied().collect();
            (!part.is_empty()).then(|| dots(name, *ink, 0.85, all.len(), part))
        })
    };
    (0..TURNS).flat_map(turn).collect()
}

fn axis(symbol: &str, point: PointRef, range: Range) -> Axis {
    Axis {
        marks: Vec::new(),
        label: format!("hᵢ({symbol})"),
        definition: format!(
            "h_i({symbol}) = b·⟨W_i, Φ({symbol})⟩ at {symbol} = {}, from −{high} to {high}",
            point_name(point),
            high = number::number(range.high, 2)
        ),
        scale: Scale::Linear,
        whole: false,
        range,
    }
}

/// `cloud` is how many dots there are in all: many neurons need small dots, few can have larger ones.
fn dots(name: &str, ink: Ink, opacity: f32, cloud: usize, points: Vec<[f64; 2]>) -> Layer {
    let radius = match cloud {
        0..=200 => 2.4,
        201..=800 => 1.8,
        _ => 1.3,
    };
    Layer::Scatter(Scatter {
        name: name.to_owned(),
        ink,
        radius,
        opacity,
        hollow: false,
        points: points.into(),
    })
}

fn pairs(
    sample: &FeatureSample,
    [x1, x2]: [PointRef; 2],
    wanted: impl Fn(i8) -> bool,
) -> Vec<[f64; 2]> {
    let (Some(h1), Some(h2)) = (sample.at(x1), sample.at(x2)) else {
        return Vec::new();
    };
    let both = h1.iter().zip(h2).zip(sample.signs.iter());
    let finite = both.filter(|((a, b), s)| wanted(**s) && a.is_finite() && b.is_finite());
    finite
        .map(|((a, b), _)| [f64::from(*a), f64::from(*b)])
        .collect()
}

/// Paths of a few neurons, spread evenly over the sample, from the start to the step shown.
fn trails(
    arm: &ArmHistory,
    sample: &FeatureSample,
    [x1, x2]: [PointRef; 2],
    until: u64,
) -> Vec<Layer> {
    let stride = (sample.signs.len() / TRAILS).max(1);
    let records: Vec<_> = arm
        .records()
        .iter()
        .filter(|r| r.step <= until)
        .filter_map(|r| r.features.as_ref())
        .collect();
    let skip = (records.len() / TRAIL_POINTS).max(1);
    let kept = || {
        records
            .iter()
            .enumerate()
            .filter(|(i, _)| i % skip == 0 || i + 1 == records.len())
            .map(|(_, f)| f)
    };
    let path = |neuron: usize| {
        let at = |f: &FeatureSample| {
            Some([
                f64::from(*f.at(x1)?.get(neuron)?),
                f64::from(*f.at(x2)?.get(neuron)?),
            ])
        };
        kept().filter_map(|f| at(f)).collect::<Vec<_>>()
    };
    let layer = |neuron: usize| {
        Layer::Line(Line {
            name: format!("path of neuron {neuron} of the sample"),
            ink: Ink::Path,
            shaft: Shaft {
                width: 1.2,
                opacity: 0.7,
                dash: Dash::SOLID,
            },
            points: path(neuron),
            end_label: None,
        })
    };
    let neurons = (0..sample.signs.len()).step_by(stride).take(TRAILS);
    neurons.map(layer).collect()
}

#[cfg(test)]
mod tests;
