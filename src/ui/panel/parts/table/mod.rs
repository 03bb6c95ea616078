//! Rows of numbers, one an arm, aligned for comparison.

mod folded;

use std::sync::Arc;

use egui::{Color32, FontId, Galley, Rect, Response, Sense, Stroke, TextStyle, Ui, pos2, vec2};

use crate::figure::{Dash, Ink, Shaft, short_names};
use crate::number;
use crate::spec::Quantity;
use crate::ui::elide::elided;
use crate::ui::plot::{arm_shaft, paint_shaft};
use crate::ui::{Theme, fonts};

use folded::folded_ui;

/// Height of a row in points.
const ROW: f32 = 18.0;
/// Distance between columns.
const GAP: f32 = 16.0;
/// Length of the line sample before an arm's name.
pub const SAMPLE: f32 = 26.0;

/// A column of a table of arms.
pub struct Column {
    /// Name.
    pub header: String,
    /// What it means.
    pub tooltip: String,
    /// Line that shows the quantity in the plot below.
    pub sample: Option<Shaft>,
    /// Its cells, a row each.
    pub cells: Vec<String>,
    /// Columns are left out from the highest on where space is short; 0 is always shown.
    pub rank: u8,
}

/// A row's arm.
pub struct RowHead {
    /// Index, which decides colour and dash.
    pub arm: usize,
    /// Name.
    pub label: String,
    /// Whether it is hidden in the plot.
    pub hidden: bool,
    /// State in few words; empty while it runs.
    pub state: String,
    /// Whether the state is an error.
    pub bad: bool,
    /// What the row's name says when pointed at.
    pub tooltip: String,
}

/// The numbers of a quantity as a column of cells: accuracies in percent.
pub fn cells(quantity: Quantity, values: &[Option<f64>]) -> Vec<String> {
    if !matches!(quantity, Quantity::TrainAccuracy | Quantity::TestAccuracy) {
        return number::column(values, 3);
    }
    let cell = |value: &Option<f64>| value.map_or("—".to_owned(), number::percent);
    values.iter().map(cell).collect()
}

struct Sizes {
    /// Left end and width of each column that is shown, the arms' names first.
    columns: Vec<(usize, f32, f32)>,
    state_left: f32,
}

/// Share of a panel's height that a table may take, so that the plot has the rest.
const SHARE: f32 = 0.34;

/// Height of the least plot below it, with its axes and a row of words between.
const PLOT: f32 = 212.0;

/// Height that a table may take in any panel: that of three arms.
const ALWAYS: f32 = 4.0 * ROW + 5.0;

/// The arm whose name is pointed at.
#[derive(Clone, Copy, Debug)]
pub struct Touched {
    /// Index.
    pub arm: usize,
    /// Whether it was clicked.
    pub clicked: bool,
}

/// Draws a table, folded where it would leave the plot too little; returns the arm pointed at.
pub fn table_ui(
    ui: &mut Ui,
    theme: &Theme,
    rows: &[RowHead],
    columns: &[Column],
) -> Option<Touched> {
    let labels: Vec<&str> = rows.iter().map(|row| row.label.as_str()).collect();
    let names = &short_names(&labels);
    let whole = ROW * (rows.len() as f32 + 1.0) + 5.0;
    let height = ui.available_height();
    let room = (SHARE * height).min(height - PLOT).max(ALWAYS);
    if whole > room {
        folded_ui(ui, theme, (rows, names), columns, room)
    } else {
        whole_ui(ui, theme, (rows, names), columns)
    }
}

