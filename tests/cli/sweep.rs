//! Sweeps: sharded, merged, killed, damaged, and asked for in the wrong way.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::support::{Called, finish, names, program};

/// A phase diagram of 4 × 3 cells and three trials, `steps` long.
pub fn preset(folder: &Path, steps: u32) -> PathBuf {
    let path = folder.join("small.ron");
    let text = format!(
        "(
            data: Sphere(d: 3, n: 12, n_test: 0, labels: Normal(std: 1.0)),
            network: (width: 4, activation: Softplus),
            scaling: Standard,
            init: (output: SignedHalves),
            train: (method: GradientDescent(step: 0.15), stop: (steps: {steps}, relative_error: 0.3)),
            axes: [
                (field: \"network.width\", range: Linear(from: 2, to: 8, count: 4), show: Grid),
                (field: \"data.d\", values: [2, 4, 6], show: Grid),
            ],
            sweep: (
                trials: 3,
                measures: [(name: \"final_error\", of: \"relative_error\", at: End)],
                lines: [(name: \"kd = n\", powers: [(\"network.width\", 1), (\"data.d\", 1), (\"data.n\", -1)])],
            ),
            observe: (observables: [Loss]),
        )"
    );
    fs::write(&path, text).expect("the preset");
    path
}

pub fn sweep(preset: &Path, out: &Path, more: &[&str]) -> Called {
    let mut command = program();
    command.arg("sweep").arg(preset).arg("--out").arg(out);
    finish(command.args(more))
}

fn merge(from: &[&Path], out: &Path) -> Called {
    let mut command = program();
    finish(command.arg("merge").args(from).arg("--out").arg(out))
}

fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn shards_on_any_number_of_threads_merge_into_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let preset = preset(folder.path(), 300);
    let whole = folder.path().join("whole");
    let called = sweep(&preset, &whole, &["--threads", "1"]).ended_with(0);
    assert!(
        called.stdout.contains("36 trials in 12 cells"),
        "{}",
        called.stdout
    );
    assert_eq!(names(&whole), ["cells.csv", "journal.csv", "trials.csv"]);
    let expected = bytes(&whole.join("trials.csv"));
    let rows = String::from_utf8_lossy(&expected)
        .lines()
        .filter(|l| !l.starts_with('#'))
        .count();
    assert_eq!(rows, 37);
    let parts = ["2/3", "1/3", "3/3"].map(|shard| {
        let out = folder.path().join(shard.replace('/', "-"));
        sweep(&preset, &out, &["--shard", shard, "--threads", "3"]).ended_with(0);
        out
    });
    let merged = folder.path().join("merged.csv");
    let [second, first, third] = parts.each_ref().map(PathBuf::as_path);
    merge(&[second, third], &merged)
        .ended_with(1)
        .complains_of(&["12 of 36 trials are missing"]);
    merge(&[third, second, first], &merged).ended_with(0);
    assert!(bytes(&merged) == expected, "the merged file differs");
    // The merged file is a journal too.
    let again = folder.path().join("again.csv");
    merge(&[&merged], &again).ended_with(0);
    assert!(bytes(&again) == expected);
}

#[test]
fn shards_in_one_folder_are_summed_up_by_the_last() {
    let folder = tempfile::tempdir().expect("a folder");
    let preset = preset(folder.path(), 100);
    let out = folder.path().join("out");
    sweep(&preset, &out, &["--shard", "1/2"]).ended_with(0);
    let missing = finish(program().arg("missing").arg(&out)).ended_with(1);
    assert!(
        missing.stdout.ends_with("18 of 36 trials are missing\n"),
        "{}",
        missing.stdout
    );
    assert!(missing.stdout.contains("cell 0 (m = 2, d = 2), trial 1\n"));
    sweep(&preset, &out, &["--shard", "2/2"]).ended_with(0);
    assert!(names(&out).contains(&"trials.csv".to_owned()));
    finish(program().arg("missing").arg(&out)).ended_with(0);
}

/// Kills a sweep at ten moments, each a little later in it, and resumes it; at the end nothing shows.
#[test]
fn a_sweep_killed_again_and_again_ends_with_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let preset = preset(folder.path(), 4_000);
    let whole = folder.path().join("whole");
    sweep(&preset, &whole, &[]).ended_with(0);
    let out = folder.path().join("killed");
    let mut rows = 0;
    for kill in 0..10_u64 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_widescope"))
            .arg("sweep")
            .arg(&preset)
            .args(["--resume", "--threads", "2", "--out"])
            .arg(&out)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        // Every moment from before the journal is made to in the midst of trials.
        std::thread::sleep(Duration::from_millis(7 + 13 * kill));
        child.kill().expect("it is killed");
        child.wait().expect("it ends");
        let journal = fs::read_to_string(out.join("journal.csv")).unwrap_or_default();
        let now = journal.lines().filter(|l| !l.starts_with('#')).count();
        assert!(now >= rows, "results were lost: {rows} rows, then {now}");
        rows = now;
    }
    sweep(&preset, &out, &["--resume"]).ended_with(0);
    for file in ["trials.csv", "cells.csv"] {
        assert!(
            bytes(&out.join(file)) == bytes(&whole.join(file)),
            "{file} differs"
        );
    }
}

#[test]
fn torn_and_damaged_rows_are_done_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let preset = preset(folder.path(), 100);
    let out = folder.path().join("out");
    sweep(&preset, &out, &[]).ended_with(0);
    let (journal, trials) = (out.join("journal.csv"), out.join("trials.csv"));
    let (written, expected) = (fs::read_to_string(&journal).expect("text"), bytes(&trials));
    // The last row is torn, and in the one before it a digit is another.
    let torn = written
        .trim_end()
        .strip_suffix(|c: char| c != '\n')
        .expect("a character");
    let digit = torn
        .trim_end()
        .rfind("reached")
        .expect("a trial that reached its limit");
    let mut damaged = torn.to_owned();
    damaged.replace_range(digit..digit + 7, "steps");
    fs::write(&journal, damaged).expect("the journal");
    let called = sweep(&preset, &out, &["--resume"]).ended_with(0);
    called.complains_of(&["journal.csv: 1 damaged rows"]);
    assert!(bytes(&trials) == expected);
}

#[test]
fn wrong_folders_presets_and_parts_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let preset = preset(folder.path(), 50);
    let out = folder.path().join("out");
    sweep(&preset, &out, &["--shard", "4/3"])
        .ended_with(2)
        .complains_of(&["I/N"]);
    sweep(Path::new("lazy-vs-feature"), &out, &[])
        .ended_with(2)
        .complains_of(&["sweep", "lazy-vs-feature", "show: XAxis"]);
    assert!(!out.exists(), "nothing is made for what can't run");
    sweep(&preset, &out, &[]).ended_with(0);
    sweep(&preset, &out, &[])
        .ended_with(2)
        .complains_of(&["--resume"]);
    sweep(&preset, &out, &["--resume", "--set", "data.n=13"])
        .ended_with(2)
        .complains_of(&["journal.csv", "another sweep", "data", "n: 12, not 13"]);
    merge(&[folder.path()], &folder.path().join("m.csv"))
        .ended_with(2)
        .complains_of(&["no journal"]);
    let text = folder.path().join("journal.csv");
    fs::write(&text, "cell,arm\n1,2\n").expect("a file");
    merge(&[&text], &folder.path().join("m.csv"))
        .ended_with(2)
        .complains_of(&["journal.csv", "# widescope sweep"]);
}

