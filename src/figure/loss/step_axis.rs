//! The axis of steps, shared by all panels that look over time.

use crate::figure::layer::{Axis, Dash, Ink, Layer, Rule};
use crate::figure::{Range, Scale};
use crate::history::RunHistory;
use crate::preset::Experiment;

/// Steps an axis shows at least, so that the first records don't rescale it one by one.
const LEAST: u64 = 10;

/// Axis from step 0 to a round step after the last record, but not beyond the last step of the
/// run. `held` is the extent shown before.
pub(in crate::figure) fn step_axis(
    experiment: &Experiment,
    history: &RunHistory,
    log: bool,
    held: Option<Range>,
) -> Axis {
    let scale = if log { Scale::LogSteps } else { Scale::Linear };
    let place = |step: u64| scale.place(step as f64).unwrap_or(0.0);
    let last = history.last_step();
    let ends = experiment.arms.iter().map(|a| a.preset.train.stop.steps);
    let end = ends.max().unwrap_or(0).max(last).max(1);
    let data = Range {
        low: place(0),
        high: place(last.max(LEAST)),
    };
    let grown = Range::admit(held, Some(data), scale);
    Axis {
        label: "step".to_owned(),
        definition: "number of updates done, one clock for all arms".to_owned(),
        scale,
        whole: true,
        range: Range {
            low: place(0),
            high: grown.high.min(place(end)),
        },
    }
}

/// The upright line at the step shown.
pub(in crate::figure) fn cursor_rule(step: u64, scale: Scale) -> Layer {
    Layer::Rule(Rule {
        ink: Ink::Cursor,
        dash: Dash::SOLID,
        upright: true,
        at: scale.place(step as f64).unwrap_or(0.0),
        label: String::new(),
    })
}
