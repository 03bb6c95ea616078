//! `cells.csv`: what the trials of each cell of a sweep come to.

use std::io::{self, Write};

use crate::export::text_cell;
use crate::preset::SweepPoint;
use crate::spec::SweepValue;

use super::{CellSummary, Plan, Table};

/// Writes a row a cell and value: success, steps, and each measure, with the sweep's statistic.
///
/// # Errors
/// Those of the writer.
pub(super) fn write_cells(out: &mut impl Write, plan: &Plan, table: &Table) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let axes = &plan.experiment().sweep_axes;
    let head = ["cell", "arm"].into_iter();
    let head = head.chain(axes.iter().map(|axis| axis.field.as_str()));
    let counts = [
        "value",
        "statistic",
        "trials",
        "counted",
        "reached",
        "diverged",
        "failed",
    ];
    writer.write_record(head.chain(counts).chain(["centre", "low", "high"]))?;
    let measures = plan.spec().measures.iter();
    let measures = measures.map(|measure| SweepValue::Measure(measure.name.clone()));
    let values: Vec<SweepValue> = [SweepValue::Success, SweepValue::Steps]
        .into_iter()
        .chain(measures)
        .collect();
    for cell in 0..plan.cells() {
        for value in &values {
            writer.write_record(row(plan, table, cell, value))?;
        }
    }
    writer.flush()
}

fn row(plan: &Plan, table: &Table, cell: usize, value: &SweepValue) -> Vec<String> {
    let arm = text_cell(plan.arm_label(cell)).into_owned();
    let axes = plan.experiment().sweep_axes.iter().zip(plan.choice(cell));
    let axes = axes.map(|(axis, j)| axis.values.get(j).map_or(String::new(), of_axis));
    let statistic = plan.spec().statistic.of(value);
    let summary = CellSummary::of(plan, table, cell, value, statistic);
    let words = statistic.in_words();
    let number = |x: f64| {
        if x.is_nan() {
            String::new()
        } else {
            format!("{x:?}")
        }
    };
    let interval = summary.interval;
    let ends = [
        interval.map(|i| i.centre),
        interval.map(|i| i.low),
        interval.map(|i| i.high),
    ];
    let counts = [
        summary.done,
        summary.counted,
        summary.reached,
        summary.diverged,
        summary.failed,
    ];
    [cell.to_string(), arm]
        .into_iter()
        .chain(axes)
        .chain([text_cell(value.name()).into_owned(), words.to_owned()])
        .chain(counts.map(|count| count.to_string()))
        .chain(ends.map(|end| end.map_or(String::new(), number)))
        .collect()
}

/// A value of an axis as a cell: a number or a text.
pub(super) fn of_axis(point: &SweepPoint) -> String {
    match point.number {
        Some(_) => point.text.clone(),
        None => text_cell(&point.text).into_owned(),
    }
}
