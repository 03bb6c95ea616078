//! Colours, sizes and line styles of the window, dark and light.

mod choice;
mod looks;
mod style;

use std::ops::Range;
use std::sync::Arc;

use egui::{Color32, Context};

use crate::figure::{ArmLook, Shaft};
use crate::page::colours::{Colours, Rgb};

pub use choice::ThemeChoice;
pub use looks::looks_of;
pub use style::section_text;

/// Colours of one theme. Everything drawn takes its colours from here; they stand in `page/colours`.
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
    /// All of them by what they mean, those above too.
    pub colours: Colours,
}

impl Theme {
    /// The dark theme.
    pub fn dark() -> Self {
        Colours::dark().into()
    }

    /// The light theme.
    pub fn light() -> Self {
        Colours::light().into()
    }

    /// This theme with the looks of an experiment's arms.
    pub fn with_looks(self, looks: Arc<[ArmLook]>) -> Self {
        self.colours.with_looks(looks).into()
    }

    /// The same where these arms are those of the run before.
    pub fn with_before(self, before: Range<usize>) -> Self {
        self.colours.with_before(before).into()
    }

    /// Colour of an arm's marks and lines.
    pub fn arm(&self, index: usize) -> Color32 {
        self.colours.arm(index).into()
    }

    /// Colour of text that belongs to an arm.
    pub fn arm_text(&self, index: usize) -> Color32 {
        self.colours.arm_text(index).into()
    }

    /// The shaft with the strokes of its arm, where it is an arm's.
    pub fn shaft(&self, shaft: Shaft) -> Shaft {
        self.colours.shaft(shaft)
    }

    /// Background of what can be pressed.
    pub fn raised(&self) -> Color32 {
        self.colours.raised().into()
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

impl From<Rgb> for Color32 {
    fn from(Rgb(r, g, b): Rgb) -> Self {
        Self::from_rgb(r, g, b)
    }
}

impl From<Colours> for Theme {
    fn from(colours: Colours) -> Self {
        Self {
            dark: colours.dark,
            background: colours.background.into(),
            panel: colours.panel.into(),
            hairline: colours.hairline.into(),
            text: colours.text.into(),
            weak_text: colours.weak_text.into(),
            accent: colours.accent.into(),
            error: colours.error.into(),
            warning: colours.warning.into(),
            colours,
        }
    }
}
