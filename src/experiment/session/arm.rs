//! One arm of a session, whose faults stay its own.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::observe::Record;
use crate::task::{Cancel, Cancelled};
use crate::theory::{DeltaChange, PaperReport, after_change, change_of};

use super::saved_arm::SavedArm;
use crate::experiment::engine::TrainingArm;
use crate::experiment::panics::{Guard, NO_TEXT, take_place};
use crate::experiment::{ArmEnd, ArmTiming};
use crate::history::{ArmFacts, EventKind, Outcome, RunError};

/// One arm of a session: a panic or a refusal ends this arm and no other.
#[derive(Debug)]
pub(in crate::experiment) struct SessionArm<A> {
    /// `None` once the arm failed: what a panic left behind must not be used.
    training: Option<A>,
    facts: Option<ArmFacts>,
    outcome: Option<Outcome>,
    step: u64,
    /// Step of the last record: all that is sure of an arm that fails, wherever it was looked at.
    recorded: u64,
    last_step: u64,
    timing: ArmTiming,
}

/// An event with the step it belongs to, for putting the events of all arms in order.
pub(in crate::experiment) type Dated = (u64, EventKind);

/// The order of dated events: by step, and within a step first what the steps before led to, then what
/// was changed there.
pub(in crate::experiment) fn date((step, event): &Dated) -> (u64, u8) {
    let rank = match event {
        EventKind::StepChanged { .. } => 1,
        EventKind::TheoryChanged { .. } => 2,
        _ => 0,
    };
    (*step, rank)
}

impl<A: TrainingArm> SessionArm<A> {
    /// Starts an arm and dates what happened.
    pub(in crate::experiment) fn start(
        arm: usize,
        start: impl FnOnce(&mut Vec<Record>) -> Result<A, RunError>,
        events: &mut Vec<Dated>,
    ) -> Result<Self, Cancelled> {
        let mut state = Self {
            training: None,
            facts: None,
            outcome: None,
            step: 0,
            recorded: 0,
            last_step: 0,
            timing: ArmTiming::default(),
        };
        let mut records = Vec::new();
        let started = guarded(|| {
            let training = start(&mut records)?;
            let facts = training.facts().clone();
            Ok((facts, Seen::of(&training), training))
        });
        let result = started.map(|(facts, seen, training)| {
            state.facts = Some(facts);
            state.training = Some(training);
            seen
        });
        state.note(arm, result, records, events)?;
        Ok(state)
    }

    /// Trains until `target` and dates what happened.
    pub(in crate::experiment) fn advance(
        &mut self,
        arm: usize,
        target: u64,
        cancel: &Cancel,
        events: &mut Vec<Dated>,
    ) -> Result<(), Cancelled> {
        let mut records = Vec::new();
        let began = Instant::now();
        let mut measuring = Duration::ZERO;
        let advanced = self.change(arm, events, &mut records, |training, records| {
            let before = training.measuring();
            training.advance(target, cancel, records)?;
            measuring = training.measuring().saturating_sub(before);
            Ok(())
        });
        self.timing.training += began.elapsed();
        self.timing.measuring += measuring;
        advanced
    }

    /// How long it trained, and measured.
    pub(in crate::experiment) fn timing(&self) -> ArmTiming {
        self.timing
    }

    /// Changes the step δ.
    pub(in crate::experiment) fn set_step(
        &mut self,
        arm: usize,
        step: f64,
        events: &mut Vec<Dated>,
    ) -> Result<(), Cancelled> {
        let mut records = Vec::new();
        self.change(arm, events, &mut records, |training, _| {
            training.set_step(step);
            Ok(())
        })
    }

    fn change(
        &mut self,
        arm: usize,
        events: &mut Vec<Dated>,
        records: &mut Vec<Record>,
        change: impl FnOnce(&mut A, &mut Vec<Record>) -> Result<(), RunError>,
    ) -> Result<(), Cancelled> {
        if self.outcome.is_some() {
            return Ok(());
        }
        let Some(training) = self.training.as_mut() else {
            return Ok(());
        };
        let result = guarded(|| {
            change(training, records)?;
            Ok(Seen::of(training))
        });
        self.note(arm, result, std::mem::take(records), events)
    }

    fn note(
        &mut self,
        arm: usize,
        result: Result<Seen, RunError>,
        records: Vec<Record>,
        events: &mut Vec<Dated>,
    ) -> Result<(), Cancelled> {
        for record in records {
            self.recorded = record.step;
            events.push((
                record.step,
                EventKind::Recorded {
                    arm,
                    record: Arc::new(record),
                },
            ));
        }
        match result {
            Ok(seen) => {
                self.step = seen.step;
                self.last_step = seen.last_step;
                self.outcome = seen.outcome;
                self.note_theory(arm, seen.theory, events);
            }
            Err(RunError::Cancelled(cancelled)) => return Err(cancelled),
            Err(RunError::Refused(message)) => {
                self.training = None;
                self.step = self.recorded;
                self.outcome = Some(Outcome::Failed { message });
            }
        }
        if let Some(outcome) = self.outcome.clone() {
            events.push((self.step, EventKind::Ended { arm, outcome }));
        }
        Ok(())
    }

