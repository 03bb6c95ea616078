//! Timing: what is printed, never how long it took.

use crate::support::call;

const BRIEF: [&str; 4] = ["--seconds", "0.02", "--repeat", "2"];

#[test]
fn a_problem_is_timed_as_one_json_object() {
    let words = ["bench", "D1-3,4,relu", "--json", "--threads", "2"];
    let called = call(words.into_iter().chain(BRIEF)).ended_with(0);
    assert_eq!(called.stdout.lines().count(), 1, "{}", called.stdout);
    let document: serde_json::Value = serde_json::from_str(&called.stdout).expect("JSON");
    assert_eq!(document["name"], "D1-3,4,relu");
    assert_eq!(document["unit"], "trial-steps/s");
    assert_eq!(document["threads"], 2);
    assert_eq!(document["precision"], "f32");
    assert_eq!(document["figures"].as_array().map(Vec::len), Some(2));
    let number = |key: &str| document[key].as_f64().unwrap_or_else(|| panic!("{key}"));
    assert!(number("min") > 0.0 && number("min") <= number("median"));
    assert!(number("median") <= number("max"));
    // 4mnD on the weights and 20mn beside it.
    let flops = 4.0 * 3.0 * 100.0 * 4.0 + 20.0 * 3.0 * 100.0;
    assert!((number("gflop") - flops / 1e9).abs() < 1e-15);
    let share = number("gflops") / number("gemm_peak_gflops");
    assert!((number("share_of_peak") - share).abs() < 1e-12);
    assert!((number("gflops") - number("gflop") * number("median")).abs() < 1e-9);
}

#[test]
fn a_table_has_a_row_a_problem_at_either_width() {
    let words = ["bench", "B1-64", "E1-128", "--precision", "f64"];
    let called = call(words.into_iter().chain(BRIEF)).ended_with(0);
    let lines: Vec<&str> = called.stdout.lines().collect();
    assert_eq!(lines.len(), 4, "{}", called.stdout);
    assert!(lines[0].contains("kernels") && lines[0].contains("f64"));
    assert!(lines[2].starts_with("B1-64 ") && lines[2].contains("steps/s"));
    assert!(lines[3].starts_with("E1-128 ") && lines[3].contains("reduced"));
    let debug = called
        .stderr
        .contains("a debug build: its figures say little");
    assert_eq!(debug, cfg!(debug_assertions), "{}", called.stderr);
}

#[test]
fn the_list_names_every_problem() {
    let called = call(["bench", "--list"]).ended_with(0);
    let names: Vec<_> = called.stdout.lines().map(|l| l.split(' ').next()).collect();
    assert_eq!(names.len(), 12);
    assert!(names.contains(&Some("B3-8192")) && names.contains(&Some("J")));
}

#[test]
fn what_can_not_be_timed_is_told_what_can() {
    call(["bench", "B3-1O24"])
        .ended_with(2)
        .complains_of(&["B3-1024`?"]);
    call(["bench", "B5"])
        .ended_with(2)
        .complains_of(&["B5", "B1", "allowed"]);
    call(["bench", "B1", "--seconds", "-1"]).ended_with(2);
    call(["bench", "B1", "--repeat", "0"]).ended_with(2);
}

#[test]
fn growth_is_fitted_and_its_memory_held_against_the_estimate() {
    let words = [
        "bench",
        "--growth",
        "--largest",
        "4096",
        "--json",
        "--seconds",
        "0",
    ];
    let called = call(words.into_iter().chain(["--repeat", "1"])).ended_with(0);
    let document: serde_json::Value = serde_json::from_str(&called.stdout).expect("JSON");
    let runs = document["runs"].as_array().expect("runs");
    let widths: Vec<_> = runs
        .iter()
        .filter_map(|run| run["width"].as_f64())
        .collect();
    assert_eq!(widths[..3], [1024.0, 2048.0, 4096.0]);
    assert!(widths[3..].iter().all(|width| *width == 4096.0));
    let fits = document["fits"].as_array().expect("fits");
    assert_eq!(fits.len(), 4);
    assert_eq!(fits[0]["sizes"], 3);
    assert!(fits[1]["exponent"].as_f64().is_some_and(f64::is_finite));
    for run in runs {
        assert!(
            run["step_seconds"].as_f64().is_some_and(|s| s > 0.0),
            "{run}"
        );
        let held = run["held_bytes"].as_f64();
        assert_eq!(held.is_some(), cfg!(target_os = "linux"), "{run}");
        // Four matrices of m × n floats at least.
        let sizes = ["width", "points"].map(|key| run[key].as_f64().expect("a size"));
        let least = 16.0 * sizes[0] * sizes[1];
        assert!(held.is_none_or(|held| held > 0.8 * least), "{run}");
        let estimated = run["estimated_bytes"].as_f64().expect("an estimate");
        assert!(estimated > least, "{run}");
    }
}
