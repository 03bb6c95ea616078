//! The slider of γ, from NTK to ours: of the preset's own scaling, or of one more arm where the arms vary it.

use egui::accesskit::Action::SetValue;
use egui::style::HandleShape;
use egui::{Align, InputState, Layout, Response, RichText, Slider, Stroke, Ui, UiBuilder, vec2};

use super::beside::Beside as _;
use super::field::{Form, NAME_WIDTH, ROW, hint};
use super::gamma_arm::GammaArm;
use super::slider::positive;
use crate::network::{GAMMAS, Scaling};
use crate::preset::{Edit, axis_of, text};
use crate::spec::Preset;
use crate::spec::field::{GAMMA, SCALING};

/// What the slider stands at where the scaling is not on the line, unseen.
pub(super) const MIDDLE: f64 = 0.75;

/// Height of the row of the ends' names.
const ENDS: f32 = 14.0;

/// What is said besides where the arms vary the scaling.
const ONE_MORE: &str =
    "The scaling varies here: the slider adds one more value, named by its γ, and moves it.";

/// What the slider moves.
#[derive(Clone, Copy)]
enum Target {
    /// The preset's own scaling.
    Scaling(Scaling),
    /// One more value of the axis over the scaling.
    Arm(GammaArm),
}

impl Target {
    /// `None` where an axis varies a part of the scaling, or has it linked to another field.
    fn of(preset: &Preset, loaded: &Preset) -> Option<Self> {
        match GammaArm::of(preset, loaded) {
            Some(arm) => Some(Self::Arm(arm)),
            None if axis_of(preset, SCALING.path).is_some() => None,
            None => Some(Self::Scaling(preset.scaling)),
        }
    }

    fn gamma(self) -> Option<f64> {
        match self {
            Self::Scaling(scaling) => scaling.gamma(),
            Self::Arm(arm) => arm.gamma,
        }
    }

    fn set_to(self, preset: &Preset, gamma: f64) -> Edit {
        match self {
            Self::Scaling(_) => Edit::new(SCALING.path, text(&Scaling::Between(gamma))),
            Self::Arm(arm) => arm.set_to(preset, gamma),
        }
    }
}

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>) {
    let Some(target) = Target::of(form.preset(), &form.input.draft.loaded) else {
        return;
    };
    // A name of its own, so that a drag goes on where the arm that it adds moves the controls down.
    let id = ui.scope_id().with(GAMMA.path);
    ui.scope_builder(UiBuilder::new().scope_id(id), |ui| {
        let tooltip = match target {
            Target::Scaling(_) => hint(&GAMMA),
            Target::Arm(_) => format!("{}\n{ONE_MORE}", hint(&GAMMA)),
        };
        let typed = row(ui, form, target, &tooltip);
        let slid = slider(ui, target.gamma(), &tooltip);
        ends(ui, form);
        if let Some(gamma) = slid.or(typed) {
            let edit = target.set_to(form.preset(), gamma);
            form.edit(edit);
        }
    });
    form.error_at(ui, |path| path == GAMMA.path || path.starts_with("axes."));
}

/// The name, the number, and where it is an arm's what takes that away; the number if it was changed.
fn row(ui: &mut Ui, form: &mut Form<'_>, target: Target, tooltip: &str) -> Option<f64> {
    let (width, gamma) = (ui.available_width(), target.gamma());
    let layout = Layout::left_to_right(Align::Center);
    let row = ui.allocate_ui_with_layout(vec2(width, ROW), layout, |ui| {
        form.name(ui, &GAMMA, NAME_WIDTH);
        let layout = Layout::right_to_left(Align::Center);
        ui.with_layout(layout, |ui| {
            let off_the_line = gamma.is_none().then_some("–");
            let (number, new) = positive(ui, gamma.unwrap_or(MIDDLE), off_the_line);
            named(number, tooltip);
            take_away(ui, form, target);
            new
        })
        .inner
    });
    row.inner
}

fn take_away(ui: &mut Ui, form: &mut Form<'_>, target: Target) {
    let Target::Arm(arm) = target else {
        return;
    };
    let (Some(edit), Some(gamma)) = (arm.removed(form.preset()), arm.gamma) else {
        return;
    };
    let words = format!("Take γ = {gamma} away");
    let button = ui.small_button("×").on_hover_beside(&words);
    let button = button.accessible_name(&words);
    if button.clicked() {
        form.edit(edit);
    }
}

/// The slider, without its handle where there is no γ; the new γ, if it was moved.
fn slider(ui: &mut Ui, gamma: Option<f64>, tooltip: &str) -> Option<f64> {
    let before = gamma.filter(|g| g.is_finite()).unwrap_or(MIDDLE);
    let before = hundredths(before.clamp(*GAMMAS.start(), *GAMMAS.end()));
    let mut new = before;
    ui.spacing_mut().slider_width = ui.available_width() - 2.0;
    let mut slider = Slider::new(&mut new, GAMMAS)
        .step_by(0.01)
        .smart_aim(false)
        .show_value(false);
    if gamma.is_none() {
        let widgets = &mut ui.visuals_mut().widgets;
        for state in [
            &mut widgets.inactive,
            &mut widgets.hovered,
            &mut widgets.active,
        ] {
            state.fg_stroke = Stroke::NONE;
            state.expansion = 0.0;
        }
        slider = slider
            .handle_shape(HandleShape::Rect { aspect_ratio: 0.0 })
            .trailing_fill(false);
    }
    let response = ui.add(slider);
    // Where it has no handle, it is moved from nowhere, also to the middle.
    let is_asked = |i: &InputState| i.num_accesskit_action_requests(response.id, SetValue) > 0;
    let is_moved = response.interact_pointer_pos().is_some() || ui.input(is_asked);
    let from_nowhere = gamma.is_none() && is_moved;
    named(response, tooltip);
    let new = hundredths(new);
    (new != before || from_nowhere).then_some(new)
}

fn named(response: Response, tooltip: &str) {
    response
        .on_hover_beside(tooltip)
        .accessible_name(GAMMA.name);
}

/// The names of the two ends of the line.
fn ends(ui: &mut Ui, form: &Form<'_>) {
    let small = |text: &str| {
        RichText::new(text)
            .small()
            .color(form.input.theme.weak_text)
    };
    let (width, layout) = (ui.available_width(), Layout::left_to_right(Align::Min));
    ui.allocate_ui_with_layout(vec2(width, ENDS), layout, |ui| {
        ui.label(small("½ NTK"));
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            ui.label(small("ours 1"))
        });
    });
}

/// Two digits, the nearest doubles to them.
fn hundredths(gamma: f64) -> f64 {
    (100.0 * gamma).round() / 100.0
}
