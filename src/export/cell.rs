//! Cells of tables that hold a text from a preset.

use std::borrow::Cow;

/// What a spreadsheet takes for the beginning of a formula, or skips on its way to one.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A text as a cell: one that a spreadsheet would take for a formula gets an apostrophe. Numbers are not texts.
pub fn text_cell(text: &str) -> Cow<'_, str> {
    if is_guardable(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text of a cell that [`text_cell`] wrote.
pub fn text_of_cell(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_guardable(text) => text,
        _ => cell,
    }
}

/// Whether a text begins a formula, behind any number of apostrophes: with these counted in, every text comes
/// back as it was.
fn is_guardable(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_gets_an_apostrophe_and_every_text_comes_back() {
        for text in [
            "=cmd()|x", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''-",
        ] {
            let cell = text_cell(text);
            assert_eq!(cell, format!("'{text}"));
            assert_eq!(text_of_cell(&cell), text);
        }
        for text in ["", "ours", "m = 200", "'", "'quoted'", "−1", "1e3"] {
            assert_eq!(text_cell(text), text);
            assert_eq!(text_of_cell(text), text);
        }
    }
}
