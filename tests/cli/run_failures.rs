//! Runs that fail, and folders that can't be written.

use crate::support::{names, run_small, table};

#[test]
fn a_claim_that_does_not_hold_is_exit_1_and_the_files_are_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let claim = "claims=[(name: \"impossible\", expect: Value(of: \"train_loss\", arm: \"ours\", at: End, at_most: 0.0))]";
    let run = run_small(folder.path(), &["--set", claim]).ended_with(1);
    assert!(
        run.stdout
            .lines()
            .any(|line| line.starts_with("FAIL") && line.contains("impossible")),
        "{}",
        run.stdout
    );
    assert_eq!(names(folder.path()).len(), 4);
}

#[test]
fn a_diverging_arm_is_exit_1_and_says_where() {
    let folder = tempfile::tempdir().expect("a folder");
    let diverging = ["--set", "train.method.step=1e30"];
    let run = run_small(folder.path(), &diverging).ended_with(1);
    assert!(run.stdout.contains("diverged at step"), "{}", run.stdout);
    let quiet = run_small(folder.path(), &[&diverging[..], &["--quiet"]].concat()).ended_with(1);
    quiet.complains_of(&["diverged at step", "last finite loss"]);
    let (_, rows) = table(&folder.path().join("series.csv"));
    assert!(
        rows.iter().any(|row| row[0] == "ours"),
        "what was recorded before is written"
    );
}

#[test]
fn other_arms_go_on_where_one_diverges() {
    let folder = tempfile::tempdir().expect("a folder");
    let axis = "axes=[(field: \"train.method.step\", values: [0.01, 1e30])]";
    let run = run_small(folder.path(), &["--json", "--set", axis]).ended_with(1);
    let document: serde_json::Value = serde_json::from_str(&run.stdout).expect("one JSON document");
    assert_eq!(document["arms"][0]["outcome"]["kind"], "finished");
    assert_eq!(document["arms"][0]["steps"], 20);
    assert_eq!(document["arms"][1]["outcome"]["kind"], "diverged");
}

#[test]
fn a_folder_below_a_file_is_refused_before_training() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "mine").expect("a file");
    let long = ["--set", "train.stop.steps=1e12"];
    run_small(&file, &long)
        .ended_with(2)
        .complains_of(&["file"]);
    run_small(&file.join("below"), &long)
        .ended_with(2)
        .complains_of(&["below"]);
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), "mine");
}

#[test]
fn a_folder_in_a_files_place_is_refused_before_training() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("final.npz")).expect("a folder in the way");
    run_small(folder.path(), &["--set", "train.stop.steps=1e12"])
        .ended_with(2)
        .complains_of(&["final.npz"]);
    assert_eq!(names(folder.path()), ["final.npz"]);
}

#[test]
fn a_run_too_big_for_the_memory_is_refused_with_its_estimate() {
    let folder = tempfile::tempdir().expect("a folder");
    let big = ["--set", "network.width=16000000", "--set", "precision=F64"];
    let refused = run_small(&folder.path().join("out"), &big).ended_with(2);
    refused.complains_of(&["network.width", "16000000", "iB"]);
    assert!(
        names(folder.path()).is_empty(),
        "no folder is made for a run that is refused"
    );
}

#[test]
fn a_file_of_batches_that_does_not_fit_is_refused_before_training() {
    let folder = tempfile::tempdir().expect("a folder");
    let given = [
        "--set",
        "train.method=Sgd(step: 0.1, batch: 2, order: Given)",
        "--set",
        "train.indices=Some(\"no such file.npy\")",
    ];
    let out = folder.path().join("out");
    run_small(&out, &given).ended_with(2).complains_of(&[
        "train.indices",
        "no such file.npy",
        "is needed",
    ]);
    assert!(!out.exists(), "no folder is made for a run that is refused");
}
