//! How long a frame takes.

use widescope::history::RunHistory;
use widescope::spec::PanelKind;
use widescope::ui::Theme;
use widescope::ui::panel::{PanelInput, PanelState, panel_ui};

use crate::{fake_run, fake_sweep};

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

fn input_of_a_frame() -> egui::RawInput {
    egui::RawInput {
        screen_rect: Some(egui::Rect::from_min_size(
            egui::Pos2::ZERO,
            egui::vec2(500.0, 300.0),
        )),
        ..egui::RawInput::default()
    }
}

/// Run with `cargo test --test window frame_budget -- --ignored`; the time is that of layout and tessellation.
#[test]
#[ignore = "measures time, which says something on a quiet machine only"]
fn a_frame_of_nine_arms_takes_less_than_eight_milliseconds() {
    let experiment = fake_run::experiment(&NINE);
    let history = fake_run::finished(&experiment);
    let (context, theme) = (egui::Context::default(), Theme::light());
    theme.apply(&context);
    let kinds = [
        PanelKind::Loss,
        PanelKind::Theory,
        PanelKind::Weights,
        PanelKind::Regime,
        PanelKind::Spectrum,
        PanelKind::FeatureMap,
    ];
    let input = PanelInput {
        experiment: &experiment,
        history: &history,
        cursor: history.last_step(),
        live: true,
        sweep: None,
        theme: &theme,
    };
    let (mut state, mut actions) = (PanelState::default(), Vec::new());
    let mut frame = || {
        let start = std::time::Instant::now();
        let mut output = context.run_ui(input_of_a_frame(), |ui| {
            for kind in kinds {
                ui.push_id(kind, |ui| {
                    let builder = egui::UiBuilder::new().max_rect(ui.max_rect());
                    let ui = &mut ui.new_child(builder);
                    panel_ui(ui, kind, input, &mut state, &mut actions);
                });
            }
        });
        output.textures_delta.clear();
        let _ = context.tessellate(output.shapes, 1.0);
        start.elapsed().as_secs_f64() * 1e3
    };
    let first = frame();
    let mut times: Vec<f64> = (0..61).map(|_| frame()).collect();
    times.sort_by(f64::total_cmp);
    println!("first frame {first:.1} ms, then {:.1} ms", times[30]);
    assert!(times[30] < 8.0);
}

/// The time of a frame of a finished phase diagram, and of the first one, in milliseconds.
fn phase_times(count: usize, all_bad: bool) -> [f64; 2] {
    let sides = format!("to: {count}, count: {count}");
    let text = fake_sweep::GRID.replace("to: 12, count: 12", &sides);
    let mut sweep = fake_sweep::view(&text, |_| true);
    if all_bad {
        let results: Vec<_> = sweep.table.results().cloned().collect();
        for mut result in results {
            result.end = widescope::sweep::TrialEnd::Diverged;
            sweep.table.insert(result);
        }
    }
    let (context, theme) = (egui::Context::default(), Theme::dark());
    theme.apply(&context);
    let history = RunHistory::default();
    let input = PanelInput {
        experiment: sweep.plan.experiment(),
        history: &history,
        cursor: 0,
        live: true,
        sweep: Some(&sweep),
        theme: &theme,
    };
    let (mut state, mut actions) = (PanelState::default(), Vec::new());
    let mut frame = || {
        let start = std::time::Instant::now();
        let mut output = context.run_ui(input_of_a_frame(), |ui| {
            panel_ui(ui, PanelKind::Phase, input, &mut state, &mut actions);
        });
        output.textures_delta.clear();
        let _ = context.tessellate(output.shapes, 1.0);
        start.elapsed().as_secs_f64() * 1e3
    };
    let first = frame();
    let mut times: Vec<f64> = (0..61).map(|_| frame()).collect();
    times.sort_by(f64::total_cmp);
    [times[30], first]
}

#[test]
#[ignore = "measures time, which says something on a quiet machine only"]
fn a_frame_of_a_phase_diagram_takes_less_than_two_milliseconds() {
    for (count, all_bad) in [(25, false), (64, false), (64, true)] {
        let [usual, first] = phase_times(count, all_bad);
        println!("{count}×{count}: first frame {first:.1} ms, then {usual:.2} ms");
        assert!(usual < 2.0);
    }
}
