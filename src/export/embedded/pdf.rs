//! The texts in a PDF file: comment lines, which every reader skips, before or after the end mark.

use super::{EmbeddedError, Entry, Kind, SOFTWARE_KEY, short_enough};
use crate::export::{PRESET_KEY, base64};

/// What the keys of this program begin with.
const KEYS: &str = "widescope-";

/// Most texts read.
const MAX_TEXTS: usize = 100;

/// A comment line for each entry, `%KEY:` and the value in base64: to be put behind the `%%EOF` of a finished
/// file, whose table of objects stays right so.
pub fn pdf_comments(entries: &[(String, String)]) -> String {
    let mut lines = String::new();
    for (key, value) in entries {
        lines.push_str(&format!("%{key}:"));
        base64::push(&mut lines, value.as_bytes());
        lines.push('\n');
    }
    lines
}

/// The value of every comment line with a key of this program.
pub(super) fn entries(bytes: &[u8]) -> Result<Vec<Entry>, EmbeddedError> {
    let lines = bytes.split(|byte| matches!(byte, b'\n' | b'\r'));
    let marked = lines.filter_map(|line| {
        let line = line.strip_prefix(b"%")?;
        let is_ours =
            line.starts_with(KEYS.as_bytes()) || line.starts_with(SOFTWARE_KEY.as_bytes());
        is_ours.then_some(line)
    });
    let mut texts = Vec::new();
    for line in marked.take(MAX_TEXTS) {
        short_enough(Kind::Pdf, line.len() / 2)?;
        let Some((key, value)) = std::str::from_utf8(line)
            .ok()
            .and_then(|l| l.split_once(':'))
        else {
            continue;
        };
        let read = base64::decode(value.trim()).ok().map(String::from_utf8);
        let value = match read {
            Some(Ok(value)) => value,
            // Other programs may have lines that begin alike.
            _ if key != PRESET_KEY => continue,
            _ => {
                return Err(EmbeddedError::Damaged {
                    kind: Kind::Pdf,
                    problem: format!("its comment `{PRESET_KEY}` is no base64 of a text"),
                });
            }
        };
        short_enough(Kind::Pdf, value.len())?;
        texts.push((key.to_owned(), value));
    }
    Ok(texts)
}
