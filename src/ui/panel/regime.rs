//! Five measures of the regime, a lane an arm.

use std::collections::BTreeSet;

use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align2, Id, Rect, Response, RichText, ScrollArea, Sense, Stroke, TextStyle, Ui, UiBuilder,
    Vec2, pos2, vec2,
};

use crate::figure::{Dash, Lane, Reading, Regime, RegimeRow, Sentence, Shaft};
use crate::number;
use crate::spec::PanelKind;
use crate::ui::action::Action;
use crate::ui::plot::paint_shaft;
use crate::ui::{Theme, fonts};

use super::parts::cache::cached;
use super::parts::lack::Lack;
use super::row::{Panel, Shows};
use super::{PanelInput, PanelState};

/// The panel.
pub(super) const ROW: Panel = Panel {
    kind: PanelKind::Regime,
    key: "regime",
    title: "Regime",
    description: "Five measures of how lazy each arm is, from lazy at the left to learning features at the right.",
    shows: Shows::Run,
    lack: |_| None,
    draw: regime_ui,
};

/// Width of the measures' names.
const NAMES: f32 = 128.0;
/// Width of a column of numbers.
const NUMBERS: f32 = 72.0;
/// Width of the arms' names before their numbers, where these stand in the rows.
const LABELS: f32 = 104.0;
/// Height of a lane with its number.
const LINE: f32 = 14.0;
/// Up to this many arms are named once above the rows; more in every row, where colours repeat.
const FEW: usize = 3;
/// Height of a row beside its lanes.
const AROUND: f32 = 22.0;
/// Greatest height of a row that needs no more.
const TALLEST: f32 = 132.0;
/// Least height of a row: its name and its formula.
const SHORTEST: f32 = 44.0;
/// Space kept free between track and numbers.
const GAP: f32 = 12.0;

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

fn row_ui(ui: &mut Ui, theme: &Theme, rect: Rect, row: &RegimeRow) {
    let names = NAMES.min(0.3 * rect.width());
    let name_rect = Rect::from_min_size(rect.min, vec2(names, rect.height()));
    name_ui(ui, theme, name_rect, row);
    let labels = if row.lanes.len() > FEW {
        LABELS.min(0.24 * rect.width())
    } else {
        0.0
    };
    let right = rect.right() - NUMBERS - labels - GAP;
    let track = Rect::from_min_max(
        pos2(rect.left() + names, rect.top() + 5.0),
        pos2(right.max(rect.left() + names + 24.0), rect.bottom() - 17.0),
    );
    scale_ui(ui, theme, track, row);
    let height = track.height() / row.lanes.len().max(1) as f32;
    for (index, lane) in row.lanes.iter().enumerate() {
        let top = track.top() + index as f32 * height;
        let lane_rect = Rect::from_min_size(pos2(track.left(), top), vec2(track.width(), height));
        lane_ui(ui, theme, lane_rect, row, lane);
        let label =
            Rect::from_min_size(lane_rect.right_top() + vec2(GAP, 0.0), vec2(labels, height));
        if labels > 0.0 {
            label_ui(ui, theme, label, lane);
        }
        let cell = Rect::from_min_size(label.right_top(), vec2(NUMBERS, height));
        number_ui(ui, theme, cell, row, lane);
        tooltip_ui(ui, [lane_rect, label.union(cell)], row, lane);
    }
}

/// An arm's name before its number, shortened where it must be.
fn label_ui(ui: &Ui, theme: &Theme, rect: Rect, lane: &Lane) {
    let font = TextStyle::Small.resolve(ui.style());
    let mut job = LayoutJob::simple_singleline(lane.label.clone(), font, theme.text);
    job.wrap = TextWrapping::truncate_at_width(rect.width() - 6.0);
    let name = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at = pos2(rect.left(), rect.center().y - 0.5 * name.size().y);
    ui.painter().galley(at, name, theme.text);
}

/// A measure's name with its formula under it.
fn name_ui(ui: &mut Ui, theme: &Theme, rect: Rect, row: &RegimeRow) {
    let body = TextStyle::Body.resolve(ui.style());
    let small = TextStyle::Small.resolve(ui.style());
    let painter = ui.painter().with_clip_rect(rect);
    let at = rect.min + vec2(0.0, 6.0);
    let title = painter.text(at, Align2::LEFT_TOP, row.measure.title, body, theme.text);
    if title.bottom() + small.size + 4.0 < rect.bottom() {
        let at = title.left_bottom();
        painter.text(
            at,
            Align2::LEFT_TOP,
            row.measure.formula,
            small,
            theme.weak_text,
        );
    }
    let id = ui
        .scope_id()
        .with(("measure", row.measure.quantity.column()));
    ui.interact(rect, id, Sense::hover())
        .on_hover_text(row.measure.definition());
}

fn x_of(place: f64, track: Rect, row: &RegimeRow) -> f32 {
    let share = (place - row.range.low) / row.range.span();
    track.left() + share as f32 * track.width()
}

