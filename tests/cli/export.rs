//! `export`: a run as one file of another kind, and the script that trains again with NumPy alone.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use crate::support::{PRESET, SMALL, call, finish, program, run_small, table};

/// Numbers of the script may differ by this part of the run's, or of this size where they are smaller.
const TOLERANCE: f64 = 1e-9;
const SMALLEST: f64 = 1e-6;

/// Of a residual that is rounding alone nothing but its size agrees: with this, numbers below 0.01 may differ by 10⁻¹¹.
const EXACT_FIT: f64 = 1e-2;

/// An interpreter that has NumPy, where there is one.
fn python() -> Option<&'static str> {
    ["python3", "/usr/bin/python3"].into_iter().find(|python| {
        let tried = Command::new(python).args(["-c", "import numpy"]).output();
        tried.is_ok_and(|output| output.status.success())
    })
}

/// Says on stdout, past what the test runner holds back, that a test was left out.
fn left_out(test: &str) {
    let line = format!("{test}: left out, there is no python3 with numpy here\n");
    let _ = std::io::stdout().write_all(line.as_bytes());
}

/// Rows of a table by arm and step, each with its cells by column.
fn rows(path: &Path) -> BTreeMap<(String, String), BTreeMap<String, String>> {
    let (head, rows) = table(path);
    let cells = |row: Vec<String>| head.iter().cloned().zip(row).collect::<BTreeMap<_, _>>();
    let keyed = |row: Vec<String>| ((row[0].clone(), row[2].clone()), cells(row));
    rows.into_iter().map(keyed).collect()
}

/// Runs an experiment in this program and its script, and compares their tables; `columns` are surely in both.
fn agree(preset: &str, sets: &[&str], columns: &[&str], tolerance: f64) {
    agree_down_to(SMALLEST, preset, sets, columns, tolerance);
}

fn agree_down_to(smallest: f64, preset: &str, sets: &[&str], columns: &[&str], tolerance: f64) {
    let Some(python) = python() else {
        return left_out(preset);
    };
    let folder = tempfile::tempdir().expect("a folder");
    let script = folder.path().join("script.py");
    let sets = || sets.iter().flat_map(|set| ["--set", set]);
    finish(
        program()
            .args(["run", preset, "--quiet", "--set", "precision=F64"])
            .args(sets())
            .arg("--out")
            .arg(folder.path()),
    )
    .ended_with(0);
    let mut export = program();
    export.args(["export", preset, "--quiet"]).args(sets());
    finish(export.arg("--out").arg(&script)).ended_with(0);
    let again = folder.path().join("again.csv");
    let mut trained = Command::new(python);
    trained.arg(&script).arg("--out").arg(&again);
    let output = trained.output().expect("python starts");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{preset}: {complaint}");
    assert_eq!(complaint, "", "{preset}");
    let (run, script) = (rows(&folder.path().join("series.csv")), rows(&again));
    assert!(
        run.keys().eq(script.keys()),
        "{preset}: other arms or steps"
    );
    let mut compared = BTreeMap::<&str, usize>::new();
    let mut worst = (0.0, String::new());
    for (key, row) in &script {
        for (column, cell) in row {
            // What the run does not measure the script leaves empty.
            let Some(theirs) = run[key].get(column) else {
                assert_eq!(cell, "", "{preset}: {column}");
                continue;
            };
            // Where f = 0 at the start, its sign is that of rounding.
            if column.ends_with("_accuracy") && key.1 == "0" {
                continue;
            }
            if ["arm", "seed", "step"].contains(&column.as_str()) {
                assert_eq!(cell, theirs, "{preset}");
            } else if !cell.is_empty() && !theirs.is_empty() {
                let number = |cell: &str| cell.parse::<f64>().expect("a number");
                let (found, expected) = (number(cell), number(theirs));
                let off = (found - expected).abs() / expected.abs().max(smallest);
                if off.is_nan() || off > worst.0 {
                    worst = (off, format!("{column} at {key:?}: {found} for {expected}"));
                }
                *compared.entry(column).or_default() += 1;
            }
        }
    }
    assert!(
        worst.0 <= tolerance,
        "{preset}: {} off by {:e}",
        worst.1,
        worst.0
    );
    for column in columns.iter().chain(&["time", "train_loss"]) {
        assert!(
            compared.contains_key(column),
            "{preset}: {column} in {compared:?}"
        );
    }
}

