//! The header of an `.npy` array: element type, order and shape.
//!
//! Read here and not by a general parser of Python literals, because a header comes from the
//! user's files: its length and the shape are checked before anything is allocated, and nothing
//! in it can nest.

use std::io::Read;

use crate::data::Fault;

const MAGIC: &[u8; 6] = b"\x93NUMPY";
/// Longest header read, NumPy's own limit for files of unknown origin.
const MAX_LENGTH: usize = 10_000;

/// What an `.npy` header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::data) struct Header {
    /// Element type, as NumPy writes it, for example `<f8`.
    pub descr: String,
    /// Whether the first dimension runs fastest.
    pub fortran: bool,
    /// Length of each dimension.
    pub shape: Vec<usize>,
    /// Bytes read, from the magic number to the first element.
    pub length: u64,
}

/// Reads a header of format 1.0, 2.0 or 3.0.
///
/// # Errors
/// Another magic number or format, a header that is too long or cut off, or one that is not the
/// dictionary NumPy writes.
pub(in crate::data) fn read(mut reader: impl Read) -> Result<Header, Fault> {
    let magic: [u8; 6] = array(&mut reader)?;
    let [major, minor] = array(&mut reader)?;
    if &magic != MAGIC || !(1..=3).contains(&major) || minor != 0 {
        return Err(Fault::new(
            "not an .npy array",
            "NumPy's format 1.0, 2.0 or 3.0 is needed",
        ));
    }
    let (length, before) = if major == 1 {
        (usize::from(u16::from_le_bytes(array(&mut reader)?)), 10)
    } else {
        (u32::from_le_bytes(array(&mut reader)?) as usize, 12)
    };
    if length > MAX_LENGTH {
        return Err(Fault::new(
            format!("header of {length} bytes"),
            format!("at most {MAX_LENGTH} bytes are allowed"),
        ));
    }
    let mut text = vec![0; length];
    reader.read_exact(&mut text).map_err(Fault::unreadable)?;
    let text = String::from_utf8_lossy(&text);
    parse(&text, before + length as u64).ok_or_else(|| {
        Fault::new(
            format!("header {:?}", shortened(text.trim())),
            "{'descr': TYPE, 'fortran_order': False, 'shape': (ROWS, COLUMNS)} is needed",
        )
    })
}

fn array<const N: usize>(reader: &mut impl Read) -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    reader.read_exact(&mut bytes).map_err(Fault::unreadable)?;
    Ok(bytes)
}

fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}

/// Reads the dictionary, whose three keys may come in any order.
fn parse(text: &str, length: u64) -> Option<Header> {
    let body = text.trim().strip_prefix('{')?.strip_suffix('}')?;
    Some(Header {
        descr: quoted(after_key(body, "descr")?)?.to_owned(),
        fortran: boolean(after_key(body, "fortran_order")?)?,
        shape: tuple(after_key(body, "shape")?)?,
        length,
    })
}

/// What follows `'key':`.
fn after_key<'a>(body: &'a str, key: &str) -> Option<&'a str> {
    let at = ['\'', '"'].iter().find_map(|quote| {
        let written = format!("{quote}{key}{quote}");
        body.find(&written).map(|start| start + written.len())
    })?;
    body.get(at..)?
        .trim_start()
        .strip_prefix(':')
        .map(str::trim_start)
}

fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| "'\"".contains(*c))?;
    text.get(1..)?.split_once(quote).map(|(inside, _)| inside)
}

fn boolean(text: &str) -> Option<bool> {
    if text.starts_with("True") {
        Some(true)
    } else {
        text.starts_with("False").then_some(false)
    }
}

fn tuple(text: &str) -> Option<Vec<usize>> {
    let (inside, _) = text.strip_prefix('(')?.split_once(')')?;
    let inside = inside.trim();
    let inside = inside.strip_suffix(',').unwrap_or(inside);
    if inside.is_empty() {
        return Some(Vec::new());
    }
    inside
        .split(',')
        .map(|length| length.trim().parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(major: u8, text: &str) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend([major, 0]);
        if major == 1 {
            bytes.extend((text.len() as u16).to_le_bytes());
        } else {
            bytes.extend((text.len() as u32).to_le_bytes());
        }
        bytes.extend(text.as_bytes());
        bytes
    }

    #[test]
    fn the_three_keys_are_read_in_any_order_and_spacing() {
        let text = "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }  \n";
        let header = read(&file(1, text)[..]).unwrap();
        assert_eq!(header.descr, "<f8");
        assert!(!header.fortran);
        assert_eq!(header.shape, [3, 4]);
        assert_eq!(header.length, 10 + text.len() as u64);
        let text = "{ \"shape\":(7,),\"fortran_order\" : True,\"descr\": \">i2\"}\n";
        let header = read(&file(2, text)[..]).unwrap();
        assert_eq!((header.descr.as_str(), header.fortran), (">i2", true));
        assert_eq!(header.shape, [7]);
        assert_eq!(header.length, 12 + text.len() as u64);
        let scalar = "{'descr': '<f8', 'fortran_order': False, 'shape': (), }";
        assert_eq!(read(&file(3, scalar)[..]).unwrap().shape, [0_usize; 0]);
    }

    #[test]
    fn headers_that_are_no_such_dictionary_are_refused() {
        for text in [
            "",
            "{}",
            "{'descr': '<f8', 'fortran_order': False}",
            "{'descr': '<f8', 'fortran_order': maybe, 'shape': (1, 2)}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (1, -2)}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 99999999999999999999)}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2",
            "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,)}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': ((1, 2), 3)}",
        ] {
            assert!(read(&file(1, text)[..]).is_err(), "{text}");
        }
        assert!(read(&file(4, "{}")[..]).is_err());
    }

    #[test]
    fn a_length_beyond_the_limit_is_refused_before_allocation() {
        let mut bytes = file(2, "{}");
        bytes[8..12].copy_from_slice(&u32::MAX.to_le_bytes());
        let text = read(&bytes[..]).unwrap_err().to_string();
        assert_eq!(
            text,
            "header of 4294967295 bytes; at most 10000 bytes are allowed"
        );
    }

    #[test]
    fn brackets_ten_thousand_deep_are_refused() {
        let text = format!(
            "{{'descr': '<f8', 'fortran_order': False, 'shape': {}",
            "(".repeat(9000)
        );
        assert!(read(&file(1, &text)[..]).is_err());
    }
}
