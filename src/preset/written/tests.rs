//! What is written is read as the same preset, and reads well.

use super::*;
use crate::preset::library::{self, SHIPPED, Shipped};
use crate::preset::{ArmsByHand, Edit, set};

/// Changes of every kind.
const EDITS: [(&str, &str); 8] = [
    ("network.width", "321"),
    ("train.method", "GradientFlow(step: 0.01, tolerance: 1e-6)"),
    ("train.changes", "[(at: 3, step: 0.25)]"),
    ("init.omega_ratio", "2.5"),
    (
        "data",
        "Sphere(d: 3, n: 7, n_test: 2, labels: Normal(std: 0.5), outputs: 1)",
    ),
    (
        "story",
        "\"A line.\\nAnother \\\"one\\\", f\\u{304} ⊙ Φ \\\\u{304}.\"",
    ),
    ("summary", "None"),
    ("observe.schedule", "Every(3)"),
];

fn edited(preset: &Preset) -> Vec<Preset> {
    let one = EDITS
        .iter()
        .filter_map(|(path, value)| set(preset, path, value).ok());
    let all = EDITS.iter().fold(preset.clone(), |preset, (path, value)| {
        set(&preset, path, value).unwrap_or(preset)
    });
    let arms = ArmsByHand::of(preset).ok().and_then(|arms| {
        let copied = arms.copied(0).ok()?.applied(preset).ok()?;
        let edit = Edit::new("network.width", "77");
        ArmsByHand::of(&copied)
            .ok()?
            .edited(0, &edit)
            .ok()?
            .applied(&copied)
            .ok()
    });
    one.chain([all]).chain(arms).collect()
}

#[test]
fn a_preset_that_was_changed_is_read_as_it_was_written() {
    let (mut in_place, mut all) = (0, 0);
    let is_live =
        |shipped: &&Shipped| shipped.name.ends_with("-live") || shipped.name == library::DEFAULT;
    for shipped in SHIPPED.iter().filter(is_live) {
        let preset = parse(shipped.text).expect("it ships");
        assert_eq!(
            written(&preset, Some(shipped.text)),
            shipped.text,
            "{}",
            shipped.name
        );
        let whole = to_ron(&preset);
        let is_first = shipped.name == library::DEFAULT;
        // Of the first one every change by itself, of the others all at once, and one arm's.
        let mut changes = edited(&preset);
        if !is_first {
            changes.drain(..changes.len() - 2);
        }
        for changed in changes.into_iter().chain([preset.clone()]) {
            let others = [None, Some(&whole[..]), Some("()")].into_iter();
            for from in [Some(shipped.text)]
                .into_iter()
                .chain(others.filter(|_| is_first))
            {
                let text = written(&changed, from);
                assert_eq!(
                    parse(&text).as_ref(),
                    Ok(&changed),
                    "{}\n{text}",
                    shipped.name
                );
                all += 1;
                in_place += usize::from(text.len() < to_ron(&changed).len());
            }
        }
    }
    // The fall-backs are no rule.
    assert!(10 * in_place > 7 * all, "{in_place} of {all}");
}

#[test]
fn only_what_differs_from_the_defaults_is_written() {
    let text = written(&Preset::default(), None);
    assert_eq!(text, "(\n    format: 1,\n    title: \"\",\n)\n");
    let preset = set(&Preset::default(), "network.width", "64").expect("it takes it");
    let text = written(&preset, None);
    assert_eq!(
        text,
        "(\n    format: 1,\n    title: \"\",\n    network: (width: 64),\n)\n"
    );
}

#[test]
fn a_change_leaves_every_other_line_as_it_is() {
    for shipped in SHIPPED {
        let preset = parse(shipped.text).expect("it ships");
        let seed = preset.seed + 1;
        let changed = Preset { seed, ..preset };
        let text = written(&changed, Some(shipped.text));
        let (old, new): (Vec<&str>, Vec<&str>) =
            (shipped.text.lines().collect(), text.lines().collect());
        let differ = old.iter().zip(&new).filter(|(old, new)| old != new).count();
        let more = new.len().abs_diff(old.len());
        assert!(differ.min(1) + more == 1, "{}:\n{text}", shipped.name);
    }
}

#[test]
fn comments_stay() {
    let text = "// Mine.\n(\n    seed: 3, // lucky\n    // as in the paper\n    network: (\n        width: 64, // wide\n    ),\n    // the end\n)\n";
    let preset = parse(text).expect("a preset");
    let changed = set(&preset, "network.bias", "true").expect("it takes it");
    let changed = set(&changed, "precision", "F64").expect("it takes it");
    let new = written(&changed, Some(text));
    let expected = "// Mine.\n(\n    seed: 3, // lucky\n    precision: F64,\n    // as in the paper\n    network: (\n        width: 64, // wide\n        bias: true,\n    ),\n    // the end\n)\n";
    assert_eq!(new, expected);
    // Where the text can't be kept, the comments are.
    let comments = Comments::of(text);
    let fresh = comments.with(&pruned(&Node::of(&to_ron(&changed)), |_, _| true));
    assert_eq!(parse(&fresh), Ok(changed));
    for comment in ["// Mine.", "// as in the paper", "// the end"] {
        assert_eq!(fresh.matches(comment).count(), 1, "{fresh}");
    }
}

#[test]
fn a_field_that_is_no_more_goes_with_its_line() {
    let text = "(\n    seed: 3,\n    hero: Loss, // large\n    summary: (of: \"test_loss\", at: End),\n)\n";
    let preset = parse(text).expect("a preset");
    let changed = Preset {
        summary: None,
        ..preset
    };
    let new = written(&changed, Some(text));
    assert_eq!(new, "(\n    seed: 3,\n    hero: Loss, // large\n)\n");
}

#[test]
fn a_shipped_preset_written_anew_keeps_to_the_lines() {
    let preset = library::load(library::DEFAULT).expect("it ships").preset;
    let text = written(&preset, None);
    assert!(text.contains("\n    network: (embedding: "), "{text}");
    assert!(text.contains("the paper's"), "{text}");
    assert!(text.contains("\n    axes: ["), "{text}");
    let is_word = |line: &&str| !line.contains('"');
    assert!(
        text.lines()
            .filter(is_word)
            .all(|line| line.chars().count() <= 120),
        "{text}"
    );
    assert!(text.lines().count() < 110, "{text}");
}

#[test]
fn every_shipped_preset_can_be_written_anew() {
    for shipped in SHIPPED
        .iter()
        .filter(|shipped| shipped.name.ends_with("-live"))
    {
        let preset = parse(shipped.text).expect("it ships");
        let text = written(&preset, None);
        assert!(text.len() <= to_ron(&preset).len(), "{}", shipped.name);
        assert_eq!(parse(&text).as_ref(), Ok(&preset), "{}", shipped.name);
    }
}
