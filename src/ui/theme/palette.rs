//! The arms' colours.

use egui::Color32;

use crate::figure::Hue;

/// Kinds that have colours of their own.
pub(super) const KINDS: usize = 7;

/// Okabe–Ito's hues, darkened so that a mark stands out from a light panel by 3:1 or more.
const LIGHT: [Color32; KINDS] = [
    Color32::from_rgb(0x00, 0x53, 0x84),
    Color32::from_rgb(0xad, 0x4b, 0x02),
    Color32::from_rgb(0x40, 0x9c, 0x79),
    Color32::from_rgb(0x69, 0x28, 0x4f),
    Color32::from_rgb(0xb7, 0x81, 0x1d),
    Color32::from_rgb(0x09, 0x70, 0x9e),
    Color32::from_rgb(0x00, 0x00, 0x00),
];

/// The same hues, lightened for a dark panel.
const DARK: [Color32; KINDS] = [
    Color32::from_rgb(0x09, 0x89, 0xd4),
    Color32::from_rgb(0xcd, 0x60, 0x1a),
    Color32::from_rgb(0x19, 0xe1, 0xa6),
    Color32::from_rgb(0xaf, 0x74, 0x94),
    Color32::from_rgb(0xfb, 0xb0, 0x1b),
    Color32::from_rgb(0x1c, 0xad, 0xef),
    Color32::from_rgb(0xe4, 0xe8, 0xec),
];

/// Part of the ordered colours that stands out from a light and from a dark panel by 3:1 or more.
const ORDERED_LIGHT: [f64; 2] = [0.0, 0.55];
const ORDERED_DARK: [f64; 2] = [0.365, 1.0];

/// The colour of a hue. Kinds beyond the seventh begin anew, and are told apart by their dashes.
pub(super) fn color(hue: Hue, dark: bool) -> Color32 {
    match hue {
        Hue::Category(kind) => {
            let palette = if dark { &DARK } else { &LIGHT };
            palette[kind % KINDS]
        }
        Hue::Ordered(share) => {
            let [low, high] = if dark { ORDERED_DARK } else { ORDERED_LIGHT };
            let place = low + (high - low) * f64::from(share.clamp(0.0, 1.0));
            let (r, g, b) = colorous::VIRIDIS.eval_continuous(place).as_tuple();
            Color32::from_rgb(r, g, b)
        }
    }
}
