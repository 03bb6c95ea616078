//! Format and texts.

use crate::preset::PresetError;
use crate::preset::error::Place;
use crate::spec::{FORMAT, Preset, WrongSpec};

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
    length("claims", preset.claims.len(), MAX_ITEMS, "claims")?;
    for (i, claim) in preset.claims.iter().enumerate() {
        let path = format!("claims.{i}.tolerance");
        length(&path, claim.tolerance.len(), MAX_PARAGRAPH, "bytes")?;
    }
    check_rests_on(preset)?;
    check_wrong(preset)?;
    match &preset.needs {
        None => Ok(()),
        Some(needs) => reason("needs.because", &needs.because),
    }
}

/// Refuses a takeaway that rests on claims that there are not. A preset whose claims were all taken out
/// says nothing of them.
fn check_rests_on(preset: &Preset) -> Result<(), PresetError> {
    length("rests_on", preset.rests_on.len(), MAX_ITEMS, "names")?;
    let names: Vec<&str> = preset.claims.iter().map(|c| c.name.as_str()).collect();
    let is_there = |name: &String| names.is_empty() || names.contains(&name.as_str());
    match preset
        .rests_on
        .iter()
        .enumerate()
        .find(|(_, name)| !is_there(name))
    {
        None => Ok(()),
        Some((i, name)) => {
            let place = Place::field(format!("rests_on.{i}"));
            Err(PresetError::unknown(place, "claim", name, &names))
        }
    }
}

fn check_wrong(preset: &Preset) -> Result<(), PresetError> {
    length("wrong", preset.wrong.len(), MAX_ITEMS, "settings")?;
    let mut numbered = preset.wrong.iter().enumerate();
    numbered.try_for_each(|(i, wrong)| match wrong {
        WrongSpec::Excused { because, .. } => reason(&format!("wrong.{i}.because"), because),
        WrongSpec::Set { changes, .. } if changes.is_empty() => Err(PresetError::value(
            format!("wrong.{i}.changes"),
            "no change",
            "one change or more, such as {\"network.width\": \"64\"}",
        )),
        WrongSpec::Set { .. } => Ok(()),
    })
}

/// Refuses a reason that says nothing.
fn reason(path: &str, because: &str) -> Result<(), PresetError> {
    if because.trim().is_empty() {
        return Err(PresetError::value(
            path,
            "no words",
            "a sentence that says why",
        ));
    }
    length(path, because.len(), MAX_PARAGRAPH, "bytes")
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
