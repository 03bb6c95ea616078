//! The window on the desktop.

mod error;
mod fit;
mod icon;
mod startup;

use std::time::Duration;

use eframe::{CreationContext, NativeOptions};
use egui::ViewportBuilder;

use crate::preset::Experiment;
use crate::worker::{SweepWorker, Worker};

use super::App;

pub use error::WindowError;

/// Longest time between news from the worker and the frame that shows it: 30 frames a second.
const FRAME: Duration = Duration::from_millis(33);

/// Opens the window with an experiment that starts at once, and returns when it is closed.
///
/// # Errors
/// [`WindowError`] where there is no display, or a library the window needs.
pub fn run(experiment: Experiment) -> Result<(), WindowError> {
    startup::guarded(|opened| {
        let start = move |context: &CreationContext<'_>| Window::boxed(experiment, context, opened);
        eframe::run_native("widescope", options(), Box::new(start))
    })
}

fn options() -> NativeOptions {
    NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title("widescope")
            .with_app_id("widescope")
            .with_icon(icon::icon())
            .with_inner_size(fit::WANTED)
            .with_min_inner_size(fit::LEAST),
        persist_window: false,
        ..NativeOptions::default()
    }
}

/// The window of the toolkit around the program's own.
struct Window {
    app: App,
    opened: startup::Opened,
    fit: fit::Fit,
}

impl Window {
    fn boxed(
        experiment: Experiment,
        context: &CreationContext<'_>,
        opened: startup::Opened,
    ) -> Result<Box<dyn eframe::App>, Box<dyn std::error::Error + Send + Sync>> {
        // Fonts and style have to be there before the first frame is laid out.
        super::theme::ThemeChoice::System
            .resolve(&context.egui_ctx)
            .apply(&context.egui_ctx);
        super::plot::draw_dots_as_sprites(&context.egui_ctx);
        let screen = context.egui_ctx.clone();
        // News asks for a frame soon, not at once: training is not slowed down by being watched.
        let worker = Worker::spawn(move || screen.request_repaint_after(FRAME))?;
        let screen = context.egui_ctx.clone();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let sweeper = SweepWorker::new(cores, move || screen.request_repaint_after(FRAME));
        Ok(Box::new(Self {
            app: App::new(experiment, Box::new(worker)).with_sweeper(Box::new(sweeper)),
            opened,
            fit: fit::Fit::default(),
        }))
    }
}

impl eframe::App for Window {
    fn logic(&mut self, _context: &egui::Context, _frame: &mut eframe::Frame) {
        self.app.logic();
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.opened.note();
        self.fit.frame(ui.ctx());
        self.app.ui(ui);
    }
}
