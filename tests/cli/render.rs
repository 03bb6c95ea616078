//! `render`: pictures of the window and of panels.

use std::path::Path;

use crate::support::{Called, PRESET, SMALL, call, finish, program, run_small};
use widescope::preset::parse;

fn render(out: &Path, more: &[&str]) -> Called {
    finish(
        program()
            .args(["render", PRESET])
            .args(SMALL)
            .args(more)
            .arg("--out")
            .arg(out),
    )
}

/// Width, height and texts of a PNG.
fn read_png(path: &Path) -> (u32, u32, Vec<(String, String)>) {
    let file = std::io::BufReader::new(std::fs::File::open(path).expect("the picture"));
    let mut reader = png::Decoder::new(file).read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut pixels).expect("the pixels");
    reader.finish().expect("the end");
    assert!(
        pixels.chunks(4).any(|pixel| pixel != &pixels[..4]),
        "the picture is not empty"
    );
    let info = reader.info();
    let texts = info
        .utf8_text
        .iter()
        .map(|t| (t.keyword.clone(), t.get_text().expect("a text")))
        .collect();
    (info.width, info.height, texts)
}

#[test]
fn a_png_has_the_size_asked_for_and_carries_its_preset() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("window.png");
    render(
        &path,
        &["--size", "800x500", "--scale", "1.5", "--set", "seed=9"],
    )
    .ended_with(0);
    let (width, height, texts) = read_png(&path);
    assert_eq!((width, height), (1200, 750));
    let text = |key: &str| &texts.iter().find(|(k, _)| k == key).expect(key).1;
    assert!(text("Software").contains(env!("CARGO_PKG_VERSION")));
    assert_eq!(text("widescope-seeds"), "9, 9, 9");
    assert!(
        text("widescope-command")
            .starts_with("widescope render lazy-vs-feature --set network.width=16")
    );
    let preset = parse(text("widescope-preset")).expect("the preset reads back");
    assert_eq!((preset.seed, preset.network.width), (9, 16));
}

#[test]
fn an_svg_is_a_drawing_that_carries_its_preset() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("loss.svg");
    render(&path, &["--panel", "loss", "--theme", "dark"]).ended_with(0);
    let text = std::fs::read_to_string(&path).expect("the picture");
    assert!(text.trim_end().ends_with("</svg>") && text.contains("<metadata"));
    assert!(
        text.contains("SignedPairs"),
        "the resolved preset is in the metadata"
    );
}

#[test]
fn two_renders_are_equal_byte_for_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.png");
    let pictures = [(); 2].map(|()| {
        render(&path, &["--panel", "feature-map", "--size", "300x200"]).ended_with(0);
        std::fs::read(&path).expect("the picture")
    });
    assert!(pictures[0] == pictures[1]);
}

#[test]
fn a_step_in_between_is_another_picture() {
    let folder = tempfile::tempdir().expect("a folder");
    let pictures = [&["--step", "0"][..], &["--step", "3"], &[]].map(|step| {
        let path = folder.path().join("a.png");
        render(&path, &[&["--panel", "loss"], step].concat()).ended_with(0);
        std::fs::read(&path).expect("the picture")
    });
    assert!(pictures[0] != pictures[1] && pictures[1] != pictures[2] && pictures[2] != pictures[0]);
}

#[test]
fn bad_options_are_refused_before_training() {
    let long = ["--set", "train.stop.steps=1e12"];
    let folder = tempfile::tempdir().expect("a folder");
    let png = folder.path().join("a.png");
    let refused = |out: &Path, more: &[&str]| render(out, &[&long, more].concat()).ended_with(2);
    refused(&folder.path().join("a.jpg"), &[]).complains_of(&["a.jpg", ".png, .svg"]);
    refused(&folder.path().join("nowhere").join("a.png"), &[]).complains_of(&["nowhere"]);
    refused(&png, &["--size", "1600"]).complains_of(&["1600", "WIDTHxHEIGHT"]);
    refused(&png, &["--size", "10x1000"]).complains_of(&["10x1000", "64"]);
    refused(&png, &["--size", "16384x16384"]).complains_of(&["--size 16384x16384"]);
    refused(&png, &["--scale", "100"]).complains_of(&["100", "0.25 to 8"]);
    refused(&png, &["--panel", "los"]).complains_of(&["los", "'loss'"]);
    refused(&png, &["--theme", "blue"]).complains_of(&["blue", "light", "dark"]);
    refused(&png, &["--step", "2000000000000"]).complains_of(&["2000000000000", "1000000000000"]);
    assert!(!png.exists());
}

