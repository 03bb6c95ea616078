//! Sheets, messages and the overlay of the doors, and the events that come by them.

use std::path::PathBuf;

use egui::{Align2, Color32, Context, FontId, Id, LayerId, Order, Ui, ViewportCommand};

use crate::ui::action::Action;
use crate::ui::app::App;
use crate::ui::door_action::DoorAction;
use crate::ui::doors::{FigureOutcome, PathOutcome, PathSheet, Pending, question};
use crate::ui::theme::Theme;

/// Size of what is said over the window while something is about to be dropped.
const DROP_SIZE: f32 = 28.0;

impl App {
    /// What is at the doors before anything is drawn: closing, dropping, pasting.
    pub(in crate::ui::app) fn at_doors(&mut self, context: &Context, actions: &mut Vec<Action>) {
        self.doors.context = Some(context.clone());
        self.close_or_ask(context);
        self.remember(context);
        self.name_window(context);
        let dropped = context.input(|input| input.raw.dropped_files.clone());
        // Several can't be shown at once: the last one is.
        let last = dropped.last().map(|file| file.path().to_owned());
        actions.extend(last.map(|path| Action::Door(DoorAction::OpenPath(path))));
    }

    /// Draws what lies over the window.
    pub(in crate::ui::app) fn door_sheets(
        &mut self,
        ui: &mut Ui,
        theme: &Theme,
        actions: &mut Vec<Action>,
    ) {
        let context = ui.ctx().clone();
        if let Some(sheet) = &mut self.doors.figure
            && let Some(outcome) = sheet.show(&context, theme)
        {
            self.doors.settings.figure = sheet.choice();
            self.doors.figure = None;
            match outcome {
                FigureOutcome::Save(order) => {
                    let subject = Box::new(self.subject());
                    self.ask_for(Pending::Figure(order, subject));
                }
                FigureOutcome::Copy(order) => self.copy_figure(order),
                FigureOutcome::Closed => {}
            }
        } else if let Some(sheet) = &mut self.doors.path
            && let Some(outcome) = sheet.show(&context, theme)
        {
            self.doors.path = None;
            let pending = self.doors.pending.take();
            match (outcome, pending) {
                (PathOutcome::Chosen(path), Some(pending)) => self.path_chosen(pending, path),
                (PathOutcome::Chosen(_), None) | (PathOutcome::Closed, _) => {
                    self.doors.closes = false
                }
            }
        }
        if self.doors.asks_to_close {
            let name = self.doors.document.name();
            let name = name.unwrap_or_else(|| "What you put together here".to_owned());
            let answer = question(&context, &name);
            actions.extend(answer.map(|leave| Action::Door(DoorAction::Close(leave))));
        }
        overlay(&context, theme);
    }

    /// Asks for a path: by the desktop's dialog where it has one, else by a sheet.
    pub(super) fn ask_for(&mut self, pending: Pending) {
        if self.doors.pending.is_some() {
            return;
        }
        let name = pending.file_name(&self.experiment.name);
        let own = self
            .doors
            .document
            .path
            .clone()
            .filter(|_| matches!(pending, Pending::Preset));
        let start = own.unwrap_or_else(|| self.doors.folder().join(name));
        let wanted = pending.wanted();
        self.doors.pending = Some(pending);
        if !self.doors.native || !self.ask_desktop(&wanted, &start) {
            self.show_path_sheet(start);
        }
    }

    fn show_path_sheet(&mut self, start: PathBuf) {
        let Some(pending) = &self.doors.pending else {
            return;
        };
        let folders = self.doors.settings.folders.clone();
        self.doors.path = Some(PathSheet::new(pending.wanted(), &start, folders));
    }

    /// Whether the desktop's dialog was asked for.
    #[cfg(all(feature = "gui", not(target_os = "macos")))]
    fn ask_desktop(&mut self, wanted: &crate::ui::doors::Wanted, start: &std::path::Path) -> bool {
        use crate::ui::doors::{Done, ask};
        let (wanted, start) = (wanted.clone(), start.to_owned());
        self.doors
            .run(move || Done::Answered(ask(&wanted, &start), start));
        true
    }

    /// The same where a dialog belongs to the thread of the window, which waits for it.
    #[cfg(all(feature = "gui", target_os = "macos"))]
    fn ask_desktop(&mut self, wanted: &crate::ui::doors::Wanted, start: &std::path::Path) -> bool {
        let answer = crate::ui::doors::ask(wanted, start);
        self.dialog_answered(answer, start.to_owned());
        true
    }

    #[cfg(not(feature = "gui"))]
    fn ask_desktop(&mut self, _: &crate::ui::doors::Wanted, _: &std::path::Path) -> bool {
        false
    }

    #[cfg(feature = "gui")]
    pub(super) fn dialog_answered(&mut self, answer: crate::ui::doors::Answer, start: PathBuf) {
        use crate::ui::doors::Answer;
        match answer {
            Answer::NoDialog => {
                // It won't have one the next time either.
                self.doors.native = false;
                self.show_path_sheet(start);
            }
            Answer::Chosen(path) => {
                let pending = self.doors.pending.take();
                pending
                    .into_iter()
                    .for_each(|pending| self.path_chosen(pending, path.clone()));
            }
            Answer::Cancelled => {
                self.doors.pending = None;
                self.doors.closes = false;
            }
        }
    }

    /// Keeps the window open until the user has said what becomes of what is not saved, and until what is being
    /// written is written.
    fn close_or_ask(&mut self, context: &Context) {
        let is_busy = self.doors.errands.is_busy() || self.doors.pending.is_some();
        if context.input(|input| input.viewport().close_requested()) {
            if !self.doors.closes && self.is_unsaved() {
                self.doors.asks_to_close = true;
                context.send_viewport_cmd(ViewportCommand::CancelClose);
            } else if is_busy {
                self.doors.closes = true;
                context.send_viewport_cmd(ViewportCommand::CancelClose);
            }
        } else if self.doors.closes && !is_busy && !self.doors.told_to_close {
            self.doors.told_to_close = true;
            context.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    /// The window's name on the desktop says what is in it, and whether it is saved.
    fn name_window(&mut self, context: &Context) {
        let preset = &self.experiment.preset;
        let name = self
            .doors
            .document
            .name()
            .unwrap_or_else(|| preset.title.clone());
        let mark = if self.is_unsaved() { "• " } else { "" };
        let title = match name.is_empty() {
            true => format!("{mark}widescope"),
            false => format!("{mark}{name} – widescope"),
        };
        if title != self.doors.title {
            context.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.doors.title = title;
        }
    }
}

/// Says over the whole window that what is held over it can be dropped.
fn overlay(context: &Context, theme: &Theme) {
    if context.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let painter = context.layer_painter(LayerId::new(Order::Foreground, Id::unique("drop")));
    let screen = context.content_rect();
    let veil: Color32 = theme.background.gamma_multiply(0.85);
    painter.rect_filled(screen, 0.0, veil);
    painter.rect_stroke(
        screen.shrink(12.0),
        8.0,
        (2.0, theme.accent),
        egui::StrokeKind::Inside,
    );
    let font = FontId::new(DROP_SIZE, crate::ui::fonts::semibold());
    painter.text(
        screen.center(),
        Align2::CENTER_CENTER,
        "Drop to open",
        font,
        theme.text,
    );
}
