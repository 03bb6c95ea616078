//! How a window comes into being.

use std::sync::Arc;

use crate::history::RunHistory;
use crate::preset::Experiment;
use crate::sweep::Plan;
use crate::ui::controls::Drawer;
use crate::ui::cursor::Cursor;
use crate::ui::doors::{Document, Doors, Subject};
use crate::ui::draft::Draft;
use crate::ui::gallery::Gallery;
use crate::ui::kept::Kept;
use crate::ui::panel::PanelState;
use crate::ui::run_view::RunView;
use crate::ui::runner::Runner;
use crate::ui::sweep_view::SweepView;
use crate::ui::theme::ThemeChoice;
use crate::ui::tiles::Workspace;
use crate::worker::Speed;

use super::App;
use super::then::Then;

impl App {
    /// A window whose experiment starts at once.
    pub fn new(experiment: Experiment, runner: Box<dyn Runner>) -> Self {
        let mut app = Self::with_history(experiment, RunHistory::default());
        app.runner = Some(runner);
        app.consider(Arc::clone(&app.experiment), Then::Replace);
        app
    }

    /// A window that shows a recorded run and trains nothing, for pictures.
    pub fn with_history(experiment: Experiment, history: RunHistory) -> Self {
        let experiment = Arc::new(experiment);
        let document = Document::unnamed(&experiment.name, experiment.preset.clone());
        Self {
            runner: None,
            sweeper: None,
            sweep: Plan::of(&experiment).map(SweepView::new),
            draft: Draft::new(experiment.preset.clone()),
            workspace: Workspace::of(&experiment),
            shown: RunView::recorded(Arc::clone(&experiment), history),
            experiment,
            next: None,
            coming: String::new(),
            waiting: None,
            kept: Kept::default(),
            comparison: None,
            arm: None,
            vary: None,
            loaded: 0,
            flops_per_second: None,
            notice: None,
            cursor: Cursor::Live,
            replay: None,
            speed: Speed::Unlimited,
            panels: PanelState::default(),
            gallery: Gallery::shipped(),
            choice: ThemeChoice::System,
            theme: None,
            help: false,
            drawer: Drawer::default(),
            doors: Doors::new(document),
            resume: None,
            saved: None,
        }
    }

    /// The same with a theme chosen.
    pub fn with_theme(mut self, choice: ThemeChoice) -> Self {
        self.choice = choice;
        self
    }

    /// The same with the records at this step shown instead of the newest.
    pub fn with_cursor(mut self, step: u64) -> Self {
        self.cursor = Cursor::At(step);
        self
    }

    /// The same with what somebody looks at, for a picture of it.
    pub(in crate::ui) fn looking_as(mut self, subject: &Subject) -> Self {
        self.sweep = subject.sweep.clone();
        self.panels = subject.choice.clone();
        if let Some(place) = &subject.place {
            self.workspace.arrange(place);
        }
        self.with_cursor(subject.step)
    }
}
