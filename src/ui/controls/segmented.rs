//! A row of choices of which one holds.

use egui::{
    Align2, CornerRadius, Rect, Response, Role, Sense, StrokeKind, TextStyle, Ui, WidgetInfo, pos2,
    vec2,
};

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
    let font = TextStyle::Small.resolve(ui.style());
    let name_width = |text: &str| {
        ui.painter()
            .layout_no_wrap(text.into(), font.clone(), ui.visuals().text_color())
            .size()
            .x
    };
    let widths: Vec<f32> = choices.iter().map(|c| name_width(c.name)).collect();
    let padding = (width - widths.iter().sum::<f32>()) / choices.len().max(1) as f32;
    let mut left = rect.left();
    for (choice, name_width) in choices.iter().zip(widths) {
        let cell = Rect::from_min_max(
            pos2(left, rect.top()),
            pos2(left + name_width + padding, rect.bottom()),
        );
        left = cell.right();
        let response = ui.interact(cell, whole.id.with(choice.name), Sense::click());
        let on = chosen == Some(choice);
        response.widget_info(|| {
            WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), on, choice.name)
        });
        paint(ui, cell, &response, on, choice.name);
        if response.clicked() && !on {
            picked = Some(choice);
        }
        let response = response.on_hover_text(choice.meaning);
        if picked.is_some() {
            whole.mark_changed();
        }
        drop(response);
    }
    let outline = ui.visuals().widgets.noninteractive.bg_stroke;
    ui.painter()
        .rect_stroke(rect, CornerRadius::same(3), outline, StrokeKind::Inside);
    (whole, picked)
}

fn paint(ui: &Ui, cell: Rect, response: &Response, on: bool, name: &str) {
    let visuals = ui.visuals();
    if on {
        ui.painter()
            .rect_filled(cell, CornerRadius::same(3), visuals.selection.bg_fill);
    } else if response.hovered() {
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
