//! The window on the desktop.

mod error;
mod fit;
mod icon;
mod startup;

use std::time::Duration;

use eframe::{CreationContext, NativeOptions};
use egui::{Pos2, Vec2, ViewportBuilder};

use crate::preset::Experiment;
use crate::settings::{Keeper, WindowPlace};
use crate::worker::{SweepWorker, Worker};

use super::App;

pub use error::WindowError;

/// Longest time between news from the worker and the frame that shows it: 30 frames a second.
const FRAME: Duration = Duration::from_millis(33);

/// With what the window opens.
pub struct Start {
    /// The experiment, which starts at once.
    pub experiment: Experiment,
    /// What it came from: a shipped preset's name, a path; also a folder, which is opened when the window is there.
    pub source: String,
    /// What is remembered from the last time.
    pub keeper: Keeper,
}

/// Opens the window with an experiment that starts at once, and returns when it is closed.
///
/// # Errors
/// [`WindowError`] where there is no display, or a library the window needs.
pub fn run(start: Start) -> Result<(), WindowError> {
    startup::guarded(|opened| {
        let options = options(start.keeper.settings().window);
        let open = move |context: &CreationContext<'_>| Window::boxed(start, context, opened);
        eframe::run_native("widescope", options, Box::new(open))
    })
}

/// The window where it was the last time, which is moved into the screen as soon as that is known.
fn options(place: Option<WindowPlace>) -> NativeOptions {
    let least = fit::LEAST;
    let size = place.map_or(fit::WANTED, |place| Vec2::from(place.size).max(least));
    let mut viewport = ViewportBuilder::default()
        .with_title("widescope")
        .with_app_id("widescope")
        .with_icon(icon::icon())
        .with_drag_and_drop(true)
        .with_inner_size(size)
        .with_min_inner_size(least);
    if let Some(place) = place {
        viewport = viewport.with_maximized(place.maximized);
        if let Some(at) = place.at {
            viewport = viewport.with_position(Pos2::from(at));
        }
    }
    NativeOptions {
        viewport,
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
        start: Start,
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
        context
            .egui_ctx
            .set_zoom_factor(start.keeper.settings().zoom);
        let app = App::new(start.experiment, Box::new(worker)).with_sweeper(Box::new(sweeper));
        let app = app.with_native_dialogs(&context.egui_ctx);
        let app = app.with_keeper(start.keeper).with_source(&start.source);
        Ok(Box::new(Self {
            app,
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

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.app.close();
    }
}
