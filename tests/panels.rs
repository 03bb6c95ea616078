//! Every panel in its states, against stored pictures.
#![cfg(feature = "render")]

#[path = "support/fake_run.rs"]
mod fake_run;
#[path = "support/snapshot.rs"]
mod snapshot;

use snapshot::snapshot;
use widescope::history::RunHistory;
use widescope::preset::{Experiment, PanelKind};
use widescope::render::{Bitmap, PictureOptions, picture};
use widescope::ui::Theme;
use widescope::ui::panel::{PanelInput, PanelState, panel_ui};

const KINDS: [(PanelKind, &str); 5] = [
    (PanelKind::Loss, "loss"),
    (PanelKind::Spectrum, "spectrum"),
    (PanelKind::FeatureMap, "feature-map"),
    (PanelKind::Regime, "regime"),
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
    for (kind, panel) in &KINDS[..4] {
        let bitmap = scene.draw(*kind, &mut PanelState::default());
        snapshot(&format!("panel-{panel}-diverged"), &bitmap);
    }
}
