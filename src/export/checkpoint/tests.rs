//! Checkpoints are read as they were written, or not at all.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::*;
use crate::experiment::{Progress, Saving, run_saving};
use crate::export::{COMMIT, VERSION};
use crate::preset::parse;
use crate::task::Cancel;

/// Two arms with everything that a saved run can hold.
const PRESET: &str = "(precision: F32, data: Gaussian(d: 3, n: 5, n_test: 2, labels: Normal(std: 1.0)), \
     network: (width: 9, activation: Relu), train: (layers: Both, \
     method: GradientFlow(step: 0.1, tolerance: 1e-4), stop: (steps: 40)), \
     axes: [(field: \"precision\", values: [F32, F64], show: Arms)], \
     observe: (schedule: Every(4), observables: [Loss, LazyGap, NtkSpectrum, NeuronDistances]))";

fn experiment(text: &str) -> Experiment {
    Experiment::check(parse(text).expect("a preset"), "test", PathBuf::new()).expect("sound")
}

/// Goes on from a save to the end; the losses and what was saved last.
fn run(
    experiment: &Experiment,
    from: Option<SavedExperiment>,
    interrupt_at: u64,
) -> (Vec<u64>, Option<SavedExperiment>) {
    run_keeping(experiment, from, interrupt_at, Duration::ZERO)
}

/// The same where an interrupted run is saved from an age on.
fn run_keeping(
    experiment: &Experiment,
    from: Option<SavedExperiment>,
    interrupt_at: u64,
    interrupted_after: Duration,
) -> (Vec<u64>, Option<SavedExperiment>) {
    let (cancel, mut last, mut losses) = (Cancel::new(), None, Vec::new());
    let saving = Saving {
        from,
        every: None,
        interrupted_after,
        save: &mut |saved| last = Some(saved),
    };
    let ran = run_saving(
        experiment,
        &cancel,
        saving,
        &mut |progress| match progress {
            Progress::Step { step, .. } if step >= interrupt_at => cancel.cancel(),
            Progress::Event(crate::history::EventKind::Recorded { record, .. }) => {
                let loss = record.get(crate::spec::Quantity::TrainLoss);
                losses.extend(loss.map(f64::to_bits));
            }
            _ => {}
        },
    );
    assert!(ran.is_ok() || cancel.is_cancelled() || last.is_none());
    (losses, last)
}

fn written(folder: &Path, experiment: &Experiment) -> (PathBuf, Vec<u8>) {
    let (_, saved) = run(experiment, None, 10);
    let path = folder.join("run.checkpoint");
    let writer =
        CheckpointWriter::new(experiment, Some(Duration::from_secs(60))).expect("no files");
    let saved = saved.expect("saved when interrupted");
    assert!(saved.step() >= 10);
    writer.write(&path, &saved).expect("written");
    let bytes = fs::read(&path).expect("read");
    (path, bytes)
}

/// The checksum made right again.
fn summed(mut bytes: Vec<u8>) -> Vec<u8> {
    let end = bytes.len() - WORD;
    let sum = crc32fast::hash(&bytes[..end]);
    bytes[end..].copy_from_slice(&sum.to_le_bytes());
    bytes
}

#[test]
fn a_run_that_nobody_asked_to_save_is_saved_when_it_is_interrupted_late() {
    let experiment = experiment(PRESET);
    let (_, young) = run_keeping(&experiment, None, 10, Duration::MAX);
    assert!(young.is_none());
    let (_, old) = run_keeping(&experiment, None, 10, Duration::ZERO);
    assert!(old.is_some_and(|saved| saved.step() >= 10));
    let (_, ended) = run_keeping(&experiment, None, u64::MAX, Duration::ZERO);
    assert!(ended.is_none());
}

#[test]
fn what_is_read_goes_on_as_what_was_written() {
    let (folder, experiment) = (tempfile::tempdir().expect("a folder"), experiment(PRESET));
    let (path, _) = written(folder.path(), &experiment);
    let checkpoint = Checkpoint::read(&path, &experiment).expect("it is whole");
    assert_eq!(checkpoint.every, Some(Duration::from_secs(60)));
    let (whole, _) = run(&experiment, None, u64::MAX);
    let (resumed, _) = run(&experiment, Some(checkpoint.run), u64::MAX);
    assert_eq!(whole.len(), 2 * 11);
    let sorted = |mut losses: Vec<u64>| {
        losses.sort_unstable();
        losses
    };
    assert_eq!(sorted(whole), sorted(resumed));
}

