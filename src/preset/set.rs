//! One field of a preset set by its path, for `--set` and for axes.

use std::ops::Range;

use ron::error::Error as RonError;
use ron::value::RawValue;

use super::PresetError;
use super::left_out::{part_text, whole_text};
use super::parse::{MAX_BYTES, MAX_DEPTH, read, shortened};
use super::part::part_mut;
use super::path::{find, span_at};
use super::ron_text::{too_deep, value_at};
use super::spelling::squeezed;
use crate::spec::Preset;

/// Largest integer that a double holds exactly with all before it.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The preset with one field set.
///
/// `path` is made of field names and, in lists, positions from 0, with dots between them
/// (`train.method.step`, `axes.0.field`); it goes through the fields of a choice
/// (`network.embedding.width`). `value` is RON. Besides, text needs no quotes, names of choices
/// need neither capitals nor the right dashes (`mean-field`), and `1e4` is a whole number.
///
/// ```
/// use widescope::preset::{parse, set};
/// use widescope::spec::Scaling;
///
/// let preset = parse("()")?;
/// let preset = set(&preset, "network.width", "1e4")?;
/// let preset = set(&preset, "scaling", "mean-field")?;
/// assert_eq!(preset.network.width, 10_000);
/// assert_eq!(preset.scaling, Scaling::MeanField);
///
/// assert!(set(&preset, "network.width", "wide").is_err());
/// # Ok::<(), widescope::preset::PresetError>(())
/// ```
///
/// # Errors
/// An unknown path with the nearest one, a value of a wrong type or more than one value, with
/// the field and what is allowed.
pub fn set(preset: &Preset, path: &str, value: &str) -> Result<Preset, PresetError> {
    if value.len() > MAX_BYTES {
        return Err(PresetError::TooLong {
            bytes: value.len() as u64,
            limit: MAX_BYTES as u64,
        });
    }
    let value = value.trim();
    set_in_part(preset, path, value).map_or_else(|| set_in_whole(preset, path, value), Ok)
}

/// The preset with one field set in its whole text.
pub(super) fn set_in_whole(
    preset: &Preset,
    path: &str,
    value: &str,
) -> Result<Preset, PresetError> {
    let text = whole_text(preset);
    let field = Field {
        span: find(&text, path)?,
        text: &text,
        path,
        value,
    };
    field.with_value()
}

/// The preset with one field set to what is written as the field itself is, without a look at the rest
/// of the preset; `None` where only the whole preset's text tells what is meant or wrong.
pub(super) fn set_in_part(preset: &Preset, path: &str, value: &str) -> Option<Preset> {
    let (name, rest) = split(path);
    if !is_one_value(value) {
        return None;
    }
    let text = part_text(preset, name)?;
    let span = span_at(&text, rest)?;
    let (before, after) = (text.get(..span.start)?, text.get(span.end..)?);
    let text = [before, value, after].concat();
    // The part stands one level deep in the preset.
    if too_deep(&text, MAX_DEPTH - 1).is_some() {
        return None;
    }
    let mut preset = preset.clone();
    part_mut(&mut preset, name)?.read_from(&text).ok()?;
    Some(preset)
}

/// Text of the field at `path` in the preset's RON.
///
/// # Errors
/// An unknown path, with the nearest one.
pub fn get(preset: &Preset, path: &str) -> Result<String, PresetError> {
    if let Some(text) = text_at(preset, path) {
        return Ok(text);
    }
    let text = whole_text(preset);
    find(&text, path).map(|span| text.get(span).unwrap_or_default().to_owned())
}

/// Text of a field of what makes a run; `None` where the preset has no such field.
pub fn text_at(preset: &Preset, path: &str) -> Option<String> {
    let (name, rest) = split(path);
    let text = part_text(preset, name)?;
    let span = span_at(&text, rest)?;
    text.get(span).map(str::to_owned)
}

/// The number written in a field; `None` where there is no such field, or no number in it.
pub fn number_at(preset: &Preset, path: &str) -> Option<f64> {
    get(preset, path).ok()?.trim().parse().ok()
}

/// The part of a preset that a path begins with, and the path in it.
fn split(path: &str) -> (&str, Option<&str>) {
    match path.split_once('.') {
        Some((part, rest)) => (part, Some(rest)),
        None => (path, None),
    }
}