fn whole_ui(
    ui: &mut Ui,
    theme: &Theme,
    (rows, names): (&[RowHead], &[String]),
    columns: &[Column],
) -> Option<Touched> {
    let font = TextStyle::Body.resolve(ui.style());
    let small = TextStyle::Small.resolve(ui.style());
    let width = ui.available_width();
    let height = ROW * (rows.len() as f32 + 1.0) + 5.0;
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let sizes = layout(ui, rect, (rows, names), columns, [&font, &small]);
    header_ui(ui, theme, rect, columns, &sizes, &small);
    let line = rect.top() + ROW + 1.0;
    ui.painter()
        .hline(rect.x_range(), line, Stroke::new(1.0, theme.hairline));
    let mut touched = None;
    for (index, (row, name)) in rows.iter().zip(names).enumerate() {
        let top = rect.top() + ROW * (index as f32 + 1.0) + 4.0;
        let row_rect = Rect::from_min_size(pos2(rect.left(), top), vec2(width, ROW));
        let response = row_ui(
            ui,
            theme,
            row_rect,
            (index, row, name),
            columns,
            &sizes,
            [&font, &small],
        );
        touched = touched.or(Touched::of(row.arm, &response));
    }
    touched
}

impl Touched {
    fn of(arm: usize, response: &Response) -> Option<Self> {
        let clicked = response.clicked();
        (clicked || response.hovered()).then_some(Self { arm, clicked })
    }
}

fn text_width(ui: &Ui, text: &str, font: &FontId) -> f32 {
    galley(ui, text, font).size().x
}

fn galley(ui: &Ui, text: &str, font: &FontId) -> Arc<Galley> {
    ui.painter()
        .layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER)
}

fn layout(
    ui: &Ui,
    rect: Rect,
    (rows, names): (&[RowHead], &[String]),
    columns: &[Column],
    [font, small]: [&FontId; 2],
) -> Sizes {
    let names = names
        .iter()
        .map(|name| text_width(ui, name, font))
        .fold(24.0, f32::max);
    let names = SAMPLE + 8.0 + names.min(0.4 * rect.width());
    let states = rows
        .iter()
        .map(|r| text_width(ui, &r.state, small))
        .fold(0.0, f32::max);
    let width = |c: &Column| {
        let header = text_width(ui, &c.header, small) + c.sample.map_or(0.0, |_| SAMPLE + 6.0);
        c.cells
            .iter()
            .map(|t| text_width(ui, t, font))
            .fold(header, f32::max)
    };
    let widths: Vec<f32> = columns.iter().map(width).collect();
    let total = |most: u8| {
        let shown = columns.iter().zip(&widths).filter(|(c, _)| c.rank <= most);
        names + shown.map(|(_, w)| w + GAP).sum::<f32>()
    };
    let most = (0..=u8::MAX)
        .rev()
        .find(|r| total(*r) <= rect.width())
        .unwrap_or(0);
    let mut left = rect.left() + names + GAP;
    let mut shown = Vec::new();
    for (index, (column, width)) in columns.iter().zip(&widths).enumerate() {
        if column.rank <= most {
            shown.push((index, left, *width));
            left += width + GAP;
        }
    }
    let state_left = if left + states <= rect.right() {
        left
    } else {
        f32::INFINITY
    };
    Sizes {
        columns: shown,
        state_left,
    }
}

fn header_ui(
    ui: &mut Ui,
    theme: &Theme,
    rect: Rect,
    columns: &[Column],
    sizes: &Sizes,
    font: &FontId,
) {
    for (index, left, width) in &sizes.columns {
        let Some(column) = columns.get(*index) else {
            continue;
        };
        let cell = Rect::from_min_size(pos2(*left, rect.top()), vec2(*width, ROW));
        let mut x = *left;
        if let Some(shaft) = column.sample {
            let y = cell.center().y;
            paint_shaft(
                ui.painter(),
                [pos2(x, y), pos2(x + SAMPLE, y)],
                shaft,
                theme.weak_text,
            );
            x += SAMPLE + 6.0;
        }
        let text = galley(ui, &column.header, font);
        ui.painter().galley(
            pos2(x, cell.center().y - 0.5 * text.size().y),
            text,
            theme.weak_text,
        );
        let id = ui.scope_id().with(("column", &column.header));
        ui.interact(cell, id, Sense::hover())
            .on_hover_text(&column.tooltip);
    }
}