/// Decades under the track, with the words for its ends; decades that would run into the words are
/// marked but not written.
fn scale_ui(ui: &Ui, theme: &Theme, track: Rect, row: &RegimeRow) {
    let painter = ui.painter();
    let font = TextStyle::Small.resolve(ui.style());
    let (low, high) = (row.range.low.round() as i32, row.range.high.round() as i32);
    let [left, right] = row.measure.ends;
    let power = number::power_of_ten;
    let text = |x, anchor, text: String| {
        painter.text(
            pos2(x, track.bottom() + 1.0),
            anchor,
            text,
            font.clone(),
            theme.weak_text,
        )
    };
    let first = text(
        track.left(),
        Align2::LEFT_TOP,
        format!("{} {left}", power(low)),
    );
    let last = text(
        track.right(),
        Align2::RIGHT_TOP,
        format!("{right} {}", power(high)),
    );
    for decade in low..=high {
        let x = x_of(f64::from(decade), track, row);
        painter.vline(x, track.y_range(), Stroke::new(1.0, theme.hairline));
        if x - 20.0 > first.right() && x + 20.0 < last.left() {
            text(x, Align2::CENTER_TOP, power(decade));
        }
    }
}

fn lane_ui(ui: &mut Ui, theme: &Theme, rect: Rect, row: &RegimeRow, lane: &Lane) {
    let color = theme.arm(lane.arm);
    let y = rect.center().y;
    let painter = ui.painter();
    let dot = (0.34 * rect.height()).clamp(2.5, 5.5);
    match lane.reading {
        Reading::At {
            place,
            below: false,
            ..
        } => {
            let end = pos2(x_of(place, rect, row), y);
            let shaft = Shaft {
                width: 1.2,
                opacity: 0.6,
                dash: Dash::Arm(lane.arm),
            };
            paint_shaft(
                painter,
                [pos2(rect.left(), y), end],
                theme.shaft(shaft),
                color,
            );
            for place in &lane.trail {
                let at = pos2(x_of(*place, rect, row), y);
                painter.circle_filled(at, 0.4 * dot, color.gamma_multiply(0.6));
            }
            painter.circle_filled(end, dot, color);
        }
        _ => off_axis_ui(ui, theme, rect, lane),
    }
    if let Some(reference) = &lane.reference {
        let x = x_of(reference.place, rect, row);
        let half = 0.42 * rect.height().min(20.0);
        painter.vline(x, y - half..=y + half, Stroke::new(2.0, theme.text));
    }
}

/// The mark of a reading that has no place on the axis: a ring at the left end for what is zero or
/// beyond it, a cross for what is not finite.
fn off_axis_ui(ui: &Ui, theme: &Theme, rect: Rect, lane: &Lane) {
    let (color, y) = (theme.arm(lane.arm), rect.center().y);
    let radius = (0.34 * rect.height()).clamp(2.5, 5.5);
    let painter = ui.painter();
    match lane.reading {
        Reading::At { below: true, .. } | Reading::Zero => {
            let at = pos2(rect.left(), y);
            painter.circle(at, radius - 0.5, theme.panel, Stroke::new(1.5, color));
        }
        Reading::NonFinite => {
            let font = TextStyle::Body.resolve(ui.style());
            let (at, anchor) = (rect.right_center(), Align2::RIGHT_CENTER);
            painter.text(at, anchor, "×", font, theme.error);
        }
        Reading::At { .. } | Reading::Missing => {}
    }
}

fn number_ui(ui: &Ui, theme: &Theme, cell: Rect, row: &RegimeRow, lane: &Lane) {
    let body = TextStyle::Body.resolve(ui.style()).size;
    let size = body.min(cell.height() - 1.0).max(10.0);
    let color = match lane.reading {
        Reading::Missing => theme.weak_text,
        Reading::NonFinite => theme.error,
        Reading::Zero | Reading::At { .. } => theme.arm_text(lane.arm),
    };
    let readings: Vec<String> = row.lanes.iter().map(|l| l.reading.text()).collect();
    let font = egui::FontId::new(size, fonts::semibold());
    let text = |t: String| ui.painter().layout_no_wrap(t, font.clone(), color);
    // Decimals stand under each other; powers of ten begin at the left anyway.
    let whole = |t: &str| t.chars().take_while(char::is_ascii_digit).count();
    let own = lane.reading.text();
    let widest = readings.iter().map(|t| whole(t)).max().unwrap_or(0);
    let missing = if whole(&own) == 0 {
        0
    } else {
        widest - whole(&own)
    };
    let shift = text("0".repeat(missing)).size().x;
    let galley = text(own);
    let at = pos2(cell.left() + shift, cell.center().y - 0.5 * galley.size().y);
    ui.painter().galley(at, galley, color);
}

/// An arm's reading in words.
fn lane_text(row: &RegimeRow, lane: &Lane) -> String {
    let reference = lane.reference.as_ref();
    let reference = reference.map_or(String::new(), |r| format!("\n{}", r.text));
    let title = row.measure.title;
    format!("{}: {title} {}{reference}", lane.label, lane.reading.text())
}

fn tooltip_ui(ui: &mut Ui, places: [Rect; 2], row: &RegimeRow, lane: &Lane) {
    let text = lane_text(row, lane);
    let id = ui
        .scope_id()
        .with((row.measure.quantity.column(), lane.arm));
    for (part, place) in places.into_iter().enumerate() {
        ui.interact(place, id.with(part), Sense::hover())
            .on_hover_text(&text);
    }
}
