//! Singular values of the Jacobian at the step shown, over time, and as a histogram.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::history::{ArmHistory, RunHistory};
use crate::preset::{Experiment, Precision};

use super::layer::{Axis, Dash, Figure, Ink, Layer, Line, Scatter, Shaft};
use super::loss::{cursor_rule, step_range, step_scale};
use super::{Range, Scale, at_or_before, decimate, number, visible_arms};

/// What is shown of the spectra.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SpectrumView {
    /// All values of one step, by rank.
    #[default]
    Step,
    /// Largest, quartiles and smallest over the steps.
    Time,
    /// How many values lie where, at one step.
    Histogram,
}

impl SpectrumView {
    /// The views in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Step, Self::Time, Self::Histogram];

    /// Name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Step => "at this step",
            Self::Time => "over time",
            Self::Histogram => "histogram",
        }
    }

    /// What it shows.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Step => {
                "singular values σ_i of the n·outputs × p Jacobian of the outputs by the trained weights, in falling order; the start in grey"
            }
            Self::Time => {
                "largest, upper quartile, median, lower quartile and smallest singular value over the steps"
            }
            Self::Histogram => {
                "number of singular values in each bin, ten bins a decade; the start as a grey outline"
            }
        }
    }
}

/// How the spectra are shown.
#[derive(Clone, Debug)]
pub struct SpectrumOptions<'a> {
    /// What is shown.
    pub view: SpectrumView,
    /// Whether the step axis is logarithmic.
    pub log_x: bool,
    /// Arms left out of the figure, by index.
    pub hidden: &'a BTreeSet<usize>,
    /// Step shown.
    pub cursor: u64,
    /// Whether the cursor follows the run.
    pub live: bool,
    /// Width of the plot in pixels.
    pub columns: usize,
    /// Extents shown before in the same view.
    pub held: Option<[Range; 2]>,
}

/// The spectra with their extreme values.
#[derive(Clone, Debug, PartialEq)]
pub struct Spectrum {
    /// The figure; `None` where no spectrum was measured yet.
    pub figure: Option<Figure>,
    /// A row for every arm.
    pub rows: Vec<SpectrumRow>,
    view: SpectrumView,
}

/// An arm's extreme singular values.
#[derive(Clone, Debug, PartialEq)]
pub struct SpectrumRow {
    /// Name of the arm.
    pub label: String,
    /// Whether it is left out of the figure.
    pub hidden: bool,
    /// Step the spectrum was measured at, at or before the step shown.
    pub step: Option<u64>,
    /// Largest.
    pub max: Option<f64>,
    /// Smallest.
    pub min: Option<Floored>,
    /// σ_max/σ_min where σ_min is resolved.
    pub condition: Option<f64>,
    /// How many there are, and how many of them lie below the floor.
    pub counts: Option<[usize; 2]>,
}

/// A singular value, or the floor it is not told apart from zero below: √ε·σ_max, with ε the
/// precision of training, because the values are square roots of eigenvalues of JJᵀ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Floored {
    /// The value.
    Resolved(f64),
    /// At most this.
    AtMost(f64),
}

impl Floored {
    /// A value of a spectrum with this largest value.
    pub fn of(value: f64, max: f64, precision: Precision) -> Self {
        let floor = floor(max, precision);
        // Not `value < floor`: NaN is not resolved either.
        if value >= floor {
            Self::Resolved(value)
        } else {
            Self::AtMost(floor)
        }
    }

    /// `3.21·10⁻²` or `≤ 1.2·10⁻⁴`.
    pub fn text(self, significant: usize) -> String {
        match self {
            Self::Resolved(value) => number::number(value, significant),
            Self::AtMost(floor) => format!("≤ {}", number::number(floor, 2)),
        }
    }
}

fn floor(max: f64, precision: Precision) -> f64 {
    let epsilon = match precision {
        Precision::F32 => f64::from(f32::EPSILON),
        Precision::F64 => f64::EPSILON,
    };
    epsilon.sqrt() * max
}

