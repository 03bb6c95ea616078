//! Pictures of the window and of a panel, without a display.

use crate::history::RunHistory;
use crate::preset::Experiment;
use crate::render::{Picture, PictureError, PictureOptions, picture};
use crate::spec::PanelKind;

use super::panel::{PanelInput, PanelState, panel_ui};
use super::theme::{Theme, ThemeChoice};
use super::{App, SweepView};

/// Space around a panel, in points.
const MARGIN: i8 = 16;

/// What a picture shows.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The experiment.
    pub experiment: &'a Experiment,
    /// What its run recorded.
    pub history: &'a RunHistory,
    /// Its sweep.
    pub sweep: Option<&'a SweepView>,
}

/// The whole window as it shows a finished run.
///
/// # Errors
/// Sizes that no picture can have.
pub fn window_picture(
    options: &PictureOptions,
    (choice, theme): (ThemeChoice, &Theme),
    shown: Shown<'_>,
) -> Result<Picture, PictureError> {
    let app = App::with_history(shown.experiment.clone(), shown.history.clone());
    let mut app = app.with_theme(choice);
    if let Some(sweep) = shown.sweep {
        app = app.with_sweep(sweep.clone());
    }
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
    shown: Shown<'_>,
) -> Result<Picture, PictureError> {
    // Nobody is there to ask for anything.
    let (mut state, mut actions) = (PanelState::default(), Vec::new());
    let input = PanelInput {
        experiment: shown.experiment,
        history: shown.history,
        cursor: shown.history.last_step(),
        live: false,
        sweep: shown.sweep,
        theme,
    };
    let frame = egui::Frame::new().fill(theme.panel).inner_margin(MARGIN);
    let draw = |ui: &mut egui::Ui| {
        let space = egui::CentralPanel::default().frame(frame);
        space.show(ui, |ui| panel_ui(ui, kind, input, &mut state, &mut actions));
    };
    picture(options, |context| theme.apply(context), draw)
}
