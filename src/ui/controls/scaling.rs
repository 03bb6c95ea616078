//! Scaling regime: by name, or by its four factors.

use egui::{RichText, Ui};

use super::factors;
use super::field::{ARMS, Field, Form, change};
use super::segmented::segmented;
use crate::network::Scaling;
use crate::ui::action::Effect;

const SCALING: Field = Field {
    path: "scaling",
    name: "scaling",
    meaning: "Scaling regime: the factors a and b of f(x) = a·Σᵢ vᵢσ(b·⟨Wᵢ, Φ(x)⟩) and those of the steps, as powers of m and D.",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.scaling = loaded.scaling,
};

#[derive(Clone, Copy, PartialEq)]
enum Name {
    Ours,
    Ntk,
    MeanField,
    Standard,
    Custom,
}

const NAMES: [(&str, Name, &str); 5] = [
    (
        "ours",
        Name::Ours,
        "a = 1/m, b = 1/√D, step ×m (Chen et al. 2022, (4)(5)(9))",
    ),
    (
        "NTK",
        Name::Ntk,
        "a = 1/√m, b = 1/√D, step ×1, f = 0 at the start (Chen et al., Table 1)",
    ),
    (
        "MF",
        Name::MeanField,
        "mean field: a = 1/m, b = 1/D, step ×mD (Chen et al., Table 1)",
    ),
    (
        "std",
        Name::Standard,
        "standard: a = b = 1, step ×1; the initial sizes ω1, ω2 set the regime",
    ),
    ("custom", Name::Custom, "any powers c·mᵖ·D^q"),
];

fn name(scaling: Scaling) -> Name {
    match scaling {
        Scaling::Ours => Name::Ours,
        Scaling::Ntk => Name::Ntk,
        Scaling::MeanField => Name::MeanField,
        Scaling::Standard => Name::Standard,
        Scaling::Custom { .. } => Name::Custom,
    }
}

/// The regime of a name; a custom one starts with the factors of the one before.
fn named(name: Name, before: Scaling) -> Scaling {
    match name {
        Name::Ours => Scaling::Ours,
        Name::Ntk => Scaling::Ntk,
        Name::MeanField => Scaling::MeanField,
        Name::Standard => Scaling::Standard,
        Name::Custom => {
            let factors = before.parameterization();
            Scaling::Custom {
                a: factors.a,
                b: factors.b,
                step_factor: factors.hidden_step,
                output_step_factor: factors.output_step,
            }
        }
    }
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
    form.widget(ui, &SCALING, |ui, preset| {
        let before = preset.scaling;
        let (response, picked) = segmented(ui, ui.available_width(), &NAMES, Some(name(before)));
        let after = picked.map_or(before, |name| named(name, before));
        (
            response,
            change(picked.is_some(), move |preset| preset.scaling = after),
        )
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
