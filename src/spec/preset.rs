//! The preset as a whole.

use serde::{Deserialize, Serialize};

use super::*;

/// The newest preset format this program reads and the one it writes.
pub const FORMAT: u32 = 1;

/// One base run, the axes that vary it, what to observe and what to say about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Preset {
    /// Format of the file, [`FORMAT`] today.
    pub format: u32,
    /// Title shown above the panels.
    pub title: String,
    /// Where the experiment comes from.
    pub source: Source,
    /// The one sentence to take away.
    pub takeaway: String,
    /// Names of the claims that sentence rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rests_on: Vec<String>,
    /// How long the whole run takes.
    pub lasts: Lasts,
    /// Seed of every random stream of the run.
    pub seed: u64,
    /// Float width the network is trained in.
    pub precision: Precision,
    /// The only float width at which the claims can be decided, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs: Option<Needs>,
    /// Training and test set.
    pub data: DataSpec,
    /// Network family and size.
    pub network: NetworkSpec,
    /// Scaling regime: a, b and the learning-rate factors.
    pub scaling: Scaling,
    /// Initial weights.
    pub init: InitSpec,
    /// Training loss.
    pub loss: LossSpec,
    /// What is trained, how, and when to stop.
    pub train: TrainSpec,
    /// Fields that vary, and how the variation is shown.
    pub axes: Vec<AxisSpec>,
    /// Trials over the axes that are no arms, and what is made of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sweep: Option<SweepSpec>,
    /// What is measured, and when.
    pub observe: ObserveSpec,
    /// Panels shown, in order.
    pub panels: Vec<PanelKind>,
    /// The panel that plots the preset's claim, one of these: it has half of the space or more at the
    /// start. Where it is not given, the sweep's, else the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hero: Option<PanelKind>,
    /// What the summary panel shows at the start; where it is not given, the first quantity measured at
    /// the step shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<SummarySpec>,
    /// Where the panels stand and what they show, where the preset was saved from a window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<ViewSpec>,
    /// Explanation of the experiment.
    pub story: String,
    /// What to notice, one sentence each.
    pub notice: Vec<String>,
    /// Readings of the paper that had to be chosen.
    pub notes: Vec<String>,
    /// Statements about the outcome that the program checks.
    pub claims: Vec<ClaimSpec>,
    /// Settings under which at least one of these fails, and why other mistakes would not show.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wrong: Vec<WrongSpec>,
}

/// Paper and figure a preset reproduces.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Source {
    /// Authors and year.
    pub paper: String,
    /// Figure, table or section.
    pub figure: String,
}

impl std::fmt::Display for Source {
    /// Paper and figure in one line; a bare number is a figure's.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { paper, figure } = self;
        let joint = if paper.is_empty() || figure.is_empty() {
            ""
        } else {
            ", "
        };
        let number = figure.starts_with(|c: char| c.is_ascii_digit());
        let prefix = if number { "Fig. " } else { "" };
        write!(f, "{paper}{joint}{prefix}{figure}")
    }
}

/// How long a run takes on two cores, to its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Lasts {
    /// Up to a minute or so.
    #[default]
    Seconds,
    /// Up to an hour or so.
    Minutes,
    /// Longer.
    Hours,
}

impl std::fmt::Display for Lasts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Seconds => "seconds",
            Self::Minutes => "minutes",
            Self::Hours => "hours",
        })
    }
}

/// Float width of training. Observables are always reduced in double precision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Precision {
    /// 32-bit floats.
    #[default]
    F32,
    /// 64-bit floats.
    F64,
}

/// The float width that a preset's finding needs; every other is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Needs {
    /// The width.
    pub precision: Precision,
    /// What the other one gives instead, in a sentence.
    pub because: String,
}
