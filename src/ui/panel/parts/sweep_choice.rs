//! What the panels of a sweep show, where the user chose it.

use egui::{Align, Layout, Rect, Ui, UiBuilder};

use crate::figure::{sweep_values, value_definition, value_title};
use crate::spec::SweepValue;
use crate::sweep::Plan;
use crate::ui::Theme;

use super::choice::word_ui;

/// What the panels of a sweep show, where the user chose it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SweepChoice {
    /// What is shown of a cell.
    pub value: Option<SweepValue>,
    /// Whether the horizontal axis is logarithmic.
    pub log_x: Option<bool>,
    /// Whether the vertical axis is.
    pub log_y: Option<bool>,
    /// Whether the colours are.
    pub log_value: Option<bool>,
}

impl SweepChoice {
    /// What is shown of a cell: what was chosen as long as the sweep has it, else the preset's choice.
    pub fn value(&self, plan: &Plan) -> SweepValue {
        let values = sweep_values(plan);
        let chosen = self.value.clone().filter(|value| values.contains(value));
        chosen.unwrap_or_else(|| plan.spec().value.clone())
    }
}

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

/// A switch: its name, whether it is on (`None` where there is nothing to switch), its tooltip, and
/// where the user's choice goes.
pub struct LogSwitch<'a> {
    pub name: &'a str,
    pub on: Option<bool>,
    pub tooltip: &'a str,
    pub chosen: &'a mut Option<bool>,
}

/// Switches in the corner above a plot, from its right end on.
pub fn log_switches_ui<'a>(
    ui: &mut Ui,
    corner: Rect,
    theme: &Theme,
    switches: impl IntoIterator<Item = LogSwitch<'a>>,
) {
    let layout = Layout::right_to_left(Align::Min);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(corner).layout(layout));
    ui.spacing_mut().item_spacing.x = 2.0;
    for switch in switches {
        if let Some(on) = switch.on
            && word_ui(&mut ui, theme, switch.name, on, switch.tooltip)
        {
            *switch.chosen = Some(!on);
        }
    }
}
