//! What stands in a page is what the run measured.

use std::sync::OnceLock;

use serde_json::Value;

use super::*;
use crate::experiment::{Progress, run_all};
use crate::preset::{library, to_ron};
use crate::spec::Quantity;
use crate::task::Cancel;

/// A small run of the default preset, with its page.
struct Made {
    experiment: Experiment,
    history: RunHistory,
    page: String,
}

fn run(sets: &[(&str, &str)]) -> (Experiment, RunHistory) {
    let sets: Vec<(String, String)> = sets
        .iter()
        .map(|(path, value)| ((*path).to_owned(), (*value).to_owned()))
        .collect();
    let experiment = library::load_with(library::DEFAULT, &sets).expect("the sets are right");
    let labels = experiment.arms.iter().map(|arm| arm.label.clone());
    let mut history = RunHistory::new(labels);
    run_all(&experiment, &Cancel::new(), &mut |progress| {
        if let Progress::Event(event) = progress {
            history.apply(&event);
        }
    })
    .expect("it runs");
    (experiment, history)
}

fn page_of(experiment: &Experiment, history: &RunHistory, wanted: &Wanted) -> String {
    let shown = Shown {
        experiment,
        history,
        sweep: None,
    };
    let provenance = Provenance::new(experiment, to_ron(&experiment.preset), None);
    replay(shown, wanted, &provenance).expect("it has a page")
}

const SMALL: [(&str, &str); 4] = [
    ("network.width", "48"),
    ("data", "SignedPairs(d: 4, n: 12, n_test: 6)"),
    ("train.stop.steps", "300"),
    ("title", r#""</script><script>alert(1)</script>""#),
];

fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let (experiment, history) = run(&SMALL);
        let page = page_of(&experiment, &history, &Wanted::default());
        Made {
            experiment,
            history,
            page,
        }
    })
}

/// What the page's script reads.
fn script(page: &str) -> Value {
    let (_, data) = page.split_once("id=\"replay\">").expect("it has data");
    let (data, _) = data.split_once("</script>").expect("they end");
    serde_json::from_str(data).expect("they are JSON")
}

fn texts(value: &Value) -> Vec<&str> {
    let all = value.as_array().into_iter().flatten();
    all.filter_map(Value::as_str).collect()
}

#[test]
fn every_number_of_the_read_out_is_that_of_the_series() {
    let Made { history, page, .. } = made();
    let script = script(page);
    let steps: Vec<u64> = script["frames"]["steps"]
        .as_array()
        .expect("steps")
        .iter()
        .filter_map(Value::as_u64)
        .collect();
    assert_eq!(steps.first(), Some(&0));
    assert_eq!(steps.last(), Some(&history.last_step()));
    let mut compared = 0;
    for plot in script["plots"].as_array().expect("plots") {
        let is_over_run = plot["views"][0]["instants"].is_array();
        for reading in plot["readings"].as_array().expect("readings") {
            let arm = reading["arm"].as_u64().expect("an arm") as usize;
            let name = reading["name"].as_str().expect("a name");
            let is_named = |q: &Quantity| name.ends_with(&format!(", {}", q.title()));
            let mut of = Quantity::ALL
                .into_iter()
                .filter(is_named)
                .collect::<Vec<_>>();
            of.sort_by_key(|q| std::cmp::Reverse(q.title().len()));
            for (step, text) in steps.iter().zip(texts(&reading["texts"])) {
                let record = history.arms()[arm].exactly_at(*step);
                let measured = record.and_then(|record| record.get(of[0]));
                let told: Option<f64> = text.parse().ok();
                if is_over_run {
                    assert_eq!(
                        told.map(f64::to_bits),
                        measured.map(f64::to_bits),
                        "{name} at {step}"
                    );
                    compared += usize::from(told.is_some());
                }
            }
        }
    }
    assert!(compared > 100, "{compared} numbers");
}

