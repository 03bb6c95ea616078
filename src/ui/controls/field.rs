//! One control: its name, effect and meaning, the widget, and the error of its last change.

use egui::{Align, Label, Layout, Response, RichText, Sense, Ui, vec2};

use super::beside::Beside as _;
use super::{Input, vary};
use crate::number::count;
use crate::preset::{Edit, axis_of, text_at};
use crate::spec::Preset;
use crate::spec::field::{Effect, Field, SEED};
use crate::ui::action::{Action, ArmAction};

/// Width of the names at the left.
pub(super) const NAME_WIDTH: f32 = 104.0;
/// Height of a row.
pub(super) const ROW: f32 = 24.0;

/// What carries out an axis that is no sweep's.
pub(super) const ARMS: &str = "the arms";

/// The controls being drawn.
pub(super) struct Form<'a> {
    pub input: &'a Input<'a>,
    pub actions: &'a mut Vec<Action>,
}

impl Form<'_> {
    /// The preset as edited, of the arm that the controls act on where it is one.
    pub fn preset(&self) -> &Preset {
        match self.input.arm {
            Some((_, preset)) => preset,
            None => &self.input.draft.preset,
        }
    }

    /// Asks for a change, of the arm that the controls act on where it is one.
    pub fn edit(&mut self, edit: Edit) {
        self.actions.push(match self.input.arm {
            Some((arm, _)) => Action::Arm(ArmAction::Edit(arm, edit)),
            None => Action::Edit(edit),
        });
    }

    /// What a change of the field does to the run: a change of one arm starts it again.
    fn effect(&self, field: &Field) -> Effect {
        match self.input.arm {
            Some(_) => Effect::Restart,
            None => field.effect,
        }
    }

    /// A field as it is written in the preset; `None` where the preset has no such field.
    pub fn text(&self, field: &Field) -> Option<String> {
        text_at(self.preset(), field.path)
    }

    /// A name at the left and its widget at the right.
    pub fn row(
        &mut self,
        ui: &mut Ui,
        field: &Field,
        widget: impl FnOnce(&mut Ui, &Preset) -> (Response, Option<Edit>),
    ) {
        let width = ui.available_width();
        ui.allocate_ui_with_layout(
            vec2(width, ROW),
            Layout::left_to_right(Align::Center),
            |ui| {
                self.name(ui, field, NAME_WIDTH);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    self.widget(ui, field, widget)
                });
            },
        );
        self.error(ui, field);
    }

    /// A name at the left, its value at the right, and a slider below both.
    pub fn slider_row(
        &mut self,
        ui: &mut Ui,
        field: &Field,
        value: impl FnOnce(&mut Ui, &Preset) -> (Response, Option<Edit>),
        slider: impl FnOnce(&mut Ui, &Preset) -> (Response, Option<Edit>),
    ) {
        let varied = self.varied(field.path);
        let width = ui.available_width();
        ui.allocate_ui_with_layout(
            vec2(width, ROW),
            Layout::left_to_right(Align::Center),
            |ui| {
                self.name(ui, field, NAME_WIDTH + 24.0);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    self.widget(ui, field, value)
                });
            },
        );
        if !varied {
            ui.spacing_mut().slider_width = width - 2.0;
            self.widget(ui, field, slider);
        }
        self.error(ui, field);
    }

    /// The widget alone, over the whole width.
    pub fn widget(
        &mut self,
        ui: &mut Ui,
        field: &Field,
        widget: impl FnOnce(&mut Ui, &Preset) -> (Response, Option<Edit>),
    ) {
        if let Some(by) = self.varied_by(field.path) {
            let text = RichText::new(format!("varied by {by}")).color(self.input.theme.weak_text);
            ui.label(text).on_hover_beside(self.varied_hint(field, by));
            return;
        }
        let (response, edit) = widget(ui, self.preset());
        response
            .on_hover_beside(hint(field))
            .accessible_name(field.name);
        if let Some(edit) = edit {
            self.edit(edit);
        }
    }

    /// Whether the field can be made to vary: a change can run, and the preset has the field.
    pub fn can_vary(&self, field: &Field) -> bool {
        self.input.pins && self.text(field).is_some()
    }

    /// What a field is that an axis sets, and where it can be changed.
    pub fn varied_hint(&self, field: &Field, by: &str) -> String {
        match by == ARMS && self.input.pins {
            true => format!(
                "{}\nLet the controls act on one arm, above, to change its own value.",
                field.meaning
            ),
            false => field.meaning.to_owned(),
        }
    }

    /// The name of a field with its mark; a double-click restores its value.
    pub fn name(&mut self, ui: &mut Ui, field: &Field, width: f32) {
        let effect = self.effect(field);
        let mark = match effect {
            Effect::Live(_) => "●",
            Effect::Restart => "↻",
        };
        ui.allocate_ui_with_layout(
            vec2(width, ROW),
            Layout::left_to_right(Align::Center),
            |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.x = 4.0;
                let name = ui.add(Label::new(field.name).sense(Sense::click()).truncate());
                ui.label(
                    RichText::new(mark)
                        .size(11.0)
                        .color(self.input.theme.weak_text),
                )
                .on_hover_beside(effect_words(field, effect));
                let name = name.on_hover_beside(format!(
                    "{}\nDouble-click restores the preset's value; a click with the right button varies it.",
                    hint(field)
                ));
                if self.can_vary(field) {
                    self.actions.extend(vary::of_name(ui, field, &name));
                }
                if name.double_clicked() && !self.varied(field.path) {
                    let edit = Edit::restoring(field, &self.input.draft.loaded);
                    self.edit(edit);
                }
            },
        );
    }

    /// The error of the last change of this field, below it.
    pub fn error(&mut self, ui: &mut Ui, field: &Field) {
        self.error_at(ui, |path| path == field.path);
    }

    /// The error of the last change, where it is of such a path.
    pub fn error_at(&mut self, ui: &mut Ui, is_path: impl Fn(&str) -> bool) {
        let draft = self.input.draft;
        if let Some(error) = draft.error.as_ref().filter(|error| is_path(&error.field)) {
            ui.label(
                RichText::new(&error.message)
                    .small()
                    .color(self.input.theme.error),
            );
            if let Some(fits) = error.fits {
                let button = ui.button(format!("Take {}", count(fits)));
                let tooltip = "The largest number that fits, in two digits";
                if button.on_hover_beside(tooltip).clicked() {
                    let edit = Edit::new(error.field.clone(), fits.to_string());
                    self.actions.push(Action::Edit(edit));
                }
            }
        }
    }

    /// Whether an axis sets this field, a part of it, or what it is a part of.
    pub fn varied(&self, path: &str) -> bool {
        self.varied_by(path).is_some()
    }

    /// What carries out the axis that sets this field: the arms or the sweep; `None` without one, and
    /// where the controls act on one arm, which has a value of its own.
    pub fn varied_by(&self, path: &str) -> Option<&'static str> {
        let axis = axis_of(&self.input.draft.preset, path)?;
        match (axis.show.is_sweep(), self.input.arm) {
            (true, _) => Some("the sweep"),
            (false, None) => Some(ARMS),
            (false, Some(_)) => None,
        }
    }
}

/// The definition of a field, its path and its effect.
pub(super) fn hint(field: &Field) -> String {
    format!(
        "{}\n{}: {}",
        field.meaning,
        field.path,
        effect_words(field, field.effect)
    )
}

/// What a change of a field does; another seed does not keep the data.
fn effect_words(field: &Field, effect: Effect) -> &'static str {
    if field.path == SEED.path {
        "starts again with another draw of data, embedding and weights, by the same laws"
    } else {
        effect.words()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_seed_is_not_said_to_keep_the_seed() {
        let hint = hint(&SEED);
        assert!(
            !hint.contains("same data") && hint.contains("another draw"),
            "{hint}"
        );
    }
}
