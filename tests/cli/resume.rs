//! `run --checkpoint` and `run --resume`.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Called, PRESET, SMALL, call, names, run_small};

/// Steps that take the small preset a few seconds.
const LONG: &str = "train.stop.steps=400000";
const CHECKPOINT: &str = "run.checkpoint";
/// A checkpoint every 60 ms, and one at the start and at an interruption only.
const OFTEN: &str = "0.001";
const SELDOM: &str = "1000";

fn words<'a>(out: &'a Path, more: &[&'a str]) -> Vec<&'a str> {
    let out = ["--out", out.to_str().expect("UTF-8")];
    let mut words = vec!["run", PRESET];
    words.extend(SMALL.iter().chain(&["--set", LONG]).chain(&out).chain(more));
    words
}

fn long(out: &Path, more: &[&str]) -> Called {
    call(words(out, more))
}

fn started(out: &Path, more: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_widescope"))
        .args(words(out, more))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

fn wait_for(file: &Path) {
    let waiting = Instant::now();
    while !file.is_file() {
        assert!(waiting.elapsed() < Duration::from_secs(60), "no {file:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A folder with the checkpoint of a run that was killed on its way.
fn killed(out: PathBuf) -> PathBuf {
    let mut run = started(&out, &["--checkpoint", OFTEN]);
    wait_for(&out.join(CHECKPOINT));
    std::thread::sleep(Duration::from_millis(500));
    run.kill().expect("it still runs");
    run.wait().expect("it ends");
    assert!(out.join(CHECKPOINT).is_file(), "the run was on its way");
    out
}

#[track_caller]
fn same(a: &Path, b: &Path) {
    for name in ["series.csv", "spectra.csv", "final.npz", "run.ron"] {
        let [a, b] = [a, b].map(|folder| std::fs::read(folder.join(name)).expect("the file"));
        assert!(!a.is_empty() && a == b, "{name} differs");
    }
}

#[test]
fn a_run_killed_twice_ends_as_one_that_was_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = folder.path().join("whole");
    long(&whole, &["--quiet"]).ended_with(0);
    let broken = killed(folder.path().join("broken"));
    let mut second = started(&broken, &["--resume"]);
    std::thread::sleep(Duration::from_millis(400));
    second.kill().expect("it can be killed");
    second.wait().expect("it ends");
    let end = long(&broken, &["--resume"]).ended_with(0);
    assert!(end.stderr.contains("resumed at step"), "{}", end.stderr);
    assert!(!end.stderr.contains("resumed at step 0"), "{}", end.stderr);
    same(&whole, &broken);
    assert!(!broken.join(CHECKPOINT).exists());
    long(&broken, &["--resume"])
        .ended_with(0)
        .complains_of(&["finished"]);
    run_small(&broken, &["--resume"])
        .ended_with(2)
        .complains_of(&["no checkpoint", "train.stop.steps is 400000 there and 20"]);
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_a_checkpoint_and_says_so() {
    use std::io::Read;

    let folder = tempfile::tempdir().expect("a folder");
    let (whole, out) = (folder.path().join("whole"), folder.path().join("out"));
    let mut run = started(&out, &["--checkpoint", SELDOM]);
    wait_for(&out.join(CHECKPOINT));
    std::thread::sleep(Duration::from_millis(400));
    let kill = format!("kill -TERM {}", run.id());
    let killed = Command::new("sh").args(["-c", &kill]).status();
    assert!(killed.expect("a shell").success());
    assert_eq!(run.wait().expect("it ends").code(), Some(130));
    let mut said = String::new();
    let stderr = run.stderr.as_mut().expect("a pipe");
    stderr.read_to_string(&mut said).expect("text");
    assert!(
        said.contains("--resume") && !said.contains("step 0 "),
        "{said}"
    );
    assert_eq!(names(&out), [CHECKPOINT]);
    long(&out, &["--resume", "--quiet"]).ended_with(0);
    long(&whole, &["--quiet"]).ended_with(0);
    same(&whole, &out);
}

#[test]
fn unfinished_work_is_never_overwritten_nor_mixed_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = killed(folder.path().join("out"));
    let path = out.join(CHECKPOINT);
    let bytes = std::fs::read(&path).expect("the checkpoint");
    long(&out, &[])
        .ended_with(2)
        .complains_of(&[CHECKPOINT, "--resume"]);
    long(&out, &["--resume", "--set", "network.width=18"])
        .ended_with(2)
        .complains_of(&["network.width is 16 there and 18"]);
    long(
        &out,
        &[
            "--resume",
            "--set",
            "train.method=GradientDescent(step: 0.25)",
        ],
    )
    .ended_with(2)
    .complains_of(&["train.method"]);
    assert_eq!(std::fs::read(&path).expect("the checkpoint"), bytes);
    for (at, what) in [
        (0, "no checkpoint of widescope"),
        (40, "damaged"),
        (bytes.len() - 1, "damaged"),
    ] {
        let mut broken = bytes.clone();
        broken[at] ^= 1;
        std::fs::write(&path, &broken).expect("written");
        long(&out, &["--resume"])
            .ended_with(2)
            .complains_of(&[CHECKPOINT, what]);
    }
    std::fs::write(&path, &bytes[..bytes.len() / 2]).expect("written");
    long(&out, &["--resume"])
        .ended_with(2)
        .complains_of(&["damaged"]);
}

#[test]
fn there_must_be_something_to_go_on_from() {
    let folder = tempfile::tempdir().expect("a folder");
    run_small(folder.path(), &["--resume"])
        .ended_with(2)
        .complains_of(&["no checkpoint", "--checkpoint MINUTES"]);
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn a_checkpoint_is_gone_once_the_run_is_done() {
    let folder = tempfile::tempdir().expect("a folder");
    run_small(folder.path(), &["--checkpoint", OFTEN]).ended_with(0);
    assert_eq!(
        names(folder.path()),
        ["final.npz", "run.ron", "series.csv", "spectra.csv"]
    );
}

#[test]
fn minutes_are_a_positive_number() {
    let folder = tempfile::tempdir().expect("a folder");
    for minutes in ["0", "-1", "NaN", "inf", "1e9", "soon"] {
        let minutes = format!("--checkpoint={minutes}");
        run_small(folder.path(), &[&minutes])
            .ended_with(2)
            .complains_of(&["--checkpoint", "more than 0"]);
    }
}
