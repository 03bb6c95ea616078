//! Play, pause and the step shown.

use std::time::Duration;

use egui::Context;

use crate::ui::cursor::Cursor;
use crate::ui::replay::Replay;
use crate::worker::{Activity, Command};

use super::App;

/// Time between two frames of a replay.
const FRAME: Duration = Duration::from_millis(16);

impl App {
    /// Trains on or pauses; where there is nothing left to train, or an earlier step is shown, replays what was
    /// recorded. A run that was brought back half done is trained anew.
    pub(super) fn toggle_play(&mut self) {
        if self.replay.take().is_some() {
            return;
        }
        if self.is_scrubbed() {
            return self.start_replay();
        }
        if self.next.is_none() && self.shown.is_broken_off() {
            return self.start_again();
        }
        match self.next.as_ref().unwrap_or(&self.shown).snapshot.activity {
            Activity::Playing => self.send(Command::Pause),
            Activity::Paused => {
                self.show(Cursor::Live);
                self.send(Command::Play);
            }
            Activity::Finished | Activity::Idle if self.next.is_none() => self.start_replay(),
            Activity::Starting | Activity::Idle | Activity::Finished => {}
        }
    }

    /// Whether an earlier step than the newest is shown, of a run that is not about to be replaced.
    fn is_scrubbed(&self) -> bool {
        let earlier = self.cursor.step(&self.shown.history) < self.shown.history.last_step();
        self.next.is_none() && self.cursor != Cursor::Live && earlier
    }

    fn start_replay(&mut self) {
        let history = &self.shown.history;
        self.replay = Replay::from(self.cursor.step(history), history.last_step());
    }

    /// Moves the cursor of a replay on, up to the last record.
    pub(super) fn go_on(&mut self, ctx: &Context) {
        let Some(mut replay) = self.replay else {
            return;
        };
        let moment = ctx.input(|input| input.time);
        let course = self.shown.course(self.panels.shared.time.is_log());
        let recorded = self.shown.history.last_step();
        self.cursor = replay.advance(moment, self.speed, course, recorded);
        self.replay = (self.cursor != Cursor::Live).then_some(replay);
        if self.replay.is_some() {
            ctx.request_repaint_after(FRAME);
        }
    }

    /// Shows a step the user chose; a replay ends there.
    pub(super) fn show(&mut self, cursor: Cursor) {
        self.replay = None;
        self.cursor = cursor;
    }

    /// Where no record is left, one step is trained, so that the next one can be seen coming.
    pub(super) fn next_record(&mut self) {
        if self.cursor == Cursor::Live && self.shown.snapshot.activity == Activity::Paused {
            self.send(Command::Step(1));
        }
        self.show(self.cursor.next(&self.shown.history));
    }

    pub(super) fn seek(&mut self, step: u64) {
        let end = self.shown.history.last_step();
        self.show(if step >= end {
            Cursor::Live
        } else {
            Cursor::At(step)
        });
    }
}
