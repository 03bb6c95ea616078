//! What the panels of a sweep show, where the user chose it.

use egui::Ui;

use crate::figure::{sweep_values, value_definition, value_title};
use crate::sweep::Plan;
use crate::ui::Theme;

use super::choice::word_ui;

pub use crate::page::choice::SweepChoice;

/// The choice of what is shown.
pub fn value_choice_ui(ui: &mut Ui, theme: &Theme, plan: &Plan, choice: &mut SweepChoice) {
    let now = choice.value(plan);
    for value in sweep_values(plan) {
        let (name, tooltip) = (value_title(&value), value_definition(plan, &value));
        if word_ui(ui, theme, &name, value == now, &tooltip) {
            choice.value = Some(value);
        }
    }
}
