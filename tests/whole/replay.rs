//! Pages that replay the shipped presets: as small as promised, and with the numbers of the run.

use serde_json::Value;
use widescope::experiment::{Progress, run_all};
use widescope::export::Provenance;
use widescope::history::RunHistory;
use widescope::preset::{Experiment, library, to_ron};
use widescope::replay::{LARGEST, Shown, Wanted, replay};
use widescope::spec::{Lasts, Quantity};
use widescope::sweep::{Plan, SweepEvent, Table, run_sweep};
use widescope::task::Cancel;

fn run(experiment: &Experiment) -> RunHistory {
    let mut history = RunHistory::new(experiment.arms.iter().map(|arm| arm.label.clone()));
    let mut note = |progress: Progress| {
        if let Progress::Event(event) = progress {
            history.apply(&event);
        }
    };
    run_all(experiment, &Cancel::new(), &mut note).expect("it runs");
    history
}

/// The sweep of a preset with one trial a cell and few steps.
fn swept(experiment: &Experiment) -> Option<(Plan, Table)> {
    let plan = Plan::of(experiment)?;
    let mut table = Table::new(&plan);
    let units: Vec<usize> = (0..plan.units()).collect();
    let empty = Table::new(&plan);
    run_sweep(&plan, empty, &units, 2, &Cancel::new(), &mut |event| {
        if let SweepEvent::Done(result) = event {
            table.insert(result);
        }
    })
    .expect("it runs");
    Some((plan, table))
}

fn page(name: &str, sets: &[(&str, &str)], is_swept: bool) -> (RunHistory, String) {
    let sets: Vec<(String, String)> = sets
        .iter()
        .map(|(path, value)| ((*path).to_owned(), (*value).to_owned()))
        .collect();
    let experiment = library::load_with(name, &sets).expect(name);
    let history = run(&experiment);
    let sweep = if is_swept { swept(&experiment) } else { None };
    let shown = Shown {
        experiment: &experiment,
        history: &history,
        sweep: sweep.as_ref().map(|(plan, table)| (plan, table)),
    };
    let provenance = Provenance::new(&experiment, to_ron(&experiment.preset), None);
    let page = replay(shown, &Wanted::default(), &provenance).expect(name);
    (history, page)
}

fn script(page: &str) -> Value {
    let (_, data) = page.split_once("id=\"replay\">").expect("it has data");
    let (data, _) = data.split_once("</script>").expect("they end");
    serde_json::from_str(data).expect("they are JSON")
}

/// Compares every number of the read-outs over the run with the history; how many there are.
fn compared(history: &RunHistory, script: &Value) -> usize {
    let steps = script["frames"]["steps"].as_array().expect("steps");
    let mut count = 0;
    for plot in script["plots"].as_array().expect("plots") {
        if !plot["views"][0]["instants"].is_array() {
            continue;
        }
        for reading in plot["readings"].as_array().expect("readings") {
            let arm = &history.arms()[reading["arm"].as_u64().expect("an arm") as usize];
            let name = reading["name"].as_str().expect("a name");
            let ends = |q: &Quantity| name.ends_with(&format!(", {}", q.title()));
            let named = Quantity::ALL.into_iter().filter(ends);
            let quantity = named.max_by_key(|q| q.title().len()).expect(name);
            let texts = reading["texts"].as_array().expect("texts");
            assert_eq!(texts.len(), steps.len());
            for (step, text) in steps.iter().zip(texts) {
                let step = step.as_u64().expect("a step");
                let measured = arm.exactly_at(step).and_then(|record| record.get(quantity));
                let told = text.as_str().expect("a text");
                let wanted = measured.map_or(String::new(), |value| format!("{value:?}"));
                assert_eq!(told, wanted, "{name} at step {step}");
                count += usize::from(!told.is_empty());
            }
        }
    }
    count
}

fn small_with_the_numbers_of_the_run(name: &str) {
    let (history, page) = page(name, &[], false);
    assert!(page.len() <= LARGEST, "{name}: {} bytes", page.len());
    let numbers = compared(&history, &script(&page));
    assert!(numbers > 0, "{name} tells no number");
}

#[test]
fn pages_of_two_live_presets_are_small_and_have_the_numbers_of_the_run() {
    ["oymak-sec3", "min-fig2"]
        .into_iter()
        .for_each(small_with_the_numbers_of_the_run);
}

/// `cargo test --release --test whole replay -- --ignored`.
#[test]
#[ignore = "minutes"]
fn pages_of_all_live_presets_are_small_and_have_the_numbers_of_the_run() {
    let live = library::names().filter(|name| {
        let experiment = library::load(name).expect(name);
        experiment.preset.lasts == Lasts::Seconds && Plan::of(&experiment).is_none()
    });
    let live: Vec<&str> = live.collect();
    assert!(live.len() >= 10, "{} live presets", live.len());
    live.into_iter().for_each(small_with_the_numbers_of_the_run);
}

#[test]
fn a_map_and_a_curve_of_a_sweep_tell_of_every_cell() {
    for (name, sets) in [
        (
            "oymak-fig2-live",
            [("sweep.trials", "1"), ("train.stop.steps", "30")],
        ),
        (
            "chen-fig2-sweep-live",
            [("sweep.trials", "1"), ("train.stop.steps", "5")],
        ),
    ] {
        let sets: Vec<(&str, &str)> = sets
            .into_iter()
            .chain([("claims", "[]"), ("rests_on", "[]")])
            .collect();
        let (_, page) = page(name, &sets, true);
        let script = script(&page);
        let spots = script["plots"][0]["spots"]
            .as_array()
            .expect("places with words");
        assert!(spots.len() > 4, "{name}: {}", spots.len());
        let told = spots.iter().filter_map(|spot| spot["text"].as_str());
        assert!(
            told.clone().all(|text| text.contains("of 1 trials")),
            "{name}"
        );
        assert!(page.len() <= LARGEST);
    }
}
