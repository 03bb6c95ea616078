//! Contrast of colours.

use super::Rgb;

/// Relative luminance of a colour, WCAG 2.
fn luminance(color: Rgb) -> f64 {
    let [r, g, b] = linear(color);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Red, green and blue in proportion to the light, from 0 to 1.
pub fn linear(color: Rgb) -> [f64; 3] {
    let Rgb(r, g, b) = color;
    [r, g, b].map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// Contrast ratio of two colours, WCAG 2: from 1 to 21.
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}
