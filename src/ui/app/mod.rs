//! The window's state, and how it is drawn.

mod apply;
mod arms;
mod arrival;
mod build;
mod compare;
mod doors;
mod receive;
mod runs;
mod sweep;
mod then;
mod transport;
mod vary;

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) use tests::fixture::{facts, history};

use std::path::PathBuf;
use std::sync::Arc;

use egui::Ui;

use crate::experiment::SavedExperiment;
use crate::preset::{Edit, Experiment};
use crate::worker::Speed;

use super::action::Action;
use super::controls::{self, Drawer};
use super::cursor::Cursor;
use super::doors::Doors;
use super::draft::Draft;
use super::focus::Part;
use super::gallery::Gallery;
use super::kept::Kept;
use super::panel::{PanelInput, PanelState};
use super::replay::Replay;
use super::run_view::RunView;
use super::runner::Runner;
use super::sweep_view::SweepView;
use super::sweeper::Sweeper;
use super::theme::{Theme, ThemeChoice, looks_of};
use super::tiles::Workspace;
use super::vary::Sheet;
use super::{dead, focus, help, keys, starting, status, timebar, topbar, zoom};
use compare::Comparison;
use runs::Waiting;

/// The window: owns the preset as edited, the run as recorded and the step shown. Panels and
/// controls return [`Action`]s; only this changes anything.
pub struct App {
    runner: Option<Box<dyn Runner>>,
    sweeper: Option<Box<dyn Sweeper>>,
    /// The sweep of the preset; it has its own plan, apart from the run shown.
    sweep: Option<SweepView>,
    draft: Draft,
    experiment: Arc<Experiment>,
    shown: RunView,
    next: Option<RunView>,
    /// What that one is, in words.
    coming: String,
    waiting: Option<Waiting>,
    /// Runs kept beside the one shown.
    kept: Kept,
    /// Two runs that are shown alone.
    comparison: Option<Comparison>,
    /// The arm that the controls act on; all where there is none.
    arm: Option<usize>,
    /// The sheet of a field that is to vary, where it is open.
    vary: Option<Sheet>,
    /// Number of the preset in the controls, of those loaded one after the other.
    loaded: u64,
    /// Speed of this machine in the last run at full speed, in floating-point operations a second.
    flops_per_second: Option<f64>,
    notice: Option<String>,
    cursor: Cursor,
    /// Runs the cursor through the records of a run that is over.
    replay: Option<Replay>,
    speed: Speed,
    panels: PanelState,
    workspace: Workspace,
    gallery: Gallery,
    choice: ThemeChoice,
    theme: Option<Theme>,
    help: bool,
    /// Whether the controls are shown.
    drawer: Drawer,
    /// What comes in and goes out.
    doors: Doors,
    /// Where the next run goes on, with the folder that it is kept in.
    resume: Option<(SavedExperiment, PathBuf)>,
    /// The run as it was saved, until it is written.
    saved: Option<SavedExperiment>,
}

impl App {
    /// Draws the whole window and carries out what the user asks for.
    pub fn ui(&mut self, ui: &mut Ui) {
        let looks = looks_of(ui.ctx(), &self.shown.experiment);
        let theme = self.current_theme(ui).with_looks(looks);
        let theme = theme.with_before(self.before_arms());
        if !super::fonts::ready(ui.ctx()) {
            // Fonts take effect with the next pass; text in a face not yet there can't be laid out.
            ui.ctx().request_discard("fonts");
            return;
        }
        zoom::limit(ui.ctx());
        focus::go_on(ui.ctx());
        self.go_on(ui.ctx());
        let has_sheet = self.help || self.vary.is_some() || self.doors.has_sheet();
        let mut actions = keys::actions(ui.ctx(), has_sheet);
        self.at_doors(ui.ctx(), &mut actions);
        self.bars(ui, &theme, &mut actions);
        self.panes(ui, &theme, &mut actions);
        if self.help && help::sheet(ui.ctx(), &theme) {
            actions.push(Action::ToggleHelp);
        }
        self.vary_sheet(ui.ctx(), &theme, &mut actions);
        self.door_sheets(ui, &theme, &mut actions);
        focus::ring(ui.ctx(), &theme);
        for action in actions {
            self.apply(action);
        }
    }

