//! `run`: the files it writes and what it says.

use std::path::Path;

use ndarray::{Array1, Array2};
use ndarray_npy::NpzReader;

use crate::support::{PRESET, SMALL, finish, last_cell, names, program, run_small, table};

#[test]
fn the_folder_holds_the_series_of_every_arm() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("new");
    let run = run_small(&out, &[]).ended_with(0);
    assert_eq!(
        names(&out),
        ["final.npz", "run.ron", "series.csv", "spectra.csv"]
    );
    let (head, rows) = table(&out.join("series.csv"));
    assert_eq!(head[..5], ["arm", "seed", "step", "time", "train_loss"]);
    assert!(
        head.iter().any(|column| column == "lazy_gap_train"),
        "{head:?}"
    );
    for arm in ["ours", "NTK", "MF"] {
        let steps: Vec<u64> = rows
            .iter()
            .filter(|row| row[0] == arm)
            .map(|row| row[2].parse().expect("a step"))
            .collect();
        assert_eq!(steps.first(), Some(&0), "{arm}");
        assert_eq!(steps.last(), Some(&20), "{arm}");
        assert!(steps.is_sorted_by(|a, b| a < b), "{steps:?}");
        assert!(
            run.stdout
                .lines()
                .any(|line| line.starts_with(arm) && line.contains("finished")),
            "{}",
            run.stdout
        );
    }
    assert!(
        rows.iter()
            .flat_map(|row| &row[3..])
            .all(|cell| cell.is_empty() || cell.parse::<f64>().is_ok())
    );
    assert!(
        run.stderr.is_empty(),
        "no progress in a pipe: {}",
        run.stderr
    );
}

#[test]
fn spectra_are_ranked_from_the_largest() {
    let folder = tempfile::tempdir().expect("a folder");
    run_small(folder.path(), &["--quiet"]).ended_with(0);
    let (head, rows) = table(&folder.path().join("spectra.csv"));
    assert_eq!(head, ["arm", "seed", "step", "kind", "index", "value"]);
    let start: Vec<_> = rows
        .iter()
        .filter(|row| row[0] == "NTK" && row[2] == "0")
        .collect();
    let ranks: Vec<usize> = start
        .iter()
        .map(|row| row[4].parse().expect("an index"))
        .collect();
    assert_eq!(
        ranks,
        (1..=8).collect::<Vec<_>>(),
        "one singular value for each of the n = 8 points"
    );
    assert!(start.iter().all(|row| row[3] == "jacobian_singular_value"));
    let values: Vec<f64> = start
        .iter()
        .map(|row| row[5].parse().expect("a value"))
        .collect();
    assert!(
        values.is_sorted_by(|a, b| a >= b) && values[0] > 0.0,
        "{values:?}"
    );
}

#[test]
fn the_files_of_another_run_are_not_replaced_unasked() {
    let folder = tempfile::tempdir().expect("a folder");
    run_small(folder.path(), &["--quiet"]).ended_with(0);
    let series = folder.path().join("series.csv");
    let before = std::fs::read(&series).expect("the table");
    run_small(folder.path(), &["--set", "seed=5"])
        .ended_with(2)
        .complains_of(&["another run", "seed is 1 there and 5 here", "--overwrite"]);
    assert!(std::fs::read(&series).expect("the table") == before);
    run_small(folder.path(), &["--quiet"]).ended_with(0);
    run_small(
        folder.path(),
        &["--set", "seed=5", "--overwrite", "--quiet"],
    )
    .ended_with(0);
    assert!(std::fs::read(&series).expect("the table") != before);
}

#[test]
fn the_final_arrays_belong_to_the_last_row() {
    let folder = tempfile::tempdir().expect("a folder");
    run_small(folder.path(), &["--set", "precision=F64"]).ended_with(0);
    let file = std::fs::File::open(folder.path().join("final.npz")).expect("the archive");
    let mut arrays = NpzReader::new(file).expect("an archive");
    let label: Array1<u8> = arrays.by_name("label_1").expect("label_1");
    assert_eq!(label.to_vec(), b"NTK");
    let w: Array2<f64> = arrays.by_name("W_1").expect("W_1");
    let v: Array2<f64> = arrays.by_name("V_1").expect("V_1");
    let f: Array2<f64> = arrays.by_name("f_1").expect("f_1");
    let f_test: Array2<f64> = arrays.by_name("f_test_1").expect("f_test_1");
    assert_eq!(
        (w.dim(), v.dim(), f.dim(), f_test.dim()),
        ((16, 16), (1, 16), (8, 1), (6, 1))
    );
    assert_eq!(f_test.shape(), [6, 1]);
    assert!(w.iter().chain(&f).all(|x| x.is_finite()));
    let loss = last_cell(folder.path(), "NTK", "train_loss");
    let data = widescope::preset::library::load_with(PRESET, &sets()).expect("the preset");
    let data = widescope::data::load(&data.preset.data, data.preset.seed, Path::new("."))
        .expect("the data");
    let residual = &f - &data.y;
    let again = 0.5 * residual.iter().map(|r| r * r).sum::<f64>() / 8.0;
    assert!(
        (loss - again).abs() <= 1e-12 * loss,
        "{loss} in the table, {again} from the arrays"
    );
}

