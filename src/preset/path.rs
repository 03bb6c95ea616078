//! Where a path of `--set` leads in a RON text.

use std::collections::VecDeque;
use std::ops::Range;

use super::PresetError;
use super::error::Place;
use super::parse::shortened;
use super::ron_text::{Entry, entries, root};
use super::spelling::squeezed;

/// Most entries of a list that an error names.
const NAMED_ENTRIES: usize = 24;

/// Span of the field at a path in a preset's text.
pub(super) fn find(text: &str, path: &str) -> Result<Range<usize>, PresetError> {
    let mut value = root(text).unwrap_or(0..text.len());
    let mut parent = String::new();
    for part in path.split('.') {
        let Some(inner) = entry_span(text, value.clone(), part) else {
            return Err(no_such_path(text, value, &parent, part));
        };
        value = inner;
        parent = join(&parent, part);
    }
    Ok(value)
}

/// Span of the field at a path in the text of a part, all of it without a path.
pub(super) fn span_at(text: &str, path: Option<&str>) -> Option<Range<usize>> {
    let whole = root(text)?;
    let mut parts = path.into_iter().flat_map(|path| path.split('.'));
    parts.try_fold(whole, |value, part| entry_span(text, value, part))
}

/// Span of the entry of a value that has this name in paths.
fn entry_span(text: &str, value: Range<usize>, name: &str) -> Option<Range<usize>> {
    let mut entries = entries(text, value).enumerate();
    let entry = entries.find(|(i, entry)| name_of(*i, entry) == name);
    entry.map(|(_, entry)| entry.value)
}

fn no_such_path(text: &str, value: Range<usize>, parent: &str, part: &str) -> PresetError {
    let path = join(parent, part);
    let names = entries(text, value.clone()).enumerate().take(NAMED_ENTRIES);
    let allowed: Vec<String> = names
        .map(|(i, entry)| join(parent, &name_of(i, &entry)))
        .collect();
    if allowed.is_empty() {
        let written = shortened(text.get(value).unwrap_or_default());
        return PresetError::value(
            path,
            "this path",
            format!("{parent}, which is {written} and has no fields"),
        );
    }
    let mut error = PresetError::unknown(Place::field(parent), "path", &path, &allowed);
    if let PresetError::Unknown(unknown) = &mut error {
        // A field of this very name further down is meant rather than one that is only spelled alike.
        let name = usual_name(part);
        let below = field_below(text, (parent.to_owned(), value), name);
        let anywhere = || field_below(text, (String::new(), root(text)?), name);
        let spelled = unknown.nearest.take();
        unknown.nearest = below.or(spelled).or_else(anywhere);
    }
    error
}

/// What other programs call a field, under its name here.
fn usual_name(name: &str) -> &str {
    match squeezed(name).as_str() {
        "lr" | "learningrate" | "eta" => "step",
        "batchsize" => "batch",
        "neurons" | "hidden" => "width",
        _ => name,
    }
}

/// The first field below a value that has this name.
fn field_below(text: &str, value: (String, Range<usize>), name: &str) -> Option<String> {
    let mut waiting = VecDeque::from([value]);
    while let Some((parent, value)) = waiting.pop_front() {
        for entry in entries(text, value) {
            let Some(field) = entry.name else { break };
            let path = join(&parent, field);
            if squeezed(field) == squeezed(name) {
                return Some(path);
            }
            waiting.push_back((path, entry.value));
        }
    }
    None
}

/// Name of an entry in a path.
fn name_of(index: usize, entry: &Entry<'_>) -> String {
    entry.name.map_or_else(|| index.to_string(), str::to_owned)
}

fn join(parent: &str, part: &str) -> String {
    if parent.is_empty() {
        part.to_owned()
    } else {
        format!("{parent}.{part}")
    }
}
