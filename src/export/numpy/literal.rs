//! Texts and numbers as Python writes them.

/// A string of Python, in ASCII on one line whatever the text is.
pub(super) fn string(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str(r"\\"),
            ' '..='~' => literal.push(c),
            c => literal.push_str(&format!("\\U{:08x}", u32::from(c))),
        }
    }
    literal.push('"');
    literal
}

/// A double of Python that reads back as the same.
pub(super) fn number(x: f64) -> String {
    if x.is_finite() {
        format!("{x:?}")
    } else {
        format!("float(\"{x}\")").to_lowercase()
    }
}

/// A number or `None`.
pub(super) fn optional(x: Option<f64>) -> String {
    x.map_or_else(|| "None".to_owned(), number)
}

/// A comment of one line for people: what could end the line, or be shown otherwise than it is read, is left
/// out.
pub(super) fn comment(text: &str) -> String {
    let is_plain = |c: &char| !c.is_control() && !is_invisible(*c);
    let line: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(is_plain)
        .collect();
    format!("# {}", line.trim())
}

/// Marks that change the direction in which a text is shown, and that separate lines.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_can_not_be_left() {
        let awkward = "\"\"\"\\\n'''\r\u{2028}ω\0";
        let literal = string(awkward);
        assert!(
            literal.is_ascii() && !literal.contains(['\n', '\r', '\0']),
            "{literal}"
        );
        let quotes = literal[1..literal.len() - 1]
            .replace(r"\\", "")
            .replace("\\\"", "");
        assert!(!quotes.contains('"'), "{literal}");
        assert_eq!(string("a\"ω"), r#""a\"\U000003c9""#);
    }

    #[test]
    fn a_comment_stays_on_its_line() {
        let awkward = "one\nimport os\r\u{85}two\u{2028}three\u{c}four\u{202e}five\0";
        let line = comment(awkward);
        assert!(line.starts_with("# one import os"), "{line}");
        assert!(!line.contains(['\n', '\r', '\u{c}', '\u{85}', '\u{2028}', '\u{202e}', '\0']));
    }

    #[test]
    fn numbers_are_those_of_python() {
        assert_eq!(number(1e-7), "1e-7");
        assert_eq!(number(5.0), "5.0");
        assert_eq!(number(f64::NEG_INFINITY), "float(\"-inf\")");
        assert_eq!(number(f64::NAN), "float(\"nan\")");
        assert_eq!(optional(None), "None");
    }
}
