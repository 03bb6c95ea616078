//! A row of choices of which one holds.

use egui::{
    Align2, CornerRadius, Rect, Response, Role, Sense, StrokeKind, TextStyle, Ui, WidgetInfo, pos2,
    vec2,
};

use super::beside::Beside as _;
use crate::spec::field::Choice;

/// Height in points.
const HEIGHT: f32 = 22.0;

/// Draws the choices of a field over `width`; the one pressed, if any. `None` chosen marks no choice.
pub(super) fn segmented(
    ui: &mut Ui,
    width: f32,
    choices: &'static [Choice],
    chosen: Option<&Choice>,
) -> (Response, Option<&'static Choice>) {
    let (rect, mut whole) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    let mut picked = None;
    for (choice, cell) in cells(ui, rect, choices) {
        let response = ui.interact(cell, whole.id.with(choice.name), Sense::click());
        let on = chosen == Some(choice);
        response.widget_info(|| {
            WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), on, choice.name)
        });
        paint(ui, cell, response.hovered(), on, choice.name);
        if response.clicked() && !on {
            picked = Some(choice);
        }
        let response = response.on_hover_beside(choice.meaning);
        if picked.is_some() {
            whole.mark_changed();
        }
        drop(response);
    }
    outline(ui, rect);
    (whole, picked)
}

/// Draws the choices over `width` to be read only, those marked that are `on`.
pub(super) fn shown(
    ui: &mut Ui,
    width: f32,
    choices: &'static [Choice],
    on: impl Fn(&Choice) -> bool,
) {
    let (rect, whole) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    for (choice, cell) in cells(ui, rect, choices) {
        let response = ui.interact(cell, whole.id.with(choice.name), Sense::hover());
        paint(ui, cell, false, on(choice), choice.name);
        response.on_hover_beside(choice.meaning);
    }
    outline(ui, rect);
    let names = choices.iter().filter(|choice| on(choice)).map(|c| c.name);
    let names = names.collect::<Vec<_>>().join(", ");
    whole.widget_info(|| WidgetInfo::labeled(Role::Label, true, &names));
}

/// The choices with their cells, as wide as their names and equal parts of what is left.
fn cells(ui: &Ui, rect: Rect, choices: &'static [Choice]) -> Vec<(&'static Choice, Rect)> {
    let font = TextStyle::Small.resolve(ui.style());
    let name_width = |text: &str| {
        ui.painter()
            .layout_no_wrap(text.into(), font.clone(), ui.visuals().text_color())
            .size()
            .x
    };
    let widths: Vec<f32> = choices.iter().map(|c| name_width(c.name)).collect();
    let padding = (rect.width() - widths.iter().sum::<f32>()) / choices.len().max(1) as f32;
    let mut left = rect.left();
    let cell = |(choice, name_width): (&'static Choice, f32)| {
        let right = left + name_width + padding;
        let cell = Rect::from_min_max(pos2(left, rect.top()), pos2(right, rect.bottom()));
        left = right;
        (choice, cell)
    };
    choices.iter().zip(widths).map(cell).collect()
}

fn outline(ui: &Ui, rect: Rect) {
    let outline = ui.visuals().widgets.noninteractive.bg_stroke;
    ui.painter()
        .rect_stroke(rect, CornerRadius::same(3), outline, StrokeKind::Inside);
}

fn paint(ui: &Ui, cell: Rect, hovered: bool, on: bool, name: &str) {
    let visuals = ui.visuals();
    if on {
        ui.painter()
            .rect_filled(cell, CornerRadius::same(3), visuals.selection.bg_fill);
    } else if hovered {
        ui.painter().rect_filled(
            cell,
            CornerRadius::same(3),
            visuals.widgets.hovered.weak_bg_fill,
        );
    }
    let color = if on {
        visuals.text_color()
    } else {
        visuals.weak_text_color()
    };
    let font = TextStyle::Small.resolve(ui.style());
    ui.painter()
        .text(cell.center(), Align2::CENTER_CENTER, name, font, color);
}