impl Spectrum {
    /// The spectra of a history.
    pub fn new(
        experiment: &Experiment,
        history: &RunHistory,
        options: &SpectrumOptions<'_>,
    ) -> Self {
        let rows = history.arms().iter().enumerate();
        let rows = rows
            .map(|(i, arm)| row(arm, options, i, precision(experiment, i)))
            .collect();
        let arms: Vec<Shown> = visible_arms(history, options.hidden)
            .filter_map(|(index, arm)| {
                Shown::of(index, arm, options.cursor, precision(experiment, index))
            })
            .collect();
        let figure = (!arms.is_empty()).then(|| match options.view {
            SpectrumView::Step => by_rank(&arms, history, options),
            SpectrumView::Histogram => histogram(&arms, history, options),
            SpectrumView::Time => over_time(experiment, history, options),
        });
        Self {
            figure,
            rows,
            view: options.view,
        }
    }

    /// The extents to keep, where view and scale are still the same.
    pub fn held(&self, view: SpectrumView, log_x: bool) -> Option<[Range; 2]> {
        let Figure { x, y, .. } = self.figure.as_ref()?;
        let same = self.view == view && (view != SpectrumView::Time || x.scale.is_log() == log_x);
        same.then_some([x.range, y.range])
    }
}

/// An arm's spectrum at the step shown and at the start, descending.
struct Shown {
    index: usize,
    label: String,
    now: Arc<[f64]>,
    start: Option<Arc<[f64]>>,
    precision: Precision,
}

impl Shown {
    fn of(index: usize, arm: &ArmHistory, cursor: u64, precision: Precision) -> Option<Self> {
        let (record, now) = at_or_before(arm, cursor, |r| r.singular_values.clone())?;
        let first = arm
            .records()
            .iter()
            .find_map(|r| Some((r.step, r.singular_values.clone()?)));
        let start = first
            .filter(|(step, _)| *step < record.step)
            .map(|(_, s)| s);
        Some(Self {
            index,
            label: arm.label.clone(),
            now,
            start,
            precision,
        })
    }
}

fn precision(experiment: &Experiment, arm: usize) -> Precision {
    experiment
        .arms
        .get(arm)
        .map_or(experiment.preset.precision, |a| a.preset.precision)
}

fn row(
    arm: &ArmHistory,
    options: &SpectrumOptions<'_>,
    index: usize,
    precision: Precision,
) -> SpectrumRow {
    let found = at_or_before(arm, options.cursor, |r| r.singular_values.clone());
    let values = found.as_ref().map(|(_, s)| s);
    let max = values.and_then(|s| s.first().copied());
    let min = max.and_then(|max| {
        values
            .and_then(|s| s.last())
            .map(|v| Floored::of(*v, max, precision))
    });
    let condition = match (max, min) {
        (Some(max), Some(Floored::Resolved(min))) if min > 0.0 => Some(max / min),
        _ => None,
    };
    let below = |s: &Arc<[f64]>, max: f64| {
        s.iter()
            .filter(|v| matches!(Floored::of(**v, max, precision), Floored::AtMost(_)))
            .count()
    };
    SpectrumRow {
        label: arm.label.clone(),
        hidden: options.hidden.contains(&index),
        step: found.as_ref().map(|(r, _)| r.step),
        max,
        min,
        condition,
        counts: max.and_then(|max| values.map(|s| [s.len(), below(s, max)])),
    }
}

/// Extent of all values that were ever measured and are resolved, so that moving the cursor does
/// not move the axis.
fn value_range(history: &RunHistory, options: &SpectrumOptions<'_>, held: Option<Range>) -> Range {
    let spectra = visible_arms(history, options.hidden)
        .flat_map(|(_, a)| a.records())
        .filter_map(|r| r.singular_values.as_ref());
    let places = spectra.flat_map(|s| {
        let max = s.first().copied().unwrap_or(0.0);
        // The lowest value shown: the smallest one, or the floor of the coarser precision.
        let least = s
            .last()
            .copied()
            .unwrap_or(0.0)
            .max(floor(max, Precision::F32));
        [Scale::Log.place(max), Scale::Log.place(least)]
    });
    Range::admit(held, Range::of(places.flatten()), Scale::Log)
}

