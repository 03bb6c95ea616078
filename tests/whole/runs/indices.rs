//! Files of batches that don't fit end a run with one refusal, before its first step, and are found
//! without a run.

use std::fs;
use std::path::Path;

use ndarray::{Array1, Array2, array};
use ndarray_npy::write_npy;
use tempfile::{TempDir, tempdir};
use widescope::experiment::check_given_files;
use widescope::history::Outcome;
use widescope::preset::Experiment;

use super::whole::{preset, run};

/// Three steps on batches of two of the 20 points, from a file.
fn experiment(file: &str, folder: &Path) -> Experiment {
    let train = format!(
        "(layers: Hidden, method: Sgd(step: 0.1, batch: 2, order: Given), \
         indices: Some(\"{file}\"), stop: (steps: 3))"
    );
    let sets = [
        ("data.n", "20"),
        ("train", train.as_str()),
        ("observe", "(schedule: Every(1), observables: [Loss])"),
    ];
    preset("oymak-sgd", &sets, folder)
}

fn files() -> TempDir {
    let folder = tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    write_npy(path("real.npy"), &Array2::<f64>::zeros((3, 2))).expect("a file");
    write_npy(path("beyond.npy"), &array![[0i64, 1], [2, 20], [3, 4]]).expect("a file");
    write_npy(path("negative.npy"), &array![[0i32, 1], [2, 3], [-1, 4]]).expect("a file");
    write_npy(path("few.npy"), &array![[0i64, 1], [2, 3]]).expect("a file");
    write_npy(path("wide.npy"), &Array2::<i64>::zeros((3, 4))).expect("a file");
    write_npy(path("column.npy"), &Array1::<i64>::zeros(6)).expect("a file");
    write_npy(path("hollow.npy"), &Array2::<i64>::zeros((0, 2))).expect("a file");
    write_npy(
        path("good.npy"),
        &array![[0u8, 1], [2, 3], [19, 19], [4, 4]],
    )
    .expect("a file");
    fs::write(path("empty.npy"), []).expect("a file");
    fs::write(path("text.npy"), "0 1\n2 3\n4 5\n").expect("a file");
    fs::create_dir(path("folder.npy")).expect("a folder");
    folder
}

#[test]
fn files_that_do_not_fit_are_refused_by_name_with_what_is_needed() {
    let folder = files();
    for (file, found, needed) in [
        ("missing.npy", "cannot be read", "readable file is needed"),
        ("folder.npy", "not a file", "a regular file is needed"),
        ("empty.npy", "cannot be read", "a complete, readable file"),
        ("text.npy", "not an .npy array", "is needed"),
        ("real.npy", "\"<f8\"", "integers of 8 to 64 bits"),
        ("beyond.npy", "row 1, column 1", "an index from 0 to 19"),
        ("negative.npy", "is -1", "an index from 0 to 19"),
        ("few.npy", "2 rows", "train.stop.steps = 3 needs"),
        ("wide.npy", "rows of 4", "train.method.batch = 2 needs"),
        ("column.npy", "rows of 1", "train.method.batch = 2 needs"),
        ("hollow.npy", "(0, 2)", "at least one row and one column"),
    ] {
        let experiment = experiment(file, folder.path());
        let before = check_given_files(&experiment).expect_err(file).to_string();
        let (records, end) = run(&experiment);
        assert!(records.is_empty() && end.step == 0, "{file}");
        let Outcome::Failed { message } = end.outcome else {
            panic!("{file}: {:?}", end.outcome);
        };
        assert_eq!(message, before);
        assert!(message.starts_with("train.indices: "), "{message}");
        for part in [file, found, needed] {
            assert!(message.contains(part), "`{part}` is not in `{message}`");
        }
        assert_eq!(message.matches("train.indices").count(), 1, "{message}");
    }
}

#[test]
fn a_file_that_fits_is_read_and_more_rows_than_steps_are_allowed() {
    let folder = files();
    let experiment = experiment("good.npy", folder.path());
    check_given_files(&experiment).expect("a file that fits");
    let (records, end) = run(&experiment);
    assert_eq!((records.len(), end.step), (4, 3));
}

#[test]
fn only_the_arm_whose_file_does_not_fit_is_named() {
    let folder = files();
    let mut experiment = experiment("good.npy", folder.path());
    let mut other = experiment.arms[0].clone();
    other.index = 1;
    other.label = "long".to_owned();
    other.preset.train.stop.steps = 5;
    experiment.arms.push(other);
    let text = check_given_files(&experiment).unwrap_err().to_string();
    assert!(
        text.starts_with("in the arm `long`: train.indices: "),
        "{text}"
    );
}

#[test]
fn initial_weights_that_do_not_fit_are_found_without_a_run() {
    let folder = tempdir().expect("a folder");
    let sets = [("init.weights", "start.npz")];
    let experiment = preset("oymak-one-cell", &sets, folder.path());
    let text = check_given_files(&experiment).unwrap_err().to_string();
    assert!(
        text.starts_with("init.weights: ") && text.contains("start.npz"),
        "{text}"
    );
}
