//! `verify`: what each claim expected and got.

use crate::support::call;

/// A preset that trains in a moment, with a claim that holds.
const QUICK: [&str; 7] = [
    "verify",
    "oymak-one-cell",
    "--quiet",
    "--set",
    "train.stop.steps=30",
    "--set",
    "claims.0.expect.at_most=10.0",
];

#[test]
fn what_holds_and_what_does_not_is_printed_and_decides_the_exit_code() {
    let failed = call(QUICK).ended_with(1);
    assert!(
        failed.stdout.contains("PASS  Softplus"),
        "{}",
        failed.stdout
    );
    assert!(failed.stdout.contains("FAIL  ReLU"), "{}", failed.stdout);
    assert!(
        failed.stdout.contains("1 of 2 claims hold"),
        "{}",
        failed.stdout
    );
    let more = ["--set", "claims.1.expect.at_most=10.0"];
    let passed = call(QUICK.into_iter().chain(more)).ended_with(0);
    assert!(
        passed.stdout.contains("2 of 2 claims hold"),
        "{}",
        passed.stdout
    );
}

#[test]
fn the_report_is_one_json_document_and_a_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("claims.md");
    let page_name = page.to_str().expect("a path in UTF-8");
    let more = ["--json", "--markdown", page_name];
    let called = call(QUICK.into_iter().chain(more)).ended_with(1);
    let report: serde_json::Value = serde_json::from_str(&called.stdout).expect("JSON");
    assert_eq!(report["all_hold"], false);
    assert_eq!(report["presets"][0]["seeds"], serde_json::json!([1]));
    assert_eq!(report["presets"][0]["claims"][0]["holds"], true);
    let page = std::fs::read_to_string(page).expect("the page");
    assert!(
        page.contains("## oymak-one-cell") && page.contains("| FAIL |"),
        "{page}"
    );
}

#[test]
fn a_diverged_arm_fails_whatever_is_claimed() {
    let sets = [
        "claims=[]",
        "train.method.step=1e6",
        "axes=[]",
        "train.stop.steps=200",
    ];
    let sets = sets.into_iter().flat_map(|set| ["--set", set]);
    let words = ["verify", "oymak-one-cell", "--quiet"];
    let failed = call(words.into_iter().chain(sets)).ended_with(1);
    assert!(
        failed.stdout.contains("diverged at step"),
        "{}",
        failed.stdout
    );
}

#[test]
fn presets_and_the_page_are_tried_before_the_first_is_run() {
    call(["verify", "oymak-one-cell", "oymak-one-sell"])
        .ended_with(2)
        .complains_of(&["oymak-one-sell", "oymak-one-cell"]);
    call(["verify"]).ended_with(2);
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("missing/claims.md");
    let more = ["--markdown", page.to_str().expect("a path in UTF-8")];
    let refused = call(QUICK.into_iter().chain(more)).ended_with(2);
    assert!(refused.stdout.is_empty(), "{}", refused.stdout);
    assert!(refused.stderr.contains("missing"), "{}", refused.stderr);
    call(["verify", "--all", "lazy-vs-feature"]).ended_with(2);
}
