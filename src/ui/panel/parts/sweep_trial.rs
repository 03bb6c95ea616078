//! The trial whose run the other panels show, and the way to the others of its cell.

use egui::{Label, RichText, Ui};

use crate::figure::trial_words;
use crate::sweep::{Cell, Plan, Unit};
use crate::ui::action::{Action, SweepAction};
use crate::ui::{SweepView, Theme};

use super::choice::word_ui;

/// What clicking a cell does, for its tooltip.
pub const CLICK: &str = "Click to open the run of its first trial";

/// Height of the row, which a panel keeps free from the start: opening a trial moves nothing.
pub const TRIAL: f32 = 22.0;

/// Draws the row of the opened trial; nothing where none is open.
pub fn trial_ui(ui: &mut Ui, theme: &Theme, sweep: &SweepView, actions: &mut Vec<Action>) {
    let Some(unit) = sweep.opened else {
        return;
    };
    let (plan, trials) = (&sweep.plan, sweep.plan.trials());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.spacing_mut().interact_size.y = 18.0;
        let mut step = |ui: &mut Ui, name: &str, tooltip: &str, to: Option<u32>| {
            let to = to.filter(|trial| *trial < trials);
            if ui
                .add_enabled_ui(to.is_some(), |ui| word_ui(ui, theme, name, false, tooltip))
                .inner
                && let Some(trial) = to
            {
                let unit = Unit { trial, ..unit };
                actions.push(Action::Sweep(SweepAction::Open(unit)));
            }
        };
        if trials > 1 {
            let before = unit.trial.checked_sub(1);
            step(
                ui,
                "previous",
                "Opens the trial before of this cell",
                before,
            );
        }
        let text = format!(
            "{}, trial {} of {trials}",
            place(plan, unit),
            unit.trial + 1
        );
        ui.label(RichText::new(text).small().color(theme.text));
        if trials > 1 {
            let after = unit.trial.checked_add(1);
            step(ui, "next", "Opens the next trial of this cell", after);
        }
        let words = trial_words(plan, &sweep.table, unit);
        let label = Label::new(RichText::new(&words).small().color(theme.weak_text)).truncate();
        ui.add(label)
            .on_hover_text(format!("The run in the other panels, bit by bit: {words}"));
    });
}

/// The cell's values; a run shows all arms of a cell.
fn place(plan: &Plan, unit: Unit) -> String {
    let axes = plan
        .experiment()
        .sweep_axes
        .iter()
        .zip(plan.choice(unit.cell));
    let values = axes.filter_map(|(axis, j)| axis.values.get(j).map(|v| v.label.as_str()));
    values.collect::<Vec<_>>().join(", ")
}

/// Asks for the first trial of a cell.
pub fn open(plan: &Plan, cell: Cell, actions: &mut Vec<Action>) {
    let unit = Unit {
        cell: plan.index(cell),
        trial: 0,
    };
    actions.push(Action::Sweep(SweepAction::Open(unit)));
}
