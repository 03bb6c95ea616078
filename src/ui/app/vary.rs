//! Fields that are made to vary.

use egui::Context;

use crate::preset::{Edit, PresetError, Variation};
use crate::spec::field::Field;
use crate::ui::action::{Action, VaryAction};
use crate::ui::theme::Theme;
use crate::ui::vary::Sheet;

use super::App;

impl App {
    /// Draws the sheet of a field that is to vary, where it is open.
    pub(super) fn vary_sheet(&mut self, ctx: &Context, theme: &Theme, actions: &mut Vec<Action>) {
        if let Some(sheet) = &mut self.vary {
            let asked = sheet.show(ctx, (&self.draft.preset, &self.experiment), theme);
            actions.extend(asked.map(Action::Vary));
        }
    }

    /// Does what the user asked of a field that is to vary.
    pub(super) fn apply_to_variation(&mut self, action: VaryAction) {
        match action {
            VaryAction::Open(path) => {
                let field = Field::at(&path);
                self.vary = field.map(|field| Sheet::of(field, &self.draft.preset));
            }
            VaryAction::Close => self.vary = None,
            VaryAction::Apply(variation) => {
                let edit = variation.edit(&self.draft.preset);
                self.vary_by(edit);
            }
            VaryAction::Remove(field) => {
                let edit = Variation::removed(&self.draft.preset, &field);
                self.vary_by(edit);
            }
        }
    }

    /// Makes the change, taken back by itself; the controls act on all arms again.
    fn vary_by(&mut self, edit: Result<Edit, PresetError>) {
        self.vary = None;
        self.arm = None;
        self.change_arms(|_| edit);
    }
}
