//! Every panel in its states, against stored pictures.
#![cfg(feature = "render")]

#[path = "support/fake_run/mod.rs"]
mod fake_run;
#[path = "support/snapshot.rs"]
mod snapshot;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use snapshot::snapshot;
use widescope::figure::{Clock, ImbalanceView, KernelView, SpectrumView};
use widescope::history::RunHistory;
use widescope::preset::{Experiment, PanelKind};
use widescope::render::{Bitmap, PictureOptions, picture};
use widescope::ui::panel::{PanelInput, PanelState, WeightsView, panel_ui};
use widescope::ui::theme::ThemeChoice;
use widescope::ui::{App, Theme};

const KINDS: [(PanelKind, &str); 9] = [
    (PanelKind::Loss, "loss"),
    (PanelKind::Spectrum, "spectrum"),
    (PanelKind::FeatureMap, "feature-map"),
    (PanelKind::Regime, "regime"),
    (PanelKind::Imbalance, "imbalance"),
    (PanelKind::Kernel, "kernel"),
    (PanelKind::Weights, "weights"),
    (PanelKind::Theory, "theory"),
    (PanelKind::Story, "story"),
];
const THREE: [&str; 3] = ["Ours", "Ntk", "MeanField"];

/// What is drawn, and where the cursor stands.
struct Scene<'a> {
    experiment: &'a Experiment,
    history: &'a RunHistory,
    cursor: Option<u64>,
    size: [f32; 2],
    theme: Theme,
}

impl Scene<'_> {
    fn draw(&self, kind: PanelKind, state: &mut PanelState) -> Bitmap {
        let options = PictureOptions::new(self.size[0], self.size[1]);
        let setup = |context: &egui::Context| self.theme.apply(context);
        let drawn = picture(&options, setup, |ui| {
            egui::CentralPanel::default().show(ui, |ui| {
                let input = PanelInput {
                    experiment: self.experiment,
                    history: self.history,
                    cursor: self.cursor.unwrap_or(self.history.last_step()),
                    live: self.cursor.is_none(),
                    sweep: None,
                    theme: &self.theme,
                };
                panel_ui(ui, kind, input, state);
            });
        });
        drawn.unwrap().to_bitmap()
    }
}

