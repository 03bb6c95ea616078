//! Scaling regime: by name, or by its four factors.

use egui::{RichText, Ui};

use super::factors;
use super::field::{ARMS, Form};
use super::segmented::segmented;
use crate::network::Scaling;
use crate::preset::{Edit, text};
use crate::spec::field::{Choice, SCALING};

/// The text of a regime; a custom one starts with the factors of the one before.
fn written(choice: &Choice, before: Scaling) -> String {
    if choice.value != "Custom" {
        return choice.value.to_owned();
    }
    let factors = before.parameterization();
    text(&Scaling::Custom {
        a: factors.a,
        b: factors.b,
        step_factor: factors.hidden_step,
        output_step_factor: factors.output_step,
    })
}

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>) {
    if let Some(by) = form.varied_by(SCALING.path) {
        // The arms stand in the list above the controls.
        let place = if by == ARMS { " above ↻" } else { "" };
        let text = format!("varied by {by}{place}");
        ui.label(RichText::new(text).color(form.input.theme.weak_text))
            .on_hover_text(SCALING.meaning);
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
    form.error(ui, &SCALING);
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
}
