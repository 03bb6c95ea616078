//! A preset from its text, and back.

use ron::error::{Error as RonError, SpannedError};
use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::PresetError;
use super::error::{Place, Position};
use super::ron_text::{entries, offset_of, path_at, position_of, root, too_deep};
use crate::spec::field::{Allowed, Field};
use crate::spec::{FORMAT, Preset};

/// Longest preset read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// Deepest nesting of brackets read; the deepest field of a preset is nested 8 deep.
pub(super) const MAX_DEPTH: usize = 64;

/// Levels of a path that an error names.
const PATH_LEVELS: usize = 8;

/// Longest value quoted in an error, in characters.
const QUOTED_CHARS: usize = 60;

/// Reads a preset. Fields not given have their defaults; nothing is checked but names and types
/// (see [`super::Experiment::check`]).
///
/// ```
/// use widescope::preset::{parse, to_ron};
///
/// let preset = parse("(network: (width: 64), train: (stop: (steps: 10)))")?;
/// assert_eq!(preset.network.width, 64);
/// // Written out it has every field, and reads back as it was.
/// assert_eq!(parse(&to_ron(&preset))?, preset);
///
/// let error = parse("(network: (widht: 64))").unwrap_err();
/// assert!(error.to_string().contains("width"), "{error}");
/// # Ok::<(), widescope::preset::PresetError>(())
/// ```
///
/// # Errors
/// Texts longer than [`MAX_BYTES`] or nested too deep, syntax errors with line and column, unknown
/// fields and choices with the nearest spelling, values of a wrong type, newer formats.
pub fn parse(text: &str) -> Result<Preset, PresetError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MAX_BYTES {
        return Err(PresetError::TooLong {
            bytes: text.len() as u64,
            limit: MAX_BYTES as u64,
        });
    }
    if let Some(offset) = too_deep(text, MAX_DEPTH) {
        return Err(PresetError::TooDeep {
            line: position_of(text, offset).line,
            limit: MAX_DEPTH,
        });
    }
    refuse_newer_format(text)?;
    read(text).map_err(|error| explain(text, &error))
}

/// The preset as RON with every field written, in the order of the fields.
///
/// Reading it back gives the same preset, and writing that the same text.
pub fn to_ron(preset: &Preset) -> String {
    text(preset)
}

/// The text of a field's value, as it is written in a preset.
pub fn text<T: Serialize>(value: &T) -> String {
    let config = PrettyConfig::new().indentor("    ").struct_names(false);
    // Writing to a string fails only on names that are not RON identifiers; a preset has none.
    options()
        .to_string_pretty(value, config)
        .unwrap_or_default()
}

/// Reads a preset or a part of one with the RON reader's own error.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, SpannedError> {
    options().from_str(text)
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// A newer format may have fields this program does not know, so it is looked for before reading.
fn refuse_newer_format(text: &str) -> Result<(), PresetError> {
    let format =
        root(text).and_then(|value| entries(text, value).find(|e| e.name == Some("format")));
    let found = format.and_then(|entry| text.get(entry.value)?.parse::<u64>().ok());
    match found {
        Some(found) if found > u64::from(FORMAT) => Err(PresetError::NewerFormat { found }),
        _ => Ok(()),
    }
}

