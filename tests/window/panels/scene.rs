//! A panel drawn into a picture.

use widescope::history::RunHistory;
use widescope::preset::Experiment;
use widescope::render::{Bitmap, PictureOptions, picture};
use widescope::spec::PanelKind;
use widescope::ui::Theme;
use widescope::ui::panel::{PANELS, Panel, PanelInput, PanelState, panel_ui};

/// The panels that are not of a sweep.
pub fn panels() -> impl Iterator<Item = &'static Panel> {
    PANELS.iter().filter(|panel| !panel.shows.is_sweep())
}

pub const THREE: [&str; 3] = ["Ours", "Ntk", "MeanField"];

/// What is drawn, and where the cursor stands.
pub struct Scene<'a> {
    pub experiment: &'a Experiment,
    pub history: &'a RunHistory,
    pub cursor: Option<u64>,
    pub size: [f32; 2],
    pub theme: Theme,
}

impl Scene<'_> {
    pub fn input(&self) -> PanelInput<'_> {
        PanelInput {
            experiment: self.experiment,
            history: self.history,
            cursor: self.cursor.unwrap_or(self.history.last_step()),
            live: self.cursor.is_none(),
            sweep: None,
            theme: &self.theme,
        }
    }

    pub fn draw(&self, kind: PanelKind, state: &mut PanelState) -> Bitmap {
        let options = PictureOptions::new(self.size[0], self.size[1]);
        let setup = |context: &egui::Context| self.theme.apply(context);
        let drawn = picture(&options, setup, |ui| {
            egui::CentralPanel::default().show(ui, |ui| {
                panel_ui(ui, kind, self.input(), state, &mut Vec::new());
            });
        });
        drawn.unwrap().to_bitmap()
    }
}
