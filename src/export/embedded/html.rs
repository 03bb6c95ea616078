//! The preset in an HTML page: in a script element that no browser runs.

use super::svg::{attribute, plain};
use super::{EmbeddedError, Entry, Kind, NAME_KEY, SOFTWARE_KEY, short_enough};
use crate::export::PRESET_KEY;

/// `type` of the element; browsers skip scripts of a type that they don't know.
pub const HTML_TYPE: &str = "application/x-widescope+ron";

/// `id` of the element.
pub const HTML_ID: &str = "widescope-preset";

/// Attributes that hold other entries.
const ATTRIBUTES: [(&str, &str); 2] = [("data-name", NAME_KEY), ("data-software", SOFTWARE_KEY)];

/// The element that holds the preset, for the head or the body of a page. The preset stands in it as it is,
/// but for `<`, which RON writes as `\u{3c}` in strings as well, so that nothing in it ends the element.
pub fn html_script(entries: &[(String, String)]) -> String {
    let find = |key: &str| entries.iter().find(|(k, _)| k == key).map(|(_, v)| v);
    let mut script = format!("<script type=\"{HTML_TYPE}\" id=\"{HTML_ID}\"");
    for (attribute, key) in ATTRIBUTES {
        if let Some(value) = find(key) {
            script.push_str(&format!(" {attribute}=\"{}\"", escaped(value)));
        }
    }
    let ron = find(PRESET_KEY).map_or("", String::as_str);
    script.push_str(&format!(">\n{}\n</script>\n", ron.replace('<', r"\u{3c}")));
    script
}

/// The text of an attribute.
fn escaped(value: &str) -> String {
    let escape = |c: char| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        c if c.is_control() => format!("&#{};", u32::from(c)),
        c => c.to_string(),
    };
    value.chars().map(escape).collect()
}

/// The preset of the page, and what its element says beside.
pub(super) fn entries(bytes: &[u8]) -> Result<Vec<Entry>, EmbeddedError> {
    let text = std::str::from_utf8(bytes).map_err(|_| damaged("it is no UTF-8"))?;
    let mut rest = text;
    while let Some((_, script)) = rest.split_once("<script") {
        let Some((attributes, content)) = script.split_once('>') else {
            break;
        };
        rest = content;
        if attribute(attributes, "id") != Some(HTML_ID) {
            continue;
        }
        let Some((ron, _)) = content.split_once("</script") else {
            return Err(damaged("the preset in it does not end"));
        };
        short_enough(Kind::Html, ron.len())?;
        let others = ATTRIBUTES.iter().filter_map(|(name, key)| {
            let value = attribute(attributes, name)?;
            Some(((*key).to_owned(), plain(value)))
        });
        let preset = (PRESET_KEY.to_owned(), ron.trim().to_owned());
        return Ok(others.chain([preset]).collect());
    }
    Ok(Vec::new())
}

fn damaged(problem: &str) -> EmbeddedError {
    EmbeddedError::Damaged {
        kind: Kind::Html,
        problem: problem.to_owned(),
    }
}