#[test]
fn a_diverged_run_is_drawn_and_exit_1() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.png");
    render(&path, &["--set", "train.method.step=1e30"])
        .ended_with(1)
        .complains_of(&["diverged"]);
    read_png(&path);
}

#[test]
fn the_old_picture_stays_where_the_new_one_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.png");
    std::fs::write(&path, "old").expect("the old picture");
    let out = path.to_str().expect("UTF-8");
    call(["render", PRESET, "--out", out, "--set", "network.width=0"]).ended_with(2);
    assert_eq!(
        std::fs::read_to_string(&path).expect("the old picture"),
        "old"
    );
}

/// The drawing without what says where it comes from.
fn drawing(path: &Path) -> String {
    let svg = std::fs::read_to_string(path).expect("the picture");
    let (_, drawing) = svg.split_once("</metadata>").expect("the provenance");
    drawing.to_owned()
}

#[test]
fn a_panel_of_scalars_is_the_same_from_the_folder_of_its_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let (new, old) = (folder.path().join("new.svg"), folder.path().join("old.svg"));
    let ran = folder.path().join("ran");
    run_small(&ran, &["--quiet"]).ended_with(0);
    let from = ran.to_string_lossy().into_owned();
    for panel in ["loss", "regime"] {
        render(&new, &["--panel", panel]).ended_with(0);
        render(&old, &["--panel", panel, "--from", &from]).ended_with(0);
        assert!(drawing(&new) == drawing(&old), "{panel}");
    }
    render(
        &old,
        &["--panel", "loss", "--from", &from, "--set", "seed=9"],
    )
    .ended_with(2)
    .complains_of(&["run.ron", "seed is 1 there and 9 here"]);
    render(&old, &["--from", &from, "--step", "3"])
        .ended_with(2)
        .complains_of(&["--step 3", "allowed"]);
}

/// Bounds that a change of the step ends are ended in what is read back too.
#[test]
fn a_changed_step_ends_the_same_bounds_in_a_run_that_is_read_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let (new, old) = (folder.path().join("new.svg"), folder.path().join("old.svg"));
    let ran = folder.path().join("ran");
    let sets = [
        "data=Sphere(d: 8, n: 3, n_test: 0, labels: Normal(std: 0.01))",
        "network.width=400",
        "init.symmetrize=On",
        "train.method.step=0.03",
        "train.stop.steps=60",
        "train.changes=[(at: 21, step: 0.001)]",
        "observe.schedule=Every(4)",
        "axes=[]",
        "claims=[]",
    ];
    let call = |command: &str, more: &[&str]| {
        let mut program = program();
        program.args([command, "du-fig1-live", "--quiet"]);
        for set in sets {
            program.args(["--set", set]);
        }
        finish(program.args(more)).ended_with(0);
    };
    let [new_path, old_path, from] =
        [&new, &old, &ran].map(|path| path.to_str().expect("UTF-8").to_owned());
    call("run", &["--out", &from]);
    for panel in ["loss", "theory"] {
        call(
            "render",
            &["--panel", panel, "--as-window", "--out", &new_path],
        );
        call(
            "render",
            &[
                "--panel",
                panel,
                "--as-window",
                "--out",
                &old_path,
                "--from",
                &from,
            ],
        );
        assert!(drawing(&new) == drawing(&old), "{panel}");
    }
    assert!(
        drawing(&new).contains("21"),
        "the step at which bounds end is named"
    );
}
