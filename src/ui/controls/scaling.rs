//! Scaling regime: by name, or by its four factors.

use egui::{RichText, Ui};

use super::beside::Beside as _;
use super::factors;
use super::field::{ARMS, Form};
use super::gamma::{self, MIDDLE};
use super::segmented::{segmented, shown};
use super::vary;
use crate::network::Scaling;
use crate::preset::{Edit, set, text, text_at};
use crate::spec::field::{Choice, SCALING};

/// The text of a regime; a custom one starts with the factors of the one before, one between NTK and
/// ours with its γ.
fn written(choice: &Choice, before: Scaling) -> String {
    match choice.value {
        "Custom" => {
            let factors = before.parameterization();
            text(&Scaling::Custom {
                a: factors.a,
                b: factors.b,
                step_factor: factors.hidden_step,
                output_step_factor: factors.output_step,
            })
        }
        "Between" => text(&Scaling::Between(before.gamma().unwrap_or(MIDDLE))),
        name => name.to_owned(),
    }
}

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>) {
    if form.can_vary(&SCALING) {
        form.actions.extend(vary::of_section(ui, &SCALING));
    }
    if let Some(by) = form.varied_by(SCALING.path) {
        // The arms stand in the list above the controls.
        let place = if by == ARMS { " above ↻" } else { "" };
        let text = format!("varied by {by}{place}");
        ui.label(RichText::new(text).color(form.input.theme.weak_text))
            .on_hover_beside(form.varied_hint(&SCALING, by));
        varied(ui, form);
        gamma::show(ui, form);
        return;
    }
    let chosen = form.chosen(&SCALING);
    form.widget(ui, &SCALING, |ui, preset| {
        let width = ui.available_width();
        let (response, picked) = segmented(ui, width, SCALING.choices(), chosen);
        let edit = |choice| Edit::new(SCALING.path, written(choice, preset.scaling));
        (response, picked.map(edit))
    });
    if let Scaling::Custom { .. } = form.preset().scaling {
        factors::show(ui, form);
    } else {
        let factors = form.preset().scaling.parameterization();
        let [a, b, step] = [factors.a, factors.b, factors.hidden_step].map(factors::text);
        let text = format!("a = {a}   b = {b}   step × {step}");
        ui.label(
            RichText::new(text)
                .small()
                .color(form.input.theme.weak_text),
        );
    }
    gamma::show(ui, form);
    form.error(ui, &SCALING);
}

/// The regimes that an axis goes through.
fn varied(ui: &mut Ui, form: &Form<'_>) {
    let axes = form.preset().axes.iter();
    let values = axes.filter(|axis| axis.field == SCALING.path);
    let values: Vec<String> = values
        .flat_map(|axis| &axis.values)
        .filter_map(|value| {
            let preset = set(form.preset(), SCALING.path, value.get_ron()).ok()?;
            text_at(&preset, SCALING.path)
        })
        .collect();
    if !values.is_empty() {
        let on = |choice: &Choice| values.iter().any(|value| choice.is_of(value));
        shown(ui, ui.available_width(), SCALING.choices(), on);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::{get, set};
    use crate::spec::Preset;

    #[test]
    fn a_custom_regime_starts_with_the_factors_of_the_one_before() {
        for choice in SCALING.choices() {
            let edited = set(
                &Preset::default(),
                SCALING.path,
                &written(choice, Scaling::MeanField),
            );
            let edited = edited.expect("it is written as a preset is");
            assert!(choice.is_of(&get(&edited, SCALING.path).expect("it is there")));
            if choice.value == "Custom" {
                let mean_field = Scaling::MeanField.parameterization();
                assert_eq!(edited.scaling.parameterization(), mean_field);
            }
        }
    }

    #[test]
    fn a_regime_between_ntk_and_ours_starts_where_the_one_before_stands() {
        let between = SCALING.choices().iter().find(|c| c.value == "Between");
        let between = between.expect("it is on offer");
        for (before, gamma) in [
            (Scaling::Ntk, "Between(0.5)"),
            (Scaling::Ours, "Between(1.0)"),
            (Scaling::Standard, "Between(0.75)"),
        ] {
            assert_eq!(written(between, before), gamma);
        }
    }
}
