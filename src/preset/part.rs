//! The parts of a preset that make a run, each written and read by itself: setting a field writes the
//! part it is in, and not the whole preset with its story.

use ron::error::SpannedError;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::parse::{read, text};
use crate::spec::Preset;

/// A part of a preset, whatever its type.
pub(super) trait Part {
    /// Its text, as it stands in the preset's but for the indentation.
    fn written(&self) -> String;

    /// Reads it anew.
    ///
    /// # Errors
    /// The RON reader's own.
    fn read_from(&mut self, text: &str) -> Result<(), SpannedError>;
}

impl<T: Serialize + DeserializeOwned> Part for T {
    fn written(&self) -> String {
        text(self)
    }

    fn read_from(&mut self, text: &str) -> Result<(), SpannedError> {
        *self = read(text)?;
        Ok(())
    }
}

/// The part of this name, borrowed one way or the other.
macro_rules! part {
    ($preset:expr, $name:expr, $($borrow:tt)+) => {
        match $name {
            "seed" => Some($($borrow)+ $preset.seed),
            "precision" => Some($($borrow)+ $preset.precision),
            "data" => Some($($borrow)+ $preset.data),
            "network" => Some($($borrow)+ $preset.network),
            "scaling" => Some($($borrow)+ $preset.scaling),
            "init" => Some($($borrow)+ $preset.init),
            "loss" => Some($($borrow)+ $preset.loss),
            "train" => Some($($borrow)+ $preset.train),
            _ => None,
        }
    };
}

/// The part of this name; `None` for what is no part of a run.
pub(super) fn part<'a>(preset: &'a Preset, name: &str) -> Option<&'a dyn Part> {
    part!(preset, name, &)
}

/// The part of this name, to be changed.
pub(super) fn part_mut<'a>(preset: &'a mut Preset, name: &str) -> Option<&'a mut dyn Part> {
    part!(preset, name, &mut)
}
