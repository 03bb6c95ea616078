//! Singular values of the Jacobian at the step shown, over time, and as a histogram.

mod by_rank;
mod floored;
mod histogram;
mod over_time;
mod shown;

use std::collections::BTreeSet;

use crate::history::{ArmHistory, RunHistory};
use crate::preset::Experiment;
use crate::spec::Precision;

use super::layer::Figure;
use super::reading::precision;
use super::{Clock, Range, at_or_before, visible_arms};

pub use floored::Floored;
use shown::{Shown, spectrum, value_range};

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
                "singular values σ_i of the n·outputs × p Jacobian of the outputs by the trained weights, in falling order; those of the start in grey"
            }
            Self::Time => {
                "largest, upper quartile, median, lower quartile and smallest singular value over the steps"
            }
            Self::Histogram => {
                "number of singular values in each bin, ten bins a decade; those of the start as a grey outline"
            }
        }
    }
}

/// How the spectra are shown.
#[derive(Clone, Debug, Hash)]
pub struct SpectrumOptions<'a> {
    /// What is shown.
    pub view: SpectrumView,
    /// What runs along the horizontal axis over time.
    pub clock: Clock,
    /// Whether that axis is logarithmic.
    pub log_x: bool,
    /// Arms left out of the figure, by index.
    pub hidden: &'a BTreeSet<usize>,
    /// Step shown.
    pub cursor: u64,
    /// Whether the cursor follows the run.
    pub live: bool,
    /// Width of the plot in pixels.
    pub columns: usize,
}

/// The spectra with their extreme values.
#[derive(Clone, Debug, PartialEq)]
pub struct Spectrum {
    /// The figure; `None` where no visible arm has a spectrum yet.
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

impl Spectrum {
    /// The spectra of a history; `before` is what was shown before of the same run, whose extents are
    /// kept.
    pub fn new(
        experiment: &Experiment,
        history: &RunHistory,
        options: &SpectrumOptions<'_>,
        before: Option<&Self>,
    ) -> Self {
        let arms = history.arms().iter().enumerate();
        let rows = arms.map(|(i, arm)| row(arm, options, i, precision(experiment, i)));
        let shown: Vec<Shown> = visible_arms(history, options.hidden)
            .filter_map(|(i, arm)| Shown::of(i, arm, options.cursor, precision(experiment, i)))
            .collect();
        let held = before.and_then(|before| before.held(options));
        let values = |held| value_range(experiment, history, options, held);
        let figure = (!shown.is_empty()).then(|| match options.view {
            SpectrumView::Step => by_rank::by_rank(&shown, values(held.map(|h| h[1]))),
            SpectrumView::Histogram => {
                histogram::histogram(&shown, values(held.map(|h| h[0])), held.map(|h| h[1]))
            }
            SpectrumView::Time => over_time::over_time(
                experiment,
                history,
                options,
                held.map(|h| h[0]),
                values(held.map(|h| h[1])),
            ),
        });
        Self {
            figure,
            rows: rows.collect(),
            view: options.view,
        }
    }

    /// The extents to keep, where view and scale are still the same.
    pub fn held(&self, options: &SpectrumOptions<'_>) -> Option<[Range; 2]> {
        let Figure { x, y, .. } = self.figure.as_ref()?;
        let clock = options.clock;
        let same = self.view == options.view
            && (self.view != SpectrumView::Time
                || x.scale == clock.scale(options.log_x) && x.whole == clock.is_whole());
        same.then_some([x.range, y.range])
    }
}

fn row(
    arm: &ArmHistory,
    options: &SpectrumOptions<'_>,
    index: usize,
    precision: Precision,
) -> SpectrumRow {
    let found = at_or_before(arm, options.cursor, spectrum);
    let values = found.as_ref().map(|(_, values)| values.as_ref());
    let max = values.and_then(|v| v.first().copied());
    let floored = |v: &f64| Floored::of(*v, max.unwrap_or(0.0), precision);
    let min = values.and_then(|v| v.last()).map(floored);
    let below = |v: &&f64| floored(v).resolved().is_none();
    let condition = max
        .zip(min.and_then(Floored::resolved))
        .filter(|(_, min)| *min > 0.0);
    SpectrumRow {
        label: arm.label.clone(),
        hidden: options.hidden.contains(&index),
        step: found.as_ref().map(|(r, _)| r.step),
        max,
        min,
        condition: condition.map(|(max, min)| max / min),
        counts: values.map(|v| [v.len(), v.iter().filter(below).count()]),
    }
}
