//! Biases through whole runs: their law, explicit ones, and what is refused.

use std::fs::File;
use std::path::Path;

use ndarray::{Array1, Array2, array};
use ndarray_npy::NpzWriter;
use widescope::data::load;
use widescope::experiment::{ArmRun, FinalState};
use widescope::preset::{Experiment, parse};
use widescope::spec::{Preset, Quantity};
use widescope::task::Cancel;

fn preset(network: &str, init: &str, train: &str) -> Preset {
    let text = format!(
        "(precision: F64, data: Gaussian(d: 3, n: 8, n_test: 4, outputs: 2, labels: Normal(std: 1)), \
         network: (width: 5, activation: Tanh, {network}), scaling: Standard, \
         init: (w_std: 0.4, output: Gaussian(0.4), {init}), loss: (over: MeanSquaredError), \
         train: ({train}), observe: (schedule: Every(1), observables: [Loss, TestLoss]))"
    );
    parse(&text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

const SGD: &str = "layers: Both, method: Sgd(step: 0.05, batch: 3), stop: (steps: 40)";

fn checked(preset: Preset, folder: &Path) -> Experiment {
    Experiment::check(preset, "test", folder.to_owned()).unwrap()
}

/// The end of a run, and its training losses.
fn run(preset: Preset, folder: &Path) -> Result<(FinalState, Vec<f64>), String> {
    let experiment = checked(preset, folder);
    let (arm, cancel) = (&experiment.arms[0], Cancel::new());
    let data = load(&arm.preset.data, arm.preset.seed, folder).unwrap();
    let mut records = Vec::new();
    let mut run =
        ArmRun::start(arm, &data, folder, &cancel, &mut records).map_err(|e| e.to_string())?;
    run.advance(u64::MAX, &cancel, &mut records).unwrap();
    let losses = records.iter().map(|r| r.get(Quantity::TrainLoss).unwrap());
    Ok((run.final_state(), losses.collect()))
}

fn here() -> &'static Path {
    Path::new(".")
}

#[test]
fn drawn_biases_are_trained_and_end_in_the_final_state() {
    let network = "bias: true, output_bias: true";
    let (state, losses) = run(preset(network, "bias: Uniform", SGD), here()).unwrap();
    assert_eq!(state.w.dim(), (5, 4));
    let c = state.c.unwrap();
    let fixed = "layers: Hidden, method: Sgd(step: 0.05, batch: 3), stop: (steps: 40)";
    let (still, _) = run(preset(network, "bias: Uniform", fixed), here()).unwrap();
    let start = still.c.unwrap();
    assert!(start.iter().all(|c| c.abs() <= 1.0 / 5f64.sqrt()) && start != c);
    assert!(start.iter().all(|c| *c != 0.0));
    assert!(losses.last() < losses.first(), "{losses:?}");

    // One more bias, and nothing else of the start moves.
    let short = "layers: Both, method: Sgd(step: 1e-300, batch: 3), stop: (steps: 1)";
    let start_of = |network| {
        run(preset(network, "bias: Uniform", short), here())
            .unwrap()
            .0
    };
    let (with, without) = (start_of(network), start_of("bias: false"));
    assert_eq!(with.w.slice(ndarray::s![.., ..3]), without.w);
    assert_eq!((&with.v, &without.c), (&without.v, &None));
    let biases = with.w.column(3);
    assert!(
        biases
            .iter()
            .all(|b| b.abs() <= 1.0 / 3f64.sqrt() && *b != 0.0)
    );
}

#[test]
fn a_bias_of_the_outputs_shifts_them() {
    let folder = tempfile::tempdir().unwrap();
    let (w, v) = (Array2::<f64>::ones((5, 3)), Array2::<f64>::ones((2, 5)));
    let write = |c: Option<Array1<f64>>| {
        let file = File::create(folder.path().join("w.npz")).unwrap();
        let mut archive = NpzWriter::new(file);
        archive.add_array("W", &w).unwrap();
        archive.add_array("V", &v).unwrap();
        if let Some(c) = c {
            archive.add_array("c", &c).unwrap();
        }
        archive.finish().unwrap();
    };
    let given = "weights: \"w.npz\"";
    let still = "layers: Hidden, method: GradientDescent(step: 1e-300), stop: (steps: 1)";
    let end = |network| run(preset(network, given, still), folder.path());
    write(None);
    let (plain, _) = end("bias: false").unwrap();
    let (zero, _) = end("output_bias: true").unwrap();
    assert_eq!((&zero.f, &zero.f_test), (&plain.f, &plain.f_test));
    assert_eq!(zero.c, Some(array![0.0, 0.0]));
    write(Some(array![0.5, -2.0]));
    let (shifted, _) = end("output_bias: true").unwrap();
    assert_eq!(shifted.c, Some(array![0.5, -2.0]));
    for (got, plain) in [(&shifted.f, &plain.f), (&shifted.f_test, &plain.f_test)] {
        let difference = got - plain;
        for row in difference.outer_iter() {
            assert!((row[0] - 0.5).abs() < 1e-14 && (row[1] + 2.0).abs() < 1e-14);
        }
    }
    let refused = end("bias: false").unwrap_err();
    assert!(refused.contains("network.output_bias: false"), "{refused}");
    write(Some(array![0.5]));
    let refused = end("output_bias: true").unwrap_err();
    assert!(refused.contains("one entry an output, 2"), "{refused}");
}

#[test]
fn theory_is_not_held_against_networks_it_does_not_know() {
    let reports = |network: &str, init: &str| {
        let preset = preset(network, init, "layers: Both, stop: (steps: 1)");
        let experiment = checked(preset, here());
        let (arm, cancel) = (&experiment.arms[0], Cancel::new());
        let data = load(&arm.preset.data, 1, here()).unwrap();
        let run = ArmRun::start(arm, &data, here(), &cancel, &mut Vec::new()).unwrap();
        run.facts().theory.len()
    };
    assert!(reports("bias: true", "") > 0);
    assert_eq!(reports("bias: true", "bias: Uniform"), 0);
    assert_eq!(reports("output_bias: true", ""), 0);
    assert!(reports("bias: false", "bias: Uniform") > 0);
}
