//! A finished run as something that moves: a page of its own, one file without a network, drawn by a script that
//! computes nothing; and an animation.

pub mod film;
mod html;
mod indices;
mod layers;
mod lengths;
mod moments;
mod paints;
mod panel;
mod place;
mod readings;
mod script;
mod spots;
mod thinned;
mod view;

use thiserror::Error;

use crate::export::Provenance;
use crate::figure::{Axis, Loss, LossOptions};
use crate::history::RunHistory;
use crate::page::choice::PanelState;
use crate::preset::Experiment;
use crate::spec::{PanelKind, Preset};
use crate::sweep::{Plan, Table};

use html::{Gathered, page};
use layers::Passed;
use moments::Moments;
use panel::PanelOver;
use thinned::Thinned;

/// Bytes of a page that are not gone beyond where fewer moments or neurons can be shown.
pub const LARGEST: usize = 3_000_000;

/// Moments that can be scrubbed to, at most.
const MOMENTS: usize = 240;
/// Bytes that the places of neurons may take.
const OF_NEURONS: usize = 1_900_000;
/// Bytes of a neuron's place in base64.
const A_NEURON: f64 = 4.0 * 4.0 / 3.0;
/// Panels that are shown where none are asked for.
const PANELS: usize = 3;

/// What a page shows.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The experiment.
    pub experiment: &'a Experiment,
    /// What its run recorded.
    pub history: &'a RunHistory,
    /// Its sweep, with its results.
    pub sweep: Option<(&'a Plan, &'a Table)>,
}

/// What is asked of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The panels, the first of them large; where there are none, the hero and what goes with it.
    pub panels: Vec<PanelKind>,
    /// Whether it is dark; as the reader's system has it where nothing is asked.
    pub theme: Option<bool>,
}

/// Why a run has no page.
#[derive(Debug, Error)]
pub enum NoReplay {
    /// A panel that was asked for has no figure.
    #[error("panel {panel}: {why}")]
    Panel {
        /// Its name.
        panel: String,
        /// Why, and what can be done.
        why: String,
    },
    /// No panel has one.
    #[error("no panel has anything to draw: {0}")]
    Nothing(String),
    /// It cannot be written.
    #[error("the page cannot be written: {0}")]
    Written(#[from] serde_json::Error),
}

/// The page of a run.
///
/// # Errors
/// [`NoReplay`] says which panel has nothing to draw and why.
pub fn replay(
    shown: Shown<'_>,
    wanted: &Wanted,
    provenance: &Provenance,
) -> Result<String, NoReplay> {
    let mut most = MOMENTS;
    loop {
        let page = with_at_most(shown, wanted, provenance, most)?;
        if page.len() <= LARGEST || most <= 2 {
            return Ok(page);
        }
        most /= 2;
    }
}

/// The page with at most so many moments.
fn with_at_most(
    shown: Shown<'_>,
    wanted: &Wanted,
    provenance: &Provenance,
    most: usize,
) -> Result<String, NoReplay> {
    let choice = PanelState::default();
    let axis = axis_over_run(&shown, &choice);
    let clock = choice.shared.time.clock_of(shown.experiment, shown.history);
    let moments = Moments::new(shown.history, (clock, &axis), most);
    let maps = shown.history.arms().len() * moments.count();
    let neurons = OF_NEURONS as f64 / (A_NEURON * maps.max(1) as f64);
    let thinned = Thinned::new(shown.history, neurons as usize);
    let shown = Shown {
        history: &thinned.history,
        ..shown
    };
    let (panels, mut left_out) = panels(&shown, wanted, &choice, &moments)?;
    left_out.extend(moments.statement());
    if panels
        .iter()
        .any(|panel| panel.kind == PanelKind::FeatureMap)
    {
        left_out.extend(thinned.statement());
        left_out.push(ROUNDED.to_owned());
    }
    let arms = shown.history.arms().iter();
    let passed: Vec<Passed> = arms.map(|arm| Passed::new(arm, &moments.steps)).collect();
    let gathered = Gathered {
        shown,
        moments: &moments,
        axis: &axis,
        panels: &panels,
        passed: &passed,
        left_out: &left_out,
    };
    Ok(page(&gathered, wanted, provenance)?)
}

/// What is done to the places of what is drawn.
const ROUNDED: &str = "Places in the plots are rounded to 1/49152 of an axis, less than a pixel; numbers in the read-out are not rounded.";

/// The axis over the run, which all panels that have one share.
fn axis_over_run(shown: &Shown<'_>, choice: &PanelState) -> Axis {
    let shared = &choice.shared;
    let options = LossOptions {
        clock: shared.time.clock_of(shown.experiment, shown.history),
        log_x: shared.time.is_log(),
        log_y: true,
        bounds: false,
        hidden: &shared.hidden_arms,
        pointed: None,
        cursor: 0,
        live: true,
        view: None,
        columns: 1,
    };
    Loss::new(shown.experiment, shown.history, &options, None)
        .figure
        .x
}

/// The panels, and why others that the preset names are left out.
fn panels(
    shown: &Shown<'_>,
    wanted: &Wanted,
    choice: &PanelState,
    moments: &Moments,
) -> Result<(Vec<PanelOver>, Vec<String>), NoReplay> {
    let over = |kind| PanelOver::new(kind, shown, choice, moments);
    if !wanted.panels.is_empty() {
        let panel = |kind: &PanelKind| {
            over(*kind).map_err(|why| NoReplay::Panel {
                panel: format!("{kind:?}"),
                why,
            })
        };
        let panels: Result<Vec<_>, _> = wanted.panels.iter().map(panel).collect();
        return Ok((panels?, Vec::new()));
    }
    let (mut panels, mut why_not) = (Vec::new(), Vec::new());
    for kind in usual(&shown.experiment.preset) {
        match over(kind) {
            Ok(panel) if panels.len() < PANELS => panels.push(panel),
            Ok(_) => {}
            Err(why) => why_not.push(format!("{kind:?}: {why}.")),
        }
    }
    if panels.is_empty() {
        return Err(NoReplay::Nothing(why_not.join(" ")));
    }
    Ok((panels, why_not))
}

/// The panel of a preset that plots its claim, as far as it draws.
pub fn hero(preset: &Preset) -> Option<PanelKind> {
    usual(preset).first().copied()
}

/// The panels of a preset that draw: the hero, then loss and regime, then the others.
fn usual(preset: &Preset) -> Vec<PanelKind> {
    let is_drawn = |kind: &PanelKind| !matches!(kind, PanelKind::Theory | PanelKind::Story);
    let first = [PanelKind::Loss, PanelKind::Regime];
    let rank = |kind: &PanelKind| {
        let place = first.iter().position(|first| first == kind);
        (Some(*kind) != preset.hero, place.unwrap_or(first.len()))
    };
    let mut all: Vec<PanelKind> = preset.panels.iter().copied().filter(is_drawn).collect();
    all.sort_by_key(rank);
    all.dedup();
    all
}

#[cfg(test)]
mod tests;
