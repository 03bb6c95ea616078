//! The four factors c·mᵖ·D^q of a custom scaling regime.

use egui::{DragValue, Grid, RichText, Ui};

use super::beside::Beside as _;
use super::field::Form;
use crate::network::{Factor, Scaling};
use crate::number;
use crate::preset::{Edit, text as written};
use crate::spec::field::SCALING;

/// Names of the factors, and what each multiplies.
const NAMES: [(&str, &str); 4] = [
    ("a", "output factor a in f = a·Vσ(H)"),
    ("b", "input factor b in H = b·WΦ"),
    ("step W", "factor of the step of W"),
    ("step V", "factor of the step of V"),
];

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>) {
    let Scaling::Custom {
        a,
        b,
        step_factor,
        output_step_factor,
    } = form.preset().scaling
    else {
        return;
    };
    let before = [a, b, step_factor, output_step_factor];
    let mut after = before;
    Grid::new("factors")
        .num_columns(4)
        .spacing([6.0, 4.0])
        .show(ui, |ui| {
            for head in ["", "c", "m^", "D^"] {
                ui.label(
                    RichText::new(head)
                        .small()
                        .color(form.input.theme.weak_text),
                );
            }
            ui.end_row();
            for ((name, meaning), factor) in NAMES.iter().zip(&mut after) {
                ui.label(*name).on_hover_beside(*meaning);
                for (value, part, speed) in [
                    (&mut factor.c, "c", 0.01),
                    (&mut factor.m, "power of m", 0.01),
                    (&mut factor.d, "power of D", 0.01),
                ] {
                    let drag = DragValue::new(value)
                        .speed(speed)
                        .update_while_editing(false);
                    let drag = drag
                        .custom_formatter(|x, _| number::compact(x))
                        .custom_parser(number::parse);
                    let response = ui.add(drag);
                    let response = response.on_hover_beside(format!("{meaning}: {part}"));
                    response.accessible_name(format!("{name}: {part}"));
                }
                ui.end_row();
            }
        });
    if after != before {
        let [a, b, step_factor, output_step_factor] = after;
        let scaling = Scaling::Custom {
            a,
            b,
            step_factor,
            output_step_factor,
        };
        let edit = Edit::new(SCALING.path, written(&scaling));
        form.edit(edit);
    }
}

/// A factor as in the papers: `1/m`, `1/√D`, `mD`.
pub(super) fn text(factor: Factor) -> String {
    let mut above = String::new();
    let mut below = String::new();
    for (name, power) in [("m", factor.m), ("D", factor.d)] {
        let side = if power < 0.0 { &mut below } else { &mut above };
        match power.abs() {
            0.0 => {}
            1.0 => side.push_str(name),
            0.5 => side.push_str(&format!("√{name}")),
            p => side.push_str(&format!("{name}^{}", number::compact(p))),
        }
    }
    if factor.c != 1.0 || above.is_empty() {
        let dot = if above.is_empty() { "" } else { "·" };
        above = format!("{}{dot}{above}", number::compact(factor.c));
    }
    if below.is_empty() {
        above
    } else {
        format!("{above}/{below}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_read_as_in_the_papers() {
        let ours = Scaling::Ours.parameterization();
        let mean_field = Scaling::MeanField.parameterization();
        assert_eq!(
            [ours.a, ours.b, ours.hidden_step].map(text),
            ["1/m", "1/√D", "m"]
        );
        assert_eq!(
            [mean_field.a, mean_field.b, mean_field.hidden_step].map(text),
            ["1/m", "1/D", "mD"]
        );
        assert_eq!(
            text(Factor {
                c: 2.0,
                m: 0.25,
                d: 0.0
            }),
            "2·m^0.25"
        );
        assert_eq!(text(Factor::constant(1.0)), "1");
    }
}
