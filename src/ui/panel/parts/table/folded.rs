//! The table of many arms in a small panel: name and one number an arm, several beside each other.

use egui::{Rect, ScrollArea, Sense, TextStyle, Ui, pos2, vec2};

use crate::ui::Theme;

use super::{Column, GAP, ROW, RowHead, SAMPLE, Touched, faded, galley, name_ui, text_width};

/// Widest name drawn whole.
const WIDEST: f32 = 170.0;

/// Draws the first column of a table in as many columns as fit, at most `room` high: more rows
/// scroll. Pointing at an arm tells its other numbers. Returns the arm pointed at.
pub(super) fn folded_ui(
    ui: &mut Ui,
    theme: &Theme,
    (rows, short): (&[RowHead], &[String]),
    columns: &[Column],
    room: f32,
) -> Option<Touched> {
    let font = TextStyle::Body.resolve(ui.style());
    let names = short.iter().map(|name| text_width(ui, name, &font));
    let names = SAMPLE + 8.0 + names.fold(24.0, f32::max).min(WIDEST);
    let cells = columns.first().map_or(&[][..], |c| &c.cells);
    let values = cells.iter().map(|t| text_width(ui, t, &font));
    let cell = names + GAP + values.fold(0.0, f32::max);
    let width = ui.available_width();
    let across = (((width + GAP) / (cell + 1.5 * GAP)) as usize).max(1);
    let pitch = width / across as f32;
    let lines = rows.len().div_ceil(across) as f32;
    // No line is cut: what is above the table says how many there are below.
    let seen = ((room - ROW) / ROW).floor().max(1.0).min(lines);
    let room = ROW * seen;
    let below = rows.len().saturating_sub(seen as usize * across);
    caption_ui(ui, theme, columns, below);
    let area = ScrollArea::vertical()
        .max_height(room)
        // Else it is as high as a scroll area usually is at least, and cuts a line.
        .min_scrolled_height(room)
        .auto_shrink([false, true]);
    let output = area.show(ui, |ui| {
        let height = ROW * lines;
        let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        let mut touched = None;
        for (index, (row, short)) in rows.iter().zip(short).enumerate() {
            let place = vec2(
                (index % across) as f32 * pitch,
                (index / across) as f32 * ROW,
            );
            let name = Rect::from_min_size(rect.min + place, vec2(names, ROW));
            let response = name_ui(ui, theme, name, (row, short), &font);
            if let Some(text) = cells.get(index) {
                let text = galley(ui, text, &font);
                let at = pos2(name.right() + GAP, name.center().y - 0.5 * text.size().y);
                let color = if row.bad { theme.error } else { theme.text };
                ui.painter().galley(at, text, faded(row, color));
            }
            let response = response.on_hover_ui(|ui| {
                ui.label(details(index, row, columns));
            });
            touched = touched.or(Touched::of(row.arm, &response));
        }
        touched
    });
    output.inner
}

/// What the numbers are, and how many arms are reached by scrolling.
fn caption_ui(ui: &mut Ui, theme: &Theme, columns: &[Column], below: usize) {
    let Some(first) = columns.first() else {
        return;
    };
    let small = TextStyle::Small.resolve(ui.style());
    let rest = if columns.len() > 1 {
        "; more at each name"
    } else {
        ""
    };
    let more = match below {
        0 => String::new(),
        count => format!("; scroll for {count} more"),
    };
    let text = galley(ui, &format!("{}{more}{rest}", first.header), &small);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), ROW - 2.0), Sense::hover());
    ui.painter()
        .with_clip_rect(rect)
        .galley(rect.min, text, theme.weak_text);
    response.on_hover_text(&first.tooltip);
}

/// All numbers of an arm, a line each.
fn details(index: usize, row: &RowHead, columns: &[Column]) -> String {
    let mut text = row.label.clone();
    for column in columns {
        if let Some(cell) = column.cells.get(index) {
            text.push_str(&format!("\n{}: {cell}", column.header));
        }
    }
    for line in [&row.state, &row.tooltip] {
        if !line.is_empty() {
            text.push_str(&format!("\n{line}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use egui::{Context, RawInput, Shape};

    use super::*;

    /// How much of the height of each line of text is seen, with its words.
    fn seen(room: f32) -> Vec<(String, f32)> {
        let context = Context::default();
        let theme = Theme::dark();
        theme.apply(&context);
        let names: Vec<String> = (0..9).map(|arm| format!("arm {arm}")).collect();
        let row = |arm: usize| RowHead {
            arm,
            label: names[arm].clone(),
            hidden: false,
            state: String::new(),
            bad: false,
            tooltip: String::new(),
        };
        let rows: Vec<RowHead> = (0..9).map(row).collect();
        let column = Column {
            header: "loss".to_owned(),
            tooltip: String::new(),
            sample: None,
            cells: (0..9).map(|arm| format!("1.{arm}")).collect(),
            rank: 0,
        };
        let input = || RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(150.0, 400.0))),
            ..RawInput::default()
        };
        let mut shapes = Vec::new();
        // Fonts are there from the second frame on.
        for frame in 0..3 {
            let mut output = context.run_ui(input(), |ui| {
                if frame > 0 {
                    folded_ui(
                        ui,
                        &theme,
                        (&rows, &names),
                        std::slice::from_ref(&column),
                        room,
                    );
                }
            });
            output.textures_delta.clear();
            shapes = output.shapes;
        }
        let line = |clipped: egui::epaint::ClippedShape| match clipped.shape {
            Shape::Text(text) => {
                let place = text.visual_bounding_rect();
                let share = place.intersect(clipped.clip_rect).height().max(0.0) / place.height();
                Some((text.galley.text().to_owned(), share))
            }
            _ => None,
        };
        shapes.into_iter().filter_map(line).collect()
    }

    #[test]
    fn a_line_is_seen_whole_or_not_at_all() {
        for room in [40.0, 60.0, 77.0, 88.0, 120.0] {
            let lines = seen(room);
            assert!(lines.len() > 2, "{room}: {lines:?}");
            for (words, share) in lines {
                assert!(
                    !(0.02..=0.98).contains(&share),
                    "{room}: {words} {share:.2}"
                );
            }
        }
    }
}
