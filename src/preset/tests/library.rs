use std::io::Write;
use std::path::Path;

use super::assert_says;
use crate::fit::Statistic;
use crate::preset::library::{DEFAULT, SHIPPED, find, load, load_with, names};
use crate::preset::{MAX_BYTES, parse, to_ron};

#[test]
fn the_list_is_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("presets");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    files.sort();
    let mut listed: Vec<String> = names().map(str::to_owned).collect();
    listed.sort();
    assert_eq!(listed, files);
    assert!(find(DEFAULT).is_some());
}

#[test]
fn every_shipped_preset_is_checked_and_complete() {
    for shipped in SHIPPED {
        let experiment = load(shipped.name).unwrap_or_else(|e| panic!("{}: {e}", shipped.name));
        let preset = &experiment.preset;
        assert_eq!(experiment.name, shipped.name);
        assert!(
            preset.story.split_inclusive(['.', '?']).count() >= 4,
            "{}",
            shipped.name
        );
        assert!((2..=4).contains(&preset.notice.len()), "{}", shipped.name);
        assert!(
            !preset.takeaway.is_empty() && !preset.notes.is_empty() && !preset.claims.is_empty()
        );
    }
}

#[test]
fn every_shipped_preset_round_trips() {
    for shipped in SHIPPED {
        let preset = parse(shipped.text).unwrap();
        let text = to_ron(&preset);
        assert_eq!(parse(&text).unwrap(), preset, "{}", shipped.name);
        assert_eq!(to_ron(&parse(&text).unwrap()), text, "{}", shipped.name);
    }
}

#[test]
fn fields_can_be_set_on_the_way() {
    let sets = [("network.width", "64"), ("seed", "7")].map(|(p, v)| (p.to_owned(), v.to_owned()));
    let experiment = load_with(DEFAULT, &sets).unwrap();
    assert_eq!(
        (experiment.preset.network.width, experiment.preset.seed),
        (64, 7)
    );
    assert!(
        experiment
            .arms
            .iter()
            .all(|arm| arm.preset.network.width == 64 && arm.preset.seed == 7)
    );
}

#[test]
fn unknown_names_get_the_nearest() {
    assert_says(
        load("lazy-vs-featur"),
        &["lazy-vs-featur", "`lazy-vs-feature`", "widescope list"],
    );
    assert_says(
        load("../no/such/file.ron"),
        &["no/such/file.ron", "can't be read"],
    );
    assert_says(load("nothing.ron"), &["nothing.ron", "can't be read"]);
    assert_says(load(""), &["unknown preset"]);
    assert_says(load("a\0b/c.ron"), &["can't be read"]);
}

#[test]
fn files_are_loaded_from_their_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.ron");
    std::fs::write(&path, "\u{feff}(title: \"mine\", network: (width: 8))").unwrap();
    let experiment = load(path.to_str().unwrap()).unwrap();
    assert_eq!(experiment.name, "mine");
    assert_eq!(experiment.folder, folder.path());
    assert_eq!(experiment.arms[0].label, "mine");
    assert_eq!(experiment.arms[0].preset.network.width, 8);
}

#[test]
fn unreadable_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    assert_says(load(folder.path().to_str().unwrap()), &["is a folder"]);
    let long = folder.path().join("long.ron");
    std::fs::File::create(&long)
        .unwrap()
        .write_all(&vec![b' '; MAX_BYTES + 1])
        .unwrap();
    assert_says(
        load(long.to_str().unwrap()),
        &["1048577 bytes", "at most 1048576"],
    );
    let binary = folder.path().join("binary.ron");
    std::fs::write(&binary, b"(title: \"\xff\xfe\")").unwrap();
    assert_says(load(binary.to_str().unwrap()), &["no UTF-8 text (byte 9)"]);
    #[cfg(unix)]
    assert_says(load("/dev/zero"), &["no regular file"]);
}

#[test]
fn a_field_that_an_axis_varies_can_not_be_set_beside_it() {
    let load = |preset: &str, sets: &[(&str, &str)]| {
        let own = |(path, value): &(&str, &str)| ((*path).to_owned(), (*value).to_owned());
        load_with(preset, &sets.iter().map(own).collect::<Vec<_>>())
    };
    let refused = load("lazy-vs-feature", &[("scaling", "ntk")]);
    assert_says(
        refused,
        &["scaling", "ntk", "axes=[]", "claims=[]", "axes.0.values"],
    );
    let refused = load("oymak-one-cell", &[("train.method.step", "0.2")]);
    assert_says(refused, &["train.method.step", "network.activation"]);
    let single = load(
        "lazy-vs-feature",
        &[("claims", "[]"), ("axes", "[]"), ("scaling", "ntk")],
    );
    assert_eq!(single.unwrap().arms.len(), 1);
}

/// Fig. 2a of Oymak and Soltanolkotabi is n = 100, Fig. 2b n = 200, for both activations.
#[test]
fn the_phase_diagrams_have_the_letters_of_the_paper() {
    for (n, letter) in [(100, "2a"), (200, "2b")] {
        for activation in ["softplus", "relu"] {
            let name = format!("oymak-fig2-{activation}-n{n}");
            let source = load(&name).expect("it is shipped").preset.source;
            let figure = source.figure;
            assert!(figure.starts_with(letter), "{name}: {figure}");
        }
    }
}

/// App. I.2 of Chen et al.: the mean over the seeds ± its standard deviation.
#[test]
fn the_test_errors_over_n_have_the_error_bars_of_the_paper() {
    for name in ["chen-fig2-sweep", "chen-fig2-sweep-live"] {
        let sweep = load(name).expect("it is shipped").preset.sweep;
        let statistic = sweep.expect("it is a sweep").statistic;
        assert_eq!(statistic, Statistic::StandardDeviation, "{name}");
    }
}
