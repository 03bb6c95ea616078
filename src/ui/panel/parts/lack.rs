//! What a panel can't show, with the remedy.

use egui::Ui;

use crate::observe::Record;
use crate::ui::Theme;
use crate::ui::panel::input::PanelInput;

use super::stage::message_ui;

/// What a panel can't show, with the remedy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lack {
    /// What there is not.
    pub title: &'static str,
    /// What to do about it, in a sentence.
    pub remedy: &'static str,
}

impl Lack {
    /// Nothing is seen because nothing is to be.
    pub const ALL_HIDDEN: Self = Self {
        title: "Every arm is hidden",
        remedy: "Click a name above to show its arm.",
    };

    /// The same in a panel without names to click at.
    pub const ALL_HIDDEN_ELSEWHERE: Self = Self {
        title: "Every arm is hidden",
        remedy: "Show one in the loss panel.",
    };

    /// Says so in the middle of the space there is.
    pub fn show(self, ui: &mut Ui, theme: &Theme) {
        message_ui(ui, theme, self.title, self.remedy);
    }

    /// Itself where no arm of the run has what `is_measured` looks for. The first and the last record
    /// have everything that is ever measured.
    pub fn unless(self, input: PanelInput<'_>, is_measured: fn(&Record) -> bool) -> Option<Self> {
        let arms = input.history.arms().iter();
        let mut ends = arms.flat_map(|arm| [arm.first(), arm.last()]).flatten();
        (!ends.any(|record| is_measured(record))).then_some(self)
    }
}