fn row_ui(
    ui: &mut Ui,
    theme: &Theme,
    rect: Rect,
    (index, row, name): (usize, &RowHead, &str),
    columns: &[Column],
    sizes: &Sizes,
    [font, small]: [&FontId; 2],
) -> Response {
    let middle = rect.center().y;
    let faded = |color| faded(row, color);
    let names_end = sizes
        .columns
        .first()
        .map_or(rect.right(), |(_, left, _)| left - GAP);
    let name_rect = Rect::from_x_y_ranges(rect.left()..=names_end, rect.y_range());
    let response = name_ui(ui, theme, name_rect, (row, name), font);
    for (column, left, width) in &sizes.columns {
        let Some(cell) = columns.get(*column).and_then(|c| c.cells.get(index)) else {
            continue;
        };
        let text = galley(ui, cell, font);
        // Powers of ten stand in line at the left, decimals at the right.
        let aligned_left = columns
            .get(*column)
            .is_some_and(|c| c.cells.iter().any(|t| t.contains('·')));
        let x = if aligned_left {
            *left
        } else {
            left + width - text.size().x
        };
        let color = if cell == "—" {
            theme.weak_text
        } else {
            theme.text
        };
        ui.painter()
            .galley(pos2(x, middle - 0.5 * text.size().y), text, faded(color));
    }
    if sizes.state_left.is_finite() && !row.state.is_empty() {
        let text = galley(ui, &row.state, small);
        let color = if row.bad {
            theme.error
        } else {
            theme.weak_text
        };
        ui.painter().galley(
            pos2(sizes.state_left, middle - 0.5 * text.size().y),
            text,
            faded(color),
        );
    }
    response.on_hover_text(&row.tooltip)
}

/// Colour of a row: pale where its arm is hidden.
fn faded(row: &RowHead, color: Color32) -> Color32 {
    if row.hidden {
        color.gamma_multiply(0.4)
    } else {
        color
    }
}

/// An arm's line sample and name, which can be clicked.
fn name_ui(
    ui: &mut Ui,
    theme: &Theme,
    name_rect: Rect,
    (row, name): (&RowHead, &str),
    font: &FontId,
) -> Response {
    let (rect, middle) = (name_rect, name_rect.center().y);
    let faded = |color| faded(row, color);
    let shaft = Shaft {
        width: 2.0,
        opacity: 1.0,
        dash: Dash::Arm(row.arm),
    };
    let sample = [
        pos2(rect.left(), middle),
        pos2(rect.left() + SAMPLE, middle),
    ];
    let shaft = arm_shaft(theme, Ink::Arm(row.arm), shaft);
    paint_shaft(ui.painter(), sample, shaft, faded(theme.arm(row.arm)));
    let response = ui.interact(
        name_rect,
        ui.scope_id().with(("arm", row.arm)),
        Sense::click(),
    );
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::CheckBox, true, !row.hidden, &row.label)
    });
    let strong = FontId::new(
        font.size,
        if response.hovered() {
            fonts::semibold()
        } else {
            font.family.clone()
        },
    );
    let room = rect.width() - SAMPLE - 8.0 + GAP - 4.0;
    let name = elided(ui, name, &strong, Color32::PLACEHOLDER, room);
    let at = pos2(rect.left() + SAMPLE + 8.0, middle - 0.5 * name.size().y);
    ui.painter()
        .with_clip_rect(name_rect.expand2(vec2(GAP - 4.0, 0.0)))
        .galley(at, name, faded(theme.text));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accuracies_are_in_percent_and_losses_are_not() {
        let values = [Some(0.476), None, Some(1.0)];
        let accuracy = cells(Quantity::TestAccuracy, &values);
        assert_eq!(accuracy, ["47.6 %", "—", "100.0 %"]);
        let loss = cells(Quantity::TestLoss, &values);
        assert_eq!(loss, ["0.48", "—", "1.00"]);
    }
}
