//! The arms: show or hide each.

use egui::{Color32, Rect, Role, Sense, Stroke, TextStyle, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::by_hand;
use super::field::Form;
use crate::figure::arm_name;
use crate::ui::action::Action;
use crate::ui::arm_words::words;
use crate::ui::elide::elided;

/// Height of a row in points.
pub(super) const ROW: f32 = 22.0;

/// Width of the button at the right of a row.
pub(super) const BUTTON: f32 = 22.0;

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>) {
    let arms = form.input.run.history.arms();
    if arms.len() > 1 || !form.input.kept.has_no_guests() {
        for index in 0..arms.len() {
            arm(ui, form, index);
        }
    }
}

/// The dot at the left of a row: filled where what it stands for is shown.
pub(super) fn swatch(ui: &Ui, row: Rect, color: Color32, shown: bool) {
    let at = pos2(row.left() + 8.0, row.center().y);
    if shown {
        ui.painter().circle_filled(at, 4.5, color);
    } else {
        ui.painter().circle_stroke(at, 4.5, Stroke::new(1.0, color));
    }
}

fn arm(ui: &mut Ui, form: &mut Form<'_>, index: usize) {
    let Some(arm) = form.input.run.history.arms().get(index) else {
        return;
    };
    let shown = !form.input.hidden.contains(&index);
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let menu = if by_hand::can_change(form, index) {
        BUTTON
    } else {
        0.0
    };
    let (rect, rest) = whole.split_left_right_at_x(whole.right() - menu);
    let response = ui.interact(rect, ui.scope_id().with(("arm", index)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, shown, &arm.label));
    let theme = form.input.theme;
    if response.hovered() {
        ui.painter().rect_filled(rect, 3.0, theme.raised());
    }
    if form.input.arm.is_some_and(|(arm, _)| arm == index) {
        let edge = rect.with_max_x(rect.left() + 2.0);
        ui.painter().rect_filled(edge, 1.0, theme.accent);
    }
    swatch(ui, rect, theme.arm(index), shown);
    let text = if shown { theme.text } else { theme.weak_text };
    let body = TextStyle::Body.resolve(ui.style());
    let small = TextStyle::Small.resolve(ui.style());
    let state = arm.outcome.as_ref().map_or("", |outcome| match outcome {
        crate::history::Outcome::Finished(_) => "finished",
        crate::history::Outcome::Diverged { .. } => "diverged",
        crate::history::Outcome::Failed { .. } => "failed",
    });
    let key = if index < 9 {
        format!("{}", index + 1)
    } else {
        String::new()
    };
    let right = [state, key.as_str()].join("   ");
    let at = rect.right_center() - vec2(4.0, 0.0);
    let state = ui.painter().text(
        at,
        egui::Align2::RIGHT_CENTER,
        right,
        small,
        theme.weak_text,
    );
    let left = rect.left() + 20.0;
    let room = state.left() - 8.0 - left;
    let name = elided(
        ui,
        arm_name(&form.input.run.experiment, &arm.label),
        &body,
        text,
        room,
    );
    let at = pos2(left, rect.center().y - 0.5 * name.size().y);
    ui.painter().galley(at, name, text);
    let hint = if shown {
        "A click hides this arm"
    } else {
        "A click shows this arm"
    };
    let run = form.input.run;
    let tooltip = |ui: &mut Ui| {
        ui.label(words(&run.experiment, &run.history, index));
        let key = if index < 9 {
            format!(" ({})", index + 1)
        } else {
            String::new()
        };
        ui.label(format!("{hint}{key}"));
    };
    if response.on_hover_ui(tooltip).clicked() {
        form.actions.push(Action::ToggleArm(index));
    }
    if menu > 0.0 {
        let mut place = ui.new_child(UiBuilder::new().max_rect(rest).id_salt(("arm", index)));
        by_hand::menu(&mut place, form, index);
    }
}
