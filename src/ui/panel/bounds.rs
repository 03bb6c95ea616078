//! The switch of the theory's bounds, and a key of their names.

use egui::{RichText, Sense, TextStyle, Ui, pos2, vec2};

use crate::figure::{BOUND_SHAFT, BoundKey};
use crate::ui::Theme;
use crate::ui::plot::paint_shaft;

use super::choice::word_ui;

/// Length of the dotted sample before a name.
const SAMPLE: f32 = 16.0;

/// What the switch means.
const SWITCH: &str = "Draws the papers' bounds over the measurement: dotted in the arm's colour where every assumption holds on this data, grey with crosses and the name struck through where one fails";

/// Draws the switch and the names of the bounds, nothing where there are none; a name tells its
/// formula, its numbers at the step shown and what fails.
pub(super) fn bounds_ui(ui: &mut Ui, theme: &Theme, keys: &[BoundKey], on: &mut bool) {
    if keys.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(10.0, 2.0);
        ui.spacing_mut().interact_size.y = 16.0;
        if word_ui(ui, theme, "bounds", *on, SWITCH) {
            *on = !*on;
        }
        for key in keys.iter().filter(|_| *on) {
            key_ui(ui, theme, key);
        }
    });
}

fn key_ui(ui: &mut Ui, theme: &Theme, key: &BoundKey) {
    let color = if key.applies() {
        theme.text
    } else {
        theme.weak_text
    };
    let font = TextStyle::Small.resolve(ui.style());
    let name = ui.painter().layout_no_wrap(key.name.clone(), font, color);
    let size = name.size() + vec2(SAMPLE + 5.0, 4.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let middle = rect.center().y;
    let sample = [
        pos2(rect.left(), middle),
        pos2(rect.left() + SAMPLE, middle),
    ];
    paint_shaft(ui.painter(), sample, BOUND_SHAFT, color);
    let left = rect.left() + SAMPLE + 5.0;
    ui.painter()
        .galley(pos2(left, middle - 0.5 * name.size().y), name, color);
    if !key.applies() {
        let stroke = egui::Stroke::new(1.0, color);
        ui.painter()
            .hline(left - 1.0..=rect.right(), middle, stroke);
    }
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &key.name));
    response.on_hover_ui(|ui| {
        ui.label(RichText::new(key.text()));
    });
}
