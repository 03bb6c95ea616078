//! Laws of reading, setting and checking presets.

mod applicable;
mod axes;
mod between;
mod changes;
mod check;
mod claims;
mod composed;
mod edit;
mod effect;
mod hostile;
mod library;
mod parse;
mod set;
mod wrong;

use super::{Experiment, PresetError};
use crate::spec::Preset;

fn checked(preset: Preset) -> Result<Experiment, PresetError> {
    Experiment::check(preset, "test", ".".into())
}

/// The error's text, which must contain every part.
fn assert_says<T: std::fmt::Debug>(result: Result<T, PresetError>, parts: &[&str]) {
    let text = result.expect_err("this must be refused").to_string();
    for part in parts {
        assert!(text.contains(part), "`{part}` is not in the error `{text}`");
    }
}