#[test]
fn journals_of_other_kernels_are_merged_only_when_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let preset = preset(folder.path(), 50);
    let parts = ["1/2", "2/2"].map(|shard| {
        let out = folder.path().join(shard.replace('/', "-"));
        sweep(&preset, &out, &["--shard", shard]).ended_with(0);
        out
    });
    let other = parts[1].join("journal-2-of-2.csv");
    let text = fs::read_to_string(&other).expect("text");
    let kernels = text
        .lines()
        .find(|l| l.starts_with("# kernels "))
        .expect("a class");
    fs::write(&other, text.replacen(kernels, "# kernels other", 1)).expect("the journal");
    let merged = folder.path().join("m.csv");
    let from = parts.each_ref().map(PathBuf::as_path);
    merge(&from, &merged)
        .ended_with(2)
        .complains_of(&["kernels other"]);
    finish(
        program()
            .arg("merge")
            .args(from)
            .arg("--out")
            .arg(&merged)
            .arg("--mixed"),
    )
    .ended_with(0);
    let head = fs::read_to_string(&merged).expect("text");
    assert!(
        head.contains("# kernels other + ") || head.contains(" + other\n"),
        "{head}"
    );
}

/// Waits until the journal has a row, then asks the program to stop.
#[cfg(unix)]
#[test]
fn an_interrupted_sweep_says_once_what_is_kept_and_goes_on() {
    use std::io::Read;

    let folder = tempfile::tempdir().expect("a folder");
    let preset = preset(folder.path(), 1_000_000);
    let out = folder.path().join("out");
    let mut child = Command::new(env!("CARGO_BIN_EXE_widescope"))
        .arg("sweep")
        .arg(&preset)
        .arg("--out")
        .arg(&out)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let rows = |text: String| text.lines().filter(|l| !l.starts_with('#')).count();
    let journal = || fs::read_to_string(out.join("journal.csv")).unwrap_or_default();
    while rows(journal()) < 2 {
        assert!(
            child.try_wait().expect("a state").is_none(),
            "it still runs"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
    let kill = format!("kill -INT {}", child.id());
    let asked = Command::new("sh").args(["-c", &kill]).status();
    assert!(asked.expect("a shell").success());
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    let mut said = String::new();
    let stderr = child.stderr.as_mut().expect("a pipe");
    stderr.read_to_string(&mut said).expect("text");
    assert_eq!(said.matches("interrupted").count(), 1, "{said}");
    assert!(
        said.contains("--resume") && !said.contains("nothing"),
        "{said}"
    );
    assert!(rows(journal()) >= 2);
}
