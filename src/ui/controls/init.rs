//! Initial weights: the ratio ω2/ω1, and the law of biases.

use egui::Ui;

use super::field::Form;
use super::network::has_biases;
use super::slider::{logarithmic, nice_ratio, positive};
use crate::number;
use crate::preset::{Edit, text};
use crate::spec::field::{BIAS_LAW, OMEGA_RATIO};

/// Width of the choices of the law in points.
const BIAS_WIDTH: f32 = 124.0;

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>) {
    ratio(ui, form);
    if has_biases(form.preset()) {
        form.segments(ui, &BIAS_LAW, BIAS_WIDTH);
    }
}

fn ratio(ui: &mut Ui, form: &mut Form<'_>) {
    // Where the preset gives no ratio, the one of the run is shown.
    let facts = form
        .input
        .run
        .history
        .arms()
        .iter()
        .find_map(|arm| arm.facts.as_ref());
    let measured = facts.map_or(1.0, |facts| facts.omega2 / facts.omega1);
    let measured = if measured.is_finite() && measured > 0.0 {
        measured
    } else {
        1.0
    };
    let given = form.number::<f64>(&OMEGA_RATIO);
    let ratio = given.unwrap_or(measured);
    let edit = |new: Option<f64>| new.map(|new| Edit::new(OMEGA_RATIO.path, text(&new)));
    form.slider_row(
        ui,
        &OMEGA_RATIO,
        |ui, _| {
            let as_written = format!("{} (preset)", number::compact(measured));
            let shown = given.is_none().then_some(as_written.as_str());
            let (response, new) = positive(ui, ratio, shown);
            (response, edit(new))
        },
        |ui, _| {
            let (response, new) = logarithmic(ui, ratio, 1e-3..=1e3, nice_ratio);
            (response, edit(new))
        },
    );
}
