//! Data: the law, the number of points, the seed.

use egui::{RichText, Ui};

use super::field::{Field, Form, change};
use super::slider::whole;
use crate::spec::DataSpec;
use crate::ui::action::{Action, Effect};

const POINTS: Field = Field {
    path: "data.n",
    name: "points n",
    meaning: "Number of training points n.",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.data = loaded.data.clone(),
};

const SEED: Field = Field {
    path: "seed",
    name: "seed",
    meaning: "Seed of every random draw: data, embedding and initial weights. Equal seeds give equal runs, bit by bit.",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.seed = loaded.seed,
};

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>) {
    let described = form
        .input
        .run
        .history
        .arms()
        .iter()
        .find_map(|arm| arm.facts.as_ref())
        .map(|facts| facts.data.clone());
    let kind = ui.label(RichText::new(kind(&form.preset().data)).color(form.input.theme.text));
    if let Some(text) = described {
        kind.on_hover_text(text);
    }
    if points(&form.preset().data).is_some() {
        form.row(ui, &POINTS, |ui, preset| {
            let (response, new) = whole(ui, points(&preset.data).unwrap_or(0) as u64, 2.0);
            let n = new.unwrap_or(0) as usize;
            (
                response,
                change(new.is_some(), move |preset| set_points(&mut preset.data, n)),
            )
        });
    }
    form.row(ui, &SEED, |ui, preset| {
        let (response, new) = whole(ui, preset.seed, 0.1);
        let seed = new.unwrap_or(0);
        (
            response,
            change(new.is_some(), move |preset| preset.seed = seed),
        )
    });
    ui.horizontal(|ui| {
        if ui
            .button("New seed")
            .on_hover_text("Restart with the next seed (N)")
            .clicked()
        {
            form.actions.push(Action::NewSeed);
        }
        if ui
            .button("Restart")
            .on_hover_text("Restart with the same data and seed (R)")
            .clicked()
        {
            form.actions.push(Action::Restart);
        }
    });
}

fn kind(data: &DataSpec) -> String {
    match data {
        DataSpec::SignedPairs { d, .. } => format!("signed pairs in d = {d}"),
        DataSpec::Gaussian { d, .. } => format!("Gaussian points in d = {d}"),
        DataSpec::Sphere { d, .. } => format!("points on the unit sphere, d = {d}"),
        DataSpec::Linear { d, .. } => format!("linear regression in d = {d}"),
        DataSpec::Mnist { classes, .. } => {
            let classes: Vec<String> = classes.iter().map(u8::to_string).collect();
            format!("handwritten digits {}", classes.join(", "))
        }
        DataSpec::File { path, .. } => format!("file {path}"),
    }
}

fn points(data: &DataSpec) -> Option<usize> {
    match data {
        DataSpec::SignedPairs { n, .. }
        | DataSpec::Gaussian { n, .. }
        | DataSpec::Sphere { n, .. }
        | DataSpec::Linear { n, .. }
        | DataSpec::Mnist { n, .. } => Some(*n),
        DataSpec::File { .. } => None,
    }
}

fn set_points(data: &mut DataSpec, points: usize) {
    match data {
        DataSpec::SignedPairs { n, .. }
        | DataSpec::Gaussian { n, .. }
        | DataSpec::Sphere { n, .. }
        | DataSpec::Linear { n, .. }
        | DataSpec::Mnist { n, .. } => *n = points,
        DataSpec::File { .. } => {}
    }
}