/// Says in words what the RON reader could not read, and in which field.
pub(super) fn explain(text: &str, error: &SpannedError) -> PresetError {
    let position = Position {
        line: error.span.start.line,
        column: error.span.start.col,
    };
    let offset = offset_of(text, position);
    // A missing field is noticed at the closing bracket, which belongs to no entry.
    let at_end = !matches!(error.code, RonError::MissingStructField { .. });
    let (path, span) =
        path_at(text, offset, PATH_LEVELS, at_end).unwrap_or((String::new(), offset..offset));
    let value = text.get(span.clone()).unwrap_or_default();
    let place = Place {
        path,
        position: Some(position),
    };
    match &error.code {
        RonError::NoSuchStructField {
            expected, found, ..
        } => PresetError::unknown(parent(place, found), "field", found, expected),
        RonError::NoSuchEnumVariant {
            expected, found, ..
        } => PresetError::unknown(place, "choice", found, expected),
        RonError::MissingStructField { field, .. } => PresetError::Missing {
            place,
            field: (*field).to_owned(),
        },
        RonError::DuplicateStructField { field, .. } => PresetError::Syntax {
            place,
            problem: format!("the field `{field}` is written twice"),
        },
        RonError::InvalidValueForType { expected, .. } => PresetError::Value {
            place,
            value: shortened(value),
            allowed: expected.clone(),
        },
        RonError::ExpectedDifferentLength { expected, found } => PresetError::Value {
            place,
            value: format!("a list of {found}"),
            allowed: expected.clone(),
        },
        code => match allowed_type(code, value, span.start < offset && offset < span.end) {
            // The reader stops at the blank before the value, or inside it.
            Some(allowed) => {
                let known = range_of(&place.path).or_else(|| written_of(&place.path, value));
                let allowed = known.unwrap_or(allowed);
                let place = Place {
                    position: Some(position_of(text, span.start)),
                    ..place
                };
                PresetError::Value {
                    place,
                    value: shortened(value),
                    allowed,
                }
            }
            None => PresetError::Syntax {
                place,
                problem: code.to_string(),
            },
        },
    }
}

/// The range of a number, where the table of fields has it.
fn range_of(path: &str) -> Option<String> {
    let allowed = Field::at(path)?.allowed;
    let is_number = !matches!(
        allowed,
        Allowed::Switch | Allowed::Choices(_) | Allowed::Other
    );
    is_number.then(|| allowed.to_string())
}

/// How a choice is written that stands there without the number it holds, where the table of fields says so.
fn written_of(path: &str, value: &str) -> Option<String> {
    let mut choices = Field::at(path)?.choices().iter();
    let choice = choices.find(|choice| choice.value == value)?;
    choice.written.map(str::to_owned)
}

/// What a value of the wrong type should have been, `None` for errors of syntax. `inside` says
/// that reading stopped in the middle of the value.
fn allowed_type(code: &RonError, value: &str, inside: bool) -> Option<String> {
    let bare = !value.contains(['(', '[', '{', '"']);
    let allowed = match code {
        RonError::ExpectedInteger | RonError::InvalidIntegerDigit { .. } => "a whole number",
        RonError::IntegerOutOfBounds => "a whole number from 0, not too large for its field",
        RonError::ExpectedFloat => "a number",
        RonError::ExpectedBoolean => "true or false",
        RonError::ExpectedString => "text in double quotes",
        RonError::ExpectedArray => "a list [ … ]",
        RonError::ExpectedOption => "None or a value",
        RonError::ExpectedIdentifier => "a name",
        RonError::ExpectedStructLike if bare && !value.is_empty() => {
            return Some(format!("{value}( … ) with its fields"));
        }
        RonError::ExpectedStructLike
        | RonError::ExpectedNamedStructLike(_)
        | RonError::ExpectedDifferentStructName { .. } => "fields in brackets ( … )",
        // The reader takes the whole part of 1.5 and then misses the comma.
        RonError::ExpectedComma | RonError::ExpectedStructLikeEnd if bare && inside => {
            "a whole number"
        }
        _ => return None,
    };
    Some(allowed.to_owned())
}

/// The place of the value that has an unknown field, given the place of that field.
fn parent(mut place: Place, field: &str) -> Place {
    if let Some(rest) = place.path.strip_suffix(field) {
        place.path = rest.trim_end_matches('.').to_owned();
    }
    place
}

/// A text on one line, cut where it is long.
pub(super) fn shortened(text: &str) -> String {
    let mut words = String::new();
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
        if words.chars().count() > QUOTED_CHARS {
            return words.chars().take(QUOTED_CHARS).chain(['…']).collect();
        }
    }
    words
}
