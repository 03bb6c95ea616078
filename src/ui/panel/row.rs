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
    /// Where it stands before anyone moves it.
    pub places: Places,
    /// What it shows.
    pub shows: Shows,
    /// What it can't show, once there is anything of what it shows; `None` where nothing is missing.
    pub lack: fn(PanelInput<'_>) -> Option<Lack>,
    /// Draws it into the space below its title; what the user asks of others goes to the actions.
    pub draw: fn(&mut Ui, PanelInput<'_>, &mut PanelState, &mut Vec<Action>),
}

impl Panel {
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

/// A place of the usual layout: two columns of two, and one beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// First column, above.
    TopLeft,
    /// First column, below.
    BottomLeft,
    /// Second column, above.
    TopRight,
    /// Second column, below.
    BottomRight,
    /// A column of its own at the right, which narrow windows have not.
    Beside,
}

/// Where a panel stands, by the window's breadth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    /// In a window of three columns.
    pub wide: Place,
    /// In one of two.
    pub narrow: Place,
    /// In one of two with a panel of a sweep, which needs a column of its own.
    pub narrow_with_sweep: Place,
}

impl Places {
    /// The same in every window.
    pub(super) const fn always(place: Place) -> Self {
        Self {
            wide: place,
            narrow: place,
            narrow_with_sweep: place,
        }
    }

    /// Whether the panel waits until the others have their places, so that in a narrow window it
    /// does not stand in front of a measurement.
    pub fn waits(&self) -> bool {
        self.wide == Place::Beside
    }
}
