//! Pictures of the window and of a panel, without a display.

use crate::history::RunHistory;
use crate::preset::{Experiment, PanelKind};
use crate::render::{Picture, PictureError, PictureOptions, picture};

use super::App;
use super::panel::{PanelInput, PanelState, panel_ui};
use super::theme::{Theme, ThemeChoice};

/// Space around a panel, in points.
const MARGIN: i8 = 16;

/// The whole window as it shows a finished run.
///
/// # Errors
/// Sizes that no picture can have.
pub fn window_picture(
    options: &PictureOptions,
    theme: (ThemeChoice, &Theme),
    experiment: &Experiment,
    history: &RunHistory,
) -> Result<Picture, PictureError> {
    let (choice, theme) = theme;
    let mut app = App::with_history(experiment.clone(), history.clone()).with_theme(choice);
    picture(options, |context| theme.apply(context), |ui| app.ui(ui))
}

/// One panel at the last recorded step.
///
/// # Errors
/// Sizes that no picture can have.
pub fn panel_picture(
    options: &PictureOptions,
    theme: &Theme,
    kind: PanelKind,
    experiment: &Experiment,
    history: &RunHistory,
) -> Result<Picture, PictureError> {
    let mut state = PanelState::default();
    let input = PanelInput {
        experiment,
        history,
        cursor: history.last_step(),
        live: false,
        theme,
    };
    let frame = egui::Frame::new().fill(theme.panel).inner_margin(MARGIN);
    let draw = |ui: &mut egui::Ui| {
        let space = egui::CentralPanel::default().frame(frame);
        space.show(ui, |ui| panel_ui(ui, kind, input, &mut state));
    };
    picture(options, |context| theme.apply(context), draw)
}
