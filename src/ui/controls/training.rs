//! Training: layers, step, loss, stop, and how it is computed.

use egui::{ComboBox, Ui};

use super::field::{Change, Field, Form, change};
use super::segmented::segmented;
use super::slider::{positive, whole};
use super::{advice, method};
use crate::network::Activation;
use crate::spec::{
    Layers, LossKind, LossOver, LossSpec, Precision, Preset, Representation, StepUnit,
};
use crate::ui::action::Effect;

/// Width of a short row of choices.
const CHOICES: f32 = 116.0;

const LAYERS: Field = Field {
    path: "train.layers",
    name: "layers trained",
    meaning: "Weights that are trained: W (hidden), V (output), or both.",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.train.layers = loaded.train.layers,
};

const STEP: Field = Field {
    path: "train.method.step",
    name: "step δ",
    meaning: "Step δ (η), before the scaling's own factor: W ← W − δ·factor·∇L; under gradient flow the time one step of the run covers. The linearized twin follows.",
    effect: Effect::Live,
    restore: |preset, loaded| preset.train.method = loaded.train.method,
};

const STEP_UNIT: Field = Field {
    path: "train.step_unit",
    name: "in units of",
    meaning: "What the step is counted in: δ itself, or each arm's own stable step 2/(s·λ_max(K₀)).",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.train.step_unit = loaded.train.step_unit,
};

const LOSS: Field = Field {
    path: "loss.over",
    name: "loss over",
    meaning: "Normalization of the training loss L. Its factor s multiplies the gradient of ½ Σ_a ‖f(x_a) − y_a‖².",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.loss = loaded.loss,
};

const STEPS: Field = Field {
    path: "train.stop.steps",
    name: "stop after",
    meaning: "Number of steps after which the run ends.",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.train.stop = loaded.train.stop,
};

const PRECISION: Field = Field {
    path: "precision",
    name: "precision",
    meaning: "Float width of training. Observables are always reduced in double precision.",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.precision = loaded.precision,
};

const REPRESENTATION: Field = Field {
    path: "train.representation",
    name: "computed on",
    meaning: "The iteration on the weights W (m × D) or on the features H (m × n): the same numbers to rounding. A linear network can be reduced to n + outputs combinations of its neurons. Auto takes the cheapest.",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.train.representation = loaded.train.representation,
};

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>) {
    form.row(ui, &LAYERS, |ui, preset| {
        let choices = [
            ("W", Layers::Hidden, "train W, keep V"),
            ("V", Layers::Output, "train V, keep W: random features"),
            ("both", Layers::Both, "train W and V"),
        ];
        pick(ui, &choices, preset.train.layers, |preset, new| {
            preset.train.layers = new
        })
    });
    method::show(ui, form);
    if form.preset().train.method.step().is_some() {
        step(ui, form);
        form.row(ui, &STEP_UNIT, |ui, preset| {
            pick(ui, &UNITS, preset.train.step_unit, |preset, new| {
                preset.train.step_unit = new
            })
        });
    }
    form.row(ui, &LOSS, loss_choice);
    form.row(ui, &STEPS, |ui, preset| {
        let (response, new) = whole(ui, preset.train.stop.steps, 100.0);
        let steps = new.unwrap_or(0);
        (
            response,
            change(new.is_some(), move |preset| preset.train.stop.steps = steps),
        )
    });
    form.row(ui, &PRECISION, |ui, preset| {
        let choices = [
            ("float32", Precision::F32, "32-bit floats"),
            ("float64", Precision::F64, "64-bit floats"),
        ];
        pick(ui, &choices, preset.precision, |preset, new| {
            preset.precision = new
        })
    });
    form.row(ui, &REPRESENTATION, representation);
}

fn step(ui: &mut Ui, form: &mut Form<'_>) {
    form.row(ui, &STEP, |ui, preset| {
        let (response, new) = positive(ui, preset.train.method.step().unwrap_or(1.0), None);
        let step = new.unwrap_or(1.0);
        (
            response,
            change(new.is_some(), move |preset| {
                preset.train.method = preset.train.method.with_step(step)
            }),
        )
    });
    advice::show(ui, form);
}

