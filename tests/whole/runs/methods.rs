//! SGD, gradient flow and least squares through whole runs, against plain loops.

use std::path::Path;

use ndarray::{Array2, array};
use ndarray_npy::write_npy;
use tempfile::tempdir;
use widescope::data::Dataset;
use widescope::history::{Outcome, StopReason};
use widescope::observe::Record;
use widescope::preset::Experiment;
use widescope::spec::{Layers, Quantity};

use super::naive::{Network, flow, least_squares};
use super::whole::{preset, run, start};

/// What the losses are normalized by: s on the training and on the test points.
struct Normalization {
    train: f64,
    test: f64,
}

fn norm(x: &Array2<f64>) -> f64 {
    x.iter().map(|x| x * x).sum::<f64>().sqrt()
}

fn close(what: &str, got: f64, expected: f64, size: f64, tolerance: f64) {
    let error = (got - expected).abs();
    assert!(
        error <= tolerance * size,
        "{what}: {got}, in plain loops {expected}"
    );
}

/// Holds a record against the network in plain loops at the same step.
fn same_record(
    record: &Record,
    (now, first): (&Network, &Network),
    data: &Dataset,
    s: &Normalization,
    tolerance: f64,
) {
    let initial = first.loss(&data.x, &data.y, s.train);
    let mut expected = vec![
        (
            Quantity::TrainLoss,
            now.loss(&data.x, &data.y, s.train),
            initial,
        ),
        (
            Quantity::WeightDistance,
            norm(&(&now.w - &first.w)),
            norm(&first.w),
        ),
        (
            Quantity::OutputDistance,
            norm(&(&now.v - &first.v)),
            norm(&first.v),
        ),
    ];
    if data.x_test.nrows() > 0 {
        let test = now.loss(&data.x_test, &data.y_test, s.test);
        expected.push((Quantity::TestLoss, test, initial));
    }
    for (quantity, expected, size) in expected {
        let what = format!("{} at step {}", quantity.column(), record.step);
        let got = record.get(quantity).unwrap_or_else(|| panic!("no {what}"));
        close(&what, got, expected, size, tolerance);
    }
}

/// Runs the only arm of `experiment`, and `advance` in plain loops from the same start beside it, and
/// compares every record and the end.
fn compare(
    experiment: &Experiment,
    s: &Normalization,
    tolerance: f64,
    mut advance: impl FnMut(Network, &Dataset, u64) -> Network,
) -> Vec<f64> {
    let (data, state) = start(experiment);
    let first = Network {
        w: state.w,
        v: state.v,
        activation: experiment.arms[0].preset.network.activation,
    };
    let (records, end) = run(experiment);
    assert_eq!(end.outcome, Outcome::Finished(StopReason::Steps));
    let (mut now, mut step) = (first.clone(), 0);
    for record in &records {
        while step < record.step {
            now = advance(now, &data, step);
            step += 1;
        }
        same_record(record, (&now, &first), &data, s, tolerance);
    }
    assert_eq!(step, end.step);
    let last = end.final_state.expect("the arm did not fail");
    for (what, got, expected) in [
        ("W", &last.w, &now.w),
        ("V", &last.v, &now.v),
        ("f", &last.f, &now.outputs(&data.x)),
        (
            "f at the test points",
            &last.f_test,
            &now.outputs(&data.x_test),
        ),
    ] {
        let error = norm(&(got - expected));
        assert!(
            error <= tolerance * norm(expected).max(1.0),
            "{what} is {error} off"
        );
    }
    records.iter().map(|record| record.time).collect()
}

const SMALL_SONG: [(&str, &str); 5] = [
    ("data.n", "12"),
    ("data.n_test", "7"),
    ("data.d", "8"),
    ("network.width", "30"),
    ("train.step_unit", "Delta"),
];

const RECORDED: (&str, &str) = (
    "observe",
    "(schedule: Every(3), observables: [Loss, TestLoss, Distances])",
);

