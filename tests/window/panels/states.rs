//! Panels in sizes and states that no picture is stored of.

use widescope::spec::SummaryMoment;
use widescope::ui::Theme;
use widescope::ui::panel::{
    FeatureMapChoice, LogAxis, LossChoice, PanelState, SharedChoice, SummaryChoice, TimeAxis,
};

use super::scene::{Scene, panels};
use crate::fake_run;

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
        shared: SharedChoice {
            time: TimeAxis {
                log: LogAxis(Some(on)),
                ..TimeAxis::default()
            },
            hidden_arms: if on {
                Default::default()
            } else {
                (0..7).collect()
            },
            ..SharedChoice::default()
        },
        loss: LossChoice {
            log_y: LogAxis(Some(on)),
        },
        feature_map: FeatureMapChoice {
            trails: on,
            same_scale: on,
            ..FeatureMapChoice::default()
        },
        summary: SummaryChoice {
            moment: Some(if on {
                SummaryMoment::EqualLoss
            } else {
                SummaryMoment::Largest
            }),
            ..SummaryChoice::default()
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
            for panel in panels() {
                for state in &states {
                    scene.draw(panel.kind, &mut state.clone());
                }
            }
        }
    }
}
