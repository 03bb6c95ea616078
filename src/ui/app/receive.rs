//! What comes from the worker.

use crate::history::EventKind;
use crate::ui::run_view::RunView;
use crate::worker::{Event, Speed};

use super::App;

impl App {
    /// Takes in what the worker has to say; draws nothing. Messages of a run that was replaced
    /// are left aside.
    pub fn logic(&mut self) {
        self.receive_sweep();
        self.receive_doors();
        let Some(runner) = &mut self.runner else {
            return;
        };
        // Before the events, which then have every record of it.
        if let Some(saved) = runner.saved() {
            self.saved = Some(saved);
        }
        let events = runner.events();
        let snapshot = runner.snapshot();
        for event in events {
            self.receive(event);
        }
        for run in [Some(&mut self.shown), self.next.as_mut()]
            .into_iter()
            .flatten()
        {
            if run.id == Some(snapshot.run) {
                run.stand(&snapshot);
            }
        }
        self.note_speed();
    }

    /// Notes how fast this machine computes, to say beforehand how long another run would take.
    fn note_speed(&mut self) {
        let speed = self.shown.flops_per_step * self.shown.snapshot.steps_per_second;
        if self.speed == Speed::Unlimited && speed > 0.0 {
            self.flops_per_second = Some(speed);
        }
    }

    fn receive(&mut self, event: Event) {
        if let EventKind::Refused { message } = &event.kind {
            if self.newest() == Some(event.run) {
                self.refused(message.clone());
            }
            return;
        }
        if let Some(next) = self.next.as_mut().filter(|next| next.id == Some(event.run)) {
            next.note(&event.kind);
            self.show_next_when_ready();
        } else if self.next.is_none() && self.shown.id == Some(event.run) {
            self.shown.note(&event.kind);
        }
    }

    /// The old run stays on screen until the new one has something to show.
    fn show_next_when_ready(&mut self) {
        let ready = |next: &mut RunView| next.has_records() || next.is_over();
        if let Some(next) = self.next.take_if(ready) {
            self.replace_shown(next);
        }
    }
}