/// A field to be written anew.
struct Field<'a> {
    text: &'a str,
    span: Range<usize>,
    path: &'a str,
    value: &'a str,
}

impl Field<'_> {
    fn with_value(&self) -> Result<Preset, PresetError> {
        let as_written = is_one_value(self.value).then(|| self.spliced(self.value));
        if let Some(Ok(preset)) = as_written {
            return Ok(preset);
        }
        let others = [self.choice(), integral(self.value), quoted(self.value)];
        let mut refusal = as_written.and_then(Result::err);
        for candidate in others.into_iter().flatten() {
            match self.spliced(&candidate) {
                Ok(preset) => return Ok(preset),
                // The first reading is the one to complain about.
                Err(error) => refusal = refusal.or(Some(error)),
            }
        }
        Err(self.in_words(refusal))
    }

    /// The preset with `value` as the field's text.
    fn spliced(&self, value: &str) -> Result<Preset, Box<Refusal>> {
        let (before, after) = (
            self.text.get(..self.span.start),
            self.text.get(self.span.end..),
        );
        let text = [before.unwrap_or_default(), value, after.unwrap_or_default()].concat();
        super::parse(&text).map_err(|error| {
            Box::new(Refusal {
                raw: read::<Preset>(&text).err().map(|e| e.code),
                error,
            })
        })
    }

    /// The choice that a name means, whatever its case and dashes.
    fn choice(&self) -> Option<String> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' ');
        if !self.value.starts_with(|c: char| c.is_ascii_alphabetic())
            || !self.value.chars().all(is_name)
        {
            return None;
        }
        let name = squeezed(self.value);
        if name == "none" {
            return Some("None".to_owned());
        }
        let Some(RonError::NoSuchEnumVariant { expected, .. }) = self.spliced(&name).err()?.raw
        else {
            return None;
        };
        let mut meant = expected.iter().filter(|choice| squeezed(choice) == name);
        meant
            .next()
            .filter(|_| meant.next().is_none())
            .map(|choice| (*choice).to_owned())
    }

    fn in_words(&self, refusal: Option<Box<Refusal>>) -> PresetError {
        let Some(Refusal { mut error, raw }) = refusal.map(|r| *r) else {
            return PresetError::value(self.path, shortened(self.value), "one value");
        };
        if let (Some(RonError::ExpectedStructLike), Some(fields)) = (raw, self.fields_of_choice()) {
            return PresetError::value(self.path, shortened(self.value), fields);
        }
        if let PresetError::Value { place, value, .. } = &mut error
            && place.path == self.path
        {
            *value = shortened(self.value);
        }
        if let PresetError::Syntax { problem, .. } = &error {
            return PresetError::value(
                self.path,
                shortened(self.value),
                format!("one value ({problem})"),
            );
        }
        // Line and column belong to a text that nobody has seen.
        if let Some(place) = error.place_mut() {
            place.position = None;
        }
        error
    }

    /// A choice with the names of its fields, for one that was written without them.
    fn fields_of_choice(&self) -> Option<String> {
        let refusal = self
            .spliced(&format!("{}(no_such_field: 0)", self.value))
            .err()?;
        let Some(RonError::NoSuchStructField { expected, .. }) = refusal.raw else {
            return None;
        };
        let fields: Vec<String> = expected.iter().map(|field| format!("{field}: …")).collect();
        Some(format!("{}({})", self.value, fields.join(", ")))
    }
}

/// Why a value was refused.
struct Refusal {
    raw: Option<RonError>,
    error: PresetError,
}

/// Whether the text is one well-formed RON value and nothing else.
pub(super) fn is_one_value(text: &str) -> bool {
    value_at(text, 0) == Some(0..text.len())
        && too_deep(text, MAX_DEPTH).is_none()
        && RawValue::from_ron(text).is_ok()
}

/// `1e4`, `2.0` as a whole number.
fn integral(value: &str) -> Option<String> {
    let number: f64 = value.parse().ok()?;
    (number.fract() == 0.0 && number.abs() <= EXACT).then(|| format!("{number:.0}"))
}

/// The value as text in quotes.
fn quoted(value: &str) -> Option<String> {
    ron::to_string(value).ok()
}
