//! Network: width, embedding, activation, biases.

use egui::{Checkbox, ComboBox, Ui};

use super::field::{Field, Form, change};
use super::slider::{logarithmic, nice_width, whole};
use crate::network::Activation;
use crate::spec::{EmbeddingSpec, EmbeddingWidth, Preset};
use crate::ui::action::Effect;

const WIDTH: Field = Field {
    path: "network.width",
    name: "width m",
    meaning: "Hidden width m in f(x) = a·Σᵢ vᵢσ(b·⟨Wᵢ, Φ(x)⟩), i = 1…m.",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.network.width = loaded.network.width,
};

const EMBEDDING: Field = Field {
    path: "network.embedding",
    name: "embedding Φ",
    meaning: "Fixed map Φ of the input before the first trained layer: x itself, all products x_i·x_j, or random features σ(z_jᵀx/√d).",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.network.embedding = loaded.network.embedding,
};

const EMBEDDING_WIDTH: Field = Field {
    path: "network.embedding.width",
    name: "features D",
    meaning: "Number D of random features; m takes as many as the network is wide.",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.network.embedding = loaded.network.embedding,
};

const ACTIVATION: Field = Field {
    path: "network.activation",
    name: "activation σ",
    meaning: "Activation σ of the hidden neurons (and of random features).",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.network.activation = loaded.network.activation,
};

const BIAS: Field = Field {
    path: "network.bias",
    name: "bias",
    meaning: "Gives each hidden neuron a bias βᵢ, hᵢ(x) = b·(⟨Wᵢ, Φ(x)⟩ + βᵢ): the weight of a constant feature 1, trained with W.",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.network.bias = loaded.network.bias,
};

const OUTPUT_BIAS: Field = Field {
    path: "network.output_bias",
    name: "output bias",
    meaning: "Gives each output a bias, f(x) = a·Vσ(h) + c, trained with V by the same step: c ← c − γ·Σₐ(f(xₐ) − yₐ).",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.network.output_bias = loaded.network.output_bias,
};

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>) {
    width(ui, form);
    embedding(ui, form);
    form.row(ui, &ACTIVATION, |ui, preset| {
        let current = preset.network.activation;
        let mut new = current;
        let combo = ComboBox::from_id_salt("activation")
            .width(96.0)
            .selected_text(current.name());
        let response = combo.show_ui(ui, |ui| {
            for activation in Activation::ALL {
                ui.selectable_value(&mut new, activation, activation.name())
                    .on_hover_text(activation.formula());
            }
        });
        (
            response.response,
            change(new != current, move |preset| {
                preset.network.activation = new
            }),
        )
    });
    biases(ui, form);
}

fn biases(ui: &mut Ui, form: &mut Form<'_>) {
    form.row(ui, &BIAS, |ui, preset| {
        let mut on = preset.network.bias;
        let response = ui.add(Checkbox::without_text(&mut on));
        let set = move |preset: &mut Preset| preset.network.bias = on;
        (response, change(on != preset.network.bias, set))
    });
    if !has_biases(form.preset()) {
        return;
    }
    form.row(ui, &OUTPUT_BIAS, |ui, preset| {
        let mut on = preset.network.output_bias;
        let response = ui.add(Checkbox::without_text(&mut on));
        let set = move |preset: &mut Preset| preset.network.output_bias = on;
        (response, change(on != preset.network.output_bias, set))
    });
}

/// Whether there is a bias anywhere; without one its further choices are not shown.
pub(super) fn has_biases(preset: &Preset) -> bool {
    preset.network.bias || preset.network.output_bias
}

fn width(ui: &mut Ui, form: &mut Form<'_>) {
    let set = |new: Option<f64>| {
        let width = new.unwrap_or(0.0) as usize;
        change(new.is_some(), move |preset| preset.network.width = width)
    };
    form.slider_row(
        ui,
        &WIDTH,
        |ui, preset| {
            let (response, new) = whole(ui, preset.network.width as u64, 16.0);
            (response, set(new.map(|width| width as f64)))
        },
        |ui, preset| {
            let (response, new) =
                logarithmic(ui, preset.network.width as f64, 64.0..=65_536.0, nice_width);
            (response, set(new))
        },
    );
}

/// Kinds of embedding on offer, with the width the other kinds do not have.
const KINDS: [(&str, EmbeddingSpec); 3] = [
    ("x", EmbeddingSpec::Identity),
    ("xxᵀ", EmbeddingSpec::Quadratic),
    (
        "random",
        EmbeddingSpec::RandomFeatures {
            width: EmbeddingWidth::SameAsNetwork,
        },
    ),
];

fn embedding(ui: &mut Ui, form: &mut Form<'_>) {
    form.row(ui, &EMBEDDING, |ui, preset| {
        let current = preset.network.embedding;
        let mut new = current;
        let combo = ComboBox::from_id_salt("embedding")
            .width(96.0)
            .selected_text(embedding_name(current));
        let response = combo.show_ui(ui, |ui| {
            for (name, kind) in KINDS {
                let same = std::mem::discriminant(&kind) == std::mem::discriminant(&current);
                if ui.selectable_label(same, name).clicked() && !same {
                    new = kind;
                }
            }
        });
        (
            response.response,
            change(new != current, move |preset| preset.network.embedding = new),
        )
    });
    if let Some(width) = embedding_width(&form.preset().network.embedding) {
        features(ui, form, width);
    }
}

fn features(ui: &mut Ui, form: &mut Form<'_>, width: EmbeddingWidth) {
    form.row(ui, &EMBEDDING_WIDTH, |ui, preset| {
        let m = preset.network.width;
        let mut same = width == EmbeddingWidth::SameAsNetwork;
        let count = match width {
            EmbeddingWidth::SameAsNetwork => m,
            EmbeddingWidth::AtMost(limit) => m.min(limit),
            EmbeddingWidth::Fixed(count) => count,
        };
        let (response, new) = whole(ui, count as u64, 8.0);
        let toggled = ui
            .checkbox(&mut same, "m")
            .on_hover_text("as many as the network is wide")
            .changed();
        let width = match (toggled, same, new) {
            (true, true, _) => Some(EmbeddingWidth::SameAsNetwork),
            (true, false, _) => Some(EmbeddingWidth::Fixed(count)),
            (false, _, Some(count)) => Some(EmbeddingWidth::Fixed(count as usize)),
            (false, _, None) => None,
        };
        (
            response,
            change(width.is_some(), move |preset| {
                set_embedding_width(preset, width)
            }),
        )
    });
}

fn embedding_name(embedding: EmbeddingSpec) -> String {
    match embedding {
        EmbeddingSpec::RandomLayers { depth, .. } => format!("{depth} random"),
        other => KINDS
            .iter()
            .find(|(_, kind)| std::mem::discriminant(kind) == std::mem::discriminant(&other))
            .map_or_else(String::new, |(name, _)| (*name).to_owned()),
    }
}

fn embedding_width(embedding: &EmbeddingSpec) -> Option<EmbeddingWidth> {
    match embedding {
        EmbeddingSpec::RandomFeatures { width } | EmbeddingSpec::RandomLayers { width, .. } => {
            Some(*width)
        }
        EmbeddingSpec::Identity | EmbeddingSpec::Quadratic => None,
    }
}

fn set_embedding_width(preset: &mut Preset, new: Option<EmbeddingWidth>) {
    if let (
        EmbeddingSpec::RandomFeatures { width } | EmbeddingSpec::RandomLayers { width, .. },
        Some(new),
    ) = (&mut preset.network.embedding, new)
    {
        *width = new;
    }
}
