//! All that the program knows of a panel, beside its figure.

use egui::Ui;

use crate::figure::RunStage;
use crate::spec::PanelKind;
use crate::ui::action::Action;

use super::parts::lack::Lack;
use super::{PanelInput, PanelState};

/// A panel: what every list of panels is made from. The row of a panel stands in its own file.
#[derive(Clone, Copy, Debug)]
pub struct Panel {
    /// Its name in a preset.
    pub kind: PanelKind,
    /// Its name on the command line.
    pub key: &'static str,
    /// Title of its tab.
    pub title: &'static str,
    /// What it shows, in one sentence.
    pub description: &'static str,
    /// What it shows.
    pub shows: Shows,
    /// Breadth and height in points that it needs; a smaller place scrolls.
    pub least: [f32; 2],
    /// What it can't show, once there is anything of what it shows; `None` where nothing is missing.
    pub lack: fn(PanelInput<'_>) -> Option<Lack>,
    /// Draws it into the space below its title; what the user asks of others goes to the actions.
    pub draw: fn(&mut Ui, PanelInput<'_>, &mut PanelState, &mut Vec<Action>),
}

impl Panel {
    /// What a panel of a short table above a plot needs.
    pub(super) const LEAST: [f32; 2] = [300.0, 261.0];

    /// How far the run is, where that is all the panel has to tell.
    pub(super) fn waits(&self, input: PanelInput<'_>) -> Option<RunStage> {
        let stage = (self.shows == Shows::Run).then(|| RunStage::of(input.history));
        stage.filter(|stage| *stage != RunStage::Measured)
    }

    /// What it shows, and what it lacks to show it.
    pub fn tooltip(&self, input: PanelInput<'_>) -> String {
        let lack = match self.waits(input) {
            Some(_) => None,
            None => (self.lack)(input),
        };
        let lack = lack.map(|lack| format!("\n{}. {}", lack.title, lack.remedy));
        format!("{}{}", self.description, lack.unwrap_or_default())
    }
}

/// What a panel shows, which decides when it has something to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// The run, from its first record on.
    Run,
    /// What is there before a run.
    Preset,
    /// A sweep, and nothing of the run.
    Sweep {
        /// Whether it is one over two fields.
        grid: bool,
    },
}

impl Shows {
    /// Whether it is a sweep.
    pub fn is_sweep(self) -> bool {
        matches!(self, Self::Sweep { .. })
    }
}
