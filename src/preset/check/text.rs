//! Format and texts.

use crate::preset::PresetError;
use crate::spec::{FORMAT, Preset};

/// Longest title, paper or figure, in bytes.
const MAX_TITLE: usize = 400;

/// Longest text of a paragraph, in bytes.
const MAX_PARAGRAPH: usize = 4_000;

/// Longest story, in bytes.
const MAX_STORY: usize = 20_000;

/// Most notes, things to notice, or claims.
const MAX_ITEMS: usize = 64;

/// Checks the format and the lengths of the texts.
///
/// # Errors
/// The first text that is too long for its place on screen, and a format before the first.
pub(in super::super) fn check_text(preset: &Preset) -> Result<(), PresetError> {
    if preset.format != FORMAT {
        return Err(PresetError::value(
            "format",
            preset.format.to_string(),
            FORMAT.to_string(),
        ));
    }
    length("title", preset.title.len(), MAX_TITLE, "bytes")?;
    length(
        "source.paper",
        preset.source.paper.len(),
        MAX_TITLE,
        "bytes",
    )?;
    length(
        "source.figure",
        preset.source.figure.len(),
        MAX_TITLE,
        "bytes",
    )?;
    length("takeaway", preset.takeaway.len(), MAX_PARAGRAPH, "bytes")?;
    length("story", preset.story.len(), MAX_STORY, "bytes")?;
    paragraphs("notice", &preset.notice)?;
    paragraphs("notes", &preset.notes)?;
    length("claims", preset.claims.len(), MAX_ITEMS, "claims")
}

fn paragraphs(path: &str, paragraphs: &[String]) -> Result<(), PresetError> {
    length(path, paragraphs.len(), MAX_ITEMS, "sentences")?;
    let mut numbered = paragraphs.iter().enumerate();
    numbered.try_for_each(|(i, text)| {
        length(&format!("{path}.{i}"), text.len(), MAX_PARAGRAPH, "bytes")
    })
}

fn length(path: &str, length: usize, limit: usize, unit: &str) -> Result<(), PresetError> {
    if length <= limit {
        return Ok(());
    }
    Err(PresetError::value(
        path,
        format!("a length of {length} {unit}"),
        format!("at most {limit} {unit}"),
    ))
}
