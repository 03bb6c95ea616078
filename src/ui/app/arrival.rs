//! What comes with an experiment that comes into the window.

use std::path::PathBuf;

use crate::experiment::SavedExperiment;
use crate::spec::Place;
use crate::ui::SweepView;
use crate::ui::doors::Document;
use crate::ui::draft::Draft;

/// What comes with an experiment.
#[derive(Default)]
pub(super) struct Arrival {
    /// Its file.
    pub(super) document: Option<Document>,
    /// Trials of its sweep that are there.
    pub(super) sweep: Option<SweepView>,
    /// Where its run goes on, with the folder that it is kept in.
    pub(super) saved: Option<(SavedExperiment, PathBuf)>,
    /// Its preset with the changes that can be taken back.
    pub(super) draft: Option<Draft>,
    /// Where its panels stood.
    pub(super) place: Option<Place>,
}
