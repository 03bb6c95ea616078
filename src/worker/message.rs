//! Messages to and from the worker.

use crate::experiment::ArmTiming;
use crate::history::EventKind;
use crate::spec::Preset;
use crate::spec::field::LiveField;

/// Identifies one start of one experiment; every message of a run bears it, so that what is left
/// over from an earlier run can be told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RunId(pub u64);

/// What the window asks of the worker about the run it has. (A new run is asked for with
/// `Worker::load`, which keeps at most one experiment pending.)
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Command {
    /// Train.
    Play,
    /// Stop training, keep the state.
    Pause,
    /// Do this many steps, as fast as the machine can, then pause; added to steps still to do.
    Step(u64),
    /// Train at this speed, in later runs too. Of several only the last counts.
    SetSpeed(Speed),
    /// Go on with another step δ in every arm. Of several only the last counts.
    SetStep(f64),
}

/// Why a command was not sent.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum SendError {
    /// Too many commands wait.
    #[error("the worker is busy")]
    Busy,
    /// [`Command::SetStep`] with a step no run can have.
    #[error("step δ = {0}: must be a positive finite number")]
    Step(f64),
    /// [`Command::SetSpeed`] with a speed that is none.
    #[error("speed = {0} steps a second: must be a positive finite number")]
    Speed(f64),
}

impl Command {
    /// The command with which a run goes on where a field is changed to what it is in `preset`;
    /// `None` where that preset has no such field.
    pub fn going_on(field: LiveField, preset: &Preset) -> Option<Self> {
        match field {
            LiveField::Step => preset.train.method.step().map(Self::SetStep),
        }
    }

    /// Whether its number is allowed.
    pub(super) fn check(self) -> Result<(), SendError> {
        let positive = |x: f64| x.is_finite() && x > 0.0;
        match self {
            Self::SetStep(step) if !positive(step) => Err(SendError::Step(step)),
            Self::SetSpeed(Speed::StepsPerSecond(rate)) if !positive(rate) => {
                Err(SendError::Speed(rate))
            }
            _ => Ok(()),
        }
    }
}

/// How fast to train.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Speed {
    /// As fast as the machine can.
    #[default]
    Unlimited,
    /// At most this many steps a second.
    StepsPerSecond(f64),
}

/// An ordered message from the worker; none is lost.
#[derive(Clone, Debug)]
pub struct Event {
    /// The run it belongs to.
    pub run: RunId,
    /// What happened.
    pub kind: EventKind,
}

/// State of the run as of now; only the newest is kept.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// The run it belongs to.
    pub run: RunId,
    /// What the worker is doing.
    pub activity: Activity,
    /// Step of the common clock.
    pub step: u64,
    /// Step at which the last arm stops.
    pub last_step: u64,
    /// Steps of the common clock a second, over the last second or so; 0 while paused.
    pub steps_per_second: f64,
    /// Bytes the run holds at most, as estimated before its start.
    pub estimated_bytes: u64,
    /// Step of each arm.
    pub arm_steps: Vec<u64>,
    /// How long each arm trained, and how much of that it measured.
    pub timings: Vec<ArmTiming>,
}

/// What the worker is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Activity {
    /// There is no run: none was asked for yet, or it was refused.
    #[default]
    Idle,
    /// Building data, weights and the linearized twin.
    Starting,
    /// Training.
    Playing,
    /// Waiting for `Play` or `Step`.
    Paused,
    /// Every arm ended.
    Finished,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::set;

    #[test]
    fn every_live_field_has_a_command_that_is_allowed() {
        for live in LiveField::ALL {
            let command = Command::going_on(live, &Preset::default());
            let command = command.expect("the default preset has it");
            assert_eq!(command.check(), Ok(()));
            let edited = set(&Preset::default(), live.field().path, "0.125");
            let other = Command::going_on(live, &edited.expect("it takes it"));
            assert_ne!(other, Some(command), "{}", live.field().path);
        }
    }
}
