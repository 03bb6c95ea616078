//! XML elements and escaping.

use super::number;

/// Appends `text` so that an XML 1.0 reader gets it back, in content and in attributes alike.
/// Characters that XML 1.0 cannot carry become U+FFFD.
pub fn push_escaped(xml: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\n' => xml.push_str("&#10;"),
            '\r' => xml.push_str("&#13;"),
            '\t' => xml.push_str("&#9;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => xml.push(char::REPLACEMENT_CHARACTER),
            c => xml.push(c),
        }
    }
}

/// Namespace of the provenance in the metadata.
const PROVENANCE: &str = "urn:widescope:provenance";

/// Appends where a picture comes from, as `entry` elements with a `key`.
pub fn push_metadata(xml: &mut String, provenance: &[(String, String)]) {
    if provenance.is_empty() {
        return;
    }
    Element::new(xml, "metadata").content(|xml| {
        Element::new(xml, "provenance")
            .attribute("xmlns", PROVENANCE)
            .content(|xml| {
                for (key, value) in provenance {
                    let entry = Element::new(xml, "entry").attribute("key", key);
                    entry.content(|xml| push_escaped(xml, value));
                }
            });
    });
}

/// A start tag that is being written.
#[must_use = "an element is complete only after `close` or `content`"]
pub struct Element<'x> {
    xml: &'x mut String,
    name: &'static str,
}

impl<'x> Element<'x> {
    /// Begins an element.
    pub fn new(xml: &'x mut String, name: &'static str) -> Self {
        xml.push('<');
        xml.push_str(name);
        Self { xml, name }
    }

    /// Adds an attribute; `value` is escaped.
    pub fn attribute(self, key: &str, value: &str) -> Self {
        self.raw_attribute(key, |xml| push_escaped(xml, value))
    }

    /// Adds a number in points.
    pub fn number(self, key: &str, value: f32) -> Self {
        self.raw_attribute(key, |xml| number::push(xml, value))
    }

    /// Adds attributes that are XML already, each with a leading space.
    pub fn attributes(self, attributes: &str) -> Self {
        self.xml.push_str(attributes);
        self
    }

    /// Adds an attribute whose value `write` appends as XML.
    pub fn raw_attribute(self, key: &str, write: impl FnOnce(&mut String)) -> Self {
        self.xml.push(' ');
        self.xml.push_str(key);
        self.xml.push_str("=\"");
        write(self.xml);
        self.xml.push('"');
        self
    }

    /// Ends an element without content.
    pub fn close(self) {
        self.xml.push_str("/>\n");
    }

    /// Ends an element with content that `write` appends as XML.
    pub fn content(self, write: impl FnOnce(&mut String)) {
        self.xml.push('>');
        write(self.xml);
        self.xml.push_str("</");
        self.xml.push_str(self.name);
        self.xml.push_str(">\n");
    }
}
