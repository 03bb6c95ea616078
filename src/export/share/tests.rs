use std::sync::OnceLock;

use proptest::prelude::*;

use super::*;

/// Edits as one makes them in the window.
const EDITS: [&[(&str, &str)]; 5] = [
    &[],
    &[("seed", "11")],
    &[("train.stop.steps", "37"), ("claims", "[]")],
    &[
        ("seed", "5"),
        ("title", r#""a \"quoted\" title, (with) brackets, ω""#),
        ("panels", "[Loss, Regime, Story]"),
        ("hero", "Loss"),
        ("sweep", "None"),
        ("claims", "[]"),
    ],
    &[
        (
            "axes",
            r#"[(field: "init.w_std", values: [1.0, 0.5], names: ["base", "half"], show: Arms)]"#,
        ),
        ("sweep", "None"),
        ("claims", "[]"),
    ],
];

fn edited(name: &str, edits: &[(&str, &str)]) -> Option<Experiment> {
    let edits: Vec<_> = edits
        .iter()
        .map(|(path, value)| ((*path).to_owned(), (*value).to_owned()))
        .collect();
    library::load_with(name, &edits).ok()
}

#[test]
fn every_shipped_preset_comes_back_as_it_was_changed() {
    let mut shared = 0;
    for name in library::names() {
        for edits in EDITS {
            // Not every preset takes each of these.
            let Some(experiment) = edited(name, edits) else {
                continue;
            };
            for whole in [false, true] {
                let text = string(&experiment, whole).expect("a share string");
                let again = read(&text, &[]).expect("it reads back");
                assert_eq!(again.preset, experiment.preset, "{name} {edits:?}");
                assert_eq!(again.name, name);
                assert!(
                    whole || text.len() <= 2000,
                    "{name} {edits:?}: {}",
                    text.len()
                );
                shared += 1;
            }
        }
    }
    assert!(shared > 300, "{shared} were tried");
}

#[test]
fn live_changes_of_the_step_go_along() {
    let changes = [(
        "train.changes",
        "[(at: 10, step: 0.5), (at: 20, step: 0.25)]",
    )];
    let experiment = edited("du-fig1-live", &changes).expect("an experiment");
    let text = string(&experiment, false).expect("a share string");
    let again = read(&text, &[]).expect("it reads back");
    assert_eq!(again.preset.train.changes, experiment.preset.train.changes);
    assert!(text.len() < 200, "{text}");
}

#[test]
fn white_space_of_a_mail_program_is_left_out() {
    let text = string(&edited("oymak-sgd", EDITS[1]).expect("it"), false).expect("a string");
    let middle = text.len() / 2;
    let broken = format!("  {}\r\n  {}\n", &text[..middle], &text[middle..]);
    assert_eq!(
        Shared::of(&broken).expect("it reads"),
        Shared::of(&text).expect("it reads")
    );
}

#[test]
fn what_is_wrong_is_said() {
    let text = string(&edited("oymak-sgd", EDITS[1]).expect("it"), false).expect("a string");
    let said = |text: &str| Shared::of(text).expect_err("it is wrong").to_string();
    assert!(said(&text[..text.len() - 5]).contains("cut off"));
    assert!(said(PREFIX).contains("cut off"));
    assert!(said(&format!("{text}AAAA")).contains("checksum"));
    assert!(said(&format!("{text}*")).contains("'*'"));
    assert!(said("du-fig1-live").contains(PREFIX));
    assert!(said(&format!("{PREFIX}{}", "A".repeat(MAX_TEXT))).contains("65536"));
    // Another character in the middle.
    let (middle, mut changed) = (text.len() / 2, text.clone());
    let other = if &text[middle..=middle] == "A" {
        "B"
    } else {
        "A"
    };
    changed.replace_range(middle..=middle, other);
    assert!(said(&changed).contains("checksum"), "{}", said(&changed));
    // The first byte is the version of the form.
    let newer = format!("{PREFIX}Ag{}", &text[PREFIX.len() + 2..]);
    assert!(said(&newer).contains("newer"), "{}", said(&newer));
}

#[test]
fn another_text_of_a_shipped_preset_and_one_that_is_not_shipped_are_named() {
    let said = |name: &str| {
        let packed = Packed {
            name: name.to_owned(),
            files: Vec::new(),
            content: Content::Changes {
                checksum: 1,
                edits: Vec::new(),
            },
        };
        let text = envelope::closed(&packed.bytes());
        Shared::of(&text).expect_err("another").to_string()
    };
    assert!(said("oymak-sgd").contains("of another version"));
    assert!(said("oymak-fig99").contains("does not ship"));
}

#[test]
fn a_bomb_is_not_unpacked() {
    let text = envelope::closed(&vec![b' '; 40 << 20]);
    assert!(text.len() < MAX_TEXT, "it fits into a share string");
    let error = Shared::of(&text).expect_err("a bomb");
    assert!(matches!(error, ShareError::Unpacked { .. }), "{error}");
}

#[test]
fn own_data_are_asked_for_by_name_and_checksum() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("points.csv");
    std::fs::write(&path, "x1,x2,y\n1,2,3\n4,5,6\n").expect("a file");
    let preset = parse(r#"(data: File(path: "points.csv"))"#).expect("a preset");
    let experiment = Experiment::check(preset, "own", folder.path().to_owned()).expect("it");
    let text = string(&experiment, false).expect("a share string");
    let empty = tempfile::tempdir().expect("a folder");
    let ask = |offered: &[PathBuf], folder: &Path| {
        let shared = Shared::of(&text).expect("it reads");
        shared.with_files(offered, folder)
    };
    let missing = ask(&[], empty.path()).expect_err("no file").to_string();
    assert!(
        missing.contains("points.csv") && missing.contains("--data-file"),
        "{missing}"
    );
    let at_hand = ask(&[], folder.path()).expect("it lies there");
    let offered = ask(std::slice::from_ref(&path), empty.path()).expect("it was offered");
    for found in [at_hand, offered] {
        let crate::spec::DataSpec::File { path: found, .. } = found.preset.data else {
            panic!("the data stay a file")
        };
        assert_eq!(Path::new(&found), path);
    }
    std::fs::write(&path, "x1,x2,y\n9,9,9\n").expect("a file");
    let other = ask(&[], folder.path())
        .expect_err("other bytes")
        .to_string();
    assert!(other.contains("another file"), "{other}");
}

/// Share strings to damage: short, whole, and with the checksum made right again.
fn corpus(which: usize) -> Vec<u8> {
    static TEXTS: OnceLock<[String; 2]> = OnceLock::new();
    let made = || {
        [("oymak-sgd", false), ("lazy-vs-feature", true)].map(|(name, whole)| {
            string(&edited(name, EDITS[1]).expect("it"), whole).expect("a string")
        })
    };
    TEXTS.get_or_init(made)[which].clone().into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_damaged_string_makes_it_panic(
        which in 0..2usize,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = corpus(which);
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = Shared::of(&String::from_utf8_lossy(&bytes));
    }

    /// Damage behind a right checksum reaches the content.
    #[test]
    fn no_damaged_content_makes_it_panic(
        which in 0..2usize,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let text = String::from_utf8(corpus(which)).expect("ASCII");
        let mut bytes = envelope::opened(&text).expect("it opens");
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Ok(shared) = Shared::of(&envelope::closed(&bytes)) {
            let _ = Experiment::check(shared.preset, &shared.name, PathBuf::from("."));
        }
    }
}
