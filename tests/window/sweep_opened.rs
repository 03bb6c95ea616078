//! A trial of a sweep is opened: what is drawn of the sweep stays where it is.

use egui::{Rect, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use widescope::history::RunHistory;
use widescope::spec::PanelKind;
use widescope::sweep::Unit;
use widescope::ui::panel::{PanelInput, PanelState, panel_ui};
use widescope::ui::{SweepView, Theme};

use crate::fake_sweep::{CURVES, GRID, view};

/// Where the plot of a sweep's panel stands.
fn plot(kind: PanelKind, sweep: SweepView) -> Rect {
    let (theme, history) = (Theme::dark(), RunHistory::default());
    let mut fonts = false;
    let draw = move |ui: &mut egui::Ui, state: &mut PanelState| {
        // Fonts are there from the second frame on.
        if !std::mem::replace(&mut fonts, true) {
            return theme.apply(ui.ctx());
        }
        let input = PanelInput {
            experiment: sweep.plan.experiment(),
            history: &history,
            cursor: 0,
            live: true,
            sweep: Some(&sweep),
            theme: &theme,
        };
        panel_ui(ui, kind, input, state, &mut Vec::new());
    };
    let mut harness = Harness::builder()
        .with_size([560.0, 380.0])
        .build_ui_state(draw, PanelState::default());
    harness.run();
    harness.get_by_role(Role::Figure).rect()
}

#[test]
fn opening_a_trial_moves_no_plot() {
    for (kind, text) in [(PanelKind::Phase, GRID), (PanelKind::Curves, CURVES)] {
        let closed = view(text, |_| true);
        let mut opened = closed.clone();
        opened.opened = Some(Unit { cell: 3, trial: 1 });
        assert_eq!(plot(kind, closed), plot(kind, opened), "{kind:?}");
    }
}
