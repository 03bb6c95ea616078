//! Bytes as text that shows where it is damaged: version, length, checksum, and the bytes deflated.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::{MAX_TEXT, PREFIX, ShareError};
use crate::export::base64;

/// Version of the form that is written, the newest that is read.
const VERSION: u8 = 1;

/// Most bytes of what was deflated.
const MAX_UNPACKED: u64 = 1 << 20;

/// Bytes of a length and of a checksum.
const WORD: usize = 4;

/// The text of some bytes.
pub(super) fn closed(bytes: &[u8]) -> String {
    let deflated = deflated(bytes);
    let mut all = vec![VERSION];
    all.extend((deflated.len() as u32).to_le_bytes());
    all.extend(crc32fast::hash(&deflated).to_le_bytes());
    all.extend(deflated);
    let mut text = PREFIX.to_owned();
    base64::push_url_safe(&mut text, &all);
    text
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    // Memory takes everything.
    written.unwrap_or_default()
}

/// The bytes of a text.
///
/// # Errors
/// What is wrong with it.
pub(super) fn opened(text: &str) -> Result<Vec<u8>, ShareError> {
    if text.len() > MAX_TEXT {
        return Err(ShareError::TooLong { bytes: text.len() });
    }
    let text: String = text.split_whitespace().collect();
    let digits = text.strip_prefix(PREFIX).ok_or(ShareError::NoPrefix)?;
    let all = base64::decode(digits).map_err(|place| {
        let found = digits.get(place..).and_then(|rest| rest.chars().next());
        match found {
            Some(found) => ShareError::Character {
                found,
                place: PREFIX.len() + place + 1,
            },
            None => ShareError::CutOff,
        }
    })?;
    let (version, rest) = all.split_first().ok_or(ShareError::CutOff)?;
    if *version != VERSION {
        return Err(if *version > VERSION {
            ShareError::Newer { version: *version }
        } else {
            ShareError::Checksum
        });
    }
    let (length, rest) = word(rest)?;
    let (checksum, deflated) = word(rest)?;
    let has = deflated.len() as u64;
    if has < u64::from(length) {
        return Err(ShareError::CutOff);
    }
    if has > u64::from(length) || crc32fast::hash(deflated) != checksum {
        return Err(ShareError::Checksum);
    }
    inflated(deflated)
}

fn word(bytes: &[u8]) -> Result<(u32, &[u8]), ShareError> {
    let (word, rest) = bytes
        .split_first_chunk::<WORD>()
        .ok_or(ShareError::CutOff)?;
    Ok((u32::from_le_bytes(*word), rest))
}

fn inflated(deflated: &[u8]) -> Result<Vec<u8>, ShareError> {
    let mut bytes = Vec::new();
    // One byte more than is allowed, so that more is noticed.
    let read = DeflateDecoder::new(deflated)
        .take(MAX_UNPACKED + 1)
        .read_to_end(&mut bytes);
    match read {
        Ok(read) if read as u64 > MAX_UNPACKED => Err(ShareError::Unpacked {
            limit: MAX_UNPACKED,
        }),
        Ok(_) => Ok(bytes),
        Err(_) => Err(ShareError::Structure),
    }
}