#[test]
fn panels_of_three_arms_look_as_stored() {
    let experiment = fake_run::experiment(&THREE);
    let history = fake_run::finished(&experiment);
    for (name, theme) in [("dark", Theme::dark()), ("light", Theme::light())] {
        for (kind, panel) in KINDS {
            let scene = Scene {
                experiment: &experiment,
                history: &history,
                cursor: Some(1000),
                size: [560.0, 380.0],
                theme: theme.clone(),
            };
            let bitmap = scene.draw(kind, &mut PanelState::default());
            snapshot(&format!("panel-{panel}-{name}"), &bitmap);
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
    for (kind, panel) in &KINDS[..8] {
        let bitmap = scene.draw(*kind, &mut PanelState::default());
        snapshot(&format!("panel-{panel}-diverged"), &bitmap);
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
    for (spectrum_view, name) in views {
        let mut state = PanelState {
            spectrum_view,
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

#[test]
fn other_views_look_as_stored() {
    let experiment = fake_run::experiment(&THREE);
    let history = fake_run::finished(&experiment);
    let plain = PanelState::default;
    let change = PanelState {
        kernel_view: KernelView::Change,
        ..plain()
    };
    let drift = PanelState {
        imbalance_view: ImbalanceView::Drift,
        clock: Some(Clock::Time),
        ..plain()
    };
    let neurons = PanelState {
        weights_view: Some(WeightsView::Neurons),
        ..plain()
    };
    let time = PanelState {
        clock: Some(Clock::Time),
        loss_log_x: false,
        ..plain()
    };
    for (kind, name, mut state) in [
        (PanelKind::Kernel, "kernel-change", change),
        (PanelKind::Imbalance, "imbalance-drift", drift),
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
    for (kind, panel) in &KINDS[4..8] {
        let scene = Scene {
            experiment: &experiment,
            history: &history,
            cursor: None,
            size: [420.0, 200.0],
            theme: Theme::light(),
        };
        let bitmap = scene.draw(*kind, &mut PanelState::default());
        snapshot(&format!("panel-{panel}-missing"), &bitmap);
    }
}

#[test]
fn a_window_of_all_panels_is_tiled() {
    let mut experiment = fake_run::experiment(&THREE);
    experiment.preset.panels = KINDS.map(|(kind, _)| kind).to_vec();
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

#[test]
fn no_panel_fails_in_any_size_or_state() {
    let experiment = fake_run::experiment(&["a", "b", "c", "d", "e", "f", "g"]);
    let histories = [
        fake_run::empty_history(&experiment),
        fake_run::history(&experiment, 0),
        fake_run::history(&experiment, 1),
        fake_run::diverged(&experiment),
    ];
    let states = [true, false].map(|on| PanelState {
        loss_log_x: on,
        loss_log_y: on,
        trails: on,
        same_scale: on,
        hidden_arms: if on {
            Default::default()
        } else {
            (0..7).collect()
        },
        ..PanelState::default()
    });
    for history in &histories {
        for size in [[20.0, 20.0], [120.0, 700.0], [900.0, 90.0]] {
            let scene = Scene {
                experiment: &experiment,
                history,
                cursor: Some(40),
                size,
                theme: Theme::dark(),
            };
            for (kind, _) in KINDS {
                for state in &states {
                    scene.draw(kind, &mut state.clone());
                }
            }
        }
    }
}

/// The loss panel in a harness; fonts are there from the second frame on.
struct Shown {
    fonts: bool,
    state: PanelState,
}

fn loss_harness(state: PanelState) -> Harness<'static, Shown> {
    loss_harness_of(fake_run::experiment(&THREE), state)
}

fn loss_harness_of(experiment: Experiment, state: PanelState) -> Harness<'static, Shown> {
    let history = fake_run::finished(&experiment);
    let theme = Theme::dark();
    let draw = move |ui: &mut egui::Ui, shown: &mut Shown| {
        if !std::mem::replace(&mut shown.fonts, true) {
            theme.apply(ui.ctx());
            return;
        }
        let input = PanelInput {
            experiment: &experiment,
            history: &history,
            cursor: 1000,
            live: false,
            sweep: None,
            theme: &theme,
        };
        panel_ui(ui, PanelKind::Loss, input, &mut shown.state);
    };
    let fonts = false;
    let builder = Harness::builder().with_size([560.0, 380.0]);
    let mut harness = builder.build_ui_state(draw, Shown { fonts, state });
    harness.run();
    harness
}

#[test]
fn switches_and_names_change_the_state() {
    let mut harness = loss_harness(PanelState::default());
    harness.get_by_label("log x").click();
    harness.get_by_label("Ntk").click();
    harness.run();
    let state = &harness.state().state;
    assert!(!state.loss_log_x && state.loss_log_y);
    assert!(state.hidden_arms.contains(&1));
    harness.get_by_label("Ntk").click();
    harness.run();
    assert!(harness.state().state.hidden_arms.is_empty());
}

#[test]
fn the_bounds_and_the_clock_can_be_switched() {
    let mut harness = loss_harness(PanelState::default());
    harness.get_by_label("Thm 3.2");
    harness.get_by_label("bounds").click();
    harness.get_by_label("time t").click();
    harness.run();
    let state = &harness.state().state;
    assert!(!state.bounds && state.clock == Some(Clock::Time));
    assert!(harness.query_by_label("Thm 3.2").is_none());
}

#[test]
fn arms_with_different_steps_start_on_time_until_the_user_chooses() {
    let mut experiment = fake_run::experiment(&THREE);
    let method = &mut experiment.arms[1].preset.train.method;
    *method = method.with_step(3.0);
    let mut harness = loss_harness_of(experiment, PanelState::default());
    harness.get_by_label("time t").click();
    harness.run();
    assert_eq!(harness.state().state.clock, Some(Clock::Steps));
}

#[test]
fn dragging_in_the_loss_curves_asks_for_a_step() {
    let mut harness = loss_harness(PanelState {
        loss_log_x: false,
        ..PanelState::default()
    });
    harness.drag_at(egui::pos2(150.0, 220.0));
    harness.run();
    harness.hover_at(egui::pos2(300.0, 220.0));
    harness.run();
    let near = harness.state().state.seek;
    harness.hover_at(egui::pos2(400.0, 220.0));
    harness.run();
    let far = harness.state().state.seek;
    let ordered = near.is_some() && near < far && far <= Some(fake_run::STEPS);
    assert!(ordered, "{near:?} {far:?}");
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
    for (kind, panel) in KINDS {
        let bitmap = scene.draw(kind, &mut PanelState::default());
        snapshot(&format!("panel-{panel}-nine"), &bitmap);
    }
}