fn pick<T: Copy + PartialEq + 'static>(
    ui: &mut Ui,
    choices: &[(&str, T, &str)],
    current: T,
    set: impl FnOnce(&mut Preset, T) + 'static,
) -> (egui::Response, Option<Change>) {
    let (response, picked) = segmented(ui, CHOICES, choices, Some(current));
    let new = picked.unwrap_or(current);
    (
        response,
        change(picked.is_some(), move |preset| set(preset, new)),
    )
}

/// Units of the step: name, value, meaning.
const UNITS: [(&str, StepUnit, &str); 2] = [
    ("δ", StepUnit::Delta, "the step is δ (η) itself"),
    (
        "2/sλ",
        StepUnit::StableStep,
        "the step is counted in each arm's own 2/(s·λ_max(K₀)), above which its linearized network diverges",
    ),
];

/// Losses: name, kind and normalization, formula.
const LOSSES: [(&str, LossKind, LossOver, &str); 6] = [
    (
        "½ sum",
        LossKind::Squared,
        LossOver::Sum,
        "½ Σ_a ‖f(x_a) − y_a‖²",
    ),
    (
        "½ mean",
        LossKind::Squared,
        LossOver::Mean,
        "1/(2n) Σ_a ‖f(x_a) − y_a‖²",
    ),
    (
        "average",
        LossKind::Squared,
        LossOver::Average,
        "1/n Σ_a ‖f(x_a) − y_a‖²",
    ),
    (
        "MSE",
        LossKind::Squared,
        LossOver::MeanSquaredError,
        "1/(n·outputs) Σ_a ‖f(x_a) − y_a‖²",
    ),
    (
        "log loss, sum",
        LossKind::CrossEntropy,
        LossOver::Sum,
        "cross-entropy −Σ_a Σ_p y_ap log softmax(f(x_a))_p, for one-hot targets",
    ),
    (
        "log loss, mean",
        LossKind::CrossEntropy,
        LossOver::Mean,
        "cross-entropy −1/n Σ_a Σ_p y_ap log softmax(f(x_a))_p, for one-hot targets",
    ),
];

fn loss_choice(ui: &mut Ui, preset: &Preset) -> (egui::Response, Option<Change>) {
    let current = preset.loss;
    let mut new = current;
    let of = |(_, kind, over, _): (&str, LossKind, LossOver, &str)| LossSpec { kind, over };
    let name = LOSSES.into_iter().find(|choice| of(*choice) == current);
    let combo = ComboBox::from_id_salt("loss over")
        .width(96.0)
        .selected_text(name.map_or("", |(name, ..)| name));
    let response = combo.show_ui(ui, |ui| {
        for choice in LOSSES {
            ui.selectable_value(&mut new, of(choice), choice.0)
                .on_hover_text(choice.3);
        }
    });
    (
        response.response,
        change(new != current, move |preset| preset.loss = new),
    )
}

fn representation(ui: &mut Ui, preset: &Preset) -> (egui::Response, Option<Change>) {
    let name = |representation| match representation {
        Representation::Auto => "auto",
        Representation::WeightSpace => "weights W",
        Representation::SampleSpace => "features H",
        Representation::Reduced => "reduced",
    };
    let current = preset.train.representation;
    let mut new = current;
    let combo = ComboBox::from_id_salt("representation")
        .width(96.0)
        .selected_text(name(current));
    let response = combo.show_ui(ui, |ui| {
        let linear = preset.network.activation == Activation::Identity;
        let reduced =
            (linear || current == Representation::Reduced).then_some(Representation::Reduced);
        let choices = [
            Representation::Auto,
            Representation::WeightSpace,
            Representation::SampleSpace,
        ];
        for choice in choices.into_iter().chain(reduced) {
            ui.selectable_value(&mut new, choice, name(choice));
        }
    });
    (
        response.response,
        change(new != current, move |preset| {
            preset.train.representation = new
        }),
    )
}
