//! The texts in a PNG file: its chunks iTXt, zTXt and tEXt (PNG specification, third edition, 11.3.3).

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::{EmbeddedError, Entry, Kind, short_enough};
use crate::preset::MAX_BYTES;

/// First bytes of every PNG file.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Most texts read.
const MAX_TEXTS: usize = 100;

/// Bytes of a chunk's length, of its type and of its checksum each.
const WORD: usize = 4;

/// Every text with its key, as far as they can be read.
pub(super) fn entries(bytes: &[u8]) -> Result<Vec<Entry>, EmbeddedError> {
    let mut rest = bytes.strip_prefix(SIGNATURE).unwrap_or_default();
    let mut texts = Vec::new();
    while texts.len() < MAX_TEXTS {
        let (chunk, after) = Chunk::first(rest)?;
        match &chunk.kind {
            b"IEND" => break,
            b"iTXt" | b"zTXt" | b"tEXt" => {
                chunk.check()?;
                texts.extend(chunk.text()?);
            }
            _ => {}
        }
        rest = after;
    }
    Ok(texts)
}

/// A part of the file.
struct Chunk<'a> {
    kind: [u8; WORD],
    data: &'a [u8],
    checksum: u32,
}

impl<'a> Chunk<'a> {
    /// The first chunk of some bytes, and what follows it.
    fn first(bytes: &'a [u8]) -> Result<(Self, &'a [u8]), EmbeddedError> {
        let parts = || {
            let (length, rest) = bytes.split_first_chunk::<WORD>()?;
            let (kind, rest) = rest.split_first_chunk::<WORD>()?;
            let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
            let (data, rest) = rest.split_at_checked(length)?;
            let (checksum, rest) = rest.split_first_chunk::<WORD>()?;
            let chunk = Self {
                kind: *kind,
                data,
                checksum: u32::from_be_bytes(*checksum),
            };
            Some((chunk, rest))
        };
        parts().ok_or_else(|| damaged("it is cut off"))
    }

    fn check(&self) -> Result<(), EmbeddedError> {
        let mut sum = crc32fast::Hasher::new();
        sum.update(&self.kind);
        sum.update(self.data);
        if sum.finalize() == self.checksum {
            return Ok(());
        }
        Err(damaged("the checksum of a text in it is wrong"))
    }

    /// Key and text; `None` where they have another form.
    fn text(&self) -> Result<Option<Entry>, EmbeddedError> {
        let Some((key, rest)) = at_zero(self.data) else {
            return Ok(None);
        };
        let text = match &self.kind {
            b"tEXt" => Some(latin(rest)?),
            b"zTXt" => match rest.split_first() {
                Some((0, deflated)) => Some(latin(&inflated(deflated)?)?),
                _ => None,
            },
            _ => international(rest)?,
        };
        Ok(text.map(|text| (String::from_utf8_lossy(key).into_owned(), text)))
    }
}

/// The text of an iTXt chunk after its key: whether it is deflated, how, its language, its key in that
/// language, and the text in UTF-8.
fn international(rest: &[u8]) -> Result<Option<String>, EmbeddedError> {
    let parts = || {
        let ([is_deflated, method], rest) = rest.split_first_chunk::<2>()?;
        let (_, rest) = at_zero(rest)?;
        let (_, text) = at_zero(rest)?;
        Some((*is_deflated, *method, text))
    };
    let bytes = match parts() {
        Some((0, _, text)) => text.to_vec(),
        Some((1, 0, deflated)) => inflated(deflated)?,
        _ => return Ok(None),
    };
    short_enough(Kind::Png, bytes.len())?;
    let text = String::from_utf8(bytes);
    text.map(Some)
        .map_err(|_| damaged("a text in it is no UTF-8"))
}

/// What stands before and after the first zero.
fn at_zero(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let zero = bytes.iter().position(|byte| *byte == 0)?;
    Some((bytes.get(..zero)?, bytes.get(zero + 1..)?))
}

fn latin(bytes: &[u8]) -> Result<String, EmbeddedError> {
    short_enough(Kind::Png, bytes.len())?;
    Ok(bytes.iter().map(|byte| char::from(*byte)).collect())
}

fn inflated(deflated: &[u8]) -> Result<Vec<u8>, EmbeddedError> {
    let mut bytes = Vec::new();
    // One byte more than a preset may have, so that a longer text is refused as such.
    ZlibDecoder::new(deflated)
        .take(MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| damaged("a text in it does not unpack"))?;
    Ok(bytes)
}

fn damaged(problem: &str) -> EmbeddedError {
    EmbeddedError::Damaged {
        kind: Kind::Png,
        problem: problem.to_owned(),
    }
}
