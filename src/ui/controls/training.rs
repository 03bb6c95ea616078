//! Training: layers, step, loss, stop, and how it is computed.

use egui::Ui;

use super::field::Form;
use super::{advice, method};
use crate::network::Activation;
use crate::spec::Representation;
use crate::spec::field::{
    LAYERS, LOSS, PRECISION, REPRESENTATION, STEP, STEP_UNIT, STEPS, STOP_ERROR,
};

/// Width of a short row of choices.
const CHOICES: f32 = 116.0;

/// Relative error at which a run ends when that is first asked for.
const FIRST_ERROR: f64 = 0.01;

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>) {
    form.segments(ui, &LAYERS, CHOICES);
    method::show(ui, form);
    if form.text(&STEP).is_some() {
        form.positive(ui, &STEP);
        advice::show(ui, form);
        form.segments(ui, &STEP_UNIT, CHOICES);
    }
    form.list(ui, &LOSS, |_| true);
    form.whole(ui, &STEPS, 100.0);
    form.segments(ui, &PRECISION, CHOICES);
    let preset = form.preset();
    let linear = preset.network.activation == Activation::Identity;
    let reduced = linear || preset.train.representation == Representation::Reduced;
    form.list(ui, &REPRESENTATION, |choice| {
        choice.value != "Reduced" || reduced
    });
    form.optional(ui, &STOP_ERROR, FIRST_ERROR);
}
