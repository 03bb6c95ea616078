//! The menu of what comes in and what goes out.

use egui::Ui;

use crate::settings::Recent;
use crate::spec::PanelKind;
use crate::ui::action::Action;
use crate::ui::door_action::DoorAction;

/// Entries of what was opened last.
const RECENT: usize = 10;

/// What the menu shows.
pub struct Input<'a> {
    /// What was opened last.
    pub recent: &'a [Recent],
    /// Whether a run is kept in a folder already.
    pub keeps: bool,
}

/// The menu of the bar.
pub fn show(ui: &mut Ui, input: &Input<'_>, actions: &mut Vec<Action>) {
    ui.set_min_width(250.0);
    let mut entry = |ui: &mut Ui, words: &str, tooltip: &str, action: DoorAction| {
        entry_ui(ui, actions, (words, tooltip), action);
    };
    entry(
        ui,
        "Open …",
        "A preset, a picture or page that widescope wrote, the folder of a run or of a sweep (Ctrl O). It can also be \
         dropped on the window",
        DoorAction::Open,
    );
    ui.menu_button("Recent", |ui| {
        if input.recent.is_empty() {
            ui.label("nothing yet");
        }
        for recent in input.recent.iter().take(RECENT) {
            let words = if recent.title.is_empty() {
                &recent.source
            } else {
                &recent.title
            };
            entry(
                ui,
                words,
                &recent.source,
                DoorAction::OpenSource(recent.source.clone()),
            );
        }
    })
    .response
    .on_hover_text("What was opened last");
    ui.separator();
    entry(
        ui,
        "Save figure …",
        "A panel as PNG, SVG, PDF, for pgfplots or as a table (Ctrl S)",
        DoorAction::SaveFigure(None),
    );
    entry(
        ui,
        "Copy image",
        "The panel under the pointer, or the large one, as a picture (Ctrl C)",
        DoorAction::CopyImage(None),
    );
    entry(
        ui,
        "Copy data",
        "What it draws, as text with tabs for a spreadsheet (Ctrl Shift C)",
        DoorAction::CopyData(None),
    );
    entry(
        ui,
        "Save series …",
        "Every scalar of every arm at every record, as series.csv",
        DoorAction::SaveData(None),
    );
    ui.separator();
    entry(
        ui,
        "Save preset",
        "Into the file that it came from; its comments stay (Ctrl Shift S)",
        DoorAction::SavePreset,
    );
    entry(
        ui,
        "Save preset as …",
        "Into a new file: settings, arms, live changes, where the panels stand and what they show",
        DoorAction::SavePresetAs,
    );
    ui.separator();
    entry(
        ui,
        "Copy settings",
        "All settings as one line of text, to be pasted into another window or a message",
        DoorAction::CopySettings,
    );
    entry(
        ui,
        "Paste settings",
        "Open the settings on the clipboard (Ctrl V); undo brings back what was there",
        DoorAction::PasteSettings,
    );
    entry(
        ui,
        "Copy as command line",
        "The command that trains this in a terminal",
        DoorAction::CopyCommand,
    );
    entry(
        ui,
        "Copy as NumPy script",
        "A script that needs NumPy only and computes the same series",
        DoorAction::CopyScript,
    );
    entry(
        ui,
        "Save NumPy script …",
        "The same as a file",
        DoorAction::SaveScript,
    );
    ui.separator();
    let words = if input.keeps {
        "Stop keeping the run"
    } else {
        "Checkpoint to …"
    };
    entry(
        ui,
        words,
        "Keep the run in a folder, now and every five minutes; opening the folder goes on with it",
        DoorAction::Checkpoint,
    );
}

/// A line of a menu, which closes it.
fn entry_ui(
    ui: &mut Ui,
    actions: &mut Vec<Action>,
    (words, tooltip): (&str, &str),
    action: DoorAction,
) {
    if ui.button(words).on_hover_text(tooltip).clicked() {
        actions.push(Action::Door(action));
        ui.close();
    }
}

/// The menu of one panel.
pub fn of_panel(ui: &mut Ui, kind: PanelKind, actions: &mut Vec<Action>) {
    let mut entry = |ui: &mut Ui, words: &str, tooltip: &str, action: DoorAction| {
        entry_ui(ui, actions, (words, tooltip), action);
    };
    entry(
        ui,
        "Save figure …",
        "As PNG, SVG, PDF, for pgfplots or as a table (Ctrl S)",
        DoorAction::SaveFigure(Some(kind)),
    );
    entry(
        ui,
        "Copy image",
        "As a picture (Ctrl C)",
        DoorAction::CopyImage(Some(kind)),
    );
    entry(
        ui,
        "Copy data",
        "What is drawn, as text with tabs for a spreadsheet (Ctrl Shift C)",
        DoorAction::CopyData(Some(kind)),
    );
    entry(
        ui,
        "Save data …",
        "What is drawn, as a table",
        DoorAction::SaveData(Some(kind)),
    );
}
