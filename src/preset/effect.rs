//! Whether a run can go on where its preset was changed.

use super::{axis_of, set, text_at};
use crate::spec::Preset;
use crate::spec::field::{Effect, Field, LiveField};

/// What a change of the field at `path` does to a run. The run goes on where the field is live, nothing
/// else is changed, and no axis sets it, for then the arms have values of their own.
pub fn effect(path: &str, running: &Preset, edited: &Preset) -> Effect {
    match Field::at(path).map(|field| field.effect) {
        Some(effect @ Effect::Live(_)) if is_alone(path, running, edited) => effect,
        _ => Effect::Restart,
    }
}

/// What it does to a run to take another preset's place, whichever fields differ. A run of the same
/// preset starts again.
pub fn effect_between(running: &Preset, edited: &Preset) -> Effect {
    let effects = LiveField::ALL.map(|live| effect(live.field().path, running, edited));
    let live = effects
        .into_iter()
        .find(|effect| *effect != Effect::Restart);
    live.filter(|_| running != edited)
        .unwrap_or(Effect::Restart)
}

/// The field in which a run notes its changes of the step.
const CHANGES: &str = "train.changes";

/// Whether two presets differ at most in this field, which no axis sets, nor the changes on the way.
fn is_alone(path: &str, running: &Preset, edited: &Preset) -> bool {
    let followed = text_at(edited, path).and_then(|text| set(running, path, &text).ok());
    let varied = [path, CHANGES]
        .iter()
        .any(|path| axis_of(edited, path).is_some());
    !varied && followed.as_ref() == Some(edited)
}
