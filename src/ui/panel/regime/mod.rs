//! Five measures of the regime, a lane an arm.

mod row;

use std::collections::BTreeSet;

use egui::{
    Id, Response, RichText, ScrollArea, Sense, Stroke, TextStyle, Ui, UiBuilder, Vec2, vec2,
};

use crate::figure::{Regime, RegimeRow, Sentence};
use crate::spec::PanelKind;
use crate::ui::Theme;
use crate::ui::action::Action;

use super::parts::cache::cached;
use super::parts::lack::Lack;
use super::row::{Panel, Shows};
use super::{PanelInput, PanelState};
use row::row_ui;

/// The panel.
pub(super) const ROW: Panel = Panel {
    kind: PanelKind::Regime,
    key: "regime",
    title: "Regime",
    description: "Five measures of how lazy each arm is, from lazy at the left to learning features at the right.",
    shows: Shows::Run,
    least: Panel::LEAST,
    lack: |_| None,
    draw: regime_ui,
};

/// Height of a lane with its number.
const LINE: f32 = 13.0;
/// Up to this many arms are named once above the rows; more in every row, where colours repeat.
const FEW: usize = 3;
/// Height of a row beside its lanes.
const AROUND: f32 = 22.0;
/// Greatest height of a row that needs no more.
const TALLEST: f32 = 132.0;
/// Least height of a row: its name and its formula.
const SHORTEST: f32 = 44.0;

/// What the tick of a bound is, by its paper and equation.
const BOUND: &str = "Chen (15): least movement";

/// The same in full.
const BOUND_MEANING: &str = "Lower bound on the movement of the features by the change of the output: Chen et al. 2022, (15), divided by the mean size of the features at the start. It holds for one output and fixed output weights.";

/// Draws the regime panel.
fn regime_ui(ui: &mut Ui, input: PanelInput<'_>, state: &mut PanelState, _: &mut Vec<Action>) {
    let hidden = &state.shared.hidden_arms;
    let id = ui.scope_id().with("regime");
    let options = (hidden, input.cursor);
    let regime = cached(ui, id, input.history, &options, |(hidden, cursor), held| {
        Regime::new(input.history, hidden, *cursor, held)
    });
    sentence_ui(ui, id.with("sentence"), input, hidden);
    let measured: Vec<&RegimeRow> = regime.rows.iter().filter(|r| !r.lanes.is_empty()).collect();
    if measured.is_empty() && hidden.len() >= input.history.arms().len() {
        return Lack::ALL_HIDDEN_ELSEWHERE.show(ui, input.theme);
    }
    key_ui(ui, input, hidden, &measured);
    unmeasured_ui(ui, input.theme, &regime.rows);
    let area = ui.available_rect_before_wrap();
    let mut inner = ui.new_child(UiBuilder::new().max_rect(area));
    ScrollArea::vertical()
        .id_salt("rows")
        .show(&mut inner, |ui| {
            rows_ui(ui, input.theme, &measured, area.size());
        });
    ui.advance_cursor_after_rect(area);
}

/// What the run's numbers say, in large letters.
fn sentence_ui(ui: &mut Ui, id: Id, input: PanelInput<'_>, hidden: &BTreeSet<usize>) {
    let options = (hidden, input.cursor);
    let sentence = cached(ui, id, input.history, &options, |(hidden, cursor), _| {
        Sentence::new(input.experiment, input.history, hidden, *cursor)
    });
    if let Some(sentence) = sentence.as_ref() {
        let text = RichText::new(&sentence.text)
            .text_style(TextStyle::Heading)
            .color(input.theme.text);
        let response = ui.label(text);
        if !sentence.definition.is_empty() {
            response.on_hover_text(&sentence.definition);
        }
        ui.add_space(4.0);
    }
}

/// The measures that nobody took, with what takes them, in one line.
fn unmeasured_ui(ui: &mut Ui, theme: &Theme, rows: &[RegimeRow]) {
    let lacking = || rows.iter().filter(|row| row.lanes.is_empty());
    let list = |name: fn(&RegimeRow) -> &'static str| {
        let mut names: Vec<&str> = lacking().map(name).collect();
        names.dedup();
        names.join(", ")
    };
    let titles = list(|row| row.measure.title);
    if titles.is_empty() {
        return;
    }
    let observables = list(|row| row.measure.observable);
    let text = format!("Not measured: {titles}. Add {observables} to the preset's observables.");
    let meanings =
        lacking().map(|row| format!("{}: {}", row.measure.title, row.measure.definition()));
    let meanings: Vec<String> = meanings.collect();
    let text = RichText::new(text).small().color(theme.weak_text);
    ui.label(text).on_hover_text(meanings.join("\n\n"));
}

/// The rows under each other: they share the height, and scroll where every arm's number needs more.
fn rows_ui(ui: &mut Ui, theme: &Theme, rows: &[&RegimeRow], space: Vec2) {
    let least = |row: &RegimeRow| (row.lanes.len() as f32 * LINE + AROUND).max(SHORTEST);
    let even = (space.y / rows.len().max(1) as f32).min(TALLEST);
    for (index, row) in rows.iter().enumerate() {
        let size = vec2(space.x, least(row).max(even.floor()));
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        if index > 0 {
            let line = Stroke::new(1.0, theme.hairline);
            ui.painter().hline(rect.x_range(), rect.top(), line);
        }
        if ui.is_rect_visible(rect) {
            row_ui(ui, theme, rect, row);
        }
    }
}

/// The arms' names with their colours where they stand above the rows, and the bound's tick.
fn key_ui(ui: &mut Ui, input: PanelInput<'_>, hidden: &BTreeSet<usize>, rows: &[&RegimeRow]) {
    let theme = input.theme;
    let few = rows.iter().all(|row| row.lanes.len() <= FEW);
    let mut lanes = rows.iter().flat_map(|row| &row.lanes);
    let has_bound = lanes.any(|lane| lane.reference.is_some());
    if !few && !has_bound {
        return;
    }
    let arms = input.history.arms().iter().enumerate();
    let arms = arms.filter(|(index, _)| few && !hidden.contains(index));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(14.0, 2.0);
        ui.spacing_mut().interact_size.y = 16.0;
        for (index, arm) in arms {
            let dot = entry_ui(ui, theme, &arm.label).rect.left_center() + vec2(4.0, 0.0);
            ui.painter().circle_filled(dot, 4.0, theme.arm(index));
        }
        if has_bound {
            let response = entry_ui(ui, theme, BOUND);
            let rect = response.rect.shrink2(vec2(0.0, 2.0));
            let stroke = Stroke::new(2.0, theme.text);
            ui.painter()
                .vline(rect.left() + 4.0, rect.y_range(), stroke);
            response.on_hover_text(BOUND_MEANING);
        }
    });
}

/// A name in the key, with room for its mark at the left.
fn entry_ui(ui: &mut Ui, theme: &Theme, name: &str) -> Response {
    let font = TextStyle::Small.resolve(ui.style());
    let name = ui
        .painter()
        .layout_no_wrap(name.to_owned(), font, theme.text);
    let size = name.size() + vec2(14.0, 0.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter()
        .galley(rect.min + vec2(14.0, 0.0), name, theme.text);
    response
}
