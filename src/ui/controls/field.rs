//! One control: its name, effect and meaning, the widget, and the error of its last change.

use egui::{Align, Label, Layout, Response, RichText, Sense, Ui, vec2};

use super::Input;
use crate::spec::Preset;
use crate::ui::action::{Action, Edit, Effect};

/// Width of the names at the left.
const NAME_WIDTH: f32 = 104.0;
/// Height of a row.
const ROW: f32 = 24.0;

/// What carries out an axis that is no sweep's.
pub(super) const ARMS: &str = "the arms";

/// What a control changes, and what it means.
pub(super) struct Field {
    /// Path, as in `--set`.
    pub path: &'static str,
    /// Name.
    pub name: &'static str,
    /// Definition, with its formula.
    pub meaning: &'static str,
    /// Whether a change acts on the run or starts another.
    pub effect: Effect,
    /// Takes the field from another preset.
    pub restore: fn(&mut Preset, &Preset),
}

/// A change of the preset.
pub(super) type Change = Box<dyn FnOnce(&mut Preset)>;

/// The change, boxed; `None` where the widget was not touched.
pub(super) fn change(touched: bool, change: impl FnOnce(&mut Preset) + 'static) -> Option<Change> {
    touched.then(|| Box::new(change) as Change)
}

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

    /// A name at the left and its widget at the right.
    pub fn row(
        &mut self,
        ui: &mut Ui,
        field: &Field,
        widget: impl FnOnce(&mut Ui, &Preset) -> (Response, Option<Change>),
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
        value: impl FnOnce(&mut Ui, &Preset) -> (Response, Option<Change>),
        slider: impl FnOnce(&mut Ui, &Preset) -> (Response, Option<Change>),
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
        widget: impl FnOnce(&mut Ui, &Preset) -> (Response, Option<Change>),
    ) {
        if let Some(by) = self.varied_by(field.path) {
            let text = RichText::new(format!("varied by {by}")).color(self.input.theme.weak_text);
            ui.label(text).on_hover_text(field.meaning);
            return;
        }
        let (response, change) = widget(ui, &self.input.draft.preset);
        response
            .on_hover_text(hint(field))
            .accessible_name(field.name);
        if let Some(change) = change {
            self.actions.push(Action::Edit(Edit {
                field: field.path,
                effect: field.effect,
                change,
            }));
        }
    }

    fn name(&mut self, ui: &mut Ui, field: &Field, width: f32) {
        let mark = match field.effect {
            Effect::Live => "●",
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
                .on_hover_text(effect(field.effect));
                let name = name.on_hover_text(format!(
                    "{}\nDouble-click restores the preset's value.",
                    hint(field)
                ));
                if name.double_clicked() && !self.varied(field.path) {
                    let (restore, loaded) = (field.restore, self.input.draft.loaded.clone());
                    let change = Box::new(move |preset: &mut Preset| restore(preset, &loaded));
                    self.actions.push(Action::Edit(Edit {
                        field: field.path,
                        effect: field.effect,
                        change,
                    }));
                }
            },
        );
    }

    /// The error of the last change of this field, below it.
    pub fn error(&self, ui: &mut Ui, field: &Field) {
        if let Some(error) = self
            .input
            .draft
            .error
            .as_ref()
            .filter(|error| error.field == field.path)
        {
            ui.label(
                RichText::new(&error.message)
                    .small()
                    .color(self.input.theme.error),
            );
        }
    }

    /// Whether an axis sets this field, a part of it, or what it is a part of.
    pub fn varied(&self, path: &str) -> bool {
        self.varied_by(path).is_some()
    }

    /// What carries out the axis that sets this field: the arms or the sweep; `None` without one.
    pub fn varied_by(&self, path: &str) -> Option<&'static str> {
        let part = |part: &str, whole: &str| {
            part.strip_prefix(whole)
                .is_some_and(|rest| rest.starts_with('.'))
        };
        let meets = |field: &str| field == path || part(path, field) || part(field, path);
        let mut axes = self.input.draft.preset.axes.iter();
        let axis = axes.find(|axis| {
            meets(&axis.field) || axis.linked.iter().any(|linked| meets(&linked.field))
        })?;
        Some(if axis.show.is_sweep() {
            "the sweep"
        } else {
            ARMS
        })
    }
}

fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Live => "acts on the run as it goes on",
        Effect::Restart => "restarts with the same data and seed",
    }
}

fn hint(field: &Field) -> String {
    format!(
        "{}\n{}: {}",
        field.meaning,
        field.path,
        effect(field.effect)
    )
}
