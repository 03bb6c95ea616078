//! The arms of a script as a list of Python.

use super::ScriptArm;
use super::arrays::data_of;
use super::literal::{number, optional, string};
use super::part::{loss, method, sigma};
use crate::data::LabelKind;
use crate::spec::{Method, Schedule};

/// `ARMS = […]`, a dictionary an arm.
pub(super) fn list(arms: &[ScriptArm]) -> String {
    let dictionaries: String = arms
        .iter()
        .map(|arm| dictionary(arm, data_of(arm, arms)))
        .collect();
    format!("ARMS = [\n{dictionaries}]\n")
}

fn dictionary(of: &ScriptArm, data: usize) -> String {
    let mut lines = numbers(of, data);
    lines.extend(steps(of));
    let lines: String = lines
        .into_iter()
        .map(|(key, value)| format!("        \"{key}\": {value},\n"))
        .collect();
    format!("    {{\n{lines}    }},\n")
}

type Line = (&'static str, String);

/// The network and its loss.
fn numbers(of: &ScriptArm, data: usize) -> Vec<Line> {
    let (preset, start) = (&of.arm.preset, &of.start);
    let labels = match start.labels {
        LabelKind::Real => "real",
        LabelKind::Signed => "signed",
        LabelKind::OneHot => "one-hot",
    };
    vec![
        ("label", string(&of.arm.label)),
        ("seed", preset.seed.to_string()),
        ("number", of.number.to_string()),
        ("data", data.to_string()),
        ("labels", string(labels)),
        ("sigma", string(sigma(start.activation).name)),
        ("lipschitz", number(start.activation.lipschitz())),
        ("a", number(start.a)),
        ("b", number(start.b)),
        ("s", number(start.loss_factor)),
        ("s_test", number(start.test_loss_factor)),
        ("loss", string(loss(preset.loss.kind).name)),
        ("over", string(&format!("{:?}", preset.loss.over))),
        ("W_step", number(start.hidden_step_factor)),
        ("V_step", number(start.output_step_factor)),
    ]
}

/// What is done, and when it is looked at.
fn steps(of: &ScriptArm) -> Vec<Line> {
    let train = &of.arm.preset.train;
    let step = train.method.step().unwrap_or(1.0);
    let changes = train.changes.iter();
    let changes: Vec<String> = changes
        .map(|change| format!("({}, {})", change.at, number(change.step * of.step_unit)))
        .collect();
    let stop = train.stop;
    let mut lines = vec![
        ("method", string(method(train.method).name)),
        ("step", number(step * of.step_unit)),
        ("changes", format!("[{}]", changes.join(", "))),
        (
            "stop",
            format!(
                "{{\"steps\": {}, \"error\": {}, \"loss\": {}, \"accuracy\": {}}}",
                of.steps.last_step,
                optional(stop.relative_error),
                optional(stop.loss),
                optional(stop.accuracy)
            ),
        ),
        (
            "records",
            match of.arm.preset.observe.schedule {
                Schedule::Every(k) => format!("(\"every\", {})", k.max(1)),
                Schedule::Log { per_decade } => format!("(\"log\", {})", per_decade.max(1)),
            },
        ),
    ];
    if let Method::GradientFlow { tolerance, .. } = train.method {
        lines.push(("tolerance", number(tolerance)));
    }
    if let (Some(batches), Some(number)) = (&of.steps.batches, of.batches_of) {
        lines.push(("epoch", batches.steps_per_epoch.to_string()));
        lines.push(("batches", number.to_string()));
    }
    lines
}
