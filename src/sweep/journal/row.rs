//! A trial as a line of text, and back.

use crate::export::{text_cell, text_of_cell};
use crate::spec::Preset;
use crate::sweep::cells::of_axis;
use crate::sweep::{Plan, TrialEnd, TrialResult, Unit};

/// Longest message of a failed trial that is kept, in characters.
const MAX_MESSAGE: usize = 500;

/// Names of the columns.
pub(super) fn columns(preset: &Preset) -> String {
    let axes = preset.axes.iter().filter(|axis| axis.show.is_sweep());
    let measures = preset.sweep.iter().flat_map(|sweep| &sweep.measures);
    let names = ["cell", "arm"]
        .into_iter()
        .chain(axes.map(|axis| axis.field.as_str()))
        .chain(["trial", "seed", "end", "steps"])
        .chain(measures.map(|measure| measure.name.as_str()))
        .chain(["message", "check"]);
    record(names)
}

/// A trial's line, its check and a line break at the end. Numbers are written so that reading them
/// gives the same bits.
pub(super) fn line(plan: &Plan, result: &TrialResult) -> String {
    let TrialResult {
        unit,
        seed,
        end,
        steps,
        values,
    } = result;
    let arm = plan.arm_label(unit.cell);
    let axes = plan
        .experiment()
        .sweep_axes
        .iter()
        .zip(plan.choice(unit.cell));
    let axes = axes.map(|(axis, j)| axis.values.get(j).map_or(String::new(), of_axis));
    let (end, message) = match end {
        TrialEnd::Reached => ("reached", ""),
        TrialEnd::Steps => ("steps", ""),
        TrialEnd::Diverged => ("diverged", ""),
        TrialEnd::Failed(message) => ("failed", message.as_str()),
    };
    let message: String = message.chars().map(plain).take(MAX_MESSAGE).collect();
    let message = text_cell(&message).into_owned();
    let fields = [unit.cell.to_string(), text_cell(arm).into_owned()]
        .into_iter()
        .chain(axes)
        .chain([unit.trial.to_string(), seed.to_string()])
        .chain([end.to_owned(), steps.to_string()])
        .chain(values.iter().map(|v| v.map_or(String::new(), number)))
        .chain([message]);
    let fields: Vec<String> = fields.collect();
    let row = record(fields.iter().map(String::as_str));
    let check = check(&row);
    format!("{row},{check:08x}\n")
}

/// Reads a line without its line break; `None` where it is torn, damaged or of no trial of the plan.
pub(super) fn read(plan: &Plan, line: &str) -> Option<TrialResult> {
    let (row, written) = line.rsplit_once(',')?;
    if written.len() != 8 || u32::from_str_radix(written, 16).ok()? != check(row) {
        return None;
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(row.as_bytes());
    let fields = reader.records().next()?.ok()?;
    let measures = plan.spec().measures.len();
    let axes = plan.experiment().sweep_axes.len();
    if fields.len() != 2 + axes + 4 + measures + 1 {
        return None;
    }
    let field = |i: usize| fields.get(i).unwrap_or_default();
    let after = 2 + axes;
    let unit = Unit {
        cell: field(0).parse().ok()?,
        trial: field(after).parse().ok()?,
    };
    let seed = field(after + 1).parse().ok()?;
    let is_unit = unit.cell < plan.cells() && unit.trial < plan.trials();
    if !is_unit || seed != plan.seed(unit) {
        return None;
    }
    let values = (0..measures).map(|k| match field(after + 4 + k) {
        "" => Some(None),
        text => text.parse().ok().map(Some),
    });
    Some(TrialResult {
        unit,
        seed,
        end: match field(after + 2) {
            "reached" => TrialEnd::Reached,
            "steps" => TrialEnd::Steps,
            "diverged" => TrialEnd::Diverged,
            "failed" => TrialEnd::Failed(text_of_cell(field(after + 4 + measures)).to_owned()),
            _ => return None,
        },
        steps: field(after + 3).parse().ok()?,
        values: values.collect::<Option<_>>()?,
    })
}

/// One record of comma-separated values, without a line break: no field has one.
fn record<'a>(fields: impl Iterator<Item = &'a str>) -> String {
    let quoted = fields.map(|field| {
        if field.contains([',', '"', '#']) {
            format!("\"{}\"", field.replace('"', "\"\""))
        } else {
            field.to_owned()
        }
    });
    quoted.collect::<Vec<_>>().join(",")
}

/// A line break would end the row.
fn plain(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}

/// The shortest text that reads back as the same number.
fn number(value: f64) -> String {
    format!("{value:?}")
}

fn check(row: &str) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(row.as_bytes());
    crc.sum()
}
