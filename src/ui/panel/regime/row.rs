//! A measure of the regime: a lane and a number an arm.

use egui::{Align2, Rect, Sense, Stroke, TextStyle, Ui, pos2, vec2};

use crate::figure::{Dash, Lane, Reading, RegimeRow, Shaft};
use crate::number;
use crate::ui::elide::elided;
use crate::ui::plot::paint_shaft;
use crate::ui::{Theme, fonts};

use super::FEW;

/// Width of the measures' names.
const NAMES: f32 = 128.0;
/// Width of a column of numbers.
const NUMBERS: f32 = 66.0;
/// Width of the arms' names before their numbers, where these stand in the rows.
const LABELS: f32 = 104.0;
/// Space kept free between track and numbers.
const GAP: f32 = 12.0;

/// Draws a measure: its name, a lane an arm, and a number an arm.
pub(super) fn row_ui(ui: &mut Ui, theme: &Theme, rect: Rect, row: &RegimeRow) {
    let names = NAMES.min(0.32 * rect.width());
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
    let name = elided(ui, &lane.label, &font, theme.text, rect.width() - 6.0);
    let at = pos2(rect.left(), rect.center().y - 0.5 * name.size().y);
    ui.painter().galley(at, name, theme.text);
}

/// A measure's name with its formula under it.
fn name_ui(ui: &mut Ui, theme: &Theme, rect: Rect, row: &RegimeRow) {
    let body = TextStyle::Body.resolve(ui.style());
    let small = TextStyle::Small.resolve(ui.style());
    let painter = ui.painter().with_clip_rect(rect);
    let at = rect.min + vec2(0.0, 6.0);
    let layout = |font| {
        let title = row.measure.title.to_owned();
        painter.layout_no_wrap(title, font, theme.text)
    };
    let title = Some(layout(body)).filter(|title| title.size().x <= rect.width() - 4.0);
    let galley = title.unwrap_or_else(|| layout(small.clone()));
    let title = Rect::from_min_size(at, galley.size());
    painter.galley(at, galley, theme.text);
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

/// Decades under the track, with the words for its ends where there is room for them; decades that
/// would run into these are marked but not written.
fn scale_ui(ui: &Ui, theme: &Theme, track: Rect, row: &RegimeRow) {
    let painter = ui.painter();
    let font = TextStyle::Small.resolve(ui.style());
    let layout = |text: String| painter.layout_no_wrap(text, font.clone(), theme.weak_text);
    let (low, high) = (row.range.low.round() as i32, row.range.high.round() as i32);
    let [left, right] = row.measure.ends;
    let power = number::power_of_ten;
    let words = [
        layout(format!("{} {left}", power(low))),
        layout(format!("{right} {}", power(high))),
    ];
    let [first, last] = if words[0].size().x + words[1].size().x + 8.0 <= track.width() {
        words
    } else {
        [low, high].map(|decade| layout(power(decade)))
    };
    let (from, to) = (first.size().x, track.width() - last.size().x);
    let y = track.bottom() + 1.0;
    painter.galley(pos2(track.left(), y), first, theme.weak_text);
    painter.galley(pos2(track.left() + to, y), last, theme.weak_text);
    for decade in low..=high {
        let x = x_of(f64::from(decade), track, row);
        painter.vline(x, track.y_range(), Stroke::new(1.0, theme.hairline));
        let beside = x - track.left();
        if beside - 20.0 > from && beside + 20.0 < to {
            let galley = layout(power(decade));
            let at = pos2(x - 0.5 * galley.size().x, y);
            painter.galley(at, galley, theme.weak_text);
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
