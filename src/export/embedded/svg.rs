//! The texts in the metadata of an SVG file.

use super::{EmbeddedError, Entry, Kind, short_enough};

/// Most texts read.
const MAX_TEXTS: usize = 100;

/// Longest name of a character in `&…;`.
const MAX_ENTITY: usize = 12;

/// Every `<entry key="…">…</entry>` of the provenance in the metadata.
pub(super) fn entries(bytes: &[u8]) -> Result<Vec<Entry>, EmbeddedError> {
    let text = std::str::from_utf8(bytes).map_err(|_| damaged("it is no UTF-8"))?;
    let mut texts = Vec::new();
    let Some((_, metadata)) = text.split_once("<metadata") else {
        return Ok(texts);
    };
    let Some((mut rest, _)) = metadata.split_once("</metadata") else {
        return Err(damaged("its metadata do not end"));
    };
    while let Some((_, entry)) = rest.split_once("<entry")
        && texts.len() < MAX_TEXTS
    {
        let Some((attributes, content)) = entry.split_once('>') else {
            break;
        };
        let Some((content, after)) = content.split_once("</entry") else {
            break;
        };
        short_enough(Kind::Svg, content.len() / MAX_ENTITY)?;
        if let Some(key) = attribute(attributes, "key") {
            let value = plain(content);
            short_enough(Kind::Svg, value.len())?;
            texts.push((plain(key), value));
        }
        rest = after;
    }
    Ok(texts)
}

/// The value of an attribute between either kind of quotes.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    attributes.match_indices(name).find_map(|(place, _)| {
        let before = attributes.get(..place)?;
        if !before.ends_with(|c: char| c.is_ascii_whitespace()) {
            return None;
        }
        let after = attributes.get(place + name.len()..)?.trim_start();
        let value = after.strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, _) = value.get(1..)?.split_once(quote)?;
        Some(value)
    })
}

/// A text without the marks for characters that XML gives a meaning.
pub(super) fn plain(escaped: &str) -> String {
    let mut plain = String::with_capacity(escaped.len());
    let mut rest = escaped;
    while let Some(place) = rest.find('&') {
        let (before, mark) = rest.split_at(place);
        plain.push_str(before);
        let end = mark.bytes().take(MAX_ENTITY).position(|byte| byte == b';');
        let name = end.and_then(|end| Some((mark.get(1..end)?, mark.get(end + 1..)?)));
        match name.and_then(|(name, after)| Some((character(name)?, after))) {
            Some((c, after)) => {
                plain.push(c);
                rest = after;
            }
            None => {
                plain.push('&');
                rest = mark.get(1..).unwrap_or_default();
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

fn damaged(problem: &str) -> EmbeddedError {
    EmbeddedError::Damaged {
        kind: Kind::Svg,
        problem: problem.to_owned(),
    }
}
