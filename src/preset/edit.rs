//! A change of a preset's fields, written as `--set` writes it.

use super::{PresetError, set, text_at};
use crate::spec::Preset;
use crate::spec::field::{Choice, Field};

/// A change of fields, carried out and taken back as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Path of the field, as in `--set`.
    pub path: String,
    /// Its new value, as in `--set`.
    pub text: String,
    /// Paths and values of the fields that change with it.
    pub with: Vec<(String, String)>,
}

impl Edit {
    /// One field.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
            with: Vec::new(),
        }
    }

    /// The same with another field.
    pub fn and(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        self.with.push((path.into(), text.into()));
        self
    }

    /// The choice of a field, with what is chosen together with it.
    pub fn choosing(field: &Field, choice: &Choice) -> Self {
        let with = field.with.iter().zip(choice.with);
        with.fold(
            Self::new(field.path, choice.value),
            |edit, (path, value)| edit.and(*path, *value),
        )
    }

    /// A field as it is in another preset, with what is chosen together with it. Where that preset
    /// has no such field, what the field is a part of (the batch of SGD, where the other one is
    /// trained by another method).
    pub fn restoring(field: &Field, from: &Preset) -> Self {
        let mut path = field.path;
        let text = loop {
            match (text_at(from, path), path.rsplit_once('.')) {
                (Some(text), _) => break text,
                (None, Some((whole, _))) => path = whole,
                (None, None) => break String::new(),
            }
        };
        let with = field.with.iter();
        let with = with.filter_map(|path| Some((path, text_at(from, path)?)));
        with.fold(Self::new(path, text), |edit, (path, text)| {
            edit.and(*path, text)
        })
    }

    /// The preset with the change made; nothing is checked but names and types.
    ///
    /// # Errors
    /// As [`set`].
    pub fn applied(&self, preset: &Preset) -> Result<Preset, PresetError> {
        let first = set(preset, &self.path, &self.text)?;
        let mut with = self.with.iter();
        with.try_fold(first, |preset, (path, text)| set(&preset, path, text))
    }
}