fn by_rank(arms: &[Shown], history: &RunHistory, options: &SpectrumOptions<'_>) -> Figure {
    let most = arms.iter().map(|a| a.now.len()).max().unwrap_or(1) as f64;
    let mut layers = Vec::new();
    for arm in arms {
        if let Some(start) = &arm.start {
            let points = ranked(start).map(|p| [p[0], Scale::Log.place(p[1]).unwrap_or(f64::NAN)]);
            layers.push(Layer::Line(Line {
                name: format!("{}, at the start", arm.label),
                ink: Ink::Ghost,
                shaft: Shaft {
                    width: 1.2,
                    opacity: 1.0,
                    dash: Dash::of_arm(arm.index),
                },
                points: points.collect(),
                end_label: None,
            }));
        }
    }
    for arm in arms {
        layers.extend(ranked_layers(arm));
    }
    Figure {
        x: Axis {
            label: "rank i".to_owned(),
            definition: "rank of the singular value, 1 the largest".to_owned(),
            scale: Scale::Linear,
            whole: true,
            range: Range {
                low: 0.0,
                high: Range::admit(
                    None,
                    Some(Range {
                        low: 0.0,
                        high: most.max(2.0),
                    }),
                    Scale::Linear,
                )
                .high,
            },
        },
        y: value_axis(value_range(history, options, options.held.map(|h| h[1]))),
        layers,
    }
}

fn ranked(values: &[f64]) -> impl Iterator<Item = [f64; 2]> + '_ {
    values.iter().enumerate().map(|(i, v)| [(i + 1) as f64, *v])
}

/// A line through the resolved values, and hollow points at the floor for the others.
fn ranked_layers(arm: &Shown) -> Vec<Layer> {
    let max = arm.now.first().copied().unwrap_or(0.0);
    let (mut line, mut hollow) = (Vec::new(), Vec::new());
    for [x, value] in ranked(&arm.now) {
        match Floored::of(value, max, arm.precision) {
            Floored::Resolved(v) => line.extend(Scale::Log.place(v).map(|y| [x, y])),
            Floored::AtMost(floor) => hollow.extend(Scale::Log.place(floor).map(|y| [x, y])),
        }
    }
    let mut layers = vec![Layer::Line(Line {
        name: format!("{}, σ_i", arm.label),
        ink: Ink::Arm(arm.index),
        shaft: Shaft {
            width: 2.0,
            opacity: 1.0,
            dash: Dash::of_arm(arm.index),
        },
        points: line,
        end_label: Some(arm.label.clone()),
    })];
    if !hollow.is_empty() {
        let name = format!("{}, not told apart from zero", arm.label);
        layers.push(Layer::Scatter(Scatter {
            name,
            ink: Ink::Arm(arm.index),
            radius: 2.0,
            opacity: 0.8,
            hollow: true,
            points: hollow,
        }));
    }
    layers
}

fn value_axis(range: Range) -> Axis {
    Axis {
        label: "singular value σ_i".to_owned(),
        definition: "singular values of the Jacobian ∂f(x_a)/∂θ of the outputs on the training set by the trained weights, from the eigenvalues of JJᵀ".to_owned(),
        scale: Scale::Log,
        whole: false,
        range,
    }
}

