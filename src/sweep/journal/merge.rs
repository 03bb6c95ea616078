//! Several journals made into one.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::export::atomic_write;
use crate::sweep::{Table, TrialResult};

use super::head::Head;
use super::{JournalError, Saved, row};

/// Writes the results of journals of one sweep into one file, cell by cell and trial by trial, so that
/// the file is the same byte by byte whatever the order, the shards and the interruptions. `mixed`
/// lets versions of the program and kernel classes differ; the head then names all.
///
/// Gives the results together.
///
/// # Errors
/// Journals of different sweeps, or (unless `mixed`) of different versions or kernel classes; two
/// results of one trial that differ; a file that can't be written. No journals at all give `None`.
pub fn write_merged(
    journals: &[(PathBuf, Saved)],
    mixed: bool,
    out: &Path,
) -> Result<Option<Table>, JournalError> {
    let Some((_, first)) = journals.first() else {
        return Ok(None);
    };
    let mut head = first.head.clone();
    for (path, saved) in journals {
        let same = if mixed {
            saved.head.same_sweep(&first.head)
        } else {
            saved.head.same_as(&first.head)
        };
        same.map_err(|difference| JournalError::Other {
            path: path.clone(),
            difference,
        })?;
    }
    head.version = all(journals, |head| &head.version);
    head.kernels = all(journals, |head| &head.kernels);
    let table = together(journals, &first.plan)?;
    let plan = &first.plan;
    atomic_write(out, |file| {
        file.write_all(head.text().as_bytes())?;
        table
            .results()
            .try_for_each(|result| file.write_all(row::line(plan, result).as_bytes()))
    })?;
    Ok(Some(table))
}

/// What the heads say, each thing once.
fn all(journals: &[(PathBuf, Saved)], of: impl Fn(&Head) -> &String) -> String {
    let said = journals
        .iter()
        .flat_map(|(_, saved)| of(&saved.head).split(" + "));
    let mut said: Vec<&str> = said.collect();
    said.sort_unstable();
    said.dedup();
    said.join(" + ")
}

fn together(
    journals: &[(PathBuf, Saved)],
    plan: &crate::sweep::Plan,
) -> Result<Table, JournalError> {
    let mut table = Table::new(plan);
    for (i, (path, saved)) in journals.iter().enumerate() {
        for result in &saved.results {
            match table.get(result.unit) {
                Some(earlier) if !is_same(earlier, result) => {
                    let others = journals.iter().take(i + 1);
                    let holds = |(_, saved): &&(PathBuf, Saved)| {
                        saved.results.iter().any(|r| r.unit == result.unit)
                    };
                    return Err(JournalError::Conflict {
                        path: path.clone(),
                        other: others
                            .clone()
                            .find(holds)
                            .map_or(path.clone(), |o| o.0.clone()),
                        cell: result.unit.cell,
                        trial: result.unit.trial,
                    });
                }
                Some(_) => {}
                None => table.insert(result.clone()),
            }
        }
    }
    Ok(table)
}

/// Equal bit by bit, so that NaN equals NaN.
fn is_same(a: &TrialResult, b: &TrialResult) -> bool {
    let bits = |r: &TrialResult| {
        let values = r.values.iter();
        values.map(|v| v.map(f64::to_bits)).collect::<Vec<_>>()
    };
    (a.unit, a.seed, &a.end, a.steps, bits(a)) == (b.unit, b.seed, &b.end, b.steps, bits(b))
}
