//! Panels and windows against stored pictures.

use widescope::figure::{Clock, ImbalanceView, KernelView, SpectrumView};
use widescope::history::RunHistory;
use widescope::render::{PictureOptions, picture};
use widescope::spec::{DataSpec, PanelKind, Pixels, Targets};
use widescope::ui::panel::{
    LogAxis, Panel, PanelState, SharedChoice, Shows, TimeAxis, WeightsView,
};
use widescope::ui::theme::ThemeChoice;
use widescope::ui::{App, Theme};

use super::scene::{Scene, THREE, panels};
use crate::fake_run;
use crate::snapshot::snapshot;

#[test]
fn panels_of_three_arms_look_as_stored() {
    let experiment = fake_run::experiment(&THREE);
    let history = fake_run::finished(&experiment);
    for (name, theme) in [("dark", Theme::dark()), ("light", Theme::light())] {
        for panel in panels() {
            let scene = Scene {
                experiment: &experiment,
                history: &history,
                cursor: Some(1000),
                size: [560.0, 380.0],
                theme: theme.clone(),
            };
            let bitmap = scene.draw(panel.kind, &mut PanelState::default());
            snapshot(&format!("panel-{}-{name}", panel.key), &bitmap);
        }
    }
}

#[test]
fn a_diverged_arm_is_marked() {
    let experiment = fake_run::experiment(&THREE);
    let history = fake_run::diverged(&experiment);
    let scene = Scene {
        experiment: &experiment,
        history: &history,
        cursor: None,
        size: [560.0, 380.0],
        theme: Theme::dark(),
    };
    for panel in panels().filter(|panel| panel.shows == Shows::Run) {
        let bitmap = scene.draw(panel.kind, &mut PanelState::default());
        snapshot(&format!("panel-{}-diverged", panel.key), &bitmap);
    }
}

#[test]
fn spectra_over_time_and_as_histogram_look_as_stored() {
    let experiment = fake_run::experiment(&THREE);
    let history = fake_run::finished(&experiment);
    let views = [
        (SpectrumView::Time, "time"),
        (SpectrumView::Histogram, "histogram"),
    ];
    for (spectrum, name) in views {
        let mut state = PanelState {
            spectrum,
            ..PanelState::default()
        };
        let scene = Scene {
            experiment: &experiment,
            history: &history,
            cursor: Some(1000),
            size: [560.0, 380.0],
            theme: Theme::light(),
        };
        let bitmap = scene.draw(PanelKind::Spectrum, &mut state);
        snapshot(&format!("panel-spectrum-{name}"), &bitmap);
    }
}

/// Panels of a run over time, on an axis that is logarithmic or not.
fn over_time(log: Option<bool>) -> SharedChoice {
    let time = TimeAxis {
        clock: Some(Clock::Time),
        log: LogAxis(log),
    };
    SharedChoice {
        time,
        ..SharedChoice::default()
    }
}

#[test]
fn other_views_look_as_stored() {
    let experiment = fake_run::experiment(&THREE);
    let history = fake_run::finished(&experiment);
    let plain = PanelState::default;
    let change = PanelState {
        kernel: KernelView::Change,
        ..plain()
    };
    let drift = PanelState {
        imbalance: ImbalanceView::Drift,
        shared: over_time(None),
        ..plain()
    };
    let neurons = PanelState {
        weights: Some(WeightsView::Neurons),
        ..plain()
    };
    let start = PanelState {
        start_beside: true,
        ..plain()
    };
    let time = PanelState {
        shared: over_time(Some(false)),
        ..plain()
    };
    for (kind, name, mut state) in [
        (PanelKind::Kernel, "kernel-change", change),
        (PanelKind::Imbalance, "imbalance-drift", drift),
        (PanelKind::Data, "data-start", start),
        (PanelKind::Weights, "weights-neurons", neurons),
        (PanelKind::Loss, "loss-time", time),
    ] {
        let scene = Scene {
            experiment: &experiment,
            history: &history,
            cursor: Some(1000),
            size: [560.0, 380.0],
            theme: Theme::dark(),
        };
        snapshot(&format!("panel-{name}"), &scene.draw(kind, &mut state));
    }
}

#[test]
fn digits_are_shown_as_pictures() {
    let mut experiment = fake_run::experiment(&THREE);
    experiment.preset.data = DataSpec::Mnist {
        classes: vec![3, 5, 0],
        n: 300,
        n_test: 0,
        targets: Targets::OneHot,
        pixels: Pixels::SphereSqrtD,
        teacher: None,
    };
    let history = fake_run::bare(&experiment);
    for (name, theme) in [("dark", Theme::dark()), ("light", Theme::light())] {
        let scene = Scene {
            experiment: &experiment,
            history: &history,
            cursor: None,
            size: [560.0, 240.0],
            theme,
        };
        let bitmap = scene.draw(PanelKind::Data, &mut PanelState::default());
        snapshot(&format!("panel-data-digits-{name}"), &bitmap);
    }
}

#[test]
fn wrong_answers_stand_under_the_test_images() {
    let mut experiment = fake_run::experiment(&THREE);
    let data = DataSpec::Mnist {
        classes: vec![3, 5],
        n: 300,
        n_test: 200,
        targets: Targets::Signed,
        pixels: Pixels::SphereSqrtD,
        teacher: None,
    };
    experiment.preset.data = data.clone();
    for arm in &mut experiment.arms {
        arm.preset.data = data.clone();
    }
    let history = fake_run::finished(&experiment);
    for (name, cursor, theme) in [
        ("start", Some(0), Theme::light()),
        ("end", None, Theme::dark()),
    ] {
        let scene = Scene {
            experiment: &experiment,
            history: &history,
            cursor,
            size: [560.0, 240.0],
            theme,
        };
        let bitmap = scene.draw(PanelKind::Data, &mut PanelState::default());
        snapshot(&format!("panel-data-answers-{name}"), &bitmap);
    }
}

