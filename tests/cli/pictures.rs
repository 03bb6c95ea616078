//! Pictures that `render` made, in the place of the preset they show.

use std::path::Path;

use crate::support::{PRESET, SMALL, call, finish, program};

const CHANGED: [&str; 6] = [
    "--set",
    "seed=5",
    "--set",
    "train.changes=[(at: 6, step: 2.5)]",
    "--set",
    "panels=[Loss, Regime, Story]",
];

fn picture(folder: &Path, name: &str) -> String {
    let path = folder.join(name);
    let mut render = program();
    render.args(["render", PRESET]).args(SMALL).args(CHANGED);
    render
        .args(["--set", "hero=Loss", "--quiet", "--out"])
        .arg(&path);
    finish(&mut render).ended_with(0);
    path.display().to_string()
}

#[test]
fn a_run_of_a_picture_is_the_run_it_shows() {
    let folder = tempfile::tempdir().expect("a folder");
    let series = |folder: &Path| std::fs::read(folder.join("series.csv")).expect("the series");
    let by_name = folder.path().join("name");
    let mut run = program();
    run.args(["run", PRESET])
        .args(SMALL)
        .args(CHANGED)
        .args(["--set", "hero=Loss"]);
    finish(run.args(["--quiet", "--out"]).arg(&by_name)).ended_with(0);
    for name in ["fig.png", "fig.svg"] {
        let picture = picture(folder.path(), name);
        let out = folder.path().join(format!("{name}-run"));
        finish(
            program()
                .args(["run", &picture, "--quiet", "--out"])
                .arg(&out),
        )
        .ended_with(0);
        assert_eq!(series(&out), series(&by_name), "{name}");
        let shown = call(["show", &picture]).ended_with(0).stdout;
        for field in ["seed: 5", "at: 6", "hero: Loss", "Regime"] {
            assert!(shown.contains(field), "{field} in {shown}");
        }
        call(["check", &picture]).ended_with(0);
        let changed = call(["show", &picture, "--set", "seed=6"]).ended_with(0);
        assert!(changed.stdout.contains("seed: 6"));
        // A picture of a picture is the same picture but for the command that made it.
        let again = folder.path().join("again").with_extension(&name[4..]);
        let mut render = program();
        render.args(["render", &picture, "--panel", "loss", "--quiet", "--out"]);
        finish(render.arg(&again)).ended_with(0);
        let again = call(["show", &again.display().to_string()]).ended_with(0);
        assert_eq!(again.stdout, shown);
    }
}

#[test]
fn a_picture_is_known_by_its_content_and_a_wrong_one_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = picture(folder.path(), "fig.png");
    let renamed = folder.path().join("fig.ron");
    std::fs::copy(&picture, &renamed).expect("a copy");
    call(["check", &renamed.display().to_string()]).ended_with(0);
    let bare = folder.path().join("bare.svg");
    std::fs::write(&bare, "<svg xmlns='http://www.w3.org/2000/svg'/>").expect("a file");
    call(["show", &bare.display().to_string()])
        .ended_with(2)
        .complains_of(&["bare.svg", "without an experiment"]);
    let missing = folder.path().join("missing.png").display().to_string();
    call(["show", &missing])
        .ended_with(2)
        .complains_of(&["missing.png", "can't be read"]);
}

#[test]
fn a_picture_of_another_version_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = picture(folder.path(), "fig.svg");
    let text = std::fs::read_to_string(&path).expect("the picture");
    let version = concat!("widescope ", env!("CARGO_PKG_VERSION"), "<");
    std::fs::write(&path, text.replace(version, "widescope 99.1<")).expect("a file");
    call(["show", &path])
        .ended_with(0)
        .complains_of(&["fig.svg", "widescope 99.1"]);
    let newer = text
        .replace("format: 1,", "format: 99,")
        .replace(version, "widescope 99.1<");
    std::fs::write(&path, newer).expect("a file");
    call(["show", &path])
        .ended_with(2)
        .complains_of(&["widescope 99.1", "99 is newer than this program reads"]);
}