#[test]
fn relu_networks_of_several_widths_under_gradient_descent() {
    let sets = [
        "axes.0.values=[100, 300]",
        "data.n=60",
        "data.d=40",
        "claims=[]",
    ];
    let columns = [
        "ntk_change",
        "pattern_changes",
        "weight_distance",
        "max_neuron_distance",
    ];
    agree("du-fig1-live", &sets, &columns, TOLERANCE);
}

#[test]
fn three_scalings_of_random_features_with_a_symmetrized_start() {
    let sets = [
        "network.width=96",
        "data.n=40",
        "data.n_test=30",
        "train.stop.steps=200",
        "claims=[]",
    ];
    let columns = [
        "feature_movement",
        "test_loss",
        "test_accuracy",
        "ntk_change",
        "feature_size",
    ];
    agree("lazy-vs-feature", &sets, &columns, TOLERANCE);
}

#[test]
fn both_layers_and_several_outputs_counted_in_stable_steps() {
    let sets = [
        "data.n=12",
        "data.n_test=9",
        "network.width=60",
        "train.method.step=0.1",
        "train.stop.steps=30",
        "claims=[]",
    ];
    let columns = [
        "output_distance",
        "test_loss",
        "ntk_change",
        "relative_weight_distance",
    ];
    agree("song-gap-live", &sets, &columns, TOLERANCE);
}

#[test]
fn one_sample_at_a_time_with_replacement() {
    let sets = ["axes=[]", "train.stop.steps=3000", "claims=[]"];
    agree(
        "oymak-sgd",
        &sets,
        &["path_length", "weight_distance"],
        TOLERANCE,
    );
}

#[test]
fn cross_entropy_on_digits_with_biases_in_shuffled_batches() {
    let sets = [
        "data.n=30",
        "data.n_test=20",
        "data.classes=[0,1,2]",
        "data.teacher=None",
        "network.width=12",
        "train.method.batch=7",
        "train.stop.steps=40",
        "axes=[]",
        "sweep=None",
        "claims=[]",
        "observe.observables=[Loss, TestLoss, Accuracy, Distances]",
        "panels=[Loss]",
        "hero=None",
    ];
    let columns = ["test_accuracy", "train_accuracy", "test_loss"];
    agree("song-fig1-live", &sets, &columns, TOLERANCE);
}

#[test]
fn output_weights_by_least_squares() {
    let columns = ["output_distance", "relative_error"];
    agree_down_to(EXACT_FIT, "oymak-sec3", &["claims=[]"], &columns, TOLERANCE);
}

#[test]
fn gradient_flow_to_its_tolerance() {
    let sets = [
        "precision=F64",
        "train.method=GradientFlow(step: 5.0, tolerance: 1e-9)",
        "network.width=128",
        "train.stop.steps=60",
        "axes=[]",
        "claims=[]",
    ];
    agree(
        "chen-fig1-live",
        &sets,
        &["feature_movement", "weight_distance"],
        1e-7,
    );
}

#[test]
fn a_linear_network_and_its_imbalance_on_averaged_loss() {
    let sets = [
        "axes=[]",
        "train.stop.steps=400",
        "data.d=60",
        "data.n=20",
        "network.width=50",
        "claims=[]",
    ];
    agree(
        "min-fig2",
        &sets,
        &["relative_error", "test_loss"],
        TOLERANCE,
    );
}

#[test]
fn live_changes_of_the_step_and_neurons_with_biases() {
    let sets = [
        "train.changes=[(at: 20, step: 2.5), (at: 50, step: 7.5)]",
        "data.n=30",
        "data.n_test=20",
        "network.width=16",
        "train.stop.steps=60",
        "claims=[]",
        "observe.observables=[Loss, TestLoss, Accuracy, FeatureMovement]",
        "panels=[Loss]",
        "hero=None",
    ];
    let columns = ["train_accuracy", "feature_movement"];
    agree("toy-lazy-vs-feature", &sets, &columns, TOLERANCE);
}

