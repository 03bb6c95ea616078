//! A run read back from its folder.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use super::outcomes::outcomes_in;
use super::{portable, text_of_cell};
use crate::experiment::DIVERGENCE;
use crate::history::{EventKind, Outcome, RunHistory, StopReason};
use crate::observe::Record;
use crate::preset;
use crate::preset::{Difference, Experiment};
use crate::spec::{Preset, Quantity, StopSpec};

/// A folder that holds no run of the experiment that was asked for.
#[derive(Debug, Error)]
pub enum RecordedError {
    /// A file that can't be read.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// `run.ron` is no preset.
    #[error("{}: {problem}", path.display())]
    Preset {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// The run is one of another experiment.
    #[error("{}: it is of another run: {} is {} there and {} here", path.display(), difference.field, difference.there, difference.here)]
    Other {
        /// The file.
        path: PathBuf,
        /// The first field that differs.
        difference: Difference,
    },
    /// A row of `series.csv` that is none.
    #[error("{}: line {line}: {found}; allowed: {allowed}", path.display())]
    Row {
        /// The file.
        path: PathBuf,
        /// Line, counted from 1.
        line: u64,
        /// What was found.
        found: String,
        /// What is allowed there.
        allowed: String,
    },
}

/// The records in a folder that `run` wrote for this experiment: every scalar of every arm, without spectra and
/// features. How an arm ended is told in `run.ron`; where it is not, it follows from the arm's records and stop
/// rules as far as they tell.
///
/// # Errors
/// [`RecordedError`] names the file, the line or the field.
pub fn recorded_run(folder: &Path, experiment: &Experiment) -> Result<RunHistory, RecordedError> {
    let path = folder.join("run.ron");
    let (there, told) = read_preset(&path)?;
    if let Some(difference) = Difference::between(&portable(experiment), &there) {
        return Err(RecordedError::Other { path, difference });
    }
    let labels = experiment.arms.iter().map(|arm| arm.label.clone());
    let mut history = RunHistory::with_budget(labels, usize::MAX);
    read_series(&folder.join("series.csv"), experiment, &mut history)?;
    for (arm, outcome) in outcomes(experiment, &history, &told) {
        history.apply(&EventKind::Ended { arm, outcome });
    }
    Ok(history)
}

/// How arms ended, by their names.
type Told = BTreeMap<String, Outcome>;

fn read_preset(path: &Path) -> Result<(Preset, Told), RecordedError> {
    let fail = |source| RecordedError::File {
        path: path.to_owned(),
        source,
    };
    // One byte more than a preset may have, so that a longer file is refused as such.
    let most = preset::MAX_BYTES as u64 + 1;
    let mut text = String::new();
    let file = File::open(path).map_err(fail)?;
    file.take(most).read_to_string(&mut text).map_err(fail)?;
    let broken = |problem: String| RecordedError::Preset {
        path: path.to_owned(),
        problem,
    };
    let preset = preset::parse(&text).map_err(|error| broken(error.to_string()))?;
    Ok((preset, outcomes_in(&text).map_err(broken)?))
}

fn read_series(
    path: &Path,
    experiment: &Experiment,
    history: &mut RunHistory,
) -> Result<(), RecordedError> {
    let broken = |source: csv::Error| RecordedError::File {
        path: path.to_owned(),
        source: source.into(),
    };
    let file = File::open(path).map_err(|source| RecordedError::File {
        path: path.to_owned(),
        source,
    })?;
    let mut table = csv::Reader::from_reader(BufReader::new(file));
    let columns = table.headers().map_err(broken)?.clone();
    let quantities: Vec<Option<Quantity>> = columns.iter().map(Quantity::from_column).collect();
    for row in table.records() {
        let row = row.map_err(broken)?;
        let line = row.position().map_or(0, csv::Position::line);
        let bad = |found: &str, allowed: &str| RecordedError::Row {
            path: path.to_owned(),
            line,
            found: found.to_owned(),
            allowed: allowed.to_owned(),
        };
        let (arm, record) = record(&row, &quantities, experiment).map_err(|(f, a)| bad(&f, a))?;
        history.apply(&EventKind::Recorded { arm, record });
    }
    Ok(())
}

/// What was found where something else is allowed.
type Unlike = (String, &'static str);

fn record(
    row: &csv::StringRecord,
    quantities: &[Option<Quantity>],
    experiment: &Experiment,
) -> Result<(usize, Arc<Record>), Unlike> {
    let label = text_of_cell(row.get(0).unwrap_or_default());
    let arm = experiment.arms.iter().position(|arm| arm.label == label);
    let arm = arm.ok_or_else(|| (format!("arm {label:?}"), "an arm of the preset"))?;
    let number = |text: &str| {
        let number = text.parse::<f64>();
        number.map_err(|_| (format!("{text:?}"), "a number"))
    };
    let step = row.get(2).unwrap_or_default();
    let step = step.parse();
    let step = step.map_err(|_| (format!("step {:?}", row.get(2)), "a whole number"))?;
    let mut scalars = BTreeMap::new();
    for (cell, quantity) in row.iter().zip(quantities) {
        if let Some(quantity) = quantity
            && !cell.is_empty()
        {
            scalars.insert(*quantity, number(cell)?);
        }
    }
    let time = number(row.get(3).unwrap_or_default())?;
    Ok((
        arm,
        Arc::new(Record {
            step,
            time,
            scalars,
            ..Record::default()
        }),
    ))
}

/// How each arm ended: as it is told, else as far as its records tell.
fn outcomes(experiment: &Experiment, history: &RunHistory, told: &Told) -> Vec<(usize, Outcome)> {
    let arms = experiment.arms.iter().zip(history.arms()).enumerate();
    arms.filter_map(|(i, (arm, recorded))| {
        let outcome = told.get(&arm.label).cloned();
        let outcome = outcome.or_else(|| inferred(&arm.preset.train.stop, recorded.records()));
        Some((i, outcome?))
    })
    .collect()
}

/// How an arm with these records ended, by its stop rules; `None` without records.
fn inferred(stop: &StopSpec, records: &[Arc<Record>]) -> Option<Outcome> {
    let (first, last) = (records.first()?, records.last()?);
    let loss = last.get(Quantity::TrainLoss);
    let is_at_most = |quantity, limit: Option<f64>| {
        let value = last.get(quantity);
        limit
            .zip(value)
            .is_some_and(|(limit, value)| value <= limit)
    };
    // An accuracy that was not recorded may have ended the arm all the same.
    let accuracy = last.get(Quantity::TrainAccuracy).unwrap_or(1.0);
    let is_accurate = stop.accuracy.is_some_and(|at| accuracy >= at);
    let is_finite = loss.is_none_or(f64::is_finite);
    Some(Outcome::Finished(
        if is_at_most(Quantity::RelativeError, stop.relative_error) {
            StopReason::RelativeError
        } else if is_at_most(Quantity::TrainLoss, stop.loss) {
            StopReason::Loss
        } else if is_accurate && is_finite {
            StopReason::Accuracy
        } else if last.step >= stop.steps && is_finite {
            StopReason::Steps
        } else {
            return Some(broken_off(first, last, records));
        },
    ))
}

/// The outcome of an arm that no stop rule ended: divergence needs a loss beyond all bounds, and the record of
/// its last step has it.
fn broken_off(first: &Record, last: &Record, records: &[Arc<Record>]) -> Outcome {
    let loss = last.get(Quantity::TrainLoss);
    let start = first.get(Quantity::TrainLoss);
    let is_bounded = |(loss, start): (f64, f64)| loss.is_finite() && loss <= DIVERGENCE * start;
    let losses = records.iter().filter_map(|r| r.get(Quantity::TrainLoss));
    let finite = losses.rev().find(|loss| loss.is_finite()).or(loss);
    match finite.filter(|_| !loss.zip(start).is_some_and(is_bounded)) {
        Some(last_finite_loss) => Outcome::Diverged {
            step: last.step,
            last_finite_loss,
            stable_step: None,
        },
        None => Outcome::Failed {
            message: format!(
                "its records end at step {}, before a stop rule held; run.ron does not say why",
                last.step
            ),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::export::{ArmRecords, with_outcomes, write_series};
    use crate::preset::library;

    fn written(records: &[Arc<Record>]) -> (tempfile::TempDir, Experiment) {
        written_with(records, None)
    }

    fn written_with(
        records: &[Arc<Record>],
        outcome: Option<&Outcome>,
    ) -> (tempfile::TempDir, Experiment) {
        let folder = tempfile::tempdir().expect("a folder");
        let experiment = library::load("oymak-one-cell").expect("a preset");
        let arms = [ArmRecords {
            label: &experiment.arms[0].label,
            seed: 1,
            records,
        }];
        let mut series = Vec::new();
        write_series(&mut series, &arms).expect("writing into memory");
        fs::write(folder.path().join("series.csv"), series).expect("a file");
        let ron = preset::to_ron(&experiment.preset);
        let told = outcome.map(|outcome| (experiment.arms[0].label.as_str(), outcome));
        let ron = with_outcomes(&ron, told.into_iter()).expect("plain outcomes");
        fs::write(folder.path().join("run.ron"), ron).expect("a file");
        (folder, experiment)
    }

    fn record(step: u64, loss: f64, error: f64) -> Arc<Record> {
        let scalars = [
            (Quantity::TrainLoss, loss),
            (Quantity::RelativeError, error),
        ];
        Arc::new(Record {
            step,
            time: step as f64 / 3.0,
            scalars: scalars.into_iter().collect(),
            ..Record::default()
        })
    }

    #[test]
    fn a_run_is_read_back_bit_for_bit() {
        let records = [record(0, 1.0 / 3.0, 1.0), record(7, 1e-9, 1e-4)];
        let (folder, experiment) = written(&records);
        let history = recorded_run(folder.path(), &experiment).expect("the run");
        let arm = &history.arms()[0];
        for (read, wrote) in arm.records().iter().zip(&records) {
            assert_eq!((read.step, read.time), (wrote.step, wrote.time));
            assert_eq!(read.scalars, wrote.scalars);
        }
        let reached = Outcome::Finished(StopReason::RelativeError);
        assert_eq!(arm.outcome, Some(reached));
    }

    #[test]
    fn an_arm_whose_name_is_a_formula_is_found_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let sets = [("title", "\"=1+1\""), ("axes", "[]"), ("claims", "[]")];
        let sets = sets.map(|(path, value)| (path.to_owned(), value.to_owned()));
        let experiment = library::load_with("oymak-one-cell", &sets).expect("a preset");
        assert_eq!(experiment.arms[0].label, "=1+1");
        let records = [record(0, 1.0, 1.0)];
        let arms = [ArmRecords {
            label: &experiment.arms[0].label,
            seed: 1,
            records: &records,
        }];
        let mut series = Vec::new();
        write_series(&mut series, &arms).expect("writing into memory");
        fs::write(folder.path().join("series.csv"), series).expect("a file");
        let ron = preset::to_ron(&portable(&experiment));
        fs::write(folder.path().join("run.ron"), ron).expect("a file");
        let history = recorded_run(folder.path(), &experiment).expect("the run");
        assert_eq!(history.arms()[0].records().len(), 1);
    }

    #[test]
    fn an_arm_that_ends_before_its_rules_diverged() {
        let (folder, experiment) = written(&[record(0, 2.0, 1.0), record(3, f64::NAN, f64::NAN)]);
        let history = recorded_run(folder.path(), &experiment).expect("the run");
        let expected = |step| Outcome::Diverged {
            step,
            last_finite_loss: 2.0,
            stable_step: None,
        };
        assert_eq!(history.arms()[0].outcome, Some(expected(3)));
        // At the last step too.
        let last = experiment.preset.train.stop.steps;
        let records = [record(0, 2.0, 1.0), record(last, f64::NAN, f64::NAN)];
        let (folder, experiment) = written(&records);
        let history = recorded_run(folder.path(), &experiment).expect("the run");
        assert_eq!(history.arms()[0].outcome, Some(expected(last)));
    }

    #[test]
    fn an_outcome_that_is_told_is_read_as_it_was() {
        let failed = Outcome::Failed {
            message: "panicked: out of luck".to_owned(),
        };
        let diverged = Outcome::Diverged {
            step: 4,
            last_finite_loss: 2.5,
            stable_step: Some(0.125),
        };
        let stopped = [record(0, 2.0, 1.0), record(3, 1.0, 0.7)];
        for outcome in [failed.clone(), diverged] {
            let (folder, experiment) = written_with(&stopped, Some(&outcome));
            let history = recorded_run(folder.path(), &experiment).expect("the run");
            assert_eq!(history.arms()[0].outcome, Some(outcome));
        }
        // An arm that never started has no records, and failed all the same.
        let (folder, experiment) = written_with(&[], Some(&failed));
        let history = recorded_run(folder.path(), &experiment).expect("the run");
        assert_eq!(history.arms()[0].outcome, Some(failed));
    }

    #[test]
    fn an_arm_that_broke_off_at_a_sound_loss_did_not_diverge() {
        let (folder, experiment) = written(&[record(0, 2.0, 1.0), record(3, 1.0, 0.7)]);
        let history = recorded_run(folder.path(), &experiment).expect("the run");
        let Some(Outcome::Failed { message }) = &history.arms()[0].outcome else {
            panic!("{:?}", history.arms()[0].outcome);
        };
        assert!(message.contains("end at step 3"), "{message}");
        // A finite loss beyond all bounds is divergence.
        let (folder, experiment) = written(&[record(0, 2.0, 1.0), record(3, 1e9, 1e5)]);
        let history = recorded_run(folder.path(), &experiment).expect("the run");
        let outcome = &history.arms()[0].outcome;
        assert!(
            matches!(outcome, Some(Outcome::Diverged { step: 3, .. })),
            "{outcome:?}"
        );
    }

    #[test]
    fn what_does_not_belong_there_is_named() {
        let (folder, experiment) = written(&[record(0, 1.0, 1.0)]);
        let other = library::load("oymak-sgd").expect("a preset");
        let error = recorded_run(folder.path(), &other).expect_err("another run");
        assert!(error.to_string().contains("of another run"), "{error}");
        let series = folder.path().join("series.csv");
        fs::write(
            &series,
            "arm,seed,step,time,train_loss\nnobody,1,0,0.0,1.0\n",
        )
        .expect("a file");
        let error = recorded_run(folder.path(), &experiment).expect_err("no such arm");
        assert!(
            error.to_string().contains("line 2: arm \"nobody\""),
            "{error}"
        );
    }
}
