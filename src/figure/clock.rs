//! Steps or time: the horizontal axis of all panels that look over a run.

use crate::figure::layer::{Axis, Dash, Ink, Layer, Rule};
use crate::figure::{Range, Scale};
use crate::history::{ArmHistory, RunHistory};
use crate::observe::Record;
use crate::preset::Experiment;

/// Steps an axis shows at least, so that the first records don't rescale it one by one.
const LEAST: u64 = 10;

/// What runs along the horizontal axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Clock {
    /// Updates done.
    #[default]
    Steps,
    /// Time t, in which rates of different steps can be compared.
    Time,
}

impl Clock {
    /// The clocks in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Steps, Self::Time];

    /// Name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Steps => "step k",
            Self::Time => "time t",
        }
    }

    /// What it shows.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Steps => "number k of updates done, one clock for all arms",
            Self::Time => {
                "time t = Σ s·δ over the steps, s = 1 for the sum, 1/n for the mean, 2/n for the average: the time of gradient flow on ½ Σ‖f − y‖², in which rates and bounds of different steps compare"
            }
        }
    }

    /// Scale of the axis. A logarithmic axis of time has no place for t = 0.
    pub fn scale(self, log: bool) -> Scale {
        match (self, log) {
            (_, false) => Scale::Linear,
            (Self::Steps, true) => Scale::LogSteps,
            (Self::Time, true) => Scale::Log,
        }
    }

    /// Whether its values are whole numbers.
    pub fn is_whole(self) -> bool {
        self == Self::Steps
    }

    /// Value of an instant on this clock.
    pub fn value(self, step: f64, time: f64) -> f64 {
        match self {
            Self::Steps => step,
            Self::Time => time,
        }
    }

    /// The recorded step nearest to a value on this clock.
    pub fn step_at(self, history: &RunHistory, value: f64) -> u64 {
        if self == Self::Steps {
            return value.round().max(0.0) as u64;
        }
        let records = history.arms().iter().flat_map(ArmHistory::records);
        let distance = |record: &Record| (record.time - value).abs();
        let nearest = records.min_by(|a, b| distance(a).total_cmp(&distance(b)));
        nearest.map_or(0, |record| record.step)
    }

    /// Axis from the start to a round value after the last record, but not beyond the last step of
    /// the run. `held` is the extent shown before.
    pub(in crate::figure) fn axis(
        self,
        experiment: &Experiment,
        history: &RunHistory,
        log: bool,
        held: Option<Range>,
    ) -> Axis {
        let scale = self.scale(log);
        let place = |value: f64| scale.place(value).unwrap_or(0.0);
        let [first, last, end] = self.extent(experiment, history);
        let data = Range {
            low: place(first),
            high: place(last),
        };
        let grown = Range::admit(held, Some(data), scale);
        let low = match self {
            Self::Steps => data.low,
            Self::Time => grown.low,
        };
        let high = grown.high.min(place(end).max(data.high));
        let zero = if scale == Scale::Log {
            "; the start t = 0 has no place on a logarithmic axis"
        } else {
            ""
        };
        Axis {
            label: match self {
                Self::Steps => "step".to_owned(),
                Self::Time => "time t".to_owned(),
            },
            definition: format!("{}{zero}", self.definition()),
            scale,
            whole: self.is_whole(),
            range: Range {
                low,
                high: if high > low { high } else { low + 1.0 },
            },
        }
    }

    /// First value with a place, last recorded one, and the one the run ends at.
    fn extent(self, experiment: &Experiment, history: &RunHistory) -> [f64; 3] {
        let last_step = history.last_step();
        let ends = experiment.arms.iter().map(|a| a.preset.train.stop.steps);
        let end = ends.max().unwrap_or(0).max(last_step).max(1);
        if self == Self::Steps {
            return [0.0, last_step.max(LEAST) as f64, end as f64];
        }
        let records = || history.arms().iter().flat_map(ArmHistory::records);
        let times = || records().map(|r| r.time).filter(|t| t.is_finite());
        let last = times().fold(0.0, f64::max);
        let first = times().filter(|t| *t > 0.0).fold(f64::INFINITY, f64::min);
        if !(last > 0.0 && first <= last) {
            return [1.0, 10.0, 10.0];
        }
        let share = end as f64 / last_step.max(1) as f64;
        [first, last, last * share.max(1.0)]
    }

    /// The upright line at the step shown; `None` where it has no place.
    pub(in crate::figure) fn cursor_rule(
        self,
        history: &RunHistory,
        step: u64,
        scale: Scale,
    ) -> Option<Layer> {
        let records = history.arms().iter().filter_map(|arm| arm.at(step));
        let time = records.max_by_key(|r| r.step).map_or(0.0, |r| r.time);
        Some(Layer::Rule(Rule {
            ink: Ink::Cursor,
            dash: Dash::SOLID,
            upright: true,
            at: scale.place(self.value(step as f64, time))?,
            label: String::new(),
        }))
    }
}
