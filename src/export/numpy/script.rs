//! The code of a script, put together from its parts.

use std::collections::BTreeMap;

use super::literal::{comment, string};
use super::measured::{measures, quantities};
use super::part::{Part, loss, method, sigma};
use super::{ScriptArm, arms};
use crate::export::{COMMIT, VERSION};
use crate::preset::Experiment;
use crate::spec::Quantity;

/// The code of a script.
pub(super) fn script(experiment: &Experiment, of: &[ScriptArm], left_out: &[String]) -> String {
    let columns = quantities(of);
    let measures: Vec<_> = measures(&columns).collect();
    let mut blocks = vec![
        include_str!("templates/head.py").to_owned() + &remarks(experiment, left_out),
        include_str!("templates/imports.py").to_owned(),
        arms::list(of),
        columns_list(&columns),
    ];
    blocks.extend(by_name(of.iter().map(|of| loss(of.arm.preset.loss.kind))));
    blocks.extend(by_name(of.iter().map(|of| sigma(of.start.activation))));
    blocks.push(include_str!("templates/network.py").to_owned());
    blocks.extend(by_name(
        of.iter().map(|of| method(of.arm.preset.train.method)),
    ));
    if measures.iter().any(|measure| measure.needs_kernel) {
        blocks.push(include_str!("templates/kernel.py").to_owned());
    }
    blocks.extend(measures.iter().map(|measure| measure.part.text.to_owned()));
    let names: Vec<&str> = measures.iter().map(|measure| measure.part.name).collect();
    blocks.push(format!("MEASURES = [{}]\n", names.join(", ")));
    blocks.push(include_str!("templates/train.py").to_owned());
    blocks.push(include_str!("templates/main.py").to_owned());
    blocks.join("\n\n")
}

/// Each part once, by name.
fn by_name(parts: impl Iterator<Item = Part>) -> Vec<String> {
    let parts: BTreeMap<&str, &str> = parts.map(|part| (part.name, part.text)).collect();
    parts.into_values().map(str::to_owned).collect()
}

fn columns_list(columns: &[Quantity]) -> String {
    let lines: String = columns
        .iter()
        .map(|quantity| {
            format!(
                "    {},  {}\n",
                string(quantity.column()),
                comment(quantity.definition())
            )
        })
        .collect();
    format!("COLUMNS = [\n{lines}]\n")
}

/// Where the script comes from, and what it leaves out.
fn remarks(experiment: &Experiment, left_out: &[String]) -> String {
    let source = experiment.preset.source.to_string();
    let mut lines = vec![
        format!("Written by widescope {VERSION}, commit {COMMIT}."),
        format!("Preset {}: {}", experiment.name, experiment.preset.title),
    ];
    if !source.is_empty() {
        lines.push(source);
    }
    lines.extend(left_out.iter().map(|what| format!("Left out: {what}.")));
    lines.iter().map(|line| comment(line) + "\n").collect()
}
