//! Data: the law, the number of points, the seed.

use egui::{RichText, Ui};

use super::beside::Beside as _;
use super::field::Form;
use crate::spec::DataSpec;
use crate::spec::field::{NOISE, POINTS, SEED};
use crate::ui::action::Action;
use crate::ui::glossary;

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
    let word = match form.preset().data {
        DataSpec::SignedPairs { .. } => Some(glossary::SIGNED_PAIRS.1.to_owned()),
        _ => None,
    };
    let lines: Vec<String> = described.into_iter().chain(word).collect();
    if !lines.is_empty() {
        kind.on_hover_beside(lines.join("\n\n"));
    }
    form.whole(ui, &POINTS, 2.0);
    form.not_negative(ui, &NOISE, 0.005);
    form.whole(ui, &SEED, 0.1);
    ui.horizontal(|ui| {
        if ui
            .button("New seed")
            .on_hover_beside("Restart with the next seed (N)")
            .clicked()
        {
            form.actions.push(Action::NewSeed);
        }
        if ui
            .button("Restart")
            .on_hover_beside("Restart with the same data and seed (R)")
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
        DataSpec::Moons { .. } => "two moons".to_owned(),
        DataSpec::Circles { .. } => "two circles".to_owned(),
        DataSpec::Spirals { .. } => "two spirals".to_owned(),
        DataSpec::Xor { d, .. } => format!("exclusive or in d = {d}"),
        DataSpec::Mnist { classes, .. } => {
            let classes: Vec<String> = classes.iter().map(u8::to_string).collect();
            format!("handwritten digits {}", classes.join(", "))
        }
        DataSpec::File { path, .. } => format!("file {path}"),
    }
}
