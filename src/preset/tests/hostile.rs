//! Mutated presets and nesting bombs: an error or a preset, never a panic, in bounded time.

use std::time::{Duration, Instant};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{assert_says, checked};
use crate::preset::library::SHIPPED;
use crate::preset::{MAX_BYTES, parse, set, to_ron};

/// Longest time for one text. The aim is 50 ms on a quiet machine; this is for a very busy one.
const PATIENCE: Duration = Duration::from_secs(5);

/// Pieces that mutations insert: brackets, quotes, numbers at the ends of their ranges, names.
const PIECES: [&str; 40] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "'",
    "r#\"",
    "//",
    "/*",
    "*/",
    "\\",
    "\0",
    "\u{feff}",
    "½",
    "#![enable(unwrap_newtypes)]",
    "-1",
    "0",
    "1e308",
    "1e999",
    "NaN",
    "inf",
    "18446744073709551616",
    "0x",
    "1_000_000_000_000_000",
    "0.1e-400",
    "None",
    "Some(",
    "Custom(a: ())",
    "Mnist",
    "seed",
    "network.width",
    "axes",
    "Ours",
    "values: [1, 2, 3]",
    "b'",
    "..",
];

fn mutate(text: &mut Vec<char>, rng: &mut ChaCha8Rng) {
    let at = rng.random_range(0..=text.len());
    let span = rng.random_range(0..12).min(text.len() - at);
    match rng.random_range(0..4) {
        0 => drop(text.drain(at..at + span)),
        1 => {
            let piece = PIECES[rng.random_range(0..PIECES.len())];
            drop(text.splice(at..at + span, piece.chars()));
        }
        2 => {
            let copied: Vec<char> = text[at..at + span].to_vec();
            let to = rng.random_range(0..=text.len());
            drop(text.splice(to..to, copied));
        }
        _ => {
            let c = char::from_u32(rng.random_range(1..0x250)).unwrap_or('x');
            text.splice(at..at, [c]).for_each(drop);
        }
    }
}

fn try_everything(text: &str) {
    let start = Instant::now();
    if let Ok(preset) = parse(text) {
        let written = to_ron(&preset);
        let again = parse(&written).unwrap_or_else(|e| panic!("{e}\nwritten from\n{text}"));
        assert_eq!(to_ron(&again), written);
        if let Err(error) = checked(preset) {
            assert!(!error.to_string().is_empty());
        }
    }
    assert!(
        start.elapsed() < PATIENCE,
        "{:?} for\n{text}",
        start.elapsed()
    );
}

#[test]
fn mutated_presets_are_read_or_refused() {
    for case in 0..2000_u64 {
        let mut rng = ChaCha8Rng::seed_from_u64(case);
        let shipped = SHIPPED[rng.random_range(0..SHIPPED.len())].text;
        let mut text: Vec<char> = shipped.chars().collect();
        for _ in 0..rng.random_range(1..4) {
            mutate(&mut text, &mut rng);
        }
        try_everything(&text.into_iter().collect::<String>());
    }
}

#[test]
fn mutated_values_are_set_or_refused() {
    let preset = parse(SHIPPED[0].text).unwrap();
    let paths = [
        "network.width",
        "scaling",
        "title",
        "data",
        "axes",
        "train.stop.loss",
        "observe.observables.0",
        "claims.0.expect",
    ];
    for case in 0..400_u64 {
        let mut rng = ChaCha8Rng::seed_from_u64(case);
        let mut value: Vec<char> = "Sphere(d: 3, n: 4, labels: Normal(std: 1))"
            .chars()
            .collect();
        for _ in 0..rng.random_range(1..6) {
            mutate(&mut value, &mut rng);
        }
        let value: String = value.into_iter().collect();
        let path = paths[rng.random_range(0..paths.len())];
        if let Ok(changed) = set(&preset, path, &value) {
            // Nothing beside the field may change.
            let root = path.split('.').next().unwrap();
            let (before, after) = (to_ron(&preset), to_ron(&changed));
            let head =
                |text: &str| text[..text.find(&format!("\n    {root}:")).unwrap()].to_owned();
            assert_eq!(head(&before), head(&after), "{path} = {value}");
        }
    }
}

#[test]
fn nesting_bombs_are_refused_by_line() {
    for depth in [65, 1_000, 10_000, 100_000, 1_000_000] {
        for (open, close) in [("(", ")"), ("[", "]"), ("{", "}")] {
            let bomb = format!("\n(story:\n{}", open.repeat(depth - 1));
            assert_says(parse(&bomb), &["line 3", "more than 64 deep"]);
            if 2 * depth < MAX_BYTES {
                let closed = format!("(story: {}{})", open.repeat(depth), close.repeat(depth));
                assert_says(parse(&closed), &["line 1", "more than 64 deep"]);
            }
        }
    }
    for piece in ["Some(", "/*", "a(", "[[", "(a:", "r#", "'", "\"\\"] {
        let bomb = piece.repeat(1_000_000 / piece.len());
        try_everything(&bomb);
        try_everything(&format!("(axes: [(field: \"seed\", values: [{bomb}"));
    }
}

#[test]
fn brackets_in_texts_and_comments_do_not_nest() {
    let brackets = "(".repeat(1000);
    let text = format!(
        "(/* {brackets} */ // {brackets}\n title: \"{brackets}\", story: r#\"{brackets}\"#)"
    );
    assert_eq!(parse(&text).unwrap().title, brackets);
}

#[test]
fn a_list_of_values_is_read_only_so_far() {
    let list = "1,".repeat((MAX_BYTES - 200) / 2);
    let text = format!("(axes: [(field: \"seed\", values: [{list}])])");
    assert_says(parse(&text), &["axes.0.values", "at most 1024 values"]);
}

#[test]
fn long_lists_are_refused_quickly() {
    let items = |item: &str| format!("{item},").repeat((MAX_BYTES - 200) / (item.len() + 1));
    for text in [
        format!(
            "(axes: [(field: \"seed\", values: [1], linked: [{}])])",
            items("(field: \"data.n\", values: [1])")
        ),
        format!("(axes: [{}])", items("(field: \"seed\", values: [1])")),
        format!("(axes: [{}])", items("(field: \"seed\", values: [1, 2])")),
        format!("(panels: [{}])", items("Loss")),
        format!("(observe: (observables: [{}]))", items("Loss")),
        format!("(data: Mnist(classes: [{}], n: 5))", items("1")),
        format!("(notes: [{}])", items("\"\"")),
        format!(
            "(claims: [{}])",
            items("(name: \"\", expect: Value(of: \"\", arm: \"\", at: End))")
        ),
        format!("(title: \"{}\")", "x".repeat(MAX_BYTES - 100)),
        format!(
            "(data: File(path: \"{}.csv\"))",
            "x".repeat(MAX_BYTES - 100)
        ),
    ] {
        let start = Instant::now();
        let preset = parse(&text).unwrap_or_else(|e| panic!("{e}"));
        let result = checked(preset);
        assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
        assert!(result.is_err() || text.contains("File"));
    }
}
