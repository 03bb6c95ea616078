//! Panels in sizes and states that no picture is stored of.

use widescope::ui::Theme;
use widescope::ui::panel::PanelState;

use super::scene::{KINDS, Scene};
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
