//! The arms' colours.

use crate::figure::Hue;

use super::Rgb;

/// Kinds that have colours of their own.
pub const KINDS: usize = 7;

/// Okabe–Ito's hues, darkened so that a mark stands out from a light panel by 3:1 or more.
const LIGHT: [Rgb; KINDS] = [
    Rgb(0x00, 0x53, 0x84),
    Rgb(0xad, 0x4b, 0x02),
    Rgb(0x40, 0x9c, 0x79),
    Rgb(0x69, 0x28, 0x4f),
    Rgb(0xb7, 0x81, 0x1d),
    Rgb(0x09, 0x70, 0x9e),
    Rgb(0x00, 0x00, 0x00),
];

/// The same hues, lightened for a dark panel.
const DARK: [Rgb; KINDS] = [
    Rgb(0x09, 0x89, 0xd4),
    Rgb(0xcd, 0x60, 0x1a),
    Rgb(0x19, 0xe1, 0xa6),
    Rgb(0xaf, 0x74, 0x94),
    Rgb(0xfb, 0xb0, 0x1b),
    Rgb(0x1c, 0xad, 0xef),
    Rgb(0xe4, 0xe8, 0xec),
];

/// Part of the ordered colours that stands out from a light and from a dark panel by 3:1 or more.
const ORDERED_LIGHT: [f64; 2] = [0.0, 0.55];
const ORDERED_DARK: [f64; 2] = [0.365, 1.0];

/// The colour of a hue. Kinds beyond the seventh begin anew, and are told apart by their dashes.
pub(super) fn color(hue: Hue, dark: bool) -> Rgb {
    match hue {
        Hue::Category(kind) => {
            let palette = if dark { &DARK } else { &LIGHT };
            palette[kind % KINDS]
        }
        Hue::Ordered(share) => {
            let [low, high] = if dark { ORDERED_DARK } else { ORDERED_LIGHT };
            let place = low + (high - low) * f64::from(share.clamp(0.0, 1.0));
            let (r, g, b) = colorous::VIRIDIS.eval_continuous(place).as_tuple();
            Rgb(r, g, b)
        }
    }
}
