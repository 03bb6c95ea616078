//! What is remembered from one start to the next.

use egui::Context;

use crate::settings::{Colours, Keeper, Settings, WindowPlace};
use crate::ui::app::App;
use crate::ui::doors::Word;
use crate::ui::theme::ThemeChoice;

/// Seconds between two looks at what has changed.
const LOOK: f64 = 1.0;

impl App {
    /// The same with the settings of a keeper, who remembers what changes from now on.
    pub fn with_keeper(mut self, keeper: Keeper) -> Self {
        let settings = keeper.settings().clone();
        self.choice = match settings.theme {
            Colours::System => ThemeChoice::System,
            Colours::Dark => ThemeChoice::Dark,
            Colours::Light => ThemeChoice::Light,
        };
        self.panels.take(&settings.switches);
        self.doors.settings = settings;
        self.doors.keeper = Some(keeper);
        let experiment = std::sync::Arc::clone(&self.experiment);
        self.take_view(&experiment);
        self
    }

    /// The same in a window of a desktop, whose own dialogs are asked for paths first.
    pub fn with_native_dialogs(mut self, context: &Context) -> Self {
        self.doors.native = true;
        // What is read from now on is shown as soon as it is there, though nothing else may move.
        self.doors.context = Some(context.clone());
        self
    }

    /// The window closes: what has changed since the last look is remembered.
    pub fn close(&mut self) {
        self.remember_now(None);
        self.doors.keeper = None;
    }

    /// Looks now and then at what has changed, and has it remembered.
    pub(super) fn remember(&mut self, context: &Context) {
        let Some(keeper) = &mut self.doors.keeper else {
            return;
        };
        if let Some(trouble) = keeper.trouble() {
            self.doors.news.say(Word::Trouble(trouble));
        }
        let (now, is_new) = context.input(|input| (input.time, !input.events.is_empty()));
        if now - self.doors.looked >= LOOK {
            self.doors.looked = now;
            self.remember_now(Some(context));
        } else if is_new {
            // What was just done is looked at, though nothing may be drawn again by itself.
            context.request_repaint_after(std::time::Duration::from_secs_f64(LOOK));
        }
    }

    /// Has what has changed remembered.
    pub(super) fn remember_now(&mut self, context: Option<&Context>) {
        self.remember_layout();
        let switches = self.panels.switches().of_any_run();
        let settings = &mut self.doors.settings;
        settings.theme = match self.choice {
            ThemeChoice::System => Colours::System,
            ThemeChoice::Dark => Colours::Dark,
            ThemeChoice::Light => Colours::Light,
        };
        settings.switches = switches;
        if let Some(context) = context {
            settings.zoom = context.zoom_factor();
            settings.window = place_of(context).or(settings.window);
        }
        let settings: Settings = settings.clone();
        if let Some(keeper) = &mut self.doors.keeper {
            keeper.keep(settings);
        }
    }

    /// Notes where the panels stand, for when the same preset is shown again.
    pub(super) fn remember_layout(&mut self) {
        let name = self.experiment.name.clone();
        let layouts = &mut self.doors.settings.layouts;
        match self.workspace.place() {
            Some(place) => {
                layouts.insert(name, place);
            }
            None => {
                layouts.remove(&name);
            }
        }
    }
}

/// Where the window is, where the desktop tells it; one that fills the screen keeps the size that it had before.
fn place_of(context: &Context) -> Option<WindowPlace> {
    let info = context.input(|input| input.viewport().clone());
    if info.minimized == Some(true) || info.fullscreen == Some(true) {
        return None;
    }
    let size = info.inner_rect?.size();
    // In points at a zoom of 1, as the window is made.
    let zoom = context.zoom_factor();
    let whole = |x: f32| (x * zoom).round();
    let at = info
        .outer_rect
        .map(|outer| (whole(outer.min.x), whole(outer.min.y)));
    Some(WindowPlace {
        at,
        size: (whole(size.x), whole(size.y)),
        maximized: info.maximized == Some(true),
    })
}
