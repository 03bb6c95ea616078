//! `verify`: what each claim expected and got.

use crate::support::call;

/// A preset that trains in a moment, with one claim that holds and one that does not.
const QUICK: [&str; 7] = [
    "verify",
    "oymak-one-cell",
    "--quiet",
    "--set",
    "train.stop.steps=30",
    "--set",
    r#"claims=[
        (name: "Softplus fits the labels to a relative error of 2.5·10⁻³", expect: Value(of: "relative_error", arm: "Softplus", at: End, at_most: 10.0)),
        (name: "ReLU fits the labels to a relative error of 2.5·10⁻³", expect: Value(of: "relative_error", arm: "Relu", at: End, at_most: 0.0025)),
    ]"#,
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

/// A preset of two arms that trains in a moment, with one claim, and one wrong setting.
fn with_wrong(changes: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.ron");
    let preset = format!(
        "(data: Sphere(d: 4, n: 6, n_test: 0, labels: Normal(std: 1.0)), network: (width: 8), \
         loss: (over: Sum), train: (method: GradientDescent(step: 0.01), stop: (steps: 5)), \
         observe: (observables: [Loss]), panels: [Loss], \
         claims: [(name: \"it trains\", expect: Ratio(of: \"train_loss\", at: End, over_at: Step(0), at_most: 0.9999))], \
         wrong: [Set(kind: Step, changes: {{{changes}}}), Excused(kind: Width, because: \"any width does\")])"
    );
    std::fs::write(&path, preset).expect("the preset is written");
    let path = path.to_str().expect("a path in UTF-8").to_owned();
    (folder, path)
}

#[test]
fn a_wrong_setting_has_to_fail_a_claim() {
    let (_folder, path) = with_wrong(r#""train.method.step": "1e-12""#);
    let noticed = call(["verify", "--wrong", "--quiet", &path]).ended_with(0);
    for words in [
        "noticed  step: train.method.step=1e-12",
        "FAIL  it trains",
        "excused  width: any width does",
        "1 of 1 wrong settings fail a claim, 1 excused",
    ] {
        assert!(
            noticed.stdout.contains(words),
            "{words}\n{}",
            noticed.stdout
        );
    }
    let (_folder, path) = with_wrong(r#""train.method.step": "0.02""#);
    let passed = call(["verify", "--wrong", "--quiet", "--json", &path]).ended_with(1);
    let report: serde_json::Value = serde_json::from_str(&passed.stdout).expect("JSON");
    assert_eq!(report["all_noticed"], false);
    assert_eq!(report["presets"][0]["settings"][0]["noticed"], false);
}

#[test]
fn a_wrong_setting_that_diverges_shows_nothing() {
    let (_folder, path) = with_wrong(r#""train.method.step": "1e9", "train.stop.steps": "200""#);
    let diverged = call(["verify", "--wrong", "--quiet", &path]).ended_with(1);
    assert!(
        diverged.stdout.contains("NOT RUN  step") && diverged.stdout.contains("diverged"),
        "{}",
        diverged.stdout
    );
}

#[test]
fn a_wrong_setting_that_can_not_be_tried_is_refused_before_any_run() {
    for (changes, words) in [
        (r#""train.method.stepp": "1.0""#, "train.method.step"),
        (r#""network.width": "0""#, "network.width"),
        (r#""seed": "1""#, "a change of nothing"),
        (r#""claims": "[]""#, "a change of the claims"),
    ] {
        let (_folder, path) = with_wrong(changes);
        for command in [vec!["check", &path], vec!["verify", "--wrong", &path]] {
            let refused = call(command).ended_with(2);
            let refused = refused.complains_of(&["wrong.0", words]);
            assert!(refused.stdout.is_empty(), "{}", refused.stdout);
        }
    }
}

#[test]
fn a_preset_that_needs_one_precision_is_left_out_at_the_other() {
    let called = ["verify", "oymak-sec3", "--quiet", "--precision", "f32"];
    let left_out = call(called).ended_with(0);
    assert!(
        left_out.stdout.contains("oymak-sec3  not run: "),
        "{}",
        left_out.stdout
    );
    call(["check", "oymak-sec3", "--set", "precision=F32"])
        .ended_with(2)
        .complains_of(&["precision: F32", "rounding", "needs=None"]);
}
