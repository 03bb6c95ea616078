//! One control: its name, effect and meaning, the widget, and the error of its last change.

use egui::{Align, Label, Layout, Response, RichText, Sense, Ui, vec2};

use super::Input;
use crate::number::count;
use crate::preset::{Edit, axis_of, text_at};
use crate::spec::Preset;
use crate::spec::field::{Effect, Field, SEED};
use crate::ui::action::Action;

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
    /// The preset as edited.
    pub fn preset(&self) -> &Preset {
        &self.input.draft.preset
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
            ui.label(text).on_hover_text(field.meaning);
            return;
        }
        let (response, edit) = widget(ui, &self.input.draft.preset);
        response
            .on_hover_text(hint(field))
            .accessible_name(field.name);
        self.actions.extend(edit.map(Action::Edit));
    }

    /// The name of a field with its mark; a double-click restores its value.
    pub fn name(&mut self, ui: &mut Ui, field: &Field, width: f32) {
        let mark = match field.effect {
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
                        .size(9.0)
                        .color(self.input.theme.weak_text),
                )
                .on_hover_text(effect_words(field));
                let name = name.on_hover_text(format!(
                    "{}\nDouble-click restores the preset's value.",
                    hint(field)
                ));
                if name.double_clicked() && !self.varied(field.path) {
                    let edit = Edit::restoring(field, &self.input.draft.loaded);
                    self.actions.push(Action::Edit(edit));
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
                if button.on_hover_text(tooltip).clicked() {
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

    /// What carries out the axis that sets this field: the arms or the sweep; `None` without one.
    pub fn varied_by(&self, path: &str) -> Option<&'static str> {
        let axis = axis_of(&self.input.draft.preset, path)?;
        Some(if axis.show.is_sweep() {
            "the sweep"
        } else {
            ARMS
        })
    }
}

/// The definition of a field, its path and its effect.
pub(super) fn hint(field: &Field) -> String {
    format!("{}\n{}: {}", field.meaning, field.path, effect_words(field))
}

/// What a change of a field does; another seed does not keep the data.
fn effect_words(field: &Field) -> &'static str {
    if field.path == SEED.path {
        "starts again with another draw of data, embedding and weights, by the same laws"
    } else {
        field.effect.words()
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
