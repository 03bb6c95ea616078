//! What the papers' theory says of an arm: assumptions, bounds, required sizes.

use egui::{Grid, Label, RichText, ScrollArea, Sense, Ui, vec2};

use crate::figure::{AssumptionRow, BoundRow, Paper, RequirementRow, Theory};
use crate::history::RunHistory;
use crate::spec::PanelKind;
use crate::ui::action::Action;
use crate::ui::theme::section_text;
use crate::ui::{Theme, fonts};

use super::parts::arm_choice::arm_choice_ui;
use super::parts::cache::cached;
use super::parts::lack::Lack;
use super::row::{Panel, Shows};
use super::{PanelInput, PanelState};

/// The panel.
pub(super) const ROW: Panel = Panel {
    kind: PanelKind::Theory,
    key: "theory",
    title: "Theory",
    description: "What the papers say of an arm: their assumptions, bounds, and the widths and steps they ask for.",
    shows: Shows::Run,
    least: [420.0, 120.0],
    lack: |input| is_without_theorem(input.history).then_some(NO_THEOREM),
    draw: theory_ui,
};

/// What the constants of a requirement are.
const CONSTANTS: &str = "constants that the paper leaves open set to 1";

/// What is said where there is nothing to draw.
const NO_THEOREM: Lack = Lack {
    title: "No theorem is about this run",
    remedy: "None of the five papers analyses a network, data and training like these.",
};

/// Whether no paper says anything of any arm.
fn is_without_theorem(history: &RunHistory) -> bool {
    let facts = history.arms().iter().flat_map(|arm| &arm.facts);
    facts.into_iter().all(|facts| facts.theory.is_empty())
}

/// Draws the theory panel.
fn theory_ui(ui: &mut Ui, input: PanelInput<'_>, state: &mut PanelState, _: &mut Vec<Action>) {
    let id = ui.scope_id().with("theory");
    let options = (state.shared.shown_arm, input.cursor);
    let theory = cached(ui, id, input.history, &options, |&(arm, cursor), _| {
        Theory::new(input.experiment, input.history, arm, cursor)
    });
    if theory.papers.is_empty() {
        return NO_THEOREM.show(ui, input.theme);
    }
    let tooltip = "Shows what the theory says of this arm";
    arm_choice_ui(
        ui,
        input.theme,
        (&theory.arms, theory.arm),
        tooltip,
        &mut state.shared.shown_arm,
    );
    let area = ScrollArea::vertical().auto_shrink([false, false]);
    area.show(ui, |ui| {
        for (index, paper) in theory.papers.iter().enumerate() {
            ui.push_id(index, |ui| paper_ui(ui, input.theme, paper));
        }
        ui.add_space(8.0);
    });
}

fn paper_ui(ui: &mut Ui, theme: &Theme, paper: &Paper) {
    ui.add_space(4.0);
    ui.label(RichText::new(&paper.name).family(fonts::semibold()));
    if let Some(since) = &paper.since {
        note_ui(ui, theme, since);
    }
    if !paper.assumptions.is_empty() {
        section_ui(
            ui,
            theme,
            "Assumptions",
            "What the theorems need, on this run's data and initial weights",
        );
        table(ui, "assumptions", |ui, width| {
            header_ui(ui, theme, ["", "value", "needed"]);
            for row in &paper.assumptions {
                assumption_ui(ui, theme, row, width);
            }
        });
    }
    if !paper.bounds.is_empty() {
        section_ui(
            ui,
            theme,
            "Bounds",
            "At the step shown; drawn over the measurement in the panels of loss and weights",
        );
        for row in &paper.bounds {
            bound_ui(ui, theme, row);
        }
    }
    if !paper.requirements.is_empty() {
        section_ui(ui, theme, "Asked for, constants set to 1", CONSTANTS);
        table(ui, "requirements", |ui, width| {
            header_ui(ui, theme, ["", "run has", "needed"]);
            for row in &paper.requirements {
                requirement_ui(ui, theme, row, width);
            }
        });
    }
    ui.add_space(4.0);
    ui.separator();
}

fn section_ui(ui: &mut Ui, theme: &Theme, title: &str, tooltip: &str) {
    ui.add_space(4.0);
    let title = RichText::new(title)
        .text_style(section_text())
        .color(theme.weak_text);
    ui.add(Label::new(title).sense(Sense::hover()))
        .on_hover_text(tooltip);
}

