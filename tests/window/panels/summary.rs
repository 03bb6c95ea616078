//! The summary panel over arms that vary one field or two.

use std::sync::Arc;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use widescope::figure::arm_looks;
use widescope::history::{Outcome, RunHistory, StopReason};
use widescope::observe::Record;
use widescope::preset::{Experiment, parse};
use widescope::spec::{PanelKind, Quantity, SummaryMoment};
use widescope::ui::Theme;
use widescope::ui::panel::{PanelInput, PanelState, SummaryChoice, panel_ui};

use super::scene::Scene;
use crate::fake_run;
use crate::snapshot::snapshot;

pub const WIDTHS: &str = r#"(field: "network.width", values: [64, 128, 256, 512, 1024])"#;
const SCALINGS: &str = r#"(field: "scaling", values: [Ours, Ntk])"#;

pub fn experiment(axes: &[&str]) -> Experiment {
    let text = format!("(axes: [{}])", axes.join(", "));
    Experiment::check(parse(&text).unwrap(), "fake", "".into()).unwrap()
}

/// A run whose movement falls with the width, a little off a power of it.
pub fn finished(experiment: &Experiment) -> RunHistory {
    let mut history = fake_run::empty_history(experiment);
    for (index, arm) in experiment.arms.iter().enumerate() {
        let width = arm.preset.network.width as f64;
        let power = [-0.5, -0.8][index % experiment.preset.axes.len()];
        let off = 1.0 + 0.1 * (2.4 * index as f64).sin();
        for step in [0, 1, 10, 100, 1000] {
            let share = step as f64 / 1000.0;
            let mut record = Record {
                step,
                ..Record::default()
            };
            record.set(Quantity::TrainLoss, 0.5 * (-4.0 * share).exp());
            let movement = 2.0 * off * share * width.powf(power);
            record.set(Quantity::FeatureMovement, movement);
            history.push(index, Arc::new(record));
        }
        history.set_outcome(index, Outcome::Finished(StopReason::Steps));
    }
    history
}

pub fn movement() -> PanelState {
    let summary = SummaryChoice {
        quantity: Some(Quantity::FeatureMovement),
        ..SummaryChoice::default()
    };
    PanelState {
        summary,
        ..PanelState::default()
    }
}

#[test]
fn summaries_over_a_field_look_as_stored() {
    for (name, theme) in [("dark", Theme::dark()), ("light", Theme::light())] {
        for (fields, axes) in [("one", &[WIDTHS][..]), ("two", &[WIDTHS, SCALINGS])] {
            let experiment = experiment(axes);
            let scene = Scene {
                experiment: &experiment,
                history: &finished(&experiment),
                cursor: None,
                size: [560.0, 420.0],
                theme: theme.clone().with_looks(arm_looks(&experiment).into()),
            };
            let bitmap = scene.draw(PanelKind::Summary, &mut movement());
            snapshot(&format!("panel-summary-{fields}-{name}"), &bitmap);
        }
    }
}

/// The panel in a harness; fonts are there from the second frame on.
fn harness(experiment: Experiment) -> Harness<'static, (bool, PanelState)> {
    let (history, theme) = (finished(&experiment), Theme::dark());
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
        panel_ui(ui, PanelKind::Summary, input, state, &mut Vec::new());
    };
    let builder = Harness::builder().with_size([560.0, 420.0]);
    let mut harness = builder.build_ui_state(draw, (false, movement()));
    harness.run();
    harness
}

#[test]
fn moment_field_and_scales_are_switched() {
    let mut harness = harness(experiment(&[WIDTHS, SCALINGS]));
    for name in ["at the end", "log x", "log y"] {
        harness.get_by_label(name).click();
        harness.run();
    }
    let (_, state) = harness.state();
    assert_eq!(state.summary.moment, Some(SummaryMoment::End));
    let log = [state.summary.log_x, state.summary.log_y].map(|axis| axis.0);
    assert_eq!(log, [Some(false); 2]);
    harness.get_by_label("scaling").click();
    harness.run();
    // Names have no logarithm.
    assert!(harness.query_by_label("log x").is_none());
    let field = harness.state().1.summary.field.as_deref();
    assert_eq!(field, Some("scaling"));
}
