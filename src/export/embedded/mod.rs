//! The experiment in a picture or page that this program wrote: PNG, SVG, PDF and HTML carry their
//! provenance as texts by key, and here they are written (PDF, HTML) and read back.
//!
//! Nothing is drawn or executed, and nothing but texts is looked at; a damaged or hostile file gives an error.

mod error;
mod html;
mod pdf;
mod png;
mod svg;
#[cfg(test)]
mod tests;

use super::{PRESET_KEY, VERSION};
use crate::preset::MAX_BYTES;

pub use error::EmbeddedError;
pub use html::{HTML_ID, HTML_TYPE, html_script};
pub use pdf::pdf_comments;

/// Key of the name of the experiment.
const NAME_KEY: &str = "widescope-name";

/// Key of the program and its version, and what stands before the version.
const SOFTWARE_KEY: &str = "Software";
const SOFTWARE: &str = "widescope ";

/// Longest name of an experiment, in characters.
const MAX_NAME: usize = 200;

/// Kind of a file that may hold an experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// PNG, an animated one too.
    Png,
    /// SVG.
    Svg,
    /// PDF.
    Pdf,
    /// HTML.
    Html,
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Png => "a PNG picture",
            Self::Svg => "an SVG picture",
            Self::Pdf => "a PDF file",
            Self::Html => "an HTML page",
        })
    }
}

/// The experiment found in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embedded {
    /// What the file is.
    pub kind: Kind,
    /// Name of the experiment, where it is there and can be shown.
    pub name: Option<String>,
    /// Version of the program that wrote the file, where it says so.
    pub version: Option<String>,
    /// The resolved preset as RON.
    pub ron: String,
}

impl Embedded {
    /// The version of the program that wrote it, where it is not this one's.
    pub fn other_version(&self) -> Option<&str> {
        self.version.as_deref().filter(|other| *other != VERSION)
    }
}

/// A text of a file by its key.
type Entry = (String, String);

/// The experiment in a file, by its content and not by its name; `None` where it is no picture or page, but
/// perhaps a preset.
///
/// # Errors
/// A picture or page without an experiment, one of a kind that holds none, and a damaged one.
pub fn experiment_in(bytes: &[u8]) -> Result<Option<Embedded>, EmbeddedError> {
    let Some(kind) = kind_of(bytes)? else {
        return Ok(None);
    };
    let entries = match kind {
        Kind::Png => png::entries(bytes)?,
        Kind::Svg => svg::entries(bytes)?,
        Kind::Pdf => pdf::entries(bytes)?,
        Kind::Html => html::entries(bytes)?,
    };
    let find = |key: &str| entries.iter().find(|(k, _)| k == key).map(|(_, v)| v);
    let ron = find(PRESET_KEY).ok_or(EmbeddedError::NoExperiment { kind })?;
    let version = find(SOFTWARE_KEY).and_then(|text| text.strip_prefix(SOFTWARE));
    Ok(Some(Embedded {
        kind,
        name: find(NAME_KEY).filter(|name| is_name(name)).cloned(),
        version: version
            .filter(|version| is_name(version))
            .map(str::to_owned),
        ron: ron.clone(),
    }))
}

/// Whether a text can stand in messages and tables.
fn is_name(name: &str) -> bool {
    let length = name.chars().count();
    (1..=MAX_NAME).contains(&length) && !name.chars().any(char::is_control)
}

/// What a file seems to be by its first bytes.
fn kind_of(bytes: &[u8]) -> Result<Option<Kind>, EmbeddedError> {
    const OTHERS: [(&[u8], &str); 6] = [
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"BM", "a BMP picture"),
        (b"II*\0", "a TIFF picture"),
        (b"MM\0*", "a TIFF picture"),
        (b"RIFF", "a RIFF file (WebP, sound or film)"),
    ];
    if bytes.starts_with(png::SIGNATURE) {
        return Ok(Some(Kind::Png));
    }
    if bytes.starts_with(b"%PDF-") {
        return Ok(Some(Kind::Pdf));
    }
    let other = OTHERS.iter().find(|(magic, _)| bytes.starts_with(magic));
    if let Some((_, what)) = other {
        return Err(EmbeddedError::Foreign { what });
    }
    let text = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start();
    if !text.starts_with(b"<") {
        return Ok(None);
    }
    // The root comes soon, after a declaration and comments.
    let head = text.get(..text.len().min(1 << 16)).unwrap_or_default();
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let at = |tag: &str| head.find(tag).unwrap_or(usize::MAX);
    let (svg, html) = (at("<svg"), at("<!doctype html").min(at("<html")));
    if svg == html {
        return Err(EmbeddedError::Foreign {
            what: "an XML or HTML file without a root that is known",
        });
    }
    Ok(Some(if svg < html { Kind::Svg } else { Kind::Html }))
}

/// Refuses a text that is longer than any preset.
fn short_enough(kind: Kind, length: usize) -> Result<(), EmbeddedError> {
    if length <= MAX_BYTES {
        return Ok(());
    }
    Err(EmbeddedError::Damaged {
        kind,
        problem: format!("a text in it is longer than {MAX_BYTES} bytes, and no preset is"),
    })
}