fn sets() -> Vec<(String, String)> {
    let pairs = SMALL.iter().filter_map(|word| word.split_once('='));
    pairs
        .map(|(path, value)| (path.to_owned(), value.to_owned()))
        .collect()
}

#[test]
fn the_written_preset_makes_the_same_tables() {
    let folder = tempfile::tempdir().expect("a folder");
    let (first, second) = (folder.path().join("a"), folder.path().join("b"));
    run_small(&first, &["--set", "seed=5"]).ended_with(0);
    let again = first.join("run.ron");
    finish(program().arg("run").arg(&again).arg("--out").arg(&second)).ended_with(0);
    same(&first, &second);
}

#[test]
fn two_runs_are_equal_byte_for_byte_whatever_the_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    let outs = ["default", "1", "3"].map(|threads| {
        let out = folder.path().join(threads);
        let mut run = program();
        run.args(["run", PRESET]).args(SMALL).arg("--out").arg(&out);
        if threads != "default" {
            run.env("RAYON_NUM_THREADS", threads);
        }
        finish(&mut run).ended_with(0);
        out
    });
    same(&outs[0], &outs[1]);
    same(&outs[0], &outs[2]);
}

#[track_caller]
fn same(a: &Path, b: &Path) {
    for name in ["series.csv", "spectra.csv", "final.npz"] {
        let [a, b] = [a, b].map(|folder| std::fs::read(folder.join(name)).expect("the file"));
        assert!(!a.is_empty() && a == b, "{name} differs");
    }
}

#[test]
fn the_files_of_an_earlier_run_are_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("series.csv"), "old").expect("an old file");
    std::fs::write(folder.path().join("mine.txt"), "mine").expect("a file of the user's");
    run_small(folder.path(), &[]).ended_with(0);
    assert!(table(&folder.path().join("series.csv")).1.len() > 3);
    assert_eq!(
        names(folder.path()),
        [
            "final.npz",
            "mine.txt",
            "run.ron",
            "series.csv",
            "spectra.csv"
        ]
    );
}

#[test]
fn json_is_one_document_with_arms_claims_and_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let claim = "claims=[(name: \"falls\", expect: Value(of: \"train_loss\", arm: \"ours\", at: End, at_most: 1e6))]";
    let run = run_small(folder.path(), &["--json", "--set", claim]).ended_with(0);
    let document: serde_json::Value = serde_json::from_str(&run.stdout).expect("one JSON document");
    assert_eq!(document["preset"], PRESET);
    assert_eq!(document["arms"].as_array().map(Vec::len), Some(3));
    let arm = &document["arms"][0];
    assert_eq!(
        (arm["arm"].as_str(), arm["steps"].as_u64()),
        (Some("ours"), Some(20))
    );
    assert_eq!(arm["outcome"]["reason"], "steps");
    assert_eq!(
        arm["last"]["train_loss"].as_f64(),
        Some(last_cell(folder.path(), "ours", "train_loss"))
    );
    assert_eq!(document["claims"][0]["holds"], true);
    let files = document["files"].as_array().expect("the files");
    assert!(
        files
            .iter()
            .all(|file| Path::new(file.as_str().expect("a path")).is_file())
    );
}

#[test]
fn quiet_says_nothing_where_all_is_well() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = run_small(folder.path(), &["--quiet"]).ended_with(0);
    assert!(run.stdout.is_empty() && run.stderr.is_empty());
}

/// The preset that a run writes holds its changes of the step, and does the same again.
#[test]
fn a_run_with_changes_of_the_step_is_written_and_run_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let [plain, changed, again] =
        ["plain", "changed", "again"].map(|name| folder.path().join(name));
    run_small(&plain, &[]).ended_with(0);
    run_small(&changed, &["--set", "train.changes=[(at: 7, step: 0.2)]"]).ended_with(0);
    let read = |path: &Path| std::fs::read_to_string(path).expect("it was written");
    assert!(!read(&plain.join("run.ron")).contains("changes"));
    let preset = changed.join("run.ron");
    assert!(read(&preset).contains("changes: ["), "{}", read(&preset));
    let mut run = program();
    finish(run.arg("run").arg(&preset).arg("--out").arg(&again)).ended_with(0);
    let series = |folder: &Path| read(&folder.join("series.csv"));
    assert_eq!(series(&again), series(&changed));
    assert_ne!(series(&plain), series(&changed));
}
