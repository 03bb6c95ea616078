//! The colours of all that is drawn, dark and light, by what they mean: the window takes its own from here,
//! and so do pictures.

mod cells;
mod contrast;
mod palette;
mod rgb;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use crate::figure::{ArmLook, Dash, Hue, Ink, Shaft};

pub use rgb::Rgb;

/// Least contrast of text against what is behind it.
const TEXT_CONTRAST: f64 = 4.5;

/// Width of a line of the run before, as a share of an arm's.
const THIN: f32 = 0.6;

/// Colours of one theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Colours {
    /// Whether they are light on dark.
    pub dark: bool,
    /// Behind panels.
    pub background: Rgb,
    /// Behind plots.
    pub panel: Rgb,
    /// Lines between panels, grid lines.
    pub hairline: Rgb,
    /// Text.
    pub text: Rgb,
    /// Secondary text.
    pub weak_text: Rgb,
    /// The one accent.
    pub accent: Rgb,
    /// Errors and divergence.
    pub error: Rgb,
    /// Warnings.
    pub warning: Rgb,
    /// How the arms look; where it is empty, each is a kind of its own.
    pub looks: Arc<[ArmLook]>,
    /// Which arms are those of the run before: grey, whatever their number.
    pub before: Range<usize>,
}

impl Colours {
    /// Light on dark.
    pub fn dark() -> Self {
        Self {
            dark: true,
            background: Rgb(0x11, 0x14, 0x18),
            panel: Rgb(0x17, 0x1b, 0x20),
            hairline: Rgb(0x2b, 0x31, 0x39),
            text: Rgb(0xe4, 0xe8, 0xec),
            weak_text: Rgb(0x93, 0x9d, 0xa8),
            accent: Rgb(0x4c, 0xb8, 0xc4),
            error: Rgb(0xff, 0x6b, 0x5e),
            warning: Rgb(0xf2, 0xb1, 0x34),
            looks: [].into(),
            before: 0..0,
        }
    }

    /// Dark on light.
    pub fn light() -> Self {
        Self {
            dark: false,
            background: Rgb(0xf4, 0xf5, 0xf7),
            panel: Rgb(0xff, 0xff, 0xff),
            hairline: Rgb(0xd9, 0xdd, 0xe2),
            text: Rgb(0x1b, 0x20, 0x26),
            weak_text: Rgb(0x5d, 0x67, 0x72),
            accent: Rgb(0x0f, 0x76, 0x82),
            error: Rgb(0xc0, 0x2b, 0x1d),
            warning: Rgb(0x9a, 0x62, 0x00),
            looks: [].into(),
            before: 0..0,
        }
    }

    /// These colours with the looks of an experiment's arms.
    pub fn with_looks(self, looks: Arc<[ArmLook]>) -> Self {
        Self { looks, ..self }
    }

    /// The same where these arms are those of the run before.
    pub fn with_before(self, before: Range<usize>) -> Self {
        Self { before, ..self }
    }

    /// Colour of the run before.
    pub fn of_before(&self) -> Rgb {
        self.weak_text.towards(self.panel, 0.2)
    }

    /// Colour of an arm's marks and lines: grey for the run before; an arm that the experiment does not
    /// have is a kind of its own.
    pub fn arm(&self, index: usize) -> Rgb {
        if self.before.contains(&index) {
            return self.of_before();
        }
        let look = self.looks.get(index);
        let hue = look.map_or(Hue::Category(index), |look| look.hue);
        palette::color(hue, self.dark)
    }

    /// Colour of text that belongs to an arm: the arm's own, nearer to that of text where it would not
    /// be read well.
    pub fn arm_text(&self, index: usize) -> Rgb {
        let own = self.arm(index);
        let shades = (0..=16).map(|k| own.towards(self.text, k as f32 / 16.0));
        let is_read = |color: &Rgb| {
            let behind = [self.panel, self.background];
            behind
                .into_iter()
                .all(|behind| contrast::contrast(*color, behind) >= TEXT_CONTRAST)
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

    /// Width and dash of what is drawn of an arm: those of the run before are thin.
    pub fn arm_shaft(&self, ink: Ink, shaft: Shaft) -> Shaft {
        let shaft = self.shaft(shaft);
        match ink {
            Ink::Arm(index) if self.before.contains(&index) => Shaft {
                width: THIN * shaft.width,
                ..shaft
            },
            _ => shaft,
        }
    }

    /// Colour of neurons with positive and with negative output weight: violet and olive, which
    /// differ in blue and yellow, and neither of which is an arm's.
    pub fn sign(&self, positive: bool) -> Rgb {
        match (positive, self.dark) {
            (true, true) => Rgb(0xb3, 0x9b, 0xff),
            (true, false) => Rgb(0x62, 0x45, 0xc4),
            (false, true) => Rgb(0xa9, 0xb8, 0x3d),
            (false, false) => Rgb(0x7a, 0x86, 0x00),
        }
    }

    /// Background of what can be pressed: between the panel and the hairline.
    pub fn raised(&self) -> Rgb {
        self.panel.towards(self.hairline, 0.45)
    }

    /// Colour of a meaning.
    pub fn ink(&self, ink: Ink) -> Rgb {
        match ink {
            Ink::Arm(index) => self.arm(index),
            Ink::Positive => self.sign(true),
            Ink::Negative => self.sign(false),
            Ink::Ghost => self.weak_text.towards(self.panel, 0.45),
            Ink::Before => self.of_before(),
            Ink::Path => self.text,
            Ink::Guide => self.hairline,
            Ink::Cursor => self.accent,
            Ink::Error => self.error,
        }
    }

    /// The same for text, which needs more contrast than a mark.
    pub fn ink_text(&self, ink: Ink) -> Rgb {
        match ink {
            Ink::Arm(index) => self.arm_text(index),
            Ink::Ghost | Ink::Guide => self.weak_text,
            other => self.ink(other),
        }
    }
}
