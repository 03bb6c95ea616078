//! Colours, sizes and line styles of the window, dark and light.

mod choice;
mod contrast;
mod looks;
mod palette;
mod style;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use std::ops::Range;

use egui::{Color32, Context};

use crate::figure::{ArmLook, Dash, Hue, Shaft};
use contrast::contrast;

pub use choice::ThemeChoice;
pub use looks::looks_of;
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
    /// How the arms look; where it is empty, each is a kind of its own.
    looks: Arc<[ArmLook]>,
    /// Which arms are those of the run before: grey, whatever their number.
    pub before: Range<usize>,
}

/// Least contrast of text against what is behind it.
const TEXT_CONTRAST: f64 = 4.5;

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
            looks: [].into(),
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
            warning: Color32::from_rgb(0x9a, 0x62, 0x00),
            looks: [].into(),
            before: 0..0,
        }
    }

    /// This theme with the looks of an experiment's arms.
    pub fn with_looks(self, looks: Arc<[ArmLook]>) -> Self {
        Self { looks, ..self }
    }

    /// The same where these arms are those of the run before.
    pub fn with_before(self, before: Range<usize>) -> Self {
        Self { before, ..self }
    }

    /// Colour of the run before.
    pub fn of_before(&self) -> Color32 {
        self.weak_text.lerp_to_gamma(self.panel, 0.2)
    }

    /// Colour of an arm's marks and lines: grey for the run before; an arm that the experiment does not
    /// have is a kind of its own.
    pub fn arm(&self, index: usize) -> Color32 {
        if self.before.contains(&index) {
            return self.of_before();
        }
        let look = self.looks.get(index);
        let hue = look.map_or(Hue::Category(index), |look| look.hue);
        palette::color(hue, self.dark)
    }

    /// Colour of text that belongs to an arm: the arm's own, nearer to that of text where it would not
    /// be read well.
    pub fn arm_text(&self, index: usize) -> Color32 {
        let own = self.arm(index);
        let shades = (0..=16).map(|k| own.lerp_to_gamma(self.text, k as f32 / 16.0));
        let is_read = |color: &Color32| {
            let behind = [self.panel, self.background];
            behind
                .into_iter()
                .all(|behind| contrast(*color, behind) >= TEXT_CONTRAST)
        };
        shades.into_iter().find(is_read).unwrap_or(self.text)
    }

    /// The shaft with the strokes of its arm, where it is an arm's; those of the run before have the strokes
    /// of the arms that stood first.
    pub fn shaft(&self, shaft: Shaft) -> Shaft {
        let Dash::Arm(index) = shaft.dash else {
            return shaft;
        };
        let index = match self.before.contains(&index) {
            true => index - self.before.start,
            false => index,
        };
        let kind = self.looks.get(index).map_or(index, |look| look.dash);
        Shaft {
            dash: Dash::kind(kind),
            ..shaft
        }
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
