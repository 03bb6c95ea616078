//! Which theme the user wants.

use egui::Context;

use super::Theme;

/// Which theme the user wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// As the desktop has it; dark where it does not say.
    #[default]
    System,
    /// Dark.
    Dark,
    /// Light.
    Light,
}

impl ThemeChoice {
    /// The choices in the order they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Dark, Self::Light];

    /// Name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::System => "Follow system",
            Self::Dark => "Dark",
            Self::Light => "Light",
        }
    }

    /// The theme chosen.
    pub fn resolve(self, ctx: &Context) -> Theme {
        let dark = match self {
            Self::System => ctx.system_theme() != Some(egui::Theme::Light),
            Self::Dark => true,
            Self::Light => false,
        };
        if dark { Theme::dark() } else { Theme::light() }
    }
}