#[test]
fn a_linear_network_has_singular_values_and_c() {
    let experiment = fake_run::linear_experiment(&["0.1, 0.1", "0.5, 0.02"]);
    let history = fake_run::linear(&experiment);
    let scene = Scene {
        experiment: &experiment,
        history: &history,
        cursor: Some(1000),
        size: [560.0, 380.0],
        theme: Theme::light(),
    };
    let bitmap = scene.draw(PanelKind::Imbalance, &mut PanelState::default());
    snapshot("panel-imbalance-linear", &bitmap);
}

#[test]
fn what_was_not_measured_is_said_with_the_remedy() {
    let experiment = fake_run::experiment(&THREE);
    let history = fake_run::bare(&experiment);
    let scene = Scene {
        experiment: &experiment,
        history: &history,
        cursor: None,
        size: [420.0, 200.0],
        theme: Theme::light(),
    };
    let lacking = panels().filter(|panel| (panel.lack)(scene.input()).is_some());
    let lacking: Vec<&Panel> = lacking.collect();
    for panel in &lacking {
        let bitmap = scene.draw(panel.kind, &mut PanelState::default());
        snapshot(&format!("panel-{}-missing", panel.key), &bitmap);
    }
    let keys: Vec<&str> = lacking.iter().map(|panel| panel.key).collect();
    let nothing_but_a_loss = [
        "spectrum",
        "feature-map",
        "imbalance",
        "kernel",
        "data",
        "weights",
        "theory",
    ];
    assert_eq!(keys, nothing_but_a_loss);
}

#[test]
fn no_panel_lacks_anything_of_a_run_that_measured_everything() {
    let experiment = fake_run::experiment(&THREE);
    let history = fake_run::finished(&experiment);
    let scene = Scene {
        experiment: &experiment,
        history: &history,
        cursor: None,
        size: [420.0, 200.0],
        theme: Theme::light(),
    };
    for panel in panels() {
        assert_eq!((panel.lack)(scene.input()), None, "{}", panel.key);
        assert_eq!(panel.tooltip(scene.input()), panel.description);
    }
}

#[test]
fn a_window_of_many_panels_is_tiled() {
    let mut experiment = fake_run::experiment(&THREE);
    experiment.preset.panels = vec![
        PanelKind::Loss,
        PanelKind::Spectrum,
        PanelKind::FeatureMap,
        PanelKind::Regime,
        PanelKind::Imbalance,
        PanelKind::Kernel,
        PanelKind::Weights,
        PanelKind::Theory,
        PanelKind::Story,
    ];
    let history = fake_run::finished(&experiment);
    for (name, size, theme, choice) in [
        ("dark", [1280.0, 720.0], Theme::dark(), ThemeChoice::Dark),
        (
            "light",
            [1600.0, 1000.0],
            Theme::light(),
            ThemeChoice::Light,
        ),
    ] {
        let mut app = App::with_history(experiment.clone(), history.clone()).with_theme(choice);
        let setup = |context: &egui::Context| theme.apply(context);
        let options = PictureOptions::new(size[0], size[1]);
        let drawn = picture(&options, setup, |ui| app.ui(ui)).unwrap();
        snapshot(&format!("window-all-panels-{name}"), &drawn.to_bitmap());
    }
}

#[test]
fn a_window_of_the_theory_s_panels_is_tiled() {
    let mut experiment = fake_run::experiment(&THREE);
    experiment.preset.panels = vec![
        PanelKind::Loss,
        PanelKind::Weights,
        PanelKind::Theory,
        PanelKind::Kernel,
        PanelKind::Story,
    ];
    let history = fake_run::finished(&experiment);
    let mut app = App::with_history(experiment, history).with_theme(ThemeChoice::Light);
    let setup = |context: &egui::Context| Theme::light().apply(context);
    let drawn = picture(&PictureOptions::new(1280.0, 720.0), setup, |ui| app.ui(ui)).unwrap();
    snapshot("window-theory-panels", &drawn.to_bitmap());
}

#[test]
fn before_the_first_record_every_panel_says_what_happens() {
    let experiment = fake_run::experiment(&THREE);
    let starting = fake_run::empty_history(&experiment);
    let none = RunHistory::default();
    for (name, history) in [("starting", &starting), ("empty", &none)] {
        let scene = Scene {
            experiment: &experiment,
            history,
            cursor: None,
            size: [360.0, 160.0],
            theme: Theme::dark(),
        };
        let bitmap = scene.draw(PanelKind::Loss, &mut PanelState::default());
        snapshot(&format!("panel-{name}"), &bitmap);
    }
}

const NINE: [&str; 9] = [
    "Ours, n 150",
    "Ours, n 300",
    "Ours, n 600",
    "Ntk, n 150",
    "Ntk, n 300",
    "Ntk, n 600",
    "MeanField, n 150",
    "MeanField, n 300",
    "MeanField, n 600",
];

#[test]
fn panels_of_nine_arms_look_as_stored() {
    let experiment = fake_run::experiment(&NINE);
    let history = fake_run::finished(&experiment);
    let scene = Scene {
        experiment: &experiment,
        history: &history,
        cursor: None,
        size: [500.0, 300.0],
        theme: Theme::light(),
    };
    for panel in panels() {
        let bitmap = scene.draw(panel.kind, &mut PanelState::default());
        snapshot(&format!("panel-{}-nine", panel.key), &bitmap);
    }
}
