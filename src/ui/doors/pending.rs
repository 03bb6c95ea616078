//! What is done with a path once it is known.

use std::path::Path;

use crate::preset::Experiment;
use crate::spec::PanelKind;

use super::subject::{Order, Subject};
use super::wanted::{Saved, Wanted};

/// What is done with a path once it is known. What is written is as it was when it was asked for.
pub enum Pending {
    /// What is there is opened.
    Open,
    /// The preset is saved there.
    Preset,
    /// A figure is.
    Figure(Order, Box<Subject>),
    /// What a panel draws is.
    Data(PanelKind, Box<Subject>),
    /// Every scalar of the run is.
    Series(Box<Subject>),
    /// A NumPy script is.
    Script(Box<Experiment>),
    /// The run is kept there.
    Checkpoint,
}

impl Pending {
    /// For what the path is asked.
    pub fn wanted(&self) -> Wanted {
        match self {
            Self::Open => Wanted::Open,
            Self::Preset => Wanted::Save(Saved::Preset),
            Self::Figure(order, _) => Wanted::Save(Saved::Figure(order.format.ending())),
            Self::Data(..) | Self::Series(_) => Wanted::Save(Saved::Data),
            Self::Script(_) => Wanted::Save(Saved::Script),
            Self::Checkpoint => Wanted::Checkpoint,
        }
    }

    /// The name that a file is offered under, for an experiment of this name.
    pub fn file_name(&self, name: &str) -> String {
        let stem: String = name
            .chars()
            .map(|c| if is_plain(c) { c } else { '-' })
            .collect();
        let stem = Path::new(&stem).file_stem().unwrap_or_default();
        let stem = match stem.to_string_lossy().trim_matches('-') {
            "" => "widescope".to_owned(),
            stem => stem.to_owned(),
        };
        match self {
            Self::Open => String::new(),
            Self::Preset => format!("{stem}.ron"),
            Self::Figure(order, _) => {
                let part = match order.part {
                    super::Part::Panel(kind) => crate::ui::panel::row(kind).key,
                    super::Part::Window => "window",
                };
                format!("{stem}-{part}.{}", order.format.ending())
            }
            Self::Data(kind, _) => format!("{stem}-{}.csv", crate::ui::panel::row(*kind).key),
            Self::Series(_) => format!("{stem}-series.csv"),
            Self::Script(_) => format!("{stem}.py"),
            Self::Checkpoint => format!("{stem}-run"),
        }
    }
}

/// Whether a character stands in a file's name on every system.
fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ')
}
