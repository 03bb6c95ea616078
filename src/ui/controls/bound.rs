//! Rows of one widget that shows a field as it is written and writes it anew: one a kind of field. No row
//! is drawn where the preset has no such field.

use std::str::FromStr;

use egui::{Checkbox, ComboBox, Response, Ui};

use super::field::Form;
use super::segmented::segmented;
use super::slider::{not_negative, positive, whole};
use crate::preset::{Edit, text, text_at};
use crate::spec::field::{Choice, Field};

/// Width of a list that opens.
const LIST_WIDTH: f32 = 96.0;

impl Form<'_> {
    /// A field that is a number; `None` where the preset has no such field, or no number in it.
    pub fn number<T: FromStr>(&self, field: &Field) -> Option<T> {
        self.text(field)?.trim().parse().ok()
    }

    /// The choice that holds, of those the table has.
    pub fn chosen(&self, field: &Field) -> Option<&'static Choice> {
        let text = self.text(field)?;
        let is = |path: &str, value: &str| text_at(self.preset(), path).as_deref() == Some(value);
        let with = |choice: &Choice| field.with.iter().zip(choice.with).all(|(p, v)| is(p, v));
        let mut choices = field.choices().iter();
        choices.find(|choice| choice.is_of(&text) && with(choice))
    }

    /// All choices beside each other, over `width`.
    pub fn segments(&mut self, ui: &mut Ui, field: &Field, width: f32) {
        let chosen = self.chosen(field);
        self.row(ui, field, |ui, _| {
            let (response, picked) = segmented(ui, width, field.choices(), chosen);
            (response, picked.map(|choice| Edit::choosing(field, choice)))
        });
    }

    /// The choices on offer in a list that opens.
    pub fn list(&mut self, ui: &mut Ui, field: &Field, on_offer: impl Fn(&Choice) -> bool) {
        self.list_in(ui, field, list(field), on_offer);
    }

    /// As [`Self::list`], with the look of the closed list given.
    pub fn list_in(
        &mut self,
        ui: &mut Ui,
        field: &Field,
        list: ComboBox<'_>,
        on_offer: impl Fn(&Choice) -> bool,
    ) {
        if self.text(field).is_none() {
            return;
        }
        let chosen = self.chosen(field);
        self.row(ui, field, |ui, _| {
            let name = chosen.map_or("", |choice| choice.name);
            let choices = field.choices().iter().filter(|choice| on_offer(choice));
            let (response, picked) = picked(ui, list.selected_text(name), choices, chosen);
            (response, picked.map(|choice| Edit::choosing(field, choice)))
        });
    }

    /// A box to tick.
    pub fn tick(&mut self, ui: &mut Ui, field: &Field) {
        let before = self.text(field).as_deref() == Some("true");
        self.row(ui, field, |ui, _| {
            let mut on = before;
            let response = ui.add(Checkbox::without_text(&mut on));
            let edit = (on != before).then(|| Edit::new(field.path, text(&on)));
            (response, edit)
        });
    }

    /// A whole number to drag or type.
    pub fn whole(&mut self, ui: &mut Ui, field: &Field, speed: f64) {
        let Some(value) = self.number(field) else {
            return;
        };
        self.row(ui, field, |ui, _| {
            let (response, new) = whole(ui, value, speed);
            (response, new.map(|new| Edit::new(field.path, text(&new))))
        });
    }

    /// A number that may be none: a box to tick, and where it is ticked the number, `first` to begin with.
    pub fn optional(&mut self, ui: &mut Ui, field: &Field, first: f64) {
        let value: Option<f64> = self.number(field);
        self.row(ui, field, |ui, _| {
            let typed = value.map(|value| positive(ui, value, None));
            let mut on = value.is_some();
            let tick = ui.add(Checkbox::without_text(&mut on));
            let new = match (value, &typed) {
                (None, _) => on.then_some(Some(first)),
                (Some(_), _) if !on => Some(None),
                (Some(_), typed) => typed.as_ref().and_then(|(_, new)| *new).map(Some),
            };
            let response = match typed {
                Some((number, _)) => {
                    tick.accessible_name(field.name);
                    number
                }
                None => tick,
            };
            (response, new.map(|new| Edit::new(field.path, text(&new))))
        });
    }

    /// A positive number to drag or type.
    pub fn positive(&mut self, ui: &mut Ui, field: &Field) {
        let Some(value) = self.number(field) else {
            return;
        };
        self.row(ui, field, |ui, _| {
            let (response, new) = positive(ui, value, None);
            (response, new.map(|new| Edit::new(field.path, text(&new))))
        });
    }

    /// A number from 0 up to drag or type.
    pub fn not_negative(&mut self, ui: &mut Ui, field: &Field, speed: f64) {
        let Some(value) = self.number(field) else {
            return;
        };
        self.row(ui, field, |ui, _| {
            let (response, new) = not_negative(ui, value, speed);
            (response, new.map(|new| Edit::new(field.path, text(&new))))
        });
    }
}

/// A closed list of choices.
pub(super) fn list(field: &Field) -> ComboBox<'_> {
    ComboBox::from_id_salt(field.path).width(LIST_WIDTH)
}

/// Draws a list of choices; the one picked, if any.
pub(super) fn picked(
    ui: &mut Ui,
    list: ComboBox<'_>,
    choices: impl Iterator<Item = &'static Choice>,
    chosen: Option<&Choice>,
) -> (Response, Option<&'static Choice>) {
    let mut picked = None;
    let response = list.show_ui(ui, |ui| {
        for choice in choices {
            let on = chosen == Some(choice);
            let mut response = ui.selectable_label(on, choice.name);
            if !choice.meaning.is_empty() {
                response = response.on_hover_text(choice.meaning);
            }
            if response.clicked() && !on {
                picked = Some(choice);
            }
        }
    });
    (response.response, picked)
}