    fn bars(&mut self, ui: &mut Ui, theme: &Theme, actions: &mut Vec<Action>) {
        topbar::show(
            ui,
            &topbar::Input {
                experiment: &self.shown.controls,
                plan: self.sweep.as_ref().map(|sweep| &sweep.plan),
                gallery: &self.gallery,
                choice: self.choice,
                files: self.file_menu(),
                unsaved: self.is_unsaved(),
                theme,
            },
            actions,
        );
        focus::ends(ui.ctx(), Some(Part::Top));
        timebar::show(
            ui,
            &timebar::Input {
                run: &self.shown,
                next: self.next.as_ref(),
                cursor: self.cursor,
                replays: self.replay.is_some(),
                speed: self.speed,
                logarithmic: self.panels.shared.time.is_log(),
                theme,
            },
            actions,
        );
        focus::ends(ui.ctx(), Some(Part::Time));
        let selected = self.selected();
        if self.drawer.is_open(ui) {
            controls::panel(
                ui,
                &controls::Input {
                    draft: &self.draft,
                    arm: selected.as_ref().map(|(arm, preset)| (*arm, preset)),
                    arms: &self.experiment.arms,
                    run: &self.shown,
                    hidden: &self.panels.shared.hidden_arms,
                    kept: &self.kept,
                    compared: self.comparison.as_ref().map(Comparison::sides),
                    pins: self.runner.is_some(),
                    theme,
                },
                actions,
            );
        }
        focus::ends(ui.ctx(), Some(Part::Controls));
        let messages = self.messages();
        status::show(ui, &messages, theme, actions);
        self.doors.news.show(ui, theme, actions);
        focus::ends(ui.ctx(), Some(Part::Messages));
    }

    fn panes(&mut self, ui: &mut Ui, theme: &Theme, actions: &mut Vec<Action>) {
        let together = self.kept.beside(&self.shown);
        let area = ui.available_rect_before_wrap();
        let input = PanelInput {
            experiment: &self.shown.experiment,
            history: together.as_ref().unwrap_or(&self.shown.history),
            cursor: self.cursor.step(&self.shown.history),
            live: self.cursor == Cursor::Live,
            sweep: self.sweep.as_ref(),
            theme,
        };
        self.workspace.show(ui, input, &mut self.panels, actions);
        let coming = self.next.as_ref().map(|_| self.coming.as_str());
        starting::show(ui, area, coming, theme);
    }

    fn messages(&self) -> Vec<status::Message> {
        let mut messages = Vec::new();
        if let Some(waiting) = &self.waiting {
            messages.push(status::Message::Question(waiting.question.clone()));
        }
        if let Some(notice) = &self.notice {
            messages.push(status::Message::Notice(notice.clone()));
        }
        let troubles = self.shown.troubles();
        if !troubles.is_empty() && self.next.is_none() {
            messages.push(status::Message::Trouble {
                sentences: troubles,
                stable_step: self.shown.stable_step(),
                way_back: self.way_back(),
            });
        }
        messages
    }

    /// What sets the start of a dead network back, where the controls hold the settings of the run shown.
    fn way_back(&self) -> Option<(String, Edit)> {
        let (draft, shown) = (&self.draft, &self.shown);
        let is_its = draft.preset == shown.controls.preset && shown.has_died();
        is_its.then(|| dead::way_back(&draft.preset, &draft.loaded))?
    }

    fn current_theme(&mut self, ui: &Ui) -> Theme {
        let wanted = self.choice.resolve(ui.ctx());
        if self.theme.as_ref() != Some(&wanted) {
            wanted.apply(ui.ctx());
            self.theme = Some(wanted.clone());
        }
        wanted
    }
}
