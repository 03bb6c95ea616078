//! Pages and animations as the command line writes them; pages as a browser draws them, where Chromium is
//! installed.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{PRESET, SMALL, call, run_small, table};

/// Files written once for all tests of this module.
struct Written {
    folder: tempfile::TempDir,
}

impl Written {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

fn export(folder: &Path, name: &str, options: &[&str]) -> Vec<u8> {
    let out = folder.join(name);
    let out_text = out.to_str().expect("UTF-8");
    let mut args = vec!["export", PRESET, "--quiet", "--out", out_text];
    args.extend(SMALL);
    args.extend(options);
    call(args).ended_with(0);
    std::fs::read(&out).expect("it was written")
}

/// Chromium's programs, the first that is there.
fn chromium() -> Option<&'static str> {
    let programs = ["chromium", "chromium-browser", "google-chrome"];
    let answers = |program: &&str| {
        let version = Command::new(program).arg("--version").output();
        version.is_ok_and(|output| output.status.success())
    };
    programs.into_iter().find(answers)
}

/// The page after its script has run, and what the console said.
fn drawn(program: &str, page: &Path, hash: &str, width: u32) -> (String, String) {
    let profile = tempfile::tempdir().expect("a folder");
    let output = Command::new(program)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--virtual-time-budget=5000",
        ])
        .args(["--enable-logging=stderr", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("--window-size={width},900"))
        .arg(format!("file://{}#{hash}", page.display()))
        .output()
        .expect("it starts");
    let [dom, said] =
        [output.stdout, output.stderr].map(|b| String::from_utf8_lossy(&b).into_owned());
    let console = said.lines().filter(|line| line.contains("CONSOLE"));
    (dom, console.collect::<Vec<_>>().join("\n"))
}

#[test]
fn a_browser_draws_the_page_without_complaint_and_reads_out_the_series() {
    let Some(program) = chromium() else {
        eprintln!("left out: Chromium is not installed");
        return;
    };
    let written = Written {
        folder: tempfile::tempdir().expect("a folder"),
    };
    export(written.folder.path(), "run.html", &[]);
    let run = written.path("run");
    run_small(&run, &["--quiet"]).ended_with(0);
    let (head, rows) = table(&run.join("series.csv"));
    let loss = head
        .iter()
        .position(|name| name == "train_loss")
        .expect("a loss");
    let step = "7";
    let of_step = rows.iter().filter(|row| row[2] == step);
    let of_step: Vec<&str> = of_step.map(|row| row[loss].as_str()).collect();
    assert_eq!(of_step.len(), 3);
    for width in [375, 1280] {
        let hash = format!("step={step}&read&theme=dark");
        let (dom, console) = drawn(program, &written.path("run.html"), &hash, width);
        assert_eq!(console, "");
        assert!(
            dom.contains(&format!("data-step=\"{step}\"")),
            "it is at the step asked for"
        );
        assert!(dom.contains("data-theme=\"dark\"") && dom.contains("data-opened="));
        for number in &of_step {
            assert!(
                dom.contains(&format!("<td>{number}</td>")),
                "{number} at {width}"
            );
        }
    }
}

#[test]
fn animations_are_written_and_hold_where_they_come_from() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = ["--size", "320x240px", "--fps", "10", "--seconds", "1"];
    let gif = export(folder.path(), "run.gif", &options);
    assert!(gif.starts_with(b"GIF89a") && gif.len() < 2_000_000);
    let apng = export(folder.path(), "run.apng", &options);
    assert!(apng.starts_with(b"\x89PNG"));
    let has = |word: &[u8]| apng.windows(word.len()).any(|part| part == word);
    assert!(has(b"acTL") && has(b"widescope-preset"));
}

#[test]
fn what_cannot_be_shown_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("run.html");
    let out = out.to_str().expect("UTF-8");
    let mut args = vec![
        "export", PRESET, "--quiet", "--out", out, "--panels", "phase",
    ];
    args.extend(SMALL);
    call(args).ended_with(2).complains_of(&["Phase", "sweep"]);
    assert!(!Path::new(out).exists());
    let args = ["export", PRESET, "--out", "run.gif", "--fps", "0"];
    call(args).ended_with(2).complains_of(&["fps", "1 to 50"]);
}
