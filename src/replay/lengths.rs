//! How wide texts are about: the fonts of the reader's machine are not known.

/// A width in pixels that a text of this size does not exceed in common fonts, about.
pub(super) fn width(text: &str, size: f32) -> f32 {
    size * text.chars().map(share).sum::<f32>()
}

/// Width of a character as a share of the size.
fn share(c: char) -> f32 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '|' | '!' | '\'' | '·' | '(' | ')' => 0.33,
        '\u{2009}' => 0.2,
        ' ' | 'f' | 't' | 'r' => 0.37,
        'm' | 'w' | 'M' | 'W' | '∞' | 'Σ' | '←' | '→' => 0.9,
        '⁰'..='₟' | '¹' | '²' | '³' => 0.4,
        '=' | '−' | '+' | '<' | '>' | '±' => 0.84,
        c if c.is_uppercase() => 0.7,
        _ => 0.64,
    }
}

/// A length rounded to a tenth of a pixel.
pub(super) fn rounded(length: f32) -> f32 {
    (10.0 * length).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_texts_are_wider_and_sizes_scale() {
        assert!(width("test loss", 12.0) > width("loss", 12.0));
        assert!((width("loss", 24.0) - 2.0 * width("loss", 12.0)).abs() < 1e-4);
        assert_eq!(width("", 12.0), 0.0);
    }
}
