//! The claims of the shipped presets, held against runs.

use widescope::claim::{ClaimResult, Verdict, evaluate};
use widescope::experiment::{Progress, run_all};
use widescope::history::{EventKind, Outcome, RunHistory};
use widescope::preset::{Experiment, library};
use widescope::spec::Quantity;
use widescope::task::Cancel;

fn results(name: &str, sets: &[(&str, &str)]) -> Vec<ClaimResult> {
    let (experiment, history) = history(name, sets);
    evaluate(&experiment, &history)
}

fn history(name: &str, sets: &[(&str, &str)]) -> (Experiment, RunHistory) {
    let sets: Vec<(String, String)> = sets
        .iter()
        .map(|(path, value)| ((*path).to_owned(), (*value).to_owned()))
        .collect();
    let experiment = library::load_with(name, &sets).expect(name);
    let mut history = RunHistory::new(experiment.arms.iter().map(|arm| arm.label.clone()));
    let mut keep = |progress: Progress| match progress {
        Progress::Event(EventKind::Recorded { arm, record }) => history.push(arm, record),
        Progress::Event(EventKind::Ended { arm, outcome }) => history.set_outcome(arm, outcome),
        _ => {}
    };
    run_all(&experiment, &Cancel::new(), &mut keep).expect(name);
    (experiment, history)
}

fn assert_all_hold(name: &str, sets: &[(&str, &str)]) {
    let results = results(name, sets);
    assert!(!results.is_empty(), "{name} claims nothing");
    for result in results {
        assert_eq!(result.verdict, Verdict::Pass, "{name}: {result:?}");
    }
}

/// At another size only what the takeaway rests on has to hold: bounds on single numbers are those of the
/// preset's own size.
fn assert_takeaway_holds(name: &str, sets: &[(&str, &str)]) {
    let rests_on = library::load(name).expect(name).preset.rests_on;
    let results = results(name, sets);
    let told = || {
        results
            .iter()
            .filter(|result| rests_on.contains(&result.name))
    };
    assert_eq!(told().count(), rests_on.len(), "{name}");
    for result in told() {
        assert_eq!(result.verdict, Verdict::Pass, "{name}: {result:?}");
    }
}

#[test]
fn claims_of_the_quick_presets_hold() {
    assert_all_hold("oymak-one-cell", &[]);
    assert_all_hold("du-fig1-live", &[]);
    assert_all_hold("du-infinite-width", &[]);
    assert_all_hold("oymak-sec3", &[]);
    assert_all_hold("chen-fig5-live", &[]);
}

#[test]
fn claims_hold_on_handwritten_digits() {
    // The claims are read where the training loss first falls to 0.1, near step 250.
    let sets = [
        ("train.stop.steps", "350"),
        ("observe.schedule", "Every(25)"),
    ];
    assert_takeaway_holds("digits-lazy-vs-feature", &sets);
}

#[test]
fn claims_about_the_lazy_gap_hold_with_fewer_points_and_steps() {
    let sets = [
        ("data.n", "30"),
        ("data.n_test", "40"),
        ("train.stop.steps", "600"),
    ];
    assert_takeaway_holds("song-gap-tanh-live", &sets);
}

/// At three tenths of the points. What the preset says of new digits needs its own size: at this one the
/// test accuracies are a few points of 600 apart.
#[test]
fn claims_about_the_training_digits_of_the_first_figure_of_song_hold() {
    let sets = [
        ("data.n", "300"),
        ("data.n_test", "10"),
        ("train.stop.steps", "1400"),
        ("observe.schedule", "Every(700)"),
    ];
    let results = results("song-fig1-live", &sets);
    let told: Vec<_> = results
        .iter()
        .filter(|result| result.expected.starts_with("train_accuracy"))
        .collect();
    assert!(
        !told.is_empty(),
        "nothing is claimed of the training digits"
    );
    for result in told {
        assert_eq!(result.verdict, Verdict::Pass, "{result:?}");
    }
}

/// One arm of the first figure of Song et al. at its smallest ratio, on true labels of 200 digits.
fn at_the_smallest_ratio(loss: &str) -> (Option<Outcome>, f64, f64) {
    let sets = [
        ("axes", "[]"),
        ("claims", "[]"),
        ("init.omega_ratio", "0.0035"),
        ("data.teacher", "None"),
        ("data.n", "200"),
        ("data.n_test", "0"),
        ("train.stop.steps", "150"),
        ("observe.schedule", "Log(per_decade: 10)"),
        ("observe.observables", "[Loss, Accuracy]"),
        ("loss", loss),
    ];
    let history = history("song-fig1-live", &sets).1;
    let arm = &history.arms()[0];
    let losses = arm.series(Quantity::TrainLoss).map(|(_, _, loss)| loss);
    let largest = losses.fold(0.0, f64::max);
    let accuracies = arm
        .series(Quantity::TrainAccuracy)
        .map(|(_, _, share)| share);
    let accuracy = accuracies.last().unwrap_or(0.0);
    (arm.outcome.clone(), largest, accuracy)
}

#[test]
fn at_the_smallest_ratio_the_cross_entropy_trains_where_squared_errors_diverge() {
    let (outcome, _, accuracy) = at_the_smallest_ratio("(kind: CrossEntropy, over: Mean)");
    assert!(matches!(outcome, Some(Outcome::Finished(_))), "{outcome:?}");
    assert!(accuracy > 0.99, "{accuracy}");

    let (outcome, largest, accuracy) =
        at_the_smallest_ratio("(kind: Squared, over: MeanSquaredError)");
    assert!(
        matches!(outcome, Some(Outcome::Diverged { .. })),
        "{outcome:?}"
    );
    assert!(largest > 1e6, "{largest}");
    assert!(accuracy < 0.2, "{accuracy}");
}

#[test]
fn a_claim_that_expects_too_much_does_not_hold() {
    let sets = [
        ("claims.0.expect.at_most", "1e-9"),
        ("train.stop.steps", "50"),
    ];
    let results = results("oymak-one-cell", &sets);
    assert_eq!(results[0].verdict, Verdict::Fail, "{:?}", results[0]);
}

#[test]
#[ignore = "takes minutes"]
fn claims_of_every_shipped_preset_hold() {
    for name in library::names() {
        assert_all_hold(name, &[]);
    }
}
