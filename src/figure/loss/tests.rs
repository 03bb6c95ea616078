use std::path::PathBuf;
use std::sync::Arc;

use super::*;
use crate::figure::{Ink, Line, Mark, MarkShape};
use crate::history::Outcome;
use crate::observe::Record;
use crate::preset::Arm;
use crate::spec::Preset;

fn experiment(steps: u64) -> Experiment {
    let mut preset = Preset::default();
    preset.train.stop.steps = steps;
    let arm = |index: usize| Arm {
        index,
        label: format!("arm {index}"),
        preset: preset.clone(),
    };
    Experiment {
        sweep_axes: Vec::new(),
        measures: Vec::new(),
        claims: Vec::new(),
        name: "test".to_owned(),
        arms: (0..2).map(arm).collect(),
        preset,
        folder: PathBuf::new(),
    }
}

/// Two arms whose loss decays with rates 1 and 2 per unit of time, a tenth of a step each.
fn history(experiment: &Experiment, until: u64) -> RunHistory {
    let mut history = RunHistory::new(experiment.arms.iter().map(|a| a.label.clone()));
    for (index, rate) in [(0, 1.0), (1, 2.0)] {
        for step in 0..=until {
            let time = 0.1 * step as f64;
            let mut record = Record {
                step,
                time,
                ..Record::default()
            };
            let loss = 3.0 * (-rate * time).exp();
            record.scalars.insert(Quantity::TrainLoss, loss);
            history.push(index, Arc::new(record));
        }
    }
    history
}

fn options(hidden: &BTreeSet<usize>) -> LossOptions<'_> {
    LossOptions {
        clock: Clock::Steps,
        log_x: true,
        bounds: true,
        log_y: true,
        hidden,
        pointed: None,
        cursor: 20,
        live: false,
        view: None,
        columns: 500,
    }
}

fn lines(loss: &Loss) -> Vec<&Line> {
    let layers = loss.figure.layers.iter();
    layers
        .filter_map(|layer| match layer {
            Layer::Line(line) => Some(line),
            _ => None,
        })
        .collect()
}

fn marks(loss: &Loss) -> Vec<&Mark> {
    let layers = loss.figure.layers.iter();
    layers
        .filter_map(|layer| match layer {
            Layer::Mark(mark) => Some(mark),
            _ => None,
        })
        .collect()
}

#[test]
fn numbers_are_those_at_the_cursor_and_rates_those_of_the_window() {
    let (experiment, none) = (experiment(100), BTreeSet::new());
    let loss = Loss::new(
        &experiment,
        &history(&experiment, 100),
        &options(&none),
        None,
    );
    let expected = [3.0 * (-2.0f64).exp(), 3.0 * (-4.0f64).exp()];
    for (row, expected) in loss.rows.iter().zip(expected) {
        assert_eq!(row.train, Some(expected));
        assert_eq!(row.test, None);
    }
    let rates: Vec<f64> = loss
        .rows
        .iter()
        .filter_map(|r| Some(r.rate?.rate()))
        .collect();
    assert!((rates[0] - 1.0).abs() < 1e-9 && (rates[1] - 2.0).abs() < 1e-9);
    assert_eq!(loss.window, [0.0, 100.0]);
}

#[test]
fn a_zoomed_view_limits_the_window() {
    let (experiment, none) = (experiment(100), BTreeSet::new());
    let view = Some(Range {
        low: 1.0,
        high: 50f64.log10(),
    });
    let options = LossOptions {
        view,
        ..options(&none)
    };
    let loss = Loss::new(&experiment, &history(&experiment, 100), &options, None);
    assert_eq!(loss.window, [10.0, 50.0]);
    assert_eq!(loss.rows[0].rate.map(|r| r.points), Some(41));
}

#[test]
fn the_rate_of_a_zoomed_view_does_not_follow_the_records() {
    let (experiment, none) = (experiment(400), BTreeSet::new());
    let options = LossOptions {
        view: Some(Range {
            low: 33f64.log10(),
            high: 217f64.log10(),
        }),
        ..options(&none)
    };
    let rate = |every: u64| {
        let mut history = RunHistory::new(["a".to_owned()]);
        for step in (0..=400).step_by(every as usize) {
            let time = 0.01 * step as f64;
            let loss = (-2.0 * time).exp() + 0.1 * (-0.2 * time).exp();
            history.push(
                0,
                Arc::new(Record {
                    step,
                    time,
                    scalars: [(Quantity::TrainLoss, loss)].into(),
                    ..Record::default()
                }),
            );
        }
        Loss::new(&experiment, &history, &options, None).rows[0]
            .rate
            .expect("a rate")
    };
    let (few, many) = (rate(20), rate(1));
    assert!(
        (few.rate() / many.rate() - 1.0).abs() < 0.01,
        "{few:?} {many:?}"
    );
    let [few, many] = [few, many].map(|rate| rate.local.expect("records in every quarter"));
    for (few, many) in few.into_iter().zip(many) {
        assert!((few / many - 1.0).abs() < 0.02, "{few} {many}");
    }
    assert!(many[1] > 1.3 * many[0], "{many:?}");
}

