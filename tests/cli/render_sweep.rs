//! `render`: pictures of a sweep, carried out or read from files.

use std::path::Path;

use crate::support::{Called, finish, program};
use crate::sweep::{preset, sweep};

fn render(preset: &Path, out: &Path, more: &[&str]) -> Called {
    let mut command = program();
    command.arg("render").arg(preset).arg("--out").arg(out);
    finish(
        command
            .args(["--panel", "phase", "--size", "500x400"])
            .args(more),
    )
}

/// What is drawn, without the metadata before it.
fn drawing(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("the picture");
    let (head, drawing) = text.split_once("</metadata>").expect("metadata");
    assert!(
        head.contains("SignedHalves"),
        "the preset is in the metadata"
    );
    drawing.to_owned()
}

#[test]
fn a_phase_diagram_is_the_same_from_the_sweep_its_folder_and_its_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let preset = preset(folder.path(), 300);
    let swept = folder.path().join("swept");
    sweep(&preset, &swept, &["--quiet"]).ended_with(0);
    let picture = folder.path().join("phase.svg");
    render(&preset, &picture, &[]).ended_with(0);
    let carried_out = drawing(&picture);
    for from in [swept.clone(), swept.join("trials.csv")] {
        let from = from.to_string_lossy().into_owned();
        render(&preset, &picture, &["--from", &from]).ended_with(0);
        assert!(drawing(&picture) == carried_out, "{from}");
    }
}

#[test]
fn results_of_another_sweep_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let swept = folder.path().join("swept");
    let preset = preset(folder.path(), 300);
    sweep(&preset, &swept, &["--quiet"]).ended_with(0);
    let picture = folder.path().join("phase.png");
    let from = swept.to_string_lossy().into_owned();
    render(&preset, &picture, &["--from", &from, "--set", "seed=9"])
        .ended_with(2)
        .complains_of(&["--from", "seed"]);
    let empty = folder.path().to_string_lossy().into_owned();
    render(&preset, &picture, &["--from", &empty])
        .ended_with(2)
        .complains_of(&["no journal"]);
    let mut command = program();
    command.args(["render", "oymak-one-cell", "--panel", "phase", "--out"]);
    finish(command.arg(&picture)).ended_with(2).complains_of(&[
        "--panel phase",
        "no sweep over two fields",
        "Grid",
    ]);
    assert!(!picture.exists());
}
