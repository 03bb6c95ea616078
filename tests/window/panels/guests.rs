//! Panels with the run before and a pinned one beside the run, against stored pictures.

use std::sync::Arc;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use widescope::figure::arm_looks;
use widescope::history::{Role, RunHistory, Settings};
use widescope::preset::Experiment;
use widescope::spec::PanelKind;
use widescope::ui::Theme;
use widescope::ui::panel::{PanelInput, PanelState, panel_ui};

use super::scene::{Scene, THREE};
use super::summary::{WIDTHS, experiment, finished, movement};
use crate::fake_run;
use crate::snapshot::snapshot;

/// Three arms, each with another one's records as those of the run before.
fn with_before() -> (Experiment, RunHistory) {
    let experiment = fake_run::experiment(&THREE);
    let history = fake_run::finished(&experiment);
    let before = [1, 2, 0].into_iter().enumerate().map(|(of, from)| {
        let label = format!("{}, before", THREE[of]);
        history.arms()[from].as_guest(label, Role::Before { of: Some(of) })
    });
    let together = history.with_guests(before.collect::<Vec<_>>());
    (experiment, together)
}

#[test]
fn the_run_before_is_seen_in_the_feature_map_and_in_the_kernel() {
    let (experiment, history) = with_before();
    let scene = |theme: Theme| Scene {
        experiment: &experiment,
        history: &history,
        cursor: Some(1000),
        size: [640.0, 420.0],
        theme: theme.with_before(3..6),
    };
    let turned = || PanelState {
        kernel_before: true,
        ..PanelState::default()
    };
    for (name, theme) in [("dark", Theme::dark()), ("light", Theme::light())] {
        let scene = scene(theme);
        let bitmap = scene.draw(PanelKind::FeatureMap, &mut PanelState::default());
        snapshot(&format!("panel-feature-map-before-{name}"), &bitmap);
        let bitmap = scene.draw(PanelKind::Kernel, &mut PanelState::default());
        snapshot(&format!("panel-kernel-before-{name}"), &bitmap);
    }
    let bitmap = scene(Theme::light()).draw(PanelKind::Kernel, &mut turned());
    snapshot("panel-kernel-before-in-place", &bitmap);
}

#[test]
fn guests_are_hollow_in_the_summary() {
    let now = experiment(&[WIDTHS]);
    let narrow = r#"(field: "network.width", values: [32, 96, 700])"#;
    let before = Arc::new(experiment(&[narrow]));
    let older = finished(&before);
    let guest = |index: usize, label: &str, role| {
        let settings = Settings {
            experiment: Arc::clone(&before),
            index,
        };
        let guest = older.arms()[index].as_guest(label.to_owned(), role);
        guest.with_settings(settings)
    };
    let guests = [
        guest(2, "pinned", Role::Pinned),
        guest(0, "m = 32, before", Role::Before { of: None }),
        guest(1, "m = 96, before", Role::Before { of: None }),
    ];
    let history = finished(&now).with_guests(guests);
    for (name, theme) in [("dark", Theme::dark()), ("light", Theme::light())] {
        let scene = Scene {
            experiment: &now,
            history: &history,
            cursor: None,
            size: [560.0, 460.0],
            theme: theme.with_looks(arm_looks(&now).into()).with_before(6..8),
        };
        let bitmap = scene.draw(PanelKind::Summary, &mut movement());
        snapshot(&format!("panel-summary-guests-{name}"), &bitmap);
    }
}

#[test]
fn the_legend_names_the_run_before_and_words_explain_themselves() {
    let (experiment, history) = with_before();
    let theme = Theme::dark().with_before(3..6);
    let draw = move |ui: &mut egui::Ui, (fonts, state): &mut (bool, PanelState)| {
        if !std::mem::replace(fonts, true) {
            theme.apply(ui.ctx());
            return;
        }
        let input = PanelInput {
            experiment: &experiment,
            history: &history,
            cursor: 1000,
            live: true,
            sweep: None,
            theme: &theme,
        };
        panel_ui(ui, PanelKind::FeatureMap, input, state, &mut Vec::new());
    };
    let builder = Harness::builder().with_size([900.0, 420.0]);
    let mut harness = builder.build_ui_state(draw, (false, PanelState::default()));
    harness.run();
    harness.get_by_label("before").hover();
    harness.run_steps(8);
    harness.get_by_label_contains("The neurons of the run before");
    harness
        .query_all_by_label_contains("mean |Δh| = ")
        .next()
        .expect("a map")
        .hover();
    harness.run_steps(8);
    harness.get_by_label_contains("Lazy networks hardly move theirs");
    // Without guests there is nothing to name.
    let (_, state) = harness.state_mut();
    state.shared.hidden_arms = [3, 4, 5].into();
    harness.run();
    assert!(harness.query_by_label("before").is_none());
}
