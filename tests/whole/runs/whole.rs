//! A preset run to its end, with all that it recorded.

use std::path::Path;
use std::sync::Arc;

use widescope::data::{self, Dataset};
use widescope::experiment::{ArmEnd, ArmRun, FinalState, Progress, run_all};
use widescope::history::EventKind;
use widescope::observe::Record;
use widescope::preset::{Arm, Experiment, library};
use widescope::task::Cancel;

/// A shipped preset without its axes and claims, with fields set and its files in `folder`.
pub fn preset(name: &str, sets: &[(&str, &str)], folder: &Path) -> Experiment {
    let bare = [("claims", "[]"), ("axes", "[]")];
    let sets = bare.iter().chain(sets);
    let sets: Vec<(String, String)> = sets
        .map(|(path, value)| ((*path).to_owned(), (*value).to_owned()))
        .collect();
    let mut experiment = library::load_with(name, &sets).unwrap_or_else(|e| panic!("{name}: {e}"));
    experiment.folder = folder.to_owned();
    experiment
}

/// The records and the end of the only arm.
pub fn run(experiment: &Experiment) -> (Vec<Arc<Record>>, ArmEnd) {
    let mut records = Vec::new();
    let mut keep = |progress| {
        if let Progress::Event(EventKind::Recorded { record, .. }) = progress {
            records.push(record);
        }
    };
    let mut ends = run_all(experiment, &Cancel::new(), &mut keep).expect("the run begins");
    assert_eq!(ends.len(), 1);
    (records, ends.remove(0))
}

/// The data of an arm, and its weights and outputs before the first step.
pub fn start(experiment: &Experiment) -> (Dataset, FinalState) {
    let arm: &Arm = &experiment.arms[0];
    let folder = &experiment.folder;
    let data = data::load(&arm.preset.data, arm.preset.seed, folder).expect("the data");
    let run = ArmRun::start(arm, &data, folder, &Cancel::new(), &mut Vec::new());
    let state = run.expect("the arm starts").final_state();
    (data, state)
}
