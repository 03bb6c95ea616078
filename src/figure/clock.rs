//! Steps or time: the horizontal axis of all panels that look over a run.

use super::layer::{Axis, Dash, Ink, Layer, Rule};
use super::{Range, Scale};
use crate::history::{ArmFacts, ArmHistory, RunHistory};
use crate::observe::Record;
use crate::preset::{Arm, Experiment};
use crate::spec::{LossOver, Method};

/// Steps an axis shows at least, so that the first records don't rescale it one by one.
const LEAST: u64 = 10;

/// Steps whose lengths differ relatively by less than this are as long as each other.
const SAME: f64 = 1e-9;

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

    /// The clock on which the arms of a run can be compared: time where their steps are of
    /// different length, else steps.
    pub fn natural(experiment: &Experiment, history: &RunHistory) -> Self {
        let arms = experiment.arms.iter().zip(history.own_arms());
        let mut lengths = arms.filter_map(|(arm, of)| step_length(arm, of.facts.as_ref()?));
        let Some(first) = lengths.next() else {
            return Self::Steps;
        };
        if lengths.all(|length| (length - first).abs() <= SAME * first.abs()) {
            Self::Steps
        } else {
            Self::Time
        }
    }

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
        let why = match Self::natural(experiment, history) {
            Self::Time => {
                ". The arms of this run take steps of different length: it starts on time, where they compare"
            }
            Self::Steps => "",
        };
        Axis {
            marks: Vec::new(),
            label: match self {
                Self::Steps => "step".to_owned(),
                Self::Time => "time t".to_owned(),
            },
            definition: format!("{}{zero}{why}", self.definition()),
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
            return [0.0, last_step.max(LEAST.min(end)) as f64, end as f64];
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
        let records = history.own_arms().iter().filter_map(|arm| arm.at(step));
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

/// How far an arm's step goes, δ; a step of stochastic gradient descent on a summed loss sees a share
/// of the points and goes as much less far. The factor 1/n of a mean loss is left out, so that arms
/// with different n stay on steps. `None` for least squares, which has no step.
fn step_length(arm: &Arm, facts: &ArmFacts) -> Option<f64> {
    let train = &arm.preset.train;
    let share = match train.method {
        Method::Sgd { batch, .. } if arm.preset.loss.over == LossOver::Sum => {
            batch as f64 / facts.n.max(1) as f64
        }
        _ => 1.0,
    };
    Some(train.method.step()? * facts.step_unit * share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{BatchOrder, Preset};

    /// The clock of a run whose arms are trained by these methods, in these units of the step.
    fn natural(arms: &[(Method, f64)], over: LossOver) -> Clock {
        let mut preset = Preset::default();
        preset.loss.over = over;
        let arm = |(index, (method, _)): (usize, &(Method, f64))| {
            let mut preset = preset.clone();
            preset.train.method = *method;
            Arm {
                index,
                label: format!("arm {index}"),
                preset,
            }
        };
        let experiment = Experiment {
            sweep_axes: Vec::new(),
            measures: Vec::new(),
            claims: Vec::new(),
            name: "test".to_owned(),
            arms: arms.iter().enumerate().map(arm).collect(),
            preset: preset.clone(),
            folder: std::path::PathBuf::new(),
        };
        let mut history = RunHistory::new(experiment.arms.iter().map(|a| a.label.clone()));
        for (index, (_, step_unit)) in arms.iter().enumerate() {
            let mut facts = crate::experiment::scripted::facts("an arm");
            facts.n = 100;
            facts.step_unit = *step_unit;
            history.set_facts(index, Some(facts));
        }
        Clock::natural(&experiment, &history)
    }

    const GD: Method = Method::GradientDescent { step: 0.1 };

    fn sgd(batch: usize) -> Method {
        Method::Sgd {
            step: 0.1,
            batch,
            order: BatchOrder::Shuffled,
        }
    }

    #[test]
    fn arms_with_one_step_are_compared_by_steps_and_others_by_time() {
        let flow = |step| Method::GradientFlow {
            step,
            tolerance: 1e-6,
        };
        let sum = LossOver::Sum;
        assert_eq!(natural(&[(GD, 1.0), (flow(0.1), 1.0)], sum), Clock::Steps);
        assert_eq!(natural(&[(GD, 1.0), (flow(0.2), 1.0)], sum), Clock::Time);
        assert_eq!(natural(&[(GD, 3.0), (GD, 3.0)], sum), Clock::Steps);
        assert_eq!(natural(&[(GD, 3.0), (GD, 3.1)], sum), Clock::Time);
        assert_eq!(
            natural(&[(Method::LeastSquares, 1.0), (GD, 1.0)], sum),
            Clock::Steps
        );
        assert_eq!(natural(&[], sum), Clock::Steps);
    }

    #[test]
    fn a_batch_of_a_summed_loss_goes_less_far_and_one_of_a_mean_does_not() {
        let arms = [(GD, 1.0), (sgd(10), 1.0)];
        assert_eq!(natural(&arms, LossOver::Sum), Clock::Time);
        assert_eq!(natural(&arms, LossOver::Mean), Clock::Steps);
        assert_eq!(
            natural(&[(GD, 1.0), (sgd(100), 1.0)], LossOver::Sum),
            Clock::Steps
        );
    }
}
