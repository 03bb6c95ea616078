//! Signals, closed pipes and devices.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{PRESET, SMALL, names, run_small};

/// Sends a signal to a long run once its folder is there, and returns its exit code and how long
/// it took to stop.
fn interrupted_by(signal: &str, out: &Path) -> (Option<i32>, Duration) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_widescope"))
        .args(["run", PRESET])
        .args(SMALL)
        .args(["--set", "train.stop.steps=1e12", "--out"])
        .arg(out)
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let waiting = Instant::now();
    while !out.is_dir() {
        assert!(
            waiting.elapsed() < Duration::from_secs(30),
            "the folder is made before training"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(Duration::from_millis(200));
    let kill = format!("kill -{signal} {}", child.id());
    let asked = Instant::now();
    assert!(
        Command::new("sh")
            .args(["-c", &kill])
            .status()
            .expect("a shell")
            .success()
    );
    let code = child.wait().expect("the program ends").code();
    (code, asked.elapsed())
}

#[test]
fn an_interrupted_run_writes_nothing_and_is_exit_130() {
    for signal in ["INT", "TERM"] {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("out");
        let (code, took) = interrupted_by(signal, &out);
        assert_eq!(code, Some(130), "{signal}");
        assert!(took < Duration::from_secs(5), "{took:?}");
        assert_eq!(names(&out), [""; 0]);
    }
}

#[test]
fn a_reader_that_has_had_enough_is_no_error() {
    for words in [
        vec!["list"],
        vec!["list", "--json"],
        vec!["show", PRESET],
        vec!["check", PRESET],
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = Command::new(env!("CARGO_BIN_EXE_widescope"))
            .args(&words)
            .stdout(writer)
            .stderr(Stdio::piped())
            .output()
            .expect("the program starts");
        assert_eq!(output.status.code(), Some(0), "{words:?}");
        assert!(
            output.stderr.is_empty(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn a_device_is_never_a_folder() {
    run_small(Path::new("/dev/full/x"), &[])
        .ended_with(2)
        .complains_of(&["/dev/full/x"]);
}

#[cfg(feature = "render")]
#[test]
fn a_picture_never_replaces_a_device() {
    let folder = tempfile::tempdir().expect("a folder");
    let link = folder.path().join("full.png");
    std::os::unix::fs::symlink("/dev/full", &link).expect("a link");
    let link = link.to_str().expect("UTF-8");
    crate::support::call(["render", PRESET, "--out", link])
        .ended_with(2)
        .complains_of(&["full.png"]);
}
