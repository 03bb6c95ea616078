//! Five measures of the regime, a lane an arm.

use std::collections::BTreeSet;

use egui::{Align2, Pos2, Rect, Sense, Stroke, TextStyle, Ui, pos2, vec2};

use crate::figure::{Dash, Lane, Reading, Regime, RegimeRow, Shaft};
use crate::number;
use crate::spec::PanelKind;
use crate::ui::action::Action;
use crate::ui::plot::paint_shaft;
use crate::ui::{Theme, fonts};

use super::parts::cache::cached;
use super::row::{Panel, Place, Places, Shows};
use super::{PanelInput, PanelState};

/// The panel.
pub(super) const ROW: Panel = Panel {
    kind: PanelKind::Regime,
    key: "regime",
    title: "Regime",
    description: "Five measures of how lazy each arm is, from lazy at the left to learning features at the right.",
    places: Places::always(Place::BottomRight),
    shows: Shows::Run,
    lack: |_| None,
    draw: regime_ui,
};

/// Width of the measures' names.
const NAMES: f32 = 128.0;
/// Width of a column of numbers.
const NUMBERS: f32 = 72.0;
/// Least height of a number's line.
const LINE: f32 = 9.0;
/// Arms that always have a lane each.
const FEW: usize = 3;
/// Height of the row of a measure that was not taken: its name and its formula.
const UNMEASURED: f32 = 44.0;
/// Greatest height of a row.
const TALLEST: f32 = 132.0;
/// Space kept free between track and numbers.
const GAP: f32 = 12.0;

/// Draws the regime panel.
fn regime_ui(ui: &mut Ui, input: PanelInput<'_>, state: &mut PanelState, _: &mut Vec<Action>) {
    let hidden = &state.shared.hidden_arms;
    let id = ui.scope_id().with("regime");
    let options = (hidden, input.cursor);
    let regime = cached(ui, id, input.history, &options, |(hidden, cursor), held| {
        Regime::new(input.history, hidden, *cursor, held)
    });
    key_ui(ui, input, hidden);
    let area = ui.available_rect_before_wrap();
    let heights = heights(&regime.rows, area.height());
    let mut top = area.top();
    for (index, (row, height)) in regime.rows.iter().zip(heights).enumerate() {
        let rect = Rect::from_min_size(pos2(area.left(), top), vec2(area.width(), height));
        top = rect.bottom();
        if index > 0 {
            ui.painter().hline(
                rect.x_range(),
                rect.top(),
                Stroke::new(1.0, input.theme.hairline),
            );
        }
        row_ui(ui, input.theme, rect, row);
    }
    ui.advance_cursor_after_rect(area);
}

/// Height of each row: a measure that was not taken needs two lines of text, the others share the
/// rest.
fn heights(rows: &[RegimeRow], all: f32) -> Vec<f32> {
    let measured = rows.iter().filter(|row| !row.lanes.is_empty()).count();
    let even = all / rows.len().max(1) as f32;
    let short = even.min(UNMEASURED);
    let rest = all - short * (rows.len() - measured) as f32;
    let tall = (rest / measured.max(1) as f32).min(TALLEST);
    let height = |row: &RegimeRow| if row.lanes.is_empty() { short } else { tall };
    rows.iter().map(height).collect()
}

/// The arms' names with their colours, in the order of the lanes.
fn key_ui(ui: &mut Ui, input: PanelInput<'_>, hidden: &BTreeSet<usize>) {
    let font = TextStyle::Small.resolve(ui.style());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(14.0, 2.0);
        ui.spacing_mut().interact_size.y = 16.0;
        for (index, arm) in input.history.arms().iter().enumerate() {
            if hidden.contains(&index) {
                continue;
            }
            let painter = ui.painter();
            let name = painter.layout_no_wrap(arm.label.clone(), font.clone(), input.theme.text);
            let size = name.size() + vec2(14.0, 0.0);
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            let dot = rect.left_center() + vec2(4.0, 0.0);
            ui.painter().circle_filled(dot, 4.0, input.theme.arm(index));
            ui.painter()
                .galley(rect.min + vec2(14.0, 0.0), name, input.theme.text);
        }
    });
}

