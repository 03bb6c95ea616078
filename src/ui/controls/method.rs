//! Training method: gradient descent, SGD, gradient flow, least squares.

use egui::{Button, Response, Ui};

use super::bound::list;
use super::field::Form;
use crate::preset::{Edit, text};
use crate::spec::field::{BATCH as BATCH_SIZE, Choice, METHOD, ORDER, TOLERANCE as LOCAL_ERROR};
use crate::spec::{BatchOrder, Layers, Method, Preset};

/// Batch of SGD when it is chosen.
const BATCH: usize = 1;

/// Tolerance of gradient flow when it is chosen.
const TOLERANCE: f64 = 1e-6;

/// The method of a choice with the step of the one before; what had no step gets 1.
fn chosen(choice: &Choice, before: Method) -> Method {
    let step = before.step().unwrap_or(1.0);
    match choice.value {
        "Sgd" => Method::Sgd {
            step,
            batch: BATCH,
            order: BatchOrder::default(),
        },
        "GradientFlow" => Method::GradientFlow {
            step,
            tolerance: TOLERANCE,
        },
        "LeastSquares" => Method::LeastSquares,
        _ => Method::GradientDescent { step },
    }
}

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>) {
    let now = form.chosen(&METHOD);
    form.row(ui, &METHOD, |ui, preset| methods(ui, preset, now));
    form.whole(ui, &BATCH_SIZE, 1.0);
    let preset = form.preset();
    // A file can only be named in a preset.
    let given = preset.train.indices.is_some()
        || matches!(
            preset.train.method,
            Method::Sgd {
                order: BatchOrder::Given,
                ..
            }
        );
    form.list_in(ui, &ORDER, list(&ORDER).truncate(), |choice| {
        choice.value != "Given" || given
    });
    form.positive(ui, &LOCAL_ERROR);
}

fn methods(ui: &mut Ui, preset: &Preset, now: Option<&Choice>) -> (Response, Option<Edit>) {
    let only_v = preset.train.layers == Layers::Output;
    let mut new = None;
    let name = now.map_or("", |choice| choice.name);
    let response = list(&METHOD).selected_text(name).show_ui(ui, |ui| {
        for choice in METHOD.choices() {
            let on = now == Some(choice);
            let able = choice.value != "LeastSquares" || only_v || on;
            let label = Button::selectable(on, choice.name);
            let response = ui.add_enabled(able, label).on_hover_text(choice.meaning);
            let why = format!("{}. Train only V to choose it.", choice.meaning);
            if response.on_disabled_hover_text(why).clicked() && !on {
                new = Some(chosen(choice, preset.train.method));
            }
        }
    });
    let edit = new.map(|method| Edit::new(METHOD.path, text(&method)));
    (response.response, edit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_keeps_the_step_of_the_one_before() {
        let mut method = Method::GradientDescent { step: 0.3 };
        for choice in METHOD.choices() {
            let new = chosen(choice, method);
            assert!(choice.is_of(&text(&new)), "{choice:?} gave {new:?}");
            if new == Method::LeastSquares {
                assert_eq!(chosen(&METHOD.choices()[0], new).step(), Some(1.0));
            } else {
                assert_eq!(new.step(), Some(0.3));
                method = new;
            }
        }
    }
}
