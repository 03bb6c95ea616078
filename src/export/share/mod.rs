//! An experiment as one word of text, to be pasted wherever a preset is named: `widescope:…`.
//!
//! Its bytes in base64 for addresses: the version of the form, the length of the rest, its CRC-32, and the
//! content deflated. Of a shipped preset the content is its name, the checksum of its text and what is set
//! otherwise; of any other preset all of it.

mod content;
mod envelope;
mod error;
mod files;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use content::{Content, Packed};
use files::NamedFile;

use crate::preset::{Experiment, changes, library, parse, set, text};
use crate::spec::Preset;

pub use error::ShareError;

/// What a share string begins with.
pub const PREFIX: &str = "widescope:";

/// Most bytes of a share string.
pub const MAX_TEXT: usize = 1 << 16;

/// The share string of an experiment; with `whole` it does not rest on the text of a shipped preset. Of files
/// that the preset names it holds their names and checksums.
///
/// ```
/// use widescope::export::share;
/// use widescope::preset::library;
///
/// let sets = [("seed".to_owned(), "7".to_owned())];
/// let experiment = library::load_with("du-fig1-live", &sets)?;
/// let text = share::string(&experiment, false)?;
/// assert!(text.len() < 200);
/// let again = share::read(&text, &[])?;
/// assert_eq!(again.preset, experiment.preset);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// A file that can't be read; a preset too long for a share string.
pub fn string(experiment: &Experiment, whole: bool) -> Result<String, ShareError> {
    let (preset, files) = files::bare(experiment)?;
    let mut shortest: Option<String> = None;
    let of_shipped = of_shipped(&experiment.name, &preset).filter(|_| !whole);
    let whole = Content::Whole { ron: text(&preset) };
    for content in of_shipped.into_iter().chain([whole]) {
        let packed = Packed {
            name: experiment.name.clone(),
            files: files.clone(),
            content,
        };
        let text = envelope::closed(&packed.bytes());
        if shortest
            .as_ref()
            .is_none_or(|other| text.len() < other.len())
        {
            shortest = Some(text);
        }
    }
    match shortest {
        Some(text) if text.len() <= MAX_TEXT => Ok(text),
        other => Err(ShareError::TooLong {
            bytes: other.map_or(0, |text| text.len()),
        }),
    }
}

/// A preset as what is set otherwise in the shipped one of its name.
fn of_shipped(name: &str, preset: &Preset) -> Option<Content> {
    let shipped = library::find(name)?;
    let edits = changes(&parse(shipped.text).ok()?, preset)?;
    Some(Content::Changes {
        checksum: checksum(shipped.text),
        edits,
    })
}

/// CRC-32 of a preset's text, in which line ends of other systems make no difference.
fn checksum(text: &str) -> u32 {
    crc32fast::hash(text.replace("\r\n", "\n").as_bytes())
}

/// Whether a text is meant as a share string.
pub fn is_share_string(text: &str) -> bool {
    text.trim_start().starts_with(PREFIX)
}

/// What a share string says.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// Name of the experiment.
    pub name: String,
    /// Its preset; names of files are bare until [`Self::with_files`] found them.
    pub preset: Preset,
    files: Vec<NamedFile>,
}

impl Shared {
    /// Reads a share string; white space around and within it is left out, as mail programs break lines.
    ///
    /// # Errors
    /// What is wrong with it: cut off, mistyped, of a newer program, or about another version of a shipped
    /// preset.
    pub fn of(text: &str) -> Result<Self, ShareError> {
        let Packed {
            name,
            files,
            content,
        } = Packed::read(&envelope::opened(text)?)?;
        let preset = match content {
            Content::Whole { ron } => parse(&ron)?,
            Content::Changes {
                checksum: of,
                edits,
            } => {
                let Some(shipped) = library::find(&name) else {
                    return Err(ShareError::NotShipped { name });
                };
                if checksum(shipped.text) != of {
                    return Err(ShareError::OtherText { name });
                }
                let base = parse(shipped.text)?;
                edits
                    .iter()
                    .try_fold(base, |preset, (path, value)| set(&preset, path, value))?
            }
        };
        Ok(Self {
            name,
            preset,
            files,
        })
    }

    /// The preset with the files it names: each is one of `offered`, or lies in `folder` under its name, with
    /// the bytes it had when the string was made.
    ///
    /// # Errors
    /// [`ShareError::MissingFile`] names the first one that is not there, [`ShareError::OtherFile`] one that
    /// has other bytes.
    pub fn with_files(mut self, offered: &[PathBuf], folder: &Path) -> Result<Self, ShareError> {
        for file in &self.files {
            let path = file.found(offered, folder)?;
            file.put(&mut self.preset, &path);
        }
        Ok(self)
    }
}

/// The experiment of a share string. Files that it names are looked for among those `offered` and in the
/// working folder.
///
/// # Errors
/// As [`Shared::of`] and [`Shared::with_files`], and those of a preset that can't be run.
pub fn read(text: &str, offered: &[PathBuf]) -> Result<Experiment, ShareError> {
    let here = Path::new(".");
    let shared = Shared::of(text)?.with_files(offered, here)?;
    Ok(Experiment::check(
        shared.preset,
        &shared.name,
        here.to_owned(),
    )?)
}