#[test]
fn a_changed_or_missing_byte_is_always_found() {
    let (folder, experiment) = (tempfile::tempdir().expect("a folder"), experiment(PRESET));
    let (path, bytes) = written(folder.path(), &experiment);
    for at in (0..bytes.len()).step_by(7) {
        let mut broken = bytes.clone();
        broken[at] ^= 1 << (at % 8);
        fs::write(&path, &broken).expect("written");
        assert!(Checkpoint::read(&path, &experiment).is_err(), "byte {at}");
        fs::write(&path, &bytes[..at]).expect("written");
        assert!(Checkpoint::read(&path, &experiment).is_err(), "cut at {at}");
    }
    fs::write(&path, [&bytes[..], b"x"].concat()).expect("written");
    assert!(Checkpoint::read(&path, &experiment).is_err());
}

#[test]
fn a_forged_file_is_refused_or_runs_to_an_end() {
    let (folder, experiment) = (tempfile::tempdir().expect("a folder"), experiment(PRESET));
    let (path, bytes) = written(folder.path(), &experiment);
    let (mut refused, mut accepted) = (0, 0);
    for at in (MAGIC.len()..bytes.len() - WORD).step_by(11) {
        for value in [0, 0x7f, 0xff] {
            let mut forged = bytes.clone();
            forged[at] = value;
            fs::write(&path, summed(forged)).expect("written");
            match Checkpoint::read(&path, &experiment) {
                Ok(checkpoint) => {
                    run(&experiment, Some(checkpoint.run), 60);
                    accepted += 1;
                }
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused > 10 && accepted > 10, "{refused} {accepted}");
}

#[test]
fn files_that_changed_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("points.csv");
    let table = "x1,x2,y\n1,0,1\n0,1,-1\n0.5,0.5,1\n";
    fs::write(&data, table).expect("written");
    let text = format!(
        "(data: File(path: {data:?}, test: None, outputs: 1), network: (width: 8), \
         train: (method: GradientDescent(step: 0.01), stop: (steps: 20)), \
         observe: (observables: [Loss]))"
    );
    let experiment = experiment(&text);
    let (path, _) = written(folder.path(), &experiment);
    assert!(Checkpoint::read(&path, &experiment).is_ok());
    fs::write(&data, table.replace("0.5", "0.4")).expect("written");
    let error = Checkpoint::read(&path, &experiment)
        .map(|_| ())
        .unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("data.path") && text.contains("points.csv"),
        "{text}"
    );
}

#[test]
fn another_program_is_named() {
    let (folder, experiment) = (tempfile::tempdir().expect("a folder"), experiment(PRESET));
    let (path, bytes) = written(folder.path(), &experiment);
    let read = |bytes| {
        fs::write(&path, summed(bytes)).expect("written");
        let read = Checkpoint::read(&path, &experiment).map(|_| ());
        read.unwrap_err().to_string()
    };
    // The head begins with the version's text.
    let mut other = bytes.clone();
    other[MAGIC.len() + WORD + 1] = b'9';
    let text = read(other);
    assert!(
        text.contains("widescope 9.1.0") && text.contains("0.1.0"),
        "{text}"
    );
    let mut other = bytes;
    other[MAGIC.len()] = 9;
    let text = read(other);
    assert!(text.contains("format 9"), "{text}");
}

#[test]
fn another_commit_of_the_same_version_goes_on() {
    let (folder, experiment) = (tempfile::tempdir().expect("a folder"), experiment(PRESET));
    let (path, bytes) = written(folder.path(), &experiment);
    // The version, the mark that there is a commit, and its length come before it.
    let commit = MAGIC.len() + WORD + 1 + VERSION.len() + 2;
    let found = &bytes[commit..commit + COMMIT.len()];
    assert_eq!(found, COMMIT.as_bytes());
    let mut other = bytes;
    other[commit] = b'z';
    fs::write(&path, summed(other)).expect("written");
    assert!(Checkpoint::read(&path, &experiment).is_ok());
}

#[test]
fn a_checkpoint_says_of_which_preset_it_is() {
    let (folder, experiment) = (tempfile::tempdir().expect("a folder"), experiment(PRESET));
    let (path, _) = written(folder.path(), &experiment);
    let preset = Checkpoint::preset(&path).expect("it is whole");
    assert_eq!(preset, experiment.preset);
}
