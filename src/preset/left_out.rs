//! What the text of a preset leaves out where it is empty, written for paths to find it.

use std::ops::Range;

use super::part::part;
use super::path::{find, span_at};
use super::ron_text::entries;
use super::to_ron;
use crate::spec::Preset;

/// The part that leaves a field out, the field, and the field where it is empty.
const TRAIN: &str = "train";
const CHANGES: &str = "changes";
const NO_CHANGES: &str = "changes: [],";

/// The text of a preset with every field.
pub(super) fn whole_text(preset: &Preset) -> String {
    let text = to_ron(preset);
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
fn completed(mut text: String, part: Range<usize>) -> String {
    let mut written = entries(&text, part.clone());
    if !written.any(|entry| entry.name == Some(CHANGES)) {
        text.insert_str(part.end.saturating_sub(1), NO_CHANGES);
    }
    text
}
