//! "Vary this…": from the name of a control to the sheet that makes its field vary.

use egui::{
    Align2, InputState, Key, Modifiers, Rect, Response, Role, Sense, TextStyle, Ui, WidgetInfo,
    vec2,
};

use super::beside::Beside as _;
use crate::spec::field::Field;
use crate::ui::action::{Action, VaryAction};

/// Side of the button in points.
const SIDE: f32 = 16.0;

/// What it does.
const TOOLTIP: &str = "Makes this field vary: one arm a value, the x-axis of a sweep with trials, or a side of its grid \
    (right-click, Shift F10)";

/// The ways from a field's name: its context menu, keys while it has the focus, and a button at the right
/// end of its place, seen under the pointer or with the focus.
pub(super) fn of_name(ui: &Ui, field: &Field, name: &Response) -> Option<Action> {
    let place = ui.max_rect();
    let at = Rect::from_center_size(
        place.right_center() - vec2(0.5 * SIDE, 0.0),
        vec2(SIDE, SIDE),
    );
    let is_near = ui.rect_contains_pointer(place) || name.has_focus();
    let asked = button(ui, field, at, is_near) | (name.has_focus() && ui.input_mut(has_menu_key));
    let mut chosen = false;
    name.context_menu(|ui| {
        chosen = ui.button("Vary this…").on_hover_text(TOOLTIP).clicked();
        if chosen {
            ui.close();
        }
    });
    (asked || chosen).then(|| open(field))
}

/// The button of a field whose name is the title of its section, at the right end of the title.
pub(super) fn of_section(ui: &Ui, field: &Field) -> Option<Action> {
    let (right, below) = (ui.max_rect().right(), ui.next_widget_position().y);
    let corner = egui::pos2(right - SIDE, below - SIDE - ui.spacing().item_spacing.y);
    let at = Rect::from_min_size(corner, vec2(SIDE, SIDE));
    let row = at.with_min_x(ui.max_rect().left()).expand2(vec2(0.0, 12.0));
    button(ui, field, at, ui.rect_contains_pointer(row)).then(|| open(field))
}

fn open(field: &Field) -> Action {
    Action::Vary(VaryAction::Open(field.path.to_owned()))
}

fn has_menu_key(input: &mut InputState) -> bool {
    input.consume_key(Modifiers::SHIFT, Key::F10) || input.consume_key(Modifiers::NONE, Key::Menu)
}

/// The button; whether it was pressed. It takes no room of its own.
fn button(ui: &Ui, field: &Field, at: Rect, is_near: bool) -> bool {
    let id = ui.scope_id().with(("vary", field.path));
    let response = ui.interact(at, id, Sense::click());
    let words = format!("Vary {}", field.name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    if is_near || response.hovered() || response.has_focus() {
        let visuals = ui.style().interact(&response);
        ui.painter().rect_filled(at, 3.0, visuals.weak_bg_fill);
        if response.has_focus() {
            let stroke = ui.visuals().selection.stroke;
            ui.painter()
                .rect_stroke(at, 3.0, stroke, egui::StrokeKind::Inside);
        }
        let font = TextStyle::Small.resolve(ui.style());
        let color = visuals.text_color();
        ui.painter()
            .text(at.center(), Align2::CENTER_CENTER, "⋯", font, color);
    }
    let keys = response.has_focus() && ui.input_mut(has_menu_key);
    response
        .on_hover_beside(format!("{words}\n{TOOLTIP}"))
        .clicked()
        || keys
}