#[test]
fn every_activation_and_the_gradient() {
    for activation in [
        "Relu",
        "Tanh",
        "Softplus",
        "Gelu",
        "LeakyRelu",
        "Sigmoid",
        "Erf",
        "Identity",
        "Quadratic",
        "Cubic",
    ] {
        let activation = format!("network.activation={activation}");
        let sets = [
            activation.as_str(),
            "train.method.step=0.01",
            "train.layers=Both",
            "init.output=Gaussian(0.3)",
            "train.stop.steps=30",
            "axes=[]",
            "claims=[]",
            "data=Sphere(d: 6, n: 10, n_test: 7, labels: Normal(std: 1.0), outputs: 2)",
            "observe.observables=[Loss, TestLoss, Gradient, Alignment, KernelRank, Distances]",
        ];
        let columns = ["gradient_norm", "pl_ratio", "kernel_alignment", "ntk_trace"];
        agree("oymak-one-cell", &sets, &columns, TOLERANCE);
    }
}

#[test]
fn a_preset_can_not_break_out_of_its_script() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, mark) = (folder.path().join("own.ron"), folder.path().join("mark"));
    let attack = format!(
        "\\\"\\\"\\\"\\nopen('{}', 'w')\\r#\\u{{2028}}' + \\\\",
        mark.display()
    );
    let text = format!(
        r#"(title: "{attack}", source: (paper: "{attack}"),
            data: Sphere(d: 3, n: 4, labels: Normal(std: 1.0)), network: (width: 4),
            train: (stop: (steps: 2)), observe: (observables: [Loss]), axes: [(field: "seed", values: [1, 2], names: ["{attack}", "=1"])])"#
    );
    std::fs::write(&path, text).expect("a preset");
    let script = folder.path().join("script.py");
    let mut export = program();
    finish(export.arg("export").arg(&path).arg("--out").arg(&script)).ended_with(0);
    let code = std::fs::read_to_string(&script).expect("the script");
    let begins = |line: &str| line.trim_start().starts_with("open(");
    assert!(!code.split(['\n', '\r']).any(begins), "{code}");
    let Some(python) = python() else {
        return left_out("a_preset_can_not_break_out_of_its_script");
    };
    let again = folder.path().join("again.csv");
    let output = Command::new(python)
        .arg(&script)
        .arg("--out")
        .arg(&again)
        .output()
        .expect("python starts");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    assert!(!mark.exists());
    let table = std::fs::read_to_string(&again).expect("the table");
    assert!(table.contains("\n'=1,"), "{table}");
}

#[test]
fn series_and_arrays_are_those_of_a_run() {
    let folder = tempfile::tempdir().expect("a folder");
    run_small(folder.path(), &["--quiet"]).ended_with(0);
    for (ending, of_run) in [("csv", "series.csv"), ("npz", "final.npz")] {
        let path = folder.path().join("exported").with_extension(ending);
        let mut export = program();
        export.args(["export", PRESET, "--quiet"]).args(SMALL);
        finish(export.arg("--out").arg(&path)).ended_with(0);
        let read = |path: &Path| std::fs::read(path).expect("a file");
        assert_eq!(read(&path), read(&folder.path().join(of_run)), "{ending}");
    }
}

#[test]
fn an_ending_that_says_nothing_and_a_network_without_weights_are_refused() {
    call(["export", PRESET, "--out", "run.xls"])
        .ended_with(2)
        .complains_of(&["run.xls", ".csv", ".npz", ".py"]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("script.py");
    let mut export = program();
    export.args([
        "export",
        "du-infinite-width",
        "--set",
        "axes=[]",
        "--set",
        "claims=[]",
    ]);
    export
        .args(["--set", "network.kind=InfiniteWidth", "--out"])
        .arg(&path);
    finish(&mut export)
        .ended_with(2)
        .complains_of(&["network.kind", "Shallow"]);
    assert!(!path.exists());
}
