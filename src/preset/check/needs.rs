//! The float width that a preset's finding needs.

use crate::preset::PresetError;
use crate::spec::Preset;

/// Refuses another precision than the one that the preset needs.
pub(super) fn check(preset: &Preset) -> Result<(), PresetError> {
    match &preset.needs {
        Some(needs) if needs.precision != preset.precision => Err(PresetError::value(
            "precision",
            format!("{:?}", preset.precision),
            format!(
                "{:?}: {} (set needs=None to see it all the same)",
                needs.precision, needs.because
            ),
        )),
        _ => Ok(()),
    }
}
