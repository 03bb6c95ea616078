//! Text made safe within a page.

/// Text as it stands between tags and in quoted attributes.
pub(in crate::replay) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' | '\t' => html.push(c),
            c if c.is_control() => html.push(char::REPLACEMENT_CHARACTER),
            c => html.push(c),
        }
    }
    html
}

/// JSON as it stands within a script: none of its texts can end the script, or begin a comment in it.
pub(in crate::replay) fn within_script(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: [&str; 5] = [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "\" onmouseover=\"alert(1)",
        "&lt;",
        "a\u{0}b\u{2028}c",
    ];

    #[test]
    fn no_text_leaves_its_element_or_attribute() {
        for text in HOSTILE {
            let html = escaped(text);
            assert!(!html.contains(['<', '>', '"', '\'', '\0']), "{html}");
        }
        assert_eq!(escaped("a < b & c"), "a &lt; b &amp; c");
    }

    #[test]
    fn no_text_ends_the_script_and_all_come_back() {
        let json = serde_json::to_string(&HOSTILE).expect("texts can be written");
        let safe = within_script(&json);
        assert!(!safe.contains(['<', '>', '&']), "{safe}");
        let back: Vec<String> = serde_json::from_str(&safe).expect("it is JSON still");
        assert_eq!(back, HOSTILE);
    }
}