#[test]
fn a_page_is_whole_names_nothing_outside_and_holds_its_experiment() {
    let Made {
        page, experiment, ..
    } = made();
    assert!(!page.contains("alert(1)</script>") && !page.contains("<script>alert"));
    for word in ["http://", "https://", "src=", "href=", "@import"] {
        assert!(!page.contains(word), "{word}");
    }
    assert_eq!(
        page.matches("<script").count(),
        page.matches("</script>").count()
    );
    let held = crate::export::embedded::experiment_in(page.as_bytes()).expect("it can be read");
    let held = held.expect("it holds its preset");
    let read = crate::preset::parse(&held.ron).expect("it is a preset");
    assert_eq!(read, experiment.preset);
    assert!(page.contains("content=\"widescope "));
}

#[test]
fn the_same_run_makes_the_same_page() {
    let Made {
        experiment,
        history,
        page,
    } = made();
    assert_eq!(page_of(experiment, history, &Wanted::default()), *page);
}

#[test]
fn panels_are_those_asked_for_and_one_without_a_figure_says_why() {
    let Made {
        experiment,
        history,
        ..
    } = made();
    let wanted = |panels: &[PanelKind]| Wanted {
        panels: panels.to_vec(),
        theme: Some(true),
    };
    let page = page_of(experiment, history, &wanted(&[PanelKind::Spectrum]));
    assert!(page.contains("data-theme=\"dark\"") && page.contains("Singular values"));
    assert!(!page.contains("Loss over the run"));
    let shown = Shown {
        experiment,
        history,
        sweep: None,
    };
    let provenance = Provenance::new(experiment, String::new(), None);
    let refused = replay(shown, &wanted(&[PanelKind::Phase]), &provenance);
    let message = refused.expect_err("there is no sweep").to_string();
    assert!(
        message.contains("Phase") && message.contains("sweep"),
        "{message}"
    );
}

#[test]
fn the_places_of_neurons_are_those_of_the_feature_map() {
    use crate::figure::{FeatureMap, FeatureMapOptions, Layer};
    let Made { history, page, .. } = made();
    let script = script(page);
    let hidden = std::collections::BTreeSet::new();
    let options = FeatureMapOptions {
        x1: None,
        x2: None,
        trails: true,
        same_scale: true,
        hidden: &hidden,
        cursor: history.last_step(),
    };
    let map = FeatureMap::new(history, &options, None);
    let figure = map.plots[2].figure.as_ref().expect("it has a map");
    let dots: Vec<[f64; 2]> = figure
        .layers
        .iter()
        .filter_map(|layer| match layer {
            Layer::Scatter(dots) if dots.opacity < 0.9 => Some(dots.points.to_vec()),
            _ => None,
        })
        .flatten()
        .collect();
    let layers = script["plots"][2]["layers"].as_array().expect("layers");
    let drawn = layers
        .iter()
        .rfind(|layer| layer["kind"] == "dots")
        .expect("it has dots");
    let last = drawn["at"]
        .as_array()
        .expect("they move")
        .last()
        .expect("a moment");
    let variant = &drawn["variants"][last.as_i64().expect("a number") as usize];
    let bytes = crate::export::base64::decode(variant.as_str().expect("base64")).expect("base64");
    let wanted: Vec<u8> = place::points(&dots, [figure.x.range, figure.y.range])
        .into_iter()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(bytes, wanted);
}

#[test]
fn a_run_of_many_records_is_thinned_and_says_so() {
    let sets = [
        SMALL[0],
        SMALL[1],
        ("train.stop.steps", "700"),
        ("observe.schedule", "Every(1)"),
    ];
    let (experiment, history) = run(&sets);
    let page = page_of(&experiment, &history, &Wanted::default());
    let steps = script(&page)["frames"]["steps"].as_array().map(Vec::len);
    assert!(
        steps.is_some_and(|count| (100..=MOMENTS + 2).contains(&count)),
        "{steps:?}"
    );
    assert!(page.contains("of 701 records can be scrubbed to"));
    assert!(page.len() <= LARGEST);
}