/// Width of the sign before a row.
const SIGN: f32 = 14.0;
/// Width of a column of numbers.
const VALUE: f32 = 78.0;
/// Distance between columns.
const GAP: f32 = 8.0;

fn table(ui: &mut Ui, id: &str, rows: impl FnOnce(&mut Ui, f32)) {
    let names = (ui.available_width() - SIGN - 2.0 * VALUE - 3.0 * GAP - 4.0).clamp(60.0, 300.0);
    Grid::new(id)
        .num_columns(4)
        .min_col_width(0.0)
        .spacing([GAP, 3.0])
        .show(ui, |ui| rows(ui, names));
}

fn header_ui(ui: &mut Ui, theme: &Theme, names: [&str; 3]) {
    ui.label("");
    for name in names {
        ui.label(RichText::new(name).small().color(theme.weak_text));
    }
    ui.end_row();
}

/// A tick, or a cross: told apart by shape as well as by colour.
fn sign_ui(ui: &mut Ui, theme: &Theme, holds: bool, words: [&str; 2]) {
    let (sign, color, word) = if holds {
        ("✓", theme.accent, words[0])
    } else {
        ("✗", theme.error, words[1])
    };
    let label = Label::new(RichText::new(sign).color(color)).sense(Sense::hover());
    ui.add_sized(vec2(SIGN, 18.0), label).on_hover_text(word);
}

fn cell_ui(ui: &mut Ui, width: f32, text: &str) {
    ui.scope(|ui| {
        ui.set_width(width);
        ui.add(Label::new(text).wrap());
    });
}

fn name_ui(ui: &mut Ui, width: f32, name: &str, definition: &str) {
    let response = ui.scope(|ui| {
        ui.set_width(width);
        ui.add(Label::new(name).wrap().sense(Sense::hover()))
    });
    response.inner.on_hover_text(definition);
}

fn assumption_ui(ui: &mut Ui, theme: &Theme, row: &AssumptionRow, width: f32) {
    sign_ui(ui, theme, row.holds, ["holds", "does not hold"]);
    name_ui(ui, width, &row.symbol, &row.definition);
    cell_ui(ui, VALUE, &row.value);
    cell_ui(ui, VALUE, &row.needed);
    ui.end_row();
}

fn requirement_ui(ui: &mut Ui, theme: &Theme, row: &RequirementRow, width: f32) {
    sign_ui(
        ui,
        theme,
        row.met,
        [
            "met",
            "not met: the theorem is silent here, the run may still train",
        ],
    );
    let definition = format!("{}\n({CONSTANTS})", row.definition);
    name_ui(ui, width, &row.symbol, &definition);
    cell_ui(ui, VALUE, &row.actual);
    cell_ui(ui, VALUE, &row.required);
    ui.end_row();
}

/// Name and number of a bound with what was measured, and under it what fails.
fn bound_ui(ui: &mut Ui, theme: &Theme, row: &BoundRow) {
    let applies = row.failing.is_empty();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        sign_ui(
            ui,
            theme,
            applies,
            ["every assumption holds", "an assumption fails"],
        );
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let name = RichText::new(&row.name).family(fonts::semibold());
            let name = if applies {
                name
            } else {
                name.strikethrough().color(theme.weak_text)
            };
            let label = ui.add(Label::new(name).wrap().sense(Sense::hover()));
            label.on_hover_text(&row.definition);
            let sides = match row.respected {
                Some(true) => ", which it respects",
                Some(false) => ", which lies beyond it",
                None => "",
            };
            let text = format!("{}; measured {}{sides}", row.statement, row.measured);
            let wrong = applies && row.respected == Some(false);
            let color = if wrong { theme.warning } else { theme.text };
            ui.add(Label::new(RichText::new(text).color(color)).wrap());
            for failing in &row.failing {
                note_ui(ui, theme, &format!("fails: {failing}"));
            }
            if let Some(end) = &row.end {
                note_ui(ui, theme, end);
            }
        });
    });
}

fn note_ui(ui: &mut Ui, theme: &Theme, text: &str) {
    let text = RichText::new(text).small().color(theme.weak_text);
    ui.add(Label::new(text).wrap());
}
