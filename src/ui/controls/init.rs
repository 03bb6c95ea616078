//! Initial weights: the ratio ω2/ω1, and the law of biases.

use egui::Ui;

use super::field::{Change, Field, Form, change};
use super::network::has_biases;
use super::segmented::segmented;
use super::slider::{logarithmic, nice_ratio, positive};
use crate::spec::{BiasInit, Preset};
use crate::ui::action::Effect;
use crate::ui::number;

const RATIO: Field = Field {
    path: "init.omega_ratio",
    name: "ratio ω₂/ω₁",
    meaning: "Size ω2 of the entries of V(0) over the standard deviation ω1 of those of W(0), at constant ω1·ω2. Small: the hidden layer starts large and hardly needs to move. Large: it has to.",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.init.omega_ratio = loaded.init.omega_ratio,
};

const BIAS: Field = Field {
    path: "init.bias",
    name: "biases",
    meaning: "Law of the biases at the start, where there are any.",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.init.bias = loaded.init.bias,
};

/// Width of the choices of the law in points.
const BIAS_WIDTH: f32 = 124.0;

const BIAS_LAWS: [(&str, BiasInit, &str); 2] = [
    (
        "like W",
        BiasInit::SameAsWeights,
        "hidden biases N(0, ω₁²), like the entries of W; output biases 0",
    ),
    (
        "uniform",
        BiasInit::Uniform,
        "hidden biases uniform on ±1/√D, D the dimension of Φ(x); output biases uniform on ±1/√m, 0 where the start is symmetrized: the default of common frameworks",
    ),
];

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>) {
    ratio(ui, form);
    if has_biases(form.preset()) {
        form.row(ui, &BIAS, |ui, preset| {
            let law = preset.init.bias;
            let (response, picked) = segmented(ui, BIAS_WIDTH, &BIAS_LAWS, Some(law));
            let new = picked.unwrap_or(law);
            let set = move |preset: &mut Preset| preset.init.bias = new;
            (response, change(picked.is_some(), set))
        });
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
    let ratio = move |preset: &Preset| preset.init.omega_ratio.unwrap_or(measured);
    let set = |new: Option<f64>| -> Option<Change> {
        change(new.is_some(), move |preset| preset.init.omega_ratio = new)
    };
    form.slider_row(
        ui,
        &RATIO,
        |ui, preset| {
            let as_written = format!("{} (preset)", number::compact(measured));
            let text = preset
                .init
                .omega_ratio
                .is_none()
                .then_some(as_written.as_str());
            let (response, new) = positive(ui, ratio(preset), text);
            (response, set(new))
        },
        |ui, preset| {
            let (response, new) = logarithmic(ui, ratio(preset), 1e-3..=1e3, nice_ratio);
            (response, set(new))
        },
    );
}
