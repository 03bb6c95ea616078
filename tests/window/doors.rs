//! The sheets of the window's doors, against stored pictures in both themes.

use std::path::Path;

use egui::Context;
use widescope::render::{Picture, PictureOptions, picture};
use widescope::spec::PanelKind;
use widescope::ui::action::Action;
use widescope::ui::door_action::DoorAction;
use widescope::ui::theme::ThemeChoice;
use widescope::ui::{App, Theme};

use crate::fake_run;
use crate::snapshot::snapshot;

/// The window of a preset in a file of a folder that is the same everywhere.
fn app(choice: ThemeChoice, folder: &Path) -> App {
    let experiment = fake_run::experiment(&["ours", "NTK", "MF"]);
    let recorded = fake_run::finished(&experiment);
    let source = folder.join("my-run.ron");
    App::with_history(experiment, recorded)
        .with_theme(choice)
        .with_source(&source.to_string_lossy())
}

fn drawn(app: &mut App, choice: ThemeChoice) -> Picture {
    let theme = match choice {
        ThemeChoice::Light => Theme::light(),
        ThemeChoice::Dark | ThemeChoice::System => Theme::dark(),
    };
    let options = PictureOptions::new(1100.0, 720.0);
    let setup = |context: &Context| theme.apply(context);
    picture(&options, setup, |ui| {
        app.logic();
        app.ui(ui);
    })
    .expect("a picture")
}

/// A folder with files of every kind, under one name on every machine.
fn folder() -> std::path::PathBuf {
    let folder = std::env::temp_dir().join("widescope-of-tests");
    std::fs::create_dir_all(folder.join("figures")).expect("a folder");
    for name in ["my-run.ron", "lazy.ron", "du.png", "notes.txt", "loss.pdf"] {
        let text = if name.ends_with("ron") {
            "(seed: 1)"
        } else {
            ""
        };
        std::fs::write(folder.join(name), text).expect("a file");
    }
    folder
}

const THEMES: [(ThemeChoice, &str); 2] =
    [(ThemeChoice::Light, "light"), (ThemeChoice::Dark, "dark")];

#[test]
fn the_sheet_for_a_figure_looks_as_stored() {
    for (choice, name) in THEMES {
        let mut app = app(choice, &folder());
        app.apply(Action::Door(DoorAction::SaveFigure(Some(PanelKind::Loss))));
        snapshot(
            &format!("doors-figure-{name}"),
            &drawn(&mut app, choice).to_bitmap(),
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_sheet_for_a_path_looks_as_stored() {
    for (choice, name) in THEMES {
        let mut app = app(choice, &folder());
        app.apply(Action::Door(DoorAction::Open));
        // The folder is read on another thread.
        drawn(&mut app, choice);
        std::thread::sleep(std::time::Duration::from_millis(300));
        snapshot(
            &format!("doors-path-{name}"),
            &drawn(&mut app, choice).to_bitmap(),
        );
    }
}
