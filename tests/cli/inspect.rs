//! `list`, `show` and `check`.

use crate::support::{PRESET, SMALL, call};
use widescope::preset::{library, parse};

#[test]
fn list_has_a_line_for_each_preset() {
    let listed = call(["list"]).ended_with(0);
    let names: Vec<_> = listed
        .stdout
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(names, library::names().collect::<Vec<_>>());
    assert!(listed.stderr.is_empty(), "{}", listed.stderr);
}

#[test]
fn list_as_json_has_every_card() {
    let listed = call(["list", "--json"]).ended_with(0);
    let cards: serde_json::Value = serde_json::from_str(&listed.stdout).expect("one JSON document");
    let cards = cards.as_array().expect("a list");
    assert_eq!(cards.len(), library::names().count());
    for card in cards {
        for key in ["name", "title", "paper", "figure", "takeaway"] {
            assert!(
                card[key].as_str().is_some_and(|text| !text.is_empty()),
                "{key} of {card}"
            );
        }
    }
}

#[test]
fn show_prints_a_preset_that_reads_back_with_the_fields_set() {
    let words = [
        "show",
        PRESET,
        "--set",
        "network.width=16",
        "--set",
        "train.method.step=0.25",
        "--set",
        "data.n=7",
    ];
    let shown = call(words).ended_with(0);
    let preset = parse(&shown.stdout).expect("the printed preset reads back");
    assert_eq!(preset.network.width, 16);
    assert_eq!(preset.train.method.step(), Some(0.25));
    assert_eq!(preset.data.sizes().map(|sizes| sizes.n), Some(7));
}

#[test]
fn the_last_of_two_values_of_a_field_wins() {
    let shown = call(["show", PRESET, "--set", "seed=3", "--set", "seed=4"]).ended_with(0);
    assert_eq!(parse(&shown.stdout).expect("a preset").seed, 4);
}

#[test]
fn a_printed_preset_is_a_preset_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.ron");
    let shown = call(["show", PRESET].into_iter().chain(SMALL)).ended_with(0);
    std::fs::write(&path, &shown.stdout).expect("the file");
    let path = path.to_str().expect("UTF-8");
    assert_eq!(call(["show", path]).ended_with(0).stdout, shown.stdout);
    assert!(call(["check", path]).ended_with(0).stdout.contains("mine"));
}

#[test]
fn check_names_every_arm_with_its_sizes() {
    let checked = call(["check", PRESET].into_iter().chain(SMALL)).ended_with(0);
    assert!(checked.stdout.starts_with("ok"), "{}", checked.stdout);
    let experiment = library::load(PRESET).expect("the shipped preset");
    for arm in &experiment.arms {
        let line = checked
            .stdout
            .lines()
            .find(|line| line.starts_with(&arm.label));
        let cells: Vec<_> = line
            .expect("a line for the arm")
            .split_whitespace()
            .collect();
        assert!(
            ["8", "6", "4", "16", "20"]
                .iter()
                .all(|size| cells.contains(size)),
            "{cells:?}"
        );
    }
}

#[test]
fn check_estimates_memory_that_grows_with_the_width() {
    let bytes = |width: &str| {
        let words = ["check", PRESET, "--set", "data.n=50", "--set", width];
        let checked = call(words).ended_with(0).stdout;
        let line = checked
            .lines()
            .find_map(|line| line.strip_prefix("memory: up to "));
        let mut words = line.expect("an estimate").split_whitespace();
        let value: f64 = words
            .next()
            .and_then(|word| word.parse().ok())
            .expect("a number");
        value
            * if words.next() == Some("GiB") {
                1024.0
            } else {
                1.0
            }
    };
    assert!(bytes("network.width=4096") > bytes("network.width=256"));
}

#[test]
fn every_shipped_preset_passes_its_check() {
    for name in library::names() {
        call(["check", name]).ended_with(0);
    }
}

#[test]
fn check_finds_a_file_of_batches_that_does_not_fit() {
    let method = "train.method=Sgd(step: 0.1, batch: 2, order: Given)";
    let words = ["check", PRESET].into_iter().chain(SMALL);
    let words = words.chain(["--set", method]);
    let words = words.chain(["--set", "train.indices=Some(\"no such file.npy\")"]);
    call(words)
        .ended_with(2)
        .complains_of(&["train.indices", "no such file.npy", "is needed"]);
}