    /// Tells of bounds that ended, or that go on as the step was changed back where they had ended.
    fn note_theory(&mut self, arm: usize, theory: Arc<[PaperReport]>, events: &mut Vec<Dated>) {
        let Some(facts) = &mut self.facts else { return };
        if !Arc::ptr_eq(&facts.theory, &theory) {
            facts.theory = Arc::clone(&theory);
            let at = change_of(&theory).map_or(self.step, |change| change.at);
            events.push((at, EventKind::TheoryChanged { arm, theory }));
        }
    }

    /// What stands of its theory, with the step since when, where that is not all that its start gave.
    pub(in crate::experiment) fn ended_theory(&self, arm: usize) -> Option<Dated> {
        let theory = &self.facts.as_ref()?.theory;
        let event = EventKind::TheoryChanged {
            arm,
            theory: Arc::clone(theory),
        };
        Some((change_of(theory)?.at, event))
    }

    /// The change of the step at which bounds of it ended.
    fn theory_change(&self) -> Option<DeltaChange> {
        change_of(&self.facts.as_ref()?.theory)
    }

    /// What is needed to go on from here with an arm started in the same way.
    pub(in crate::experiment) fn save(&self) -> SavedArm<A::Saved> {
        match (&self.training, &self.outcome) {
            (Some(training), _) => SavedArm::Training(training.save()),
            (None, outcome) => SavedArm::Failed {
                step: self.step,
                outcome: outcome.clone(),
                changed: self.theory_change(),
            },
        }
    }

    /// Goes on where another arm, started in the same way, was saved; `recorded` is the step of its
    /// last record.
    ///
    /// # Errors
    /// [`RunError::Refused`] where the saved state does not fit, [`RunError::Cancelled`] once
    /// `cancel` is raised.
    pub(in crate::experiment) fn restore(
        &mut self,
        saved: SavedArm<A::Saved>,
        recorded: u64,
        cancel: &Cancel,
    ) -> Result<(), RunError> {
        self.recorded = recorded;
        let saved = match saved {
            SavedArm::Training(saved) => saved,
            SavedArm::Failed {
                step,
                outcome,
                changed,
            } => {
                (self.training, self.step, self.outcome) = (None, step, outcome);
                if let (Some(facts), Some(change)) = (&mut self.facts, changed) {
                    facts.theory = after_change(&facts.theory, change).into();
                }
                return Ok(());
            }
        };
        let Some(training) = self.training.as_mut() else {
            return Err(RunError::Refused(match &self.outcome {
                Some(outcome) => outcome.to_string(),
                None => "the arm has no state".to_owned(),
            }));
        };
        let seen = guarded(|| {
            training.restore(saved, cancel)?;
            Ok(Seen::of(training))
        })?;
        (self.step, self.last_step) = (seen.step, seen.last_step);
        self.outcome = seen.outcome;
        if let Some(facts) = &mut self.facts {
            facts.theory = seen.theory;
        }
        Ok(())
    }

    pub(in crate::experiment) fn facts(&self) -> Option<&ArmFacts> {
        self.facts.as_ref()
    }

    pub(in crate::experiment) fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    pub(in crate::experiment) fn is_over(&self) -> bool {
        self.outcome.is_some()
    }

    pub(in crate::experiment) fn step(&self) -> u64 {
        self.step
    }

    /// The step at which the arm ends at the latest, or ended.
    pub(in crate::experiment) fn last_step(&self) -> u64 {
        if self.is_over() {
            self.step
        } else {
            self.last_step
        }
    }

    /// What is left of the arm, `None` where it has not ended.
    pub(in crate::experiment) fn end(self) -> Option<ArmEnd> {
        let (outcome, training) = (self.outcome?, self.training);
        let final_state = guarded(|| Ok(training.map(|t| t.final_state())))
            .ok()
            .flatten();
        Some(ArmEnd {
            facts: self.facts,
            outcome,
            step: self.step,
            timing: self.timing,
            final_state,
        })
    }
}

/// What an arm says of itself after a change.
struct Seen {
    step: u64,
    last_step: u64,
    outcome: Option<Outcome>,
    theory: Arc<[PaperReport]>,
}

impl Seen {
    fn of(training: &impl TrainingArm) -> Self {
        Self {
            step: training.step(),
            last_step: training.last_step(),
            outcome: training.outcome().cloned(),
            theory: Arc::clone(&training.facts().theory),
        }
    }
}

/// Turns a panic into a refusal that bears its text, and its place where that was kept.
///
/// Whoever calls it drops what the closure was changing, so no half-changed state is seen.
pub(crate) fn guarded<T>(f: impl FnOnce() -> Result<T, RunError>) -> Result<T, RunError> {
    let _guard = Guard::new();
    catch_unwind(AssertUnwindSafe(f)).unwrap_or_else(|payload| {
        let text = panic_text(&*payload);
        let place = take_place(text).map_or(String::new(), |place| format!(" at {place}"));
        Err(RunError::Refused(format!(
            "the computation broke down{place}: {text}"
        )))
    })
}

/// The text a panic was raised with.
pub(crate) fn panic_text(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or(NO_TEXT)
}
