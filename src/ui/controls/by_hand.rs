//! Arms by hand: copies, names, order, and which of them the controls act on.

use egui::{ComboBox, Id, RichText, TextEdit, Ui};

use super::field::Form;
use super::more::more_ui;
use crate::ui::action::{Action, ArmAction};

/// Path of the errors of what is done to the arms.
const PLACE: &str = "axes";

/// What the switch says where the controls act on every arm.
const ALL: &str = "all arms";

/// What the switch does.
const ACT_ON: &str = "What the controls below act on: all arms, or one alone, which then has values of its own. \
    A field that the arms vary can be changed in one arm at a time";

/// What the button does.
const ADD: &str = "Adds a copy of the arm that the controls act on (of the last one where they act on all), and \
    lets them act on the copy: what is changed then is what it has otherwise. Runs again";

/// Whether an arm of the run shown is still the preset's, so that it can be changed.
pub(super) fn can_change(form: &Form<'_>, index: usize) -> bool {
    let shown = form.input.run.history.own_arms().get(index);
    let arm = form.input.arms.get(index);
    let is_it = shown
        .zip(arm)
        .is_some_and(|(shown, arm)| shown.label == arm.label);
    form.input.pins && is_it && form.input.arms.len() > 1
}

/// The button that adds an arm, and the switch between one and all.
pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>) {
    if !form.input.pins {
        return;
    }
    let last = form.input.arms.len().saturating_sub(1);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if ui.small_button("+ arm").on_hover_text(ADD).clicked() {
            let arm = form.input.arm.map_or(last, |(arm, _)| arm);
            form.actions.push(Action::Arm(ArmAction::Copy(arm)));
        }
        if last > 0 {
            act_on(ui, form);
        }
    });
    form.error_at(ui, |path| path == PLACE);
}

fn act_on(ui: &mut Ui, form: &mut Form<'_>) {
    let chosen = form.input.arm.map(|(arm, _)| arm);
    let name = |arm: Option<usize>| {
        let arm = arm.and_then(|arm| form.input.arms.get(arm));
        arm.map_or(ALL, |arm| arm.label.as_str())
    };
    let mut picked = chosen;
    let small = |text: &str| RichText::new(text).small();
    ui.label(small("controls act on").color(form.input.theme.weak_text));
    let list = ComboBox::from_id_salt("arm of the controls")
        .width(ui.available_width() - 8.0)
        .truncate()
        .selected_text(small(name(chosen)))
        .show_ui(ui, |ui| {
            let arms = (0..form.input.arms.len()).map(Some);
            for arm in std::iter::once(None).chain(arms) {
                ui.selectable_value(&mut picked, arm, name(arm));
            }
        });
    let response = list.response.on_hover_text(ACT_ON);
    response.accessible_name("Controls act on");
    if picked != chosen {
        form.actions.push(Action::Arm(ArmAction::Select(picked)));
    }
}

/// What can be done with an arm.
pub(super) fn menu(ui: &mut Ui, form: &mut Form<'_>, index: usize) {
    let Some(label) = form.input.arms.get(index).map(|arm| arm.label.clone()) else {
        return;
    };
    ui.spacing_mut().button_padding.x = 2.0;
    let is_alone = form.input.arm.is_some_and(|(arm, _)| arm == index);
    let menu = more_ui(ui, |ui| {
        rename(ui, form, (index, &label));
        let shift = |up| ArmAction::Shift { arm: index, up };
        let select = match is_alone {
            true => ("Controls act on all arms", ACT_ON, ArmAction::Select(None)),
            false => (
                "Controls act on this arm",
                ACT_ON,
                ArmAction::Select(Some(index)),
            ),
        };
        let others = [
            select,
            ("Copy", "Adds a copy of this arm", ArmAction::Copy(index)),
            ("Move up", "Moves it up in the list", shift(true)),
            ("Move down", "Moves it down in the list", shift(false)),
            (
                "Remove",
                "Takes this arm away, with the claims about it; runs again",
                ArmAction::Remove(index),
            ),
        ];
        for (word, tooltip, action) in others {
            if ui.button(word).on_hover_text(tooltip).clicked() {
                form.actions.push(Action::Arm(action));
                ui.close();
            }
        }
    });
    let name = format!("Change the arm {label}");
    menu.on_hover_text(&name).accessible_name(name);
}

/// The name of an arm, which holds once it is typed to its end.
fn rename(ui: &mut Ui, form: &mut Form<'_>, (index, label): (usize, &str)) {
    let id = Id::unique(("name of the arm", index));
    let typed = ui.data(|data| data.get_temp::<String>(id));
    let mut name = typed.unwrap_or_else(|| label.to_owned());
    let field = ui.add(TextEdit::singleline(&mut name).desired_width(160.0));
    let field = field.on_hover_text(
        "Name of this arm, in lists, files and claims; holds with Enter. Empty: its values",
    );
    if field.lost_focus() {
        ui.data_mut(|data| data.remove::<String>(id));
        if name != label {
            form.actions
                .push(Action::Arm(ArmAction::Rename(index, name)));
        }
    } else if field.changed() {
        ui.data_mut(|data| data.insert_temp(id, name));
    }
    field.accessible_name("Name of the arm");
}
