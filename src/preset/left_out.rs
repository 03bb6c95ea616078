//! What the text of a preset leaves out where it is empty, written for paths to find it.

use std::ops::Range;

use super::part::part;
use super::path::{find, span_at};
use super::ron_text::{entries, root};
use super::to_ron;
use crate::spec::Preset;

/// The part that leaves a field out, the field, and the field where it is empty.
const TRAIN: &str = "train";
const CHANGES: &str = "changes";
const NO_CHANGES: &str = "changes: [],";

/// Fields that the preset itself leaves out where there is nothing in them, and how that is written.
const OF_PRESET: [(&str, &str); 6] = [
    ("sweep", "sweep: None,"),
    ("rests_on", "rests_on: [],"),
    ("needs", "needs: None,"),
    ("hero", "hero: None,"),
    ("summary", "summary: None,"),
    ("wrong", "wrong: [],"),
];

/// The text of a preset with every field that a path of the window leads to.
pub(super) fn whole_text(preset: &Preset) -> String {
    let written = to_ron(preset);
    let text = OF_PRESET.iter().fold(written, |text, (name, empty)| {
        match (span_at(&text, Some(name)), root(&text)) {
            (None, Some(whole)) => before_end(text, whole, empty),
            _ => text,
        }
    });
    match find(&text, TRAIN) {
        Ok(train) => completed(text, train),
        Err(_) => text,
    }
}

/// The text of a part of a preset with every field; `None` for what is no part of a run.
pub(super) fn part_text(preset: &Preset, name: &str) -> Option<String> {
    let text = part(preset, name)?.written();
    if name != TRAIN {
        return Some(text);
    }
    let whole = span_at(&text, None)?;
    Some(completed(text, whole))
}

/// The text with the field before the bracket that closes the part. Every field before it ends in a comma.
fn completed(text: String, part: Range<usize>) -> String {
    let mut written = entries(&text, part.clone());
    match written.any(|entry| entry.name == Some(CHANGES)) {
        true => text,
        false => before_end(text, part, NO_CHANGES),
    }
}

fn before_end(mut text: String, value: Range<usize>, field: &str) -> String {
    text.insert_str(value.end.saturating_sub(1), field);
    text
}
