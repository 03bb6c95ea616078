//! Network: width, embedding, activation, biases.

use egui::Ui;

use super::beside::Beside as _;
use super::bound::{list, picked};
use super::field::Form;
use super::slider::{logarithmic, nice_width, whole};
use crate::preset::{Edit, text};
use crate::spec::field::{
    ACTIVATION, BIAS, Choice, EMBEDDING, EMBEDDING_WIDTH, OUTPUT_BIAS, WIDTH,
};
use crate::spec::{EmbeddingSpec, EmbeddingWidth, Preset};

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>) {
    width(ui, form);
    embedding(ui, form);
    form.list(ui, &ACTIVATION, |_| true);
    biases(ui, form);
}

fn biases(ui: &mut Ui, form: &mut Form<'_>) {
    form.tick(ui, &BIAS);
    if has_biases(form.preset()) {
        form.tick(ui, &OUTPUT_BIAS);
    }
}

/// Whether there is a bias anywhere; without one its further choices are not shown.
pub(super) fn has_biases(preset: &Preset) -> bool {
    preset.network.bias || preset.network.output_bias
}

fn width(ui: &mut Ui, form: &mut Form<'_>) {
    let edit = |new: Option<u64>| new.map(|new| Edit::new(WIDTH.path, text(&new)));
    form.slider_row(
        ui,
        &WIDTH,
        |ui, preset| {
            let (response, new) = whole(ui, preset.network.width as u64, 16.0);
            (response, edit(new))
        },
        |ui, preset| {
            let width = preset.network.width as f64;
            let (response, new) = logarithmic(ui, width, 64.0..=65_536.0, nice_width);
            (response, edit(new.map(|width| width as u64)))
        },
    );
}

fn embedding(ui: &mut Ui, form: &mut Form<'_>) {
    let chosen = form.chosen(&EMBEDDING);
    form.row(ui, &EMBEDDING, |ui, preset| {
        let name = name(preset.network.embedding, chosen);
        let list = list(&EMBEDDING).selected_text(name);
        let (response, picked) = picked(ui, list, EMBEDDING.choices().iter(), chosen);
        (
            response,
            picked.map(|choice| Edit::new(EMBEDDING.path, written(choice))),
        )
    });
    if let Some(width) = embedding_width(&form.preset().network.embedding) {
        features(ui, form, width);
    }
}

/// The text of an embedding, with the width that not all of them have.
fn written(choice: &Choice) -> String {
    match choice.value {
        "RandomFeatures" => text(&EmbeddingSpec::RandomFeatures {
            width: EmbeddingWidth::SameAsNetwork,
        }),
        name => name.to_owned(),
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
            .on_hover_beside("as many as the network is wide")
            .changed();
        let width = match (toggled, same, new) {
            (true, true, _) => Some(EmbeddingWidth::SameAsNetwork),
            (true, false, _) => Some(EmbeddingWidth::Fixed(count)),
            (false, _, Some(count)) => Some(EmbeddingWidth::Fixed(count as usize)),
            (false, _, None) => None,
        };
        (
            response,
            width.map(|width| Edit::new(EMBEDDING_WIDTH.path, text(&width))),
        )
    });
}

/// The name of an embedding; of several random layers, which can only be written, their number.
fn name(embedding: EmbeddingSpec, chosen: Option<&Choice>) -> String {
    match embedding {
        EmbeddingSpec::RandomLayers { depth, .. } => format!("{depth} random"),
        _ => chosen.map_or("", |choice| choice.name).to_owned(),
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