#[test]
fn a_hidden_arm_keeps_its_row_but_has_no_curve() {
    let (experiment, hidden) = (experiment(100), BTreeSet::from([0]));
    let loss = Loss::new(
        &experiment,
        &history(&experiment, 100),
        &options(&hidden),
        None,
    );
    assert_eq!(
        lines(&loss).iter().map(|l| l.ink).collect::<Vec<_>>(),
        [Ink::Arm(1)]
    );
    assert!(loss.rows[0].hidden && loss.rows[0].train.is_some());
}

#[test]
fn the_cursor_does_not_move_the_axes() {
    let (experiment, none) = (experiment(100), BTreeSet::new());
    let history = history(&experiment, 60);
    let ranges = |cursor| {
        let loss = Loss::new(
            &experiment,
            &history,
            &LossOptions {
                cursor,
                ..options(&none)
            },
            None,
        );
        [loss.figure.x.range, loss.figure.y.range]
    };
    assert_eq!(ranges(0), ranges(60));
}

#[test]
fn the_step_axis_ends_with_the_run() {
    let (experiment, none) = (experiment(70), BTreeSet::new());
    let loss = Loss::new(
        &experiment,
        &history(&experiment, 60),
        &options(&none),
        None,
    );
    assert!((loss.figure.x.range.high - 70f64.log10()).abs() < 1e-12);
}

#[test]
fn a_diverged_arm_ends_in_a_cross_and_leaves_the_axis_alone() {
    let (experiment, none) = (experiment(100), BTreeSet::new());
    let mut history = history(&experiment, 30);
    let before = Loss::new(&experiment, &history, &options(&none), None)
        .figure
        .y
        .range;
    for (step, loss) in [(31, 10.0), (32, 1e30), (33, f64::NAN)] {
        let mut record = Record {
            step,
            ..Record::default()
        };
        record.scalars.insert(Quantity::TrainLoss, loss);
        history.push(1, Arc::new(record));
    }
    let outcome = Outcome::Diverged {
        step: 33,
        last_finite_loss: 1e30,
        stable_step: None,
    };
    history.set_outcome(1, outcome);
    let loss = Loss::new(
        &experiment,
        &history,
        &LossOptions {
            cursor: 40,
            ..options(&none)
        },
        None,
    );
    assert!(
        loss.figure.y.range.high <= before.high.max(1.0) + 1e-9,
        "a loss of 1e30 is off the axis"
    );
    let crosses: Vec<_> = marks(&loss)
        .into_iter()
        .filter(|m| m.shape == MarkShape::Cross)
        .collect();
    assert_eq!(crosses.len(), 1);
    assert_eq!(crosses[0].label, "diverged at step 33");
    assert!((crosses[0].at[0] - 31f64.log10()).abs() < 1e-12);
}

#[test]
fn a_twin_below_rounding_does_not_flatten_the_axis() {
    let (experiment, none) = (experiment(100), BTreeSet::new());
    let history = |twin: f64| {
        let mut history = history(&experiment, 40);
        for step in [41, 42] {
            let mut record = Record {
                step,
                ..Record::default()
            };
            record.set(Quantity::TrainLoss, 1e-3);
            record.set(Quantity::LinearizedTrainLoss, twin);
            history.push(0, Arc::new(record));
        }
        history
    };
    let low = |twin: f64| {
        let loss = Loss::new(&experiment, &history(twin), &options(&none), None);
        loss.figure.y.range.low
    };
    // ε² of the loss at the start, 3, is 4.3·10⁻¹⁴ for 32-bit floats: of what lies below nothing is shown,
    // and the training loss has its axis to itself.
    assert_eq!(low(1e-53), low(1.0));
    assert!(low(1e-53) >= -4.0);
    assert_eq!(low(1e-13), -13.0);
}