#[test]
fn sgd_follows_the_batches_given() {
    let folder = tempdir().expect("a folder");
    let batches = array![
        [0i64, 11, 3],
        [5, 5, 5],
        [1, 2, 0],
        [9, 8, 9],
        [4, 6, 7],
        [10, 0, 2],
        [3, 3, 1],
        [0, 0, 0],
    ];
    write_npy(folder.path().join("batches.npy"), &batches).expect("the file");
    let method = "Sgd(step: 0.3, batch: 3, order: Given)";
    for (over, share, layers) in [
        ("Sum", 1.0, "Both"),
        ("Mean", 1.0 / 3.0, "Hidden"),
        ("MeanSquaredError", 2.0 / 9.0, "Output"),
    ] {
        for representation in ["WeightSpace", "SampleSpace"] {
            let train = format!(
                "(layers: {layers}, method: {method}, indices: Some(\"batches.npy\"), \
                 representation: {representation}, stop: (steps: 7))"
            );
            let mut sets = SMALL_SONG.to_vec();
            sets.extend([("train", train.as_str()), ("loss.over", over), RECORDED]);
            let experiment = preset("song-gap-tanh-live", &sets, folder.path());
            let layers = experiment.arms[0].preset.train.layers;
            let s = |points: f64| match over {
                "Sum" => 1.0,
                "Mean" => 1.0 / points,
                _ => 2.0 / (3.0 * points),
            };
            let s = Normalization {
                train: s(12.0),
                test: s(7.0),
            };
            let times = compare(&experiment, &s, 1e-11, |now, data, step| {
                let row = batches.row(step as usize);
                let points: Vec<usize> = row.iter().map(|a| *a as usize).collect();
                now.moved(&now.descent(data, &points, share, layers), 0.3)
            });
            // An epoch of 4 batches lasts as long as one step on all points would.
            close("time", times[2], 6.0 * 0.3 * share * 3.0 / 12.0, 1.0, 1e-12);
        }
    }
}

#[test]
fn gradient_flow_is_the_solution_of_its_equation() {
    let method = "GradientFlow(step: 0.5, tolerance: 1e-9)";
    for layers in ["Hidden", "Output", "Both"] {
        let mut sets = SMALL_SONG.to_vec();
        sets.extend([
            ("train.method", method),
            ("train.stop.steps", "7"),
            ("train.layers", layers),
            RECORDED,
        ]);
        let experiment = preset("song-gap-tanh-live", &sets, Path::new("."));
        let layers = experiment.arms[0].preset.train.layers;
        let s = Normalization {
            train: 1.0,
            test: 1.0,
        };
        let times = compare(&experiment, &s, 1e-7, |now, data, _| {
            flow(now, (data, s.train, layers), 0.5, 20)
        });
        assert_eq!(times, [0.0, 1.5, 3.0, 3.5]);
    }
}

/// The preset's own way: on the n + outputs combinations of neurons that evolve by themselves.
#[test]
fn gradient_flow_of_a_linear_network_is_the_solution_of_its_equation() {
    let sets = [
        ("data.d", "12"),
        ("data.n", "5"),
        ("data.n_test", "4"),
        ("network.width", "40"),
        ("train.method", "GradientFlow(step: 0.05, tolerance: 1e-9)"),
        ("train.stop.steps", "9"),
        (
            "observe",
            "(schedule: Every(2), costly: EveryRecord, observables: [Loss, TestLoss])",
        ),
    ];
    for representation in ["Reduced", "WeightSpace"] {
        let mut sets = sets.to_vec();
        sets.push(("train.representation", representation));
        let experiment = preset("min-fig2", &sets, Path::new("."));
        let (data, state) = start(&experiment);
        let (records, end) = run(&experiment);
        let mut now = Network {
            w: state.w,
            v: state.v,
            activation: experiment.arms[0].preset.network.activation,
        };
        let (s, s_test) = (2.0 / 5.0, 2.0 / 4.0);
        let initial = now.loss(&data.x, &data.y, s);
        let mut step = 0;
        for record in &records {
            while step < record.step {
                now = flow(now, (&data, s, Layers::Both), 0.05, 10);
                step += 1;
            }
            let train = record.get(Quantity::TrainLoss).expect("the loss");
            let test = record.get(Quantity::TestLoss).expect("the test loss");
            let expected = now.loss(&data.x, &data.y, s);
            let tested = now.loss(&data.x_test, &data.y_test, s_test);
            close("training loss", train, expected, initial, 1e-7);
            close("test loss", test, tested, initial, 1e-7);
        }
        assert!(now.loss(&data.x, &data.y, s) < 0.9 * initial);
        let last = end.final_state.expect("the arm did not fail");
        assert!(norm(&(&last.w - &now.w)) < 1e-7 * norm(&now.w));
        assert!(norm(&(&last.v - &now.v)) < 1e-7 * norm(&now.v));
    }
}

#[test]
fn least_squares_is_the_solution_of_the_normal_equations() {
    for (width, fits) in [("8", false), ("19", false), ("24", true), ("60", true)] {
        let sets = [
            ("data.n", "20"),
            ("data.d", "6"),
            ("network.width", width),
            (
                "observe",
                "(schedule: Every(1), observables: [Loss, Distances])",
            ),
        ];
        let experiment = preset("oymak-sec3", &sets, Path::new("."));
        let s = Normalization {
            train: 1.0,
            test: 1.0,
        };
        let mut left = f64::NAN;
        compare(&experiment, &s, 1e-6, |mut now, data, _| {
            now.v = least_squares(&now, data);
            left = now.loss(&data.x, &data.y, 1.0);
            now
        });
        assert_eq!(left < 1e-9, fits, "m = {width}: {left}");
    }
}
