//! Every shipped preset, trained at a small size and drawn: as pixels against a stored picture,
//! and as vectors.

use quick_xml::events::Event;
use widescope::experiment::{Progress, run_all};
use widescope::history::{Outcome, RunHistory};
use widescope::preset::{Experiment, library, set};
use widescope::render::{Picture, PictureOptions, picture};
use widescope::spec::{Method, Precision, Preset};
use widescope::task::Cancel;
use widescope::ui::theme::ThemeChoice;
use widescope::ui::{App, Theme};

use crate::snapshot::snapshot;

/// The smallest window in which nothing may be cut.
const SIZE: [f32; 2] = [1280.0, 720.0];

/// The preset with few points, neurons and steps, in double precision, which rounds alike on every
/// machine to the digits shown. The arms keep their names, so that the claims can be read.
pub fn small(name: &str) -> Experiment {
    let mut experiment = library::load(name).expect(name);
    let presets = experiment.arms.iter_mut().map(|arm| &mut arm.preset);
    for preset in presets.chain([&mut experiment.preset]) {
        *preset = shrunk(preset);
    }
    experiment
}

fn shrunk(preset: &Preset) -> Preset {
    let sizes = preset.data.sizes().expect("a shipped preset needs no file");
    let sets = [
        ("train.stop.steps", preset.train.stop.steps.min(40)),
        ("network.width", preset.network.width.min(256) as u64),
        ("data.n", sizes.n.min(16) as u64),
        ("data.n_test", sizes.n_test.min(12) as u64),
    ];
    let mut small = preset.clone();
    for (path, value) in sets {
        small = set(&small, path, &value.to_string()).expect(path);
    }
    if let Method::Sgd { batch, .. } = preset.train.method {
        let batch = batch.min(sizes.n.min(16));
        small = set(&small, "train.method.batch", &batch.to_string()).expect("a batch");
    }
    small.precision = Precision::F64;
    small
}

pub fn train(experiment: &Experiment) -> RunHistory {
    let mut history = RunHistory::new(experiment.arms.iter().map(|arm| arm.label.clone()));
    run_all(experiment, &Cancel::new(), &mut |progress| {
        if let Progress::Event(event) = progress {
            history.apply(&event);
        }
    })
    .expect("the run begins");
    history
}

fn window(experiment: &Experiment, history: &RunHistory) -> Picture {
    let mut app =
        App::with_history(experiment.clone(), history.clone()).with_theme(ThemeChoice::Light);
    let setup = |context: &egui::Context| Theme::light().apply(context);
    picture(&PictureOptions::new(SIZE[0], SIZE[1]), setup, |ui| {
        app.ui(ui)
    })
    .expect("the size is allowed")
}

/// Panics where the text is not well-formed XML.
fn elements(xml: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut names = Vec::new();
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(start) | Event::Empty(start) => {
                names.push(String::from_utf8_lossy(start.name().as_ref()).into_owned());
            }
            Event::Eof => return names,
            _ => {}
        }
    }
}

#[test]
fn every_preset_trains_and_is_drawn() {
    let mut differing = Vec::new();
    for name in library::names() {
        let experiment = small(name);
        let history = train(&experiment);
        for arm in history.arms() {
            assert!(
                matches!(arm.outcome, Some(Outcome::Finished(_))),
                "{name}, {}: {:?}",
                arm.label,
                arm.outcome
            );
        }
        let drawn = window(&experiment, &history);
        let names = elements(&drawn.to_svg(&[("name".to_owned(), name.to_owned())]));
        assert_eq!(names.first().map(String::as_str), Some("svg"), "{name}");
        assert!(
            names.iter().any(|element| element == "path")
                && names.iter().any(|element| element == "text"),
            "{name}"
        );
        let bitmap = drawn.to_bitmap();
        // One preset's picture that differs must not hide the others'.
        let compared = std::panic::catch_unwind(|| snapshot(&format!("preset-{name}"), &bitmap));
        if compared.is_err() {
            differing.push(name);
        }
    }
    assert!(differing.is_empty(), "pictures differ: {differing:?}");
}
