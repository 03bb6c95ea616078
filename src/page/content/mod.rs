//! What a panel shows as a figure: plots on their axes and a key that names every arm, without a control.

mod curves;
mod data;
mod error;
mod feature_map;
mod imbalance;
mod kernel;
mod key;
mod loss;
mod names;
mod phase;
mod plot;
mod regime;
mod spectrum;
mod summary;
mod view;
mod weights;

use crate::figure::RunStage;
use crate::preset::Experiment;
use crate::spec::{DataSpec, PanelKind};
use crate::sweep::Plan;

pub use error::NoFigure;
pub use key::{KeyEntry, Sample};
pub use plot::{ColourBar, Plot};
pub use summary::summary;
pub use view::View;

/// What a panel shows as a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// The panel.
    pub kind: PanelKind,
    /// What is shown, in a few words.
    pub title: String,
    /// A sentence of this run's numbers; empty where there is none.
    pub sentence: String,
    /// The plots, at least one.
    pub plots: Vec<Plot>,
    /// Whether all plots have the same axes, so that these need writing but once a row and a column.
    pub same_axes: bool,
    /// What each colour, dash and mark stands for: every arm shown, and what else is drawn.
    pub key: Vec<KeyEntry>,
}

/// Refuses a panel that no run of an experiment gives a figure.
///
/// # Errors
/// [`NoFigure`] as of [`content`].
pub fn possible(kind: PanelKind, experiment: &Experiment) -> Result<(), NoFigure> {
    let is_digits = matches!(experiment.preset.data, DataSpec::Mnist { .. });
    let plan = || Plan::of(experiment);
    match kind {
        PanelKind::Theory => Err(NoFigure::Text("Theory")),
        PanelKind::Story => Err(NoFigure::Text("Story")),
        PanelKind::Data if is_digits => Err(NoFigure::Digits),
        PanelKind::Phase if plan().is_none_or(|plan| plan.y().is_none()) => Err(NoFigure::NO_PHASE),
        PanelKind::Curves if plan().is_none_or(|plan| plan.y().is_some()) => {
            Err(NoFigure::NO_CURVES)
        }
        _ => Ok(()),
    }
}

/// What a panel shows of a run or a sweep, as a figure.
///
/// # Errors
/// [`NoFigure`] says why there is none, and what can be saved instead or makes it possible.
pub fn content(kind: PanelKind, view: &View<'_>) -> Result<Content, NoFigure> {
    possible(kind, view.experiment)?;
    if !matches!(kind, PanelKind::Phase | PanelKind::Curves) {
        match RunStage::of(view.history) {
            RunStage::Measured => {}
            RunStage::Failed => return Err(NoFigure::Failed),
            RunStage::Empty | RunStage::Starting => return Err(NoFigure::NotRun),
        }
    }
    match kind {
        PanelKind::Loss => loss::content(view),
        PanelKind::Spectrum => spectrum::content(view),
        PanelKind::FeatureMap => feature_map::content(view),
        PanelKind::Regime => regime::content(view),
        PanelKind::Imbalance => imbalance::content(view),
        PanelKind::Kernel => kernel::content(view),
        PanelKind::Data => data::content(view),
        PanelKind::Weights => weights::content(view),
        PanelKind::Summary => summary::content(view),
        PanelKind::Phase => phase::content(view),
        PanelKind::Curves => curves::content(view),
        PanelKind::Theory => Err(NoFigure::Text("Theory")),
        PanelKind::Story => Err(NoFigure::Text("Story")),
    }
}
