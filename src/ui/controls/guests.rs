//! The runs beside the one shown: pinned ones, the one before, and which two are compared.

use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Button, ComboBox, Response, RichText, Role, Sense, TextEdit, TextStyle, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use super::arms::{BUTTON, ROW, swatch};
use super::field::Form;
use super::more::more_ui;
use crate::ui::action::{Action, KeptAction};
use crate::ui::kept::{Pin, Side};

/// What the switch of the comparison does.
const COMPARE: &str = "Shows two runs side by side on one clock, and nothing else: A is the run shown or a pinned one, \
    B another. Off, what was shown before is shown again";

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>) {
    let kept = form.input.kept;
    for pin in kept.pins() {
        row(ui, form, (Side::Pin(pin.id), &pin.label), |ui, form| {
            menu(ui, form, pin);
        });
    }
    if kept.before().is_some() {
        row(ui, form, (Side::Before, "before"), |ui, form| {
            let button = ui.add_sized(vec2(BUTTON, ROW - 4.0), Button::new("×").frame(false));
            button
                .widget_info(|| WidgetInfo::labeled(Role::Button, true, "Put the run before away"));
            if button
                .on_hover_text("Put the run before away (Esc)")
                .clicked()
            {
                form.actions.push(Action::Kept(KeptAction::Dismiss));
            }
        });
    }
    if form.input.pins {
        foot(ui, form);
    }
}

/// The line of a run: a click on its name hides or shows it, and at its right stands what can be done
/// with it.
fn row(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (side, label): (Side, &str),
    right: impl FnOnce(&mut Ui, &mut Form<'_>),
) {
    let (theme, slots) = (form.input.theme, form.input.kept.slots(form.input.run));
    let its = || (0..).zip(&slots).filter(|(_, slot)| slot.side == side);
    let shown = its().any(|(index, _)| !form.input.hidden.contains(&index));
    let color = its()
        .next()
        .map_or(theme.text, |(index, _)| theme.arm(index));
    let width = ui.available_width();
    let (whole, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
    let (name, rest) = whole.split_left_right_at_x(whole.right() - BUTTON);
    let id = ui.scope_id().with(("kept", side));
    let response = ui.interact(name, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, shown, label));
    if response.hovered() {
        ui.painter().rect_filled(name, 3.0, theme.raised());
    }
    swatch(ui, whole, color, shown);
    let text = if shown { theme.text } else { theme.weak_text };
    let body = TextStyle::Body.resolve(ui.style());
    let mut job = LayoutJob::simple_singleline(label.to_owned(), body, text);
    job.wrap = TextWrapping::truncate_at_width(name.width() - 28.0);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at = pos2(name.left() + 20.0, name.center().y - 0.5 * galley.size().y);
    ui.painter().galley(at, galley, text);
    hint(response, form, side, label, shown);
    let mut place = ui.new_child(UiBuilder::new().max_rect(rest).id_salt(("right", side)));
    right(&mut place, form);
}

fn hint(response: Response, form: &mut Form<'_>, side: Side, label: &str, shown: bool) {
    let what = match side {
        Side::Before => "the run before this one",
        _ => "a pinned run: its settings and records as they were when it was pinned",
    };
    let click = if shown { "hide" } else { "show" };
    let text = format!("{label}: {what}. Click to {click} it.");
    if response.on_hover_text(text).clicked() {
        form.actions.push(Action::Kept(KeptAction::Toggle(side)));
    }
}

/// What can be done with a pinned run.
fn menu(ui: &mut Ui, form: &mut Form<'_>, pin: &Pin) {
    let menu = more_ui(ui, |ui| {
        let mut name = pin.label.clone();
        let field = ui.add(TextEdit::singleline(&mut name).desired_width(160.0));
        let field = field.on_hover_text("Name of this run; empty: what differs from the run shown");
        if field.changed() {
            form.actions
                .push(Action::Kept(KeptAction::Rename(pin.id, name)));
        }
        let shift = |up| KeptAction::Shift { pin: pin.id, up };
        let others = [
            ("Move up", "Move it up in the list", shift(true)),
            ("Move down", "Move it down in the list", shift(false)),
            (
                "Remove",
                "Give this run and its records up",
                KeptAction::Unpin(pin.id),
            ),
        ];
        for (word, tooltip, action) in others {
            if ui.button(word).on_hover_text(tooltip).clicked() {
                form.actions.push(Action::Kept(action));
                ui.close();
            }
        }
    });
    let name = format!("Rename, move or remove {}", pin.label);
    menu.on_hover_text(&name).accessible_name(name);
}

/// The button that pins, and the switch that compares.
fn foot(ui: &mut Ui, form: &mut Form<'_>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let able = form.input.run.has_records();
        let pin = ui.add_enabled(able, Button::new("Pin").small());
        let tooltip =
            "Keeps this run beside the next ones, with its settings and its records so far (B)";
        if pin.on_hover_text(tooltip).clicked() {
            form.actions.push(Action::Kept(KeptAction::Pin));
        }
        if !form.input.kept.pins().is_empty() {
            compare(ui, form);
        }
    });
}

fn compare(ui: &mut Ui, form: &mut Form<'_>) {
    let pins = form.input.kept.pins().iter();
    let sides: Vec<(Side, &str)> = [(Side::Now, "now")]
        .into_iter()
        .chain(pins.map(|pin| (Side::Pin(pin.id), pin.label.as_str())))
        .collect();
    let last = sides.last().map_or(Side::Now, |(side, _)| *side);
    let compared = form.input.compared;
    let mut on = compared.is_some();
    let mut chosen = compared.unwrap_or([Side::Now, last]);
    let mut changed = ui
        .toggle_value(&mut on, "A|B")
        .on_hover_text(COMPARE)
        .changed();
    if on {
        for (side, letter) in chosen.iter_mut().zip(["A", "B"]) {
            changed |= choose(ui, letter, &sides, side);
        }
    }
    if changed {
        let sides = on.then_some(chosen);
        form.actions.push(Action::Kept(KeptAction::Compare(sides)));
    }
}

/// One of the two; whether another was chosen.
fn choose(ui: &mut Ui, letter: &str, sides: &[(Side, &str)], chosen: &mut Side) -> bool {
    let now = sides.iter().find(|(side, _)| side == chosen);
    let text = RichText::new(now.map_or("", |(_, name)| name)).small();
    let mut changed = false;
    let list = ComboBox::from_id_salt(("compared", letter))
        .width(56.0)
        .truncate()
        .selected_text(text)
        .show_ui(ui, |ui| {
            for (side, name) in sides {
                changed |= ui.selectable_value(chosen, *side, *name).changed();
            }
        });
    let name = format!("Run {letter} of the comparison");
    list.response.on_hover_text(&name).accessible_name(name);
    changed
}
