//! Five measures of the regime, a lane an arm.

use std::hash::Hash;

use egui::{Align2, Color32, Rect, Sense, Stroke, TextStyle, Ui, pos2, vec2};

use crate::figure::{Lane, Reading, Regime, RegimeRow, number};
use crate::ui::{Theme, fonts};

use super::cache::cached;
use super::{PanelInput, PanelState};

/// Width of the measures' names.
const NAMES: f32 = 128.0;
/// Width of the numbers.
const NUMBERS: f32 = 84.0;
/// Space kept free between track and numbers.
const GAP: f32 = 12.0;

/// Draws the regime panel.
pub(super) fn regime_ui(ui: &mut Ui, input: PanelInput<'_>, state: &mut PanelState) {
    let id = ui.scope_id().with("regime");
    let options =
        |hasher: &mut std::hash::DefaultHasher| (&state.hidden_arms, input.cursor).hash(hasher);
    let regime = cached(ui, id, input.history, options, |held: Option<&Regime>| {
        Regime::new(input.history, &state.hidden_arms, input.cursor, held)
    });
    key_ui(ui, input, state);
    let area = ui.available_rect_before_wrap();
    let height = (area.height() / regime.rows.len().max(1) as f32).min(132.0);
    for (index, row) in regime.rows.iter().enumerate() {
        let top = area.top() + index as f32 * height;
        let rect = Rect::from_min_size(pos2(area.left(), top), vec2(area.width(), height));
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

/// The arms' names in their colours, in the order of the lanes.
fn key_ui(ui: &mut Ui, input: PanelInput<'_>, state: &PanelState) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
        for (index, arm) in input.history.arms().iter().enumerate() {
            if state.hidden_arms.contains(&index) {
                continue;
            }
            let (rect, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
            ui.painter()
                .circle_filled(rect.center(), 4.0, input.theme.arm(index));
            ui.label(egui::RichText::new(&arm.label).small());
            ui.add_space(8.0);
        }
    });
}

fn row_ui(ui: &mut Ui, theme: &Theme, rect: Rect, row: &RegimeRow) {
    let names = NAMES.min(0.3 * rect.width());
    let numbers = NUMBERS.min(0.25 * rect.width());
    let body = TextStyle::Body.resolve(ui.style());
    let small = TextStyle::Small.resolve(ui.style());
    let painter = ui.painter().with_clip_rect(rect);
    let name_rect =
        Rect::from_min_size(rect.min + vec2(0.0, 5.0), vec2(names, rect.height() - 6.0));
    let title = painter.layout(row.title.to_owned(), body, theme.text, names - 6.0);
    painter.galley(name_rect.min, title, theme.text);
    ui.interact(
        name_rect,
        ui.scope_id().with(("measure", row.quantity.column())),
        Sense::hover(),
    )
    .on_hover_text(&row.definition);
    let track = Rect::from_min_max(
        pos2(rect.left() + names, rect.top() + 6.0),
        pos2(rect.right() - numbers - GAP, rect.bottom() - 18.0),
    );
    if row.lanes.is_empty() {
        let text = "not measured in this run";
        painter.text(
            track.left_center(),
            Align2::LEFT_CENTER,
            text,
            small,
            theme.weak_text,
        );
        return;
    }
    scale_ui(ui, theme, rect, track, row);
    let height = track.height() / row.lanes.len() as f32;
    for (index, lane) in row.lanes.iter().enumerate() {
        let top = track.top() + index as f32 * height;
        let lane_rect = Rect::from_min_size(pos2(track.left(), top), vec2(track.width(), height));
        lane_ui(ui, theme, lane_rect, row, lane);
    }
}

fn x_of(place: f64, track: Rect, row: &RegimeRow) -> f32 {
    let share = (place - row.range.low) / row.range.span();
    track.left() + share as f32 * track.width()
}

/// Decades under the track, with the words for its ends.
fn scale_ui(ui: &Ui, theme: &Theme, rect: Rect, track: Rect, row: &RegimeRow) {
    let painter = ui.painter().with_clip_rect(rect);
    let font = TextStyle::Small.resolve(ui.style());
    let (low, high) = (row.range.low.round() as i32, row.range.high.round() as i32);
    for decade in low..=high {
        let x = x_of(f64::from(decade), track, row);
        painter.vline(x, track.y_range(), Stroke::new(1.0, theme.hairline));
        let (anchor, end) = if decade == low {
            (Align2::LEFT_TOP, row.ends[0])
        } else if decade == high {
            (Align2::RIGHT_TOP, row.ends[1])
        } else {
            (Align2::CENTER_TOP, "")
        };
        let power = number::power_of_ten(decade);
        let text = match (end.is_empty(), decade == low) {
            (true, _) => power,
            (false, true) => format!("{power} {end}"),
            (false, false) => format!("{end} {power}"),
        };
        painter.text(
            pos2(x, track.bottom() + 1.0),
            anchor,
            text,
            font.clone(),
            theme.weak_text,
        );
    }
}

fn lane_ui(ui: &mut Ui, theme: &Theme, lane_rect: Rect, row: &RegimeRow, lane: &Lane) {
    let color = theme.arm(lane.arm);
    let y = lane_rect.center().y;
    let painter = ui.painter();
    let dot = (0.36 * lane_rect.height()).clamp(3.0, 6.0);
    for (age, place) in lane.trail.iter().rev().enumerate().skip(1) {
        let strength = 0.5 * (1.0 - age as f32 / lane.trail.len() as f32);
        painter.circle_filled(
            pos2(x_of(*place, lane_rect, row), y),
            0.35 * dot,
            color.gamma_multiply(strength),
        );
    }
    if let Some(reference) = &lane.reference {
        let x = x_of(reference.place, lane_rect, row);
        painter.vline(
            x,
            y - 0.4 * lane_rect.height()..=y + 0.4 * lane_rect.height(),
            Stroke::new(2.0, theme.text),
        );
    }
    match lane.reading {
        Reading::At {
            place,
            below: false,
            ..
        } => {
            let x = x_of(place, lane_rect, row);
            painter.hline(
                lane_rect.left()..=x,
                y,
                Stroke::new(1.0, color.gamma_multiply(0.45)),
            );
            painter.circle(pos2(x, y), dot, color, Stroke::new(1.0, theme.panel));
        }
        Reading::At { .. } | Reading::Zero => {
            painter.circle(
                pos2(lane_rect.left(), y),
                dot - 0.5,
                theme.panel,
                Stroke::new(1.5, color),
            );
        }
        Reading::NonFinite => {
            painter.text(
                lane_rect.right_center(),
                Align2::RIGHT_CENTER,
                "×",
                TextStyle::Body.resolve(ui.style()),
                theme.error,
            );
        }
        Reading::Missing => {}
    }
    number_ui(ui, theme, lane_rect, row, lane, color);
}

fn number_ui(
    ui: &mut Ui,
    theme: &Theme,
    lane_rect: Rect,
    row: &RegimeRow,
    lane: &Lane,
    color: Color32,
) {
    let size = TextStyle::Body
        .resolve(ui.style())
        .size
        .min(lane_rect.height() + 1.0)
        .max(9.0);
    let font = egui::FontId::new(size, fonts::semibold());
    let at = pos2(lane_rect.right() + GAP, lane_rect.center().y);
    let ink = match lane.reading {
        Reading::Missing => theme.weak_text,
        Reading::NonFinite => theme.error,
        Reading::Zero | Reading::At { .. } => color,
    };
    ui.painter()
        .text(at, Align2::LEFT_CENTER, lane.reading.text(), font, ink);
    let whole = Rect::from_min_max(lane_rect.min, pos2(at.x + NUMBERS, lane_rect.max.y));
    let reference = lane
        .reference
        .as_ref()
        .map_or(String::new(), |r| format!("\n{}", r.text));
    let text = format!(
        "{}: {} {}{reference}",
        lane.label,
        row.title,
        lane.reading.text()
    );
    let id = ui
        .scope_id()
        .with(("lane", row.quantity.column(), lane.arm));
    ui.interact(whole, id, Sense::hover()).on_hover_text(text);
}
