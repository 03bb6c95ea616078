//! A run that is kept in a folder as it goes on.

use std::path::Path;

use crate::ui::app::App;
use crate::ui::doors::{Done, Keeping, Word};

impl App {
    /// Keeps the run from now on.
    pub(super) fn keep_in(&mut self, path: &Path) {
        let run = self.next.as_ref().unwrap_or(&self.shown);
        let Some(id) = run.id else {
            return self
                .doors
                .trouble("Nobody trains this run, so there is nothing to go on with later.");
        };
        if run.is_rearranged() {
            let message = "Its arms were moved since the run began, and a checkpoint has them as they were: press R, \
                           then keep it from its start.";
            return self.doors.trouble(message);
        }
        match Keeping::new(path, &run.experiment, id, false) {
            Ok(keeping) => {
                self.saved = None;
                self.doors.note_path(&keeping.path());
                self.doors.keeping = Some(keeping);
            }
            Err(message) => self.doors.trouble(message),
        }
    }

    /// Asks for the run when it is due, writes it when it is there, and stops when another one runs.
    pub(super) fn keep_run(&mut self) {
        let Some(keeping) = &mut self.doors.keeping else {
            return;
        };
        let run = self.next.as_ref().unwrap_or(&self.shown);
        if run.id != Some(keeping.run) {
            return self.keep_no_more();
        }
        let is_over = run.is_over();
        if run.has_records()
            && keeping.is_due(is_over)
            && let Some(runner) = &mut self.runner
        {
            runner.save();
        }
        if let Some(saved) = self.saved.take() {
            let writing = keeping.writing(saved, run.records_of_worker());
            self.doors.run(move || Done::Kept(writing()));
        }
    }

    pub(super) fn keep_no_more(&mut self) {
        if let Some(keeping) = self.doors.keeping.take() {
            let path = keeping.path();
            let words = format!(
                "The run is no longer kept; {} has it as of the last time.",
                path.display()
            );
            self.doors.news.say(Word::Done(words));
        }
    }

    pub(super) fn run_kept(&mut self, kept: Result<u64, String>) {
        match (kept, &mut self.doors.keeping) {
            (Ok(step), Some(keeping)) if !keeping.told => {
                keeping.told = true;
                let path = keeping.path();
                let words = format!(
                    "The run is kept in {} at step {step}, and every five minutes from now on. Open the folder to go \
                     on with it.",
                    path.display()
                );
                self.doors.news.say(Word::Done(words));
            }
            (Ok(_), _) => {}
            (Err(message), _) => self.doors.trouble(message),
        }
    }
}
