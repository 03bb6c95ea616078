//! What the text of a preset leaves out where it is empty, written for paths to find it.

use std::ops::Range;

use super::part::part;
use super::path::{find, span_at};
use super::ron_text::{entries, root};
use super::to_ron;
use crate::spec::Preset;

/// A field that is left out where it is empty, and how it is then written.
type LeftOut = (&'static str, &'static str);

/// Fields that the preset itself leaves out.
const OF_THE_PRESET: [LeftOut; 6] = [
    ("rests_on", "rests_on: [],"),
    ("needs", "needs: None,"),
    ("sweep", "sweep: None,"),
    ("hero", "hero: None,"),
    ("summary", "summary: None,"),
    ("wrong", "wrong: [],"),
];

/// Parts that leave a field out.
const TRAIN: (&str, LeftOut) = ("train", ("changes", "changes: [],"));
const SUMMARY: (&str, LeftOut) = ("summary", ("against", "against: None,"));

/// The text of a preset with every field that a path leads to.
pub(super) fn whole_text(preset: &Preset) -> String {
    let text = to_ron(preset);
    let Some(whole) = root(&text) else {
        return text;
    };
    let text = completed(text, whole, &OF_THE_PRESET);
    [TRAIN, SUMMARY]
        .into_iter()
        .fold(text, |text, (part, field)| match find(&text, part) {
            Ok(part) => completed(text, part, &[field]),
            Err(_) => text,
        })
}

/// The text of a part of a preset with every field; `None` for what is no part of a run.
pub(super) fn part_text(preset: &Preset, name: &str) -> Option<String> {
    let text = part(preset, name)?.written();
    let (train, field) = TRAIN;
    if name != train {
        return Some(text);
    }
    let whole = span_at(&text, None)?;
    Some(completed(text, whole, &[field]))
}

/// The text with those of the fields that are missing before the bracket that closes the part, unless the
/// part is no more than a word. Every field before them ends in a comma.
fn completed(mut text: String, part: Range<usize>, fields: &[LeftOut]) -> String {
    let written = entries(&text, part.clone()).filter_map(|entry| entry.name);
    let written: Vec<&str> = written.collect();
    let missing = fields.iter().filter(|(name, _)| !written.contains(name));
    let missing: String = missing.map(|(_, empty)| *empty).collect();
    if !written.is_empty() {
        text.insert_str(part.end.saturating_sub(1), &missing);
    }
    text
}
