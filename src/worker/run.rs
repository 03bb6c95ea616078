//! The run the worker has: its session, and when to train it.

use std::time::{Duration, Instant};

use crate::experiment::{Chunk, SavedSession, Session, TrainingArm};
use crate::history::EventKind;
use crate::task::{Cancel, Cancelled};

use super::pace::{Due, Meter, Pace};
use super::{Activity, Command, RunId, Snapshot, Speed};

/// Time between two looks at the inbox.
const CHUNK: Duration = Duration::from_millis(10);

/// The run the worker has.
#[derive(Debug)]
pub(super) struct Run<A> {
    id: RunId,
    cancel: Cancel,
    session: Session<A>,
    mode: Mode,
    chunk: Chunk,
    pace: Pace,
    meter: Meter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Playing,
    Paused,
    Stepping { until: u64 },
}

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Train until this step.
    Advance(u64),
    /// Nothing before this moment.
    Wait(Instant),
    /// Nothing before the next command.
    Rest,
}

impl<A: TrainingArm> Run<A> {
    pub(super) fn new(id: RunId, cancel: Cancel, session: Session<A>, play: bool) -> Self {
        Self {
            id,
            cancel,
            session,
            mode: if play { Mode::Playing } else { Mode::Paused },
            chunk: Chunk::lasting(CHUNK),
            pace: Pace::from(Instant::now()),
            meter: Meter::default(),
        }
    }

    /// What to do now, at this speed. Single steps do not wait for the speed.
    pub(super) fn turn(&mut self, speed: Speed, now: Instant) -> Turn {
        let step = self.session.step();
        if self.session.is_over() {
            return Turn::Rest;
        }
        let steps = match self.mode {
            Mode::Paused => return Turn::Rest,
            Mode::Stepping { until } => until.saturating_sub(step),
            Mode::Playing => match self.pace.due(speed, now) {
                Due::Steps(steps) => steps,
                Due::At(then) => return Turn::Wait(then),
            },
        };
        Turn::Advance(step.saturating_add(steps.min(self.chunk.steps())))
    }

    /// Trains until `target` and learns how long that takes.
    pub(super) fn advance(
        &mut self,
        target: u64,
        events: &mut Vec<EventKind>,
    ) -> Result<(), Cancelled> {
        let (step, began) = (self.session.step(), Instant::now());
        self.meter.note(step, began);
        self.session.advance(target, &self.cancel, events)?;
        let done = self.session.step().saturating_sub(step);
        self.chunk.learn(done, began.elapsed());
        self.pace.did(done);
        self.meter.note(self.session.step(), Instant::now());
        if let Mode::Stepping { until } = self.mode
            && self.session.step() >= until
        {
            self.pause();
        }
        Ok(())
    }

    /// Does as told.
    pub(super) fn obey(
        &mut self,
        command: Command,
        events: &mut Vec<EventKind>,
    ) -> Result<(), Cancelled> {
        match command {
            Command::Play => self.mode = Mode::Playing,
            Command::Pause => self.pause(),
            Command::Step(steps) => {
                let from = match self.mode {
                    Mode::Stepping { until } => until,
                    Mode::Paused | Mode::Playing => self.session.step(),
                };
                self.mode = Mode::Stepping {
                    until: from.saturating_add(steps),
                };
                if steps == 0 && from == self.session.step() {
                    self.pause();
                }
            }
            Command::SetStep(step) => self.session.set_step(step, events)?,
            Command::SetSpeed(_) => {}
        }
        if matches!(command, Command::Play | Command::SetSpeed(_)) {
            self.pace = Pace::from(Instant::now());
        }
        Ok(())
    }

    /// What is saved of its session, without the records.
    pub(super) fn save(&self) -> SavedSession<A::Saved> {
        self.session.save(&[])
    }

    fn pause(&mut self) {
        self.mode = Mode::Paused;
        self.meter.clear();
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        let activity = match self.mode {
            _ if self.session.is_over() => Activity::Finished,
            Mode::Playing | Mode::Stepping { .. } => Activity::Playing,
            Mode::Paused => Activity::Paused,
        };
        let steps_per_second = if activity == Activity::Playing {
            self.meter.rate()
        } else {
            0.0
        };
        Snapshot {
            run: self.id,
            activity,
            step: self.session.step(),
            last_step: self.session.last_step(),
            steps_per_second,
            estimated_bytes: self.session.estimated_bytes(),
            arm_steps: self.session.arm_steps().collect(),
            timings: self.session.timings(),
        }
    }
}
