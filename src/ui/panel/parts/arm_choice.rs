//! The choice of one arm, for panels that show one at a time.

use egui::{ComboBox, RichText, Sense, Ui, vec2};

use crate::ui::Theme;

use super::choice::{caption_ui, word_ui};

/// More arms than this are chosen from a list that unfolds.
const IN_A_ROW: usize = 4;

/// Draws the choice where there are several arms, given by index and name with the one shown.
pub fn arm_choice_ui(
    ui: &mut Ui,
    theme: &Theme,
    (arms, shown): (&[(usize, String)], Option<usize>),
    tooltip: &str,
    chosen: &mut usize,
) {
    if arms.len() < 2 {
        return;
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 2.0);
        if arms.len() > IN_A_ROW {
            list_ui(ui, theme, (arms, shown), tooltip, chosen);
            return;
        }
        for (index, label) in arms {
            dot_ui(ui, theme, *index);
            if word_ui(ui, theme, label, shown == Some(*index), tooltip) {
                *chosen = *index;
            }
        }
    });
    ui.add_space(2.0);
}

fn list_ui(
    ui: &mut Ui,
    theme: &Theme,
    (arms, shown): (&[(usize, String)], Option<usize>),
    tooltip: &str,
    chosen: &mut usize,
) {
    caption_ui(ui, theme, "arm");
    let now = arms.iter().find(|(index, _)| Some(*index) == shown);
    if let Some((index, _)) = now {
        dot_ui(ui, theme, *index);
    }
    let width = (ui.available_width() - 8.0).clamp(80.0, 230.0);
    let combo = ComboBox::from_id_salt("arm")
        .selected_text(now.map_or("", |(_, label)| label))
        .truncate()
        .width(width);
    let response = combo.show_ui(ui, |ui| {
        for (index, label) in arms {
            let name = RichText::new(label).color(theme.arm_text(*index));
            if ui.selectable_label(Some(*index) == shown, name).clicked() {
                *chosen = *index;
            }
        }
    });
    response
        .response
        .on_hover_text(tooltip)
        .accessible_name("Arm shown");
}

fn dot_ui(ui: &mut Ui, theme: &Theme, arm: usize) {
    let (dot, _) = ui.allocate_exact_size(vec2(8.0, 16.0), Sense::hover());
    ui.painter()
        .circle_filled(dot.center(), 3.5, theme.arm(arm));
}
