//! Base64 (RFC 4648): the usual alphabet of section 4, padded, and that of section 5, which is safe in
//! addresses and file names, without padding.

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Appends `bytes` in the usual alphabet, padded.
pub fn push(text: &mut String, bytes: &[u8]) {
    push_in(STANDARD, text, bytes);
    let digits = bytes.len().div_ceil(3) * 4;
    let written = (bytes.len() * 8).div_ceil(6);
    text.extend(std::iter::repeat_n('=', digits - written));
}

/// Appends `bytes` in the alphabet for addresses, not padded.
pub fn push_url_safe(text: &mut String, bytes: &[u8]) {
    push_in(URL_SAFE, text, bytes);
}

fn push_in(alphabet: &[u8; 64], text: &mut String, bytes: &[u8]) {
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, k| {
            bits << 8 | u32::from(group.get(k).copied().unwrap_or(0))
        });
        for k in 0..=group.len() {
            let digit = alphabet[(bits >> (18 - 6 * k) & 63) as usize];
            text.push(char::from(digit));
        }
    }
}

/// The bytes of a text in either alphabet, padded or not.
///
/// # Errors
/// The place of the first character, counted from 0, that belongs to neither, or of the end where a last
/// character stands alone.
pub fn decode(text: &str) -> Result<Vec<u8>, usize> {
    let digits = text.trim_end_matches('=');
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 3);
    let (mut bits, mut held) = (0u32, 0);
    for (place, c) in digits.bytes().enumerate() {
        bits = bits << 6 | u32::from(value(c).ok_or(place)?);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    if held == 6 {
        return Err(digits.len());
    }
    Ok(bytes)
}

fn value(c: u8) -> Option<u8> {
    match c {
        b'A'..=b'Z' => Some(c - b'A'),
        b'a'..=b'z' => Some(c - b'a' + 26),
        b'0'..=b'9' => Some(c - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_the_test_vectors_of_the_standard_and_reads_them() {
        let vectors = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, encoded) in vectors {
            let mut text = String::new();
            push(&mut text, plain.as_bytes());
            assert_eq!(text, encoded);
            assert_eq!(decode(encoded), Ok(plain.into()));
            assert_eq!(decode(encoded.trim_end_matches('=')), Ok(plain.into()));
        }
    }

    #[test]
    fn every_byte_comes_back_from_either_alphabet() {
        let bytes: Vec<u8> = (0..=255).chain([251, 255, 190]).collect();
        for write in [push, push_url_safe] {
            let mut text = String::new();
            write(&mut text, &bytes);
            assert_eq!(decode(&text).as_deref(), Ok(&bytes[..]));
        }
        let mut text = String::new();
        push_url_safe(&mut text, &bytes);
        assert!(!text.contains(['+', '/', '=']), "{text}");
    }

    #[test]
    fn what_is_no_base64_is_refused_at_its_place() {
        assert_eq!(decode("Zm9*"), Err(3));
        assert_eq!(decode("Zm9vY"), Err(5));
        assert_eq!(decode("Zg=v"), Err(2));
    }
}
