//! Colours, sizes and line styles of the window, dark and light.

mod choice;
mod style;

use std::ops::Range;

use egui::{Color32, Context};

pub use choice::ThemeChoice;
pub use style::section_text;

/// Colours of one theme. Everything drawn takes its colours from here.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Whether this is the dark theme.
    pub dark: bool,
    /// Background of the window.
    pub background: Color32,
    /// Background of a panel.
    pub panel: Color32,
    /// Lines between panels, grid lines.
    pub hairline: Color32,
    /// Text.
    pub text: Color32,
    /// Secondary text.
    pub weak_text: Color32,
    /// The one accent.
    pub accent: Color32,
    /// Errors and divergence.
    pub error: Color32,
    /// Warnings.
    pub warning: Color32,
    /// Which arms are those of the run before: grey, whatever their number.
    pub before: Range<usize>,
}

/// Okabe–Ito colours of the arms, in order, then repeated.
const ARMS_LIGHT: [Color32; 7] = [
    Color32::from_rgb(0x00, 0x72, 0xb2),
    Color32::from_rgb(0xd5, 0x5e, 0x00),
    Color32::from_rgb(0x00, 0x9e, 0x73),
    Color32::from_rgb(0xcc, 0x79, 0xa7),
    Color32::from_rgb(0xe6, 0x9f, 0x00),
    Color32::from_rgb(0x56, 0xb4, 0xe9),
    Color32::from_rgb(0x00, 0x00, 0x00),
];

/// The same order, lightened where a colour would sink into a dark background.
const ARMS_DARK: [Color32; 7] = [
    Color32::from_rgb(0x56, 0xb4, 0xe9),
    Color32::from_rgb(0xe6, 0x9f, 0x00),
    Color32::from_rgb(0x00, 0x9e, 0x73),
    Color32::from_rgb(0xcc, 0x79, 0xa7),
    Color32::from_rgb(0xf0, 0xe4, 0x42),
    Color32::from_rgb(0xd5, 0x5e, 0x00),
    Color32::from_rgb(0xdd, 0xdd, 0xdd),
];

impl Theme {
    /// The dark theme.
    pub fn dark() -> Self {
        Self {
            dark: true,
            background: Color32::from_rgb(0x11, 0x14, 0x18),
            panel: Color32::from_rgb(0x17, 0x1b, 0x20),
            hairline: Color32::from_rgb(0x2b, 0x31, 0x39),
            text: Color32::from_rgb(0xe4, 0xe8, 0xec),
            weak_text: Color32::from_rgb(0x93, 0x9d, 0xa8),
            accent: Color32::from_rgb(0x4c, 0xb8, 0xc4),
            error: Color32::from_rgb(0xff, 0x6b, 0x5e),
            warning: Color32::from_rgb(0xf2, 0xb1, 0x34),
            before: 0..0,
        }
    }

    /// The light theme.
    pub fn light() -> Self {
        Self {
            dark: false,
            background: Color32::from_rgb(0xf4, 0xf5, 0xf7),
            panel: Color32::from_rgb(0xff, 0xff, 0xff),
            hairline: Color32::from_rgb(0xd9, 0xdd, 0xe2),
            text: Color32::from_rgb(0x1b, 0x20, 0x26),
            weak_text: Color32::from_rgb(0x5d, 0x67, 0x72),
            accent: Color32::from_rgb(0x0f, 0x76, 0x82),
            error: Color32::from_rgb(0xc0, 0x2b, 0x1d),
            warning: Color32::from_rgb(0xa0, 0x66, 0x00),
            before: 0..0,
        }
    }

    /// The same where these arms are those of the run before.
    pub fn with_before(mut self, arms: Range<usize>) -> Self {
        self.before = arms;
        self
    }

    /// Colour of the run before.
    pub fn of_before(&self) -> Color32 {
        self.weak_text.lerp_to_gamma(self.panel, 0.2)
    }

    /// Colour of an arm.
    pub fn arm(&self, index: usize) -> Color32 {
        if self.before.contains(&index) {
            return self.of_before();
        }
        let palette = if self.dark { &ARMS_DARK } else { &ARMS_LIGHT };
        palette[index % palette.len()]
    }

    /// Colour of neurons with positive and with negative output weight: violet and olive, which
    /// differ in blue and yellow, and neither of which is an arm's.
    pub fn sign(&self, positive: bool) -> Color32 {
        match (positive, self.dark) {
            (true, true) => Color32::from_rgb(0xb3, 0x9b, 0xff),
            (true, false) => Color32::from_rgb(0x62, 0x45, 0xc4),
            (false, true) => Color32::from_rgb(0xa9, 0xb8, 0x3d),
            (false, false) => Color32::from_rgb(0x7a, 0x86, 0x00),
        }
    }

    /// Background of what can be pressed: between the panel and the hairline.
    pub fn raised(&self) -> Color32 {
        self.panel.lerp_to_gamma(self.hairline, 0.45)
    }

    /// Makes a context draw with these colours, sizes and the program's fonts. Fonts take effect
    /// with the next pass, so call it first before the first one.
    pub fn apply(&self, ctx: &Context) {
        ctx.set_fonts(super::fonts::definitions());
        ctx.set_theme(if self.dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        });
        ctx.all_styles_mut(|style| style::write(style, self));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of a colour, as WCAG 2 defines it.
    fn luminance(color: Color32) -> f64 {
        let linear = |byte: u8| {
            let share = f64::from(byte) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        let [r, g, b, _] = color.to_array();
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn the_run_before_is_grey_and_seen() {
        for theme in [Theme::dark(), Theme::light()] {
            let own = theme.arm(3);
            let theme = theme.with_before(3..5);
            let color = theme.arm(3);
            assert!(color != own && color == theme.arm(4) && color != theme.arm(2));
            let [r, g, b, _] = color.to_array();
            assert!(
                r.abs_diff(g).max(g.abs_diff(b)).max(r.abs_diff(b)) < 32,
                "{color:?}"
            );
            let on_panel = contrast(color, theme.panel);
            assert!(on_panel >= 3.0, "{on_panel}");
        }
    }
}
