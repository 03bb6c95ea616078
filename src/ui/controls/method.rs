//! Training method: gradient descent, SGD, gradient flow, least squares.

use egui::{ComboBox, Response, Ui};

use super::field::{Change, Field, Form, change};
use super::slider::{positive, whole};
use crate::spec::{BatchOrder, Layers, Method, Preset};
use crate::ui::action::Effect;

/// Batch of SGD when it is chosen.
const BATCH: usize = 1;

/// Tolerance of gradient flow when it is chosen.
const TOLERANCE: f64 = 1e-6;

const METHOD: Field = Field {
    path: "train.method",
    name: "optimizer",
    meaning: "How the weights are trained: gradient descent on all points, SGD on batches of them, gradient flow dW/dt = −∇L, or (where only V is trained) the least-squares solution at once.",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.train.method = loaded.train.method,
};

const BATCH_SIZE: Field = Field {
    path: "train.method.batch",
    name: "batch",
    meaning: "Training points in a batch of SGD; 1 is one sample a step.",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.train.method = loaded.train.method,
};

const ORDER: Field = Field {
    path: "train.method.order",
    name: "batch order",
    meaning: "How the batches are chosen: shuffled anew every epoch, without replacement; or each point drawn by itself, with replacement; or as a file says.",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.train.method = loaded.train.method,
};

const TOLERANCE_FIELD: Field = Field {
    path: "train.method.tolerance",
    name: "tolerance",
    meaning: "Largest local error of the features in an inner step of the flow's integrator, relative to their size.",
    effect: Effect::Restart,
    restore: |preset, loaded| preset.train.method = loaded.train.method,
};

/// Methods on offer: name, and what it does.
const METHODS: [(&str, &str); 4] = [
    ("GD", "full-batch gradient descent"),
    ("SGD", "gradient descent on batches of the training points"),
    (
        "gradient flow",
        "the limit of small steps, dW/dt = −∇L, integrated to a tolerance",
    ),
    (
        "least squares",
        "V set to the minimum-norm least-squares solution in the first step; W stays random",
    ),
];

fn index(method: Method) -> usize {
    match method {
        Method::GradientDescent { .. } => 0,
        Method::Sgd { .. } => 1,
        Method::GradientFlow { .. } => 2,
        Method::LeastSquares => 3,
    }
}

/// The method of an index with the step of the one before; what had no step gets 1.
fn chosen(index: usize, before: Method) -> Method {
    let step = before.step().unwrap_or(1.0);
    match index {
        1 => Method::Sgd {
            step,
            batch: BATCH,
            order: BatchOrder::default(),
        },
        2 => Method::GradientFlow {
            step,
            tolerance: TOLERANCE,
        },
        3 => Method::LeastSquares,
        _ => Method::GradientDescent { step },
    }
}

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>) {
    form.row(ui, &METHOD, methods);
    match form.preset().train.method {
        Method::Sgd { .. } => {
            form.row(ui, &BATCH_SIZE, batch);
            form.row(ui, &ORDER, order);
        }
        Method::GradientFlow { .. } => form.row(ui, &TOLERANCE_FIELD, tolerance),
        Method::GradientDescent { .. } | Method::LeastSquares => {}
    }
}

fn methods(ui: &mut Ui, preset: &Preset) -> (Response, Option<Change>) {
    let current = preset.train.method;
    let (now, only_v) = (index(current), preset.train.layers == Layers::Output);
    let mut new = now;
    let combo = ComboBox::from_id_salt("method")
        .width(96.0)
        .selected_text(METHODS.get(now).map_or("", |(name, _)| name));
    let response = combo.show_ui(ui, |ui| {
        for (choice, (name, meaning)) in METHODS.into_iter().enumerate() {
            let able = choice != 3 || only_v || now == 3;
            let label = egui::Button::selectable(choice == now, name);
            let response = ui.add_enabled(able, label).on_hover_text(meaning);
            let response =
                response.on_disabled_hover_text(format!("{meaning}. Train only V to choose it."));
            if response.clicked() {
                new = choice;
            }
        }
    });
    let method = chosen(new, current);
    (
        response.response,
        change(new != now, move |preset| preset.train.method = method),
    )
}

fn batch(ui: &mut Ui, preset: &Preset) -> (Response, Option<Change>) {
    let Method::Sgd { batch, .. } = preset.train.method else {
        return (ui.label("—"), None);
    };
    let (response, new) = whole(ui, batch as u64, 1.0);
    let points = new.unwrap_or(0) as usize;
    let set = move |preset: &mut Preset| {
        if let Method::Sgd { batch, .. } = &mut preset.train.method {
            *batch = points;
        }
    };
    (response, change(new.is_some(), set))
}

fn order(ui: &mut Ui, preset: &Preset) -> (Response, Option<Change>) {
    let Method::Sgd { order, .. } = preset.train.method else {
        return (ui.label("—"), None);
    };
    let name = |order| match order {
        BatchOrder::Shuffled => "shuffled",
        BatchOrder::WithReplacement => "with replacement",
        BatchOrder::Given => "from a file",
    };
    let mut new = order;
    let combo = ComboBox::from_id_salt("order")
        .width(96.0)
        .selected_text(name(order))
        .truncate();
    let response = combo.show_ui(ui, |ui| {
        // A file can only be named in a preset.
        let given = preset.train.indices.is_some() || order == BatchOrder::Given;
        let choices = [BatchOrder::Shuffled, BatchOrder::WithReplacement];
        for choice in choices
            .into_iter()
            .chain(given.then_some(BatchOrder::Given))
        {
            ui.selectable_value(&mut new, choice, name(choice));
        }
    });
    let set = move |preset: &mut Preset| {
        if let Method::Sgd { order, .. } = &mut preset.train.method {
            *order = new;
        }
    };
    (response.response, change(new != order, set))
}

fn tolerance(ui: &mut Ui, preset: &Preset) -> (Response, Option<Change>) {
    let Method::GradientFlow { tolerance, .. } = preset.train.method else {
        return (ui.label("—"), None);
    };
    let (response, new) = positive(ui, tolerance, None);
    let value = new.unwrap_or(TOLERANCE);
    let set = move |preset: &mut Preset| {
        if let Method::GradientFlow { tolerance, .. } = &mut preset.train.method {
            *tolerance = value;
        }
    };
    (response, change(new.is_some(), set))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_keeps_the_step_of_the_one_before() {
        let mut method = Method::GradientDescent { step: 0.3 };
        for choice in [1, 2, 0] {
            method = chosen(choice, method);
            assert_eq!(index(method), choice);
            assert_eq!(method.step(), Some(0.3));
        }
        assert_eq!(chosen(3, method), Method::LeastSquares);
        assert_eq!(chosen(0, Method::LeastSquares).step(), Some(1.0));
    }
}