fn histogram(arms: &[Shown], history: &RunHistory, options: &SpectrumOptions<'_>) -> Figure {
    let range = value_range(history, options, options.held.map(|h| h[0]));
    let mut layers = Vec::new();
    for arm in arms {
        if let Some(start) = &arm.start {
            layers.push(Layer::Bars {
                ink: Ink::Ghost,
                bars: bins(start, range),
                filled: false,
            });
        }
    }
    for arm in arms {
        layers.push(Layer::Bars {
            ink: Ink::Arm(arm.index),
            bars: bins(&arm.now, range),
            filled: true,
        });
    }
    let tallest = layers.iter().filter_map(|l| {
        if let Layer::Bars { bars, .. } = l {
            Some(bars)
        } else {
            None
        }
    });
    let tallest = tallest.flatten().map(|b| b[2]).fold(1.0, f64::max);
    let counts = Range {
        low: 0.0,
        high: tallest,
    };
    Figure {
        x: value_axis(range),
        y: Axis {
            label: "values in a bin".to_owned(),
            definition: "number of singular values in each bin, ten bins a decade; values below the axis are counted in its first bin".to_owned(),
            scale: Scale::Linear,
            whole: true,
            range: Range::admit(options.held.map(|h| h[1]), Some(counts), Scale::Linear),
        },
        layers,
    }
}

/// Ten bins a decade over the whole range, by rising value.
fn bins(values: &[f64], range: Range) -> Vec<[f64; 3]> {
    let bins = (10.0 * range.span()).round().clamp(1.0, 400.0) as usize;
    let width = range.span() / bins as f64;
    let mut counts = vec![0.0; bins];
    for value in values.iter().filter(|v| !v.is_nan()) {
        let place = Scale::Log.place(*value).unwrap_or(range.low);
        let bin = ((place - range.low) / width)
            .floor()
            .clamp(0.0, bins as f64 - 1.0) as usize;
        counts[bin] += 1.0;
    }
    let bar = |(i, count): (usize, f64)| {
        [
            range.low + i as f64 * width,
            range.low + (i + 1) as f64 * width,
            count,
        ]
    };
    counts.into_iter().enumerate().map(bar).collect()
}

/// Share of the values that are larger, name and width of each line over time.
const QUANTILES: [(f64, &str, f32); 5] = [
    (0.0, "σ_max", 2.0),
    (0.25, "upper quartile", 1.0),
    (0.5, "median", 1.2),
    (0.75, "lower quartile", 1.0),
    (1.0, "σ_min", 2.0),
];

fn over_time(
    experiment: &Experiment,
    history: &RunHistory,
    options: &SpectrumOptions<'_>,
) -> Figure {
    let scale = step_scale(options.log_x);
    let range = step_range(experiment, history, scale, options.held.map(|h| h[0]));
    let mut layers = Vec::new();
    if !options.live {
        layers.push(cursor_rule(options.cursor, scale));
    }
    for (index, arm) in visible_arms(history, options.hidden) {
        for quantile in QUANTILES {
            layers.push(Layer::Line(quantile_line(
                index,
                arm,
                quantile,
                precision(experiment, index),
                scale,
                range,
                options.columns,
            )));
        }
    }
    Figure {
        x: Axis {
            label: "step".to_owned(),
            definition: "number of updates done, one clock for all arms".to_owned(),
            scale,
            whole: true,
            range,
        },
        y: value_axis(value_range(history, options, options.held.map(|h| h[1]))),
        layers,
    }
}

fn quantile_line(
    index: usize,
    arm: &ArmHistory,
    (share, name, width): (f64, &str, f32),
    precision: Precision,
    scale: Scale,
    range: Range,
    columns: usize,
) -> Line {
    let points = arm.records().iter().filter_map(|record| {
        let values = record.singular_values.as_ref()?;
        let max = values.first().copied()?;
        let value = values
            .get((share * (values.len() - 1) as f64).round() as usize)
            .copied()?;
        let shown = match Floored::of(value, max, precision) {
            Floored::Resolved(v) | Floored::AtMost(v) => v,
        };
        Some([
            scale.place(record.step as f64)?,
            Scale::Log.place(shown).unwrap_or(f64::NAN),
        ])
    });
    let outer = share == 0.0 || share == 1.0;
    Line {
        name: format!("{}, {name}", arm.label),
        ink: Ink::Arm(index),
        shaft: Shaft {
            width,
            opacity: if outer { 1.0 } else { 0.6 },
            dash: if outer {
                Dash::of_arm(index)
            } else {
                Dash::SOLID
            },
        },
        points: decimate(points, range, columns),
        end_label: (share == 0.0).then(|| arm.label.clone()),
    }
}