fn row_ui(ui: &mut Ui, theme: &Theme, rect: Rect, row: &RegimeRow) {
    let names = NAMES.min(0.3 * rect.width());
    let name_rect = Rect::from_min_size(rect.min, vec2(names, rect.height()));
    name_ui(ui, theme, name_rect, row);
    let (top, bottom) = (rect.top() + 5.0, rect.bottom() - 17.0);
    // Lanes may be thinner than a line of text: their numbers then stand in several columns.
    let lines = (((bottom - top) / LINE) as usize).max(1);
    let crowded = row.lanes.len() > lines.max(FEW);
    let columns = if crowded {
        1
    } else {
        row.lanes.len().div_ceil(lines).max(1)
    };
    let numbers = NUMBERS * columns as f32;
    let track = Rect::from_min_max(
        pos2(rect.left() + names, top),
        pos2(rect.right() - numbers - GAP, bottom),
    );
    if row.lanes.is_empty() {
        let text = "not measured in this run";
        let font = TextStyle::Small.resolve(ui.style());
        let at = pos2(track.left(), rect.top() + 15.0);
        let painter = ui.painter();
        painter.text(at, Align2::LEFT_CENTER, text, font, theme.weak_text);
        return;
    }
    scale_ui(ui, theme, track, row);
    if crowded {
        return crowd_ui(ui, theme, track, row);
    }
    let height = track.height() / row.lanes.len() as f32;
    let rows = row.lanes.len().div_ceil(columns);
    let line = track.height() / rows as f32;
    for (index, lane) in row.lanes.iter().enumerate() {
        let lane_rect = Rect::from_min_size(
            pos2(track.left(), top + index as f32 * height),
            vec2(track.width(), height),
        );
        lane_ui(ui, theme, lane_rect, row, lane);
        let column = (index / rows) as f32;
        let corner = vec2(GAP + column * NUMBERS, (index % rows) as f32 * line);
        let cell = Rect::from_min_size(track.right_top() + corner, vec2(NUMBERS, line));
        number_ui(ui, theme, cell, row, lane);
        tooltip_ui(ui, [lane_rect, cell], row, lane);
    }
}

/// One lane for many arms: a dot an arm, at its own height so that none hides another; the number
/// is that of the arm nearest the pointer, else of the first.
fn crowd_ui(ui: &mut Ui, theme: &Theme, track: Rect, row: &RegimeRow) {
    let count = row.lanes.len() as f32;
    let dot = (0.5 * track.height()).clamp(2.0, 3.5);
    let inner = track.shrink2(vec2(0.0, dot.min(0.4 * track.height())));
    let height = |index: usize| inner.top() + (index as f32 + 0.5) / count * inner.height();
    let cell = Rect::from_min_size(
        track.right_top() + vec2(GAP, 0.0),
        vec2(NUMBERS, track.height()),
    );
    let id = ui.scope_id().with(("crowd", row.measure.quantity.column()));
    let response = ui.interact(track.union(cell), id, Sense::hover());
    let mut places = Vec::new();
    for (index, lane) in row.lanes.iter().enumerate() {
        let at = Rect::from_min_max(
            pos2(track.left(), height(index) - dot),
            pos2(track.right(), height(index) + dot),
        );
        places.push(marker_ui(ui, theme, at, row, lane));
    }
    let pointer = response.hover_pos();
    let distance = |place: &Option<Pos2>| {
        let pair = pointer.zip(*place);
        pair.map_or(f32::INFINITY, |(a, b)| a.distance(b))
    };
    let placed = places.iter().enumerate();
    let nearest = placed.min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
    let shown = nearest.and_then(|(index, _)| row.lanes.get(index));
    if let Some(lane) = shown {
        number_ui(ui, theme, cell, row, lane);
    }
    let lines = row.lanes.iter().map(|lane| lane_text(row, lane));
    response.on_hover_text(lines.collect::<Vec<_>>().join("\n"));
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
                dash: Dash::of_arm(lane.arm),
            };
            paint_shaft(painter, [pos2(rect.left(), y), end], shaft, color);
            for place in &lane.trail {
                let at = pos2(x_of(*place, rect, row), y);
                painter.circle_filled(at, 0.4 * dot, color.gamma_multiply(0.6));
            }
            painter.circle_filled(end, dot, color);
        }
        _ => {
            marker_ui(ui, theme, rect, row, lane);
        }
    }
    if let Some(reference) = &lane.reference {
        let x = x_of(reference.place, rect, row);
        let half = 0.42 * rect.height().min(20.0);
        painter.vline(x, y - half..=y + half, Stroke::new(2.0, theme.text));
    }
}

/// The mark of a reading, and where it is: a disc, a ring at the left end for what is zero or
/// beyond it, a cross for what is not finite.
fn marker_ui(ui: &Ui, theme: &Theme, rect: Rect, row: &RegimeRow, lane: &Lane) -> Option<Pos2> {
    let (color, y) = (theme.arm(lane.arm), rect.center().y);
    let radius = (0.34 * rect.height()).clamp(2.5, 5.5);
    let painter = ui.painter();
    match lane.reading {
        Reading::At {
            place,
            below: false,
            ..
        } => {
            let at = pos2(x_of(place, rect, row), y);
            painter.circle_filled(at, radius, color);
            Some(at)
        }
        Reading::At { .. } | Reading::Zero => {
            let at = pos2(rect.left(), y);
            painter.circle(at, radius - 0.5, theme.panel, Stroke::new(1.5, color));
            Some(at)
        }
        Reading::NonFinite => {
            let font = TextStyle::Body.resolve(ui.style());
            let (at, anchor) = (rect.right_center(), Align2::RIGHT_CENTER);
            painter.text(at, anchor, "×", font, theme.error);
            Some(at)
        }
        Reading::Missing => None,
    }
}

fn number_ui(ui: &Ui, theme: &Theme, cell: Rect, row: &RegimeRow, lane: &Lane) {
    let body = TextStyle::Body.resolve(ui.style()).size;
    let size = body.min(cell.height() - 1.0).max(10.0);
    let color = match lane.reading {
        Reading::Missing => theme.weak_text,
        Reading::NonFinite => theme.error,
        Reading::Zero | Reading::At { .. } => theme.arm(lane.arm),
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
