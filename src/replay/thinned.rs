//! A history with fewer neurons in its feature maps.

use std::sync::Arc;

use crate::history::{ArmHistory, RunHistory};
use crate::number;
use crate::observe::{FeatureSample, Record};

/// A history whose feature maps have as many neurons as a file has room for.
#[derive(Debug)]
pub struct Thinned {
    /// The history.
    pub history: RunHistory,
    /// Neurons kept, and neurons recorded, where some were left out.
    pub neurons: Option<[usize; 2]>,
}

impl Thinned {
    /// The history with at most so many neurons, evenly spread over those recorded; everything else stays.
    pub fn new(history: &RunHistory, most: usize) -> Self {
        let samples = history.arms().iter().flat_map(samples);
        let recorded = samples.map(|sample| sample.signs.len()).max().unwrap_or(0);
        let stride = recorded.div_ceil(most.max(1)).max(1);
        if stride == 1 {
            return Self {
                history: history.clone(),
                neurons: None,
            };
        }
        let labels = history.own_arms().iter().map(|arm| arm.label.clone());
        let mut thin = RunHistory::with_budget(labels, usize::MAX);
        for (index, arm) in history.own_arms().iter().enumerate() {
            for record in arm.records() {
                thin.push(index, of_record(record, stride));
            }
            thin.set_facts(index, arm.facts.clone());
            if let Some(outcome) = &arm.outcome {
                thin.set_outcome(index, outcome.clone());
            }
        }
        let guests = history.arms().iter().skip(history.own_arms().len());
        Self {
            history: thin.with_guests(guests.cloned()),
            neurons: Some([recorded.div_ceil(stride), recorded]),
        }
    }

    /// What is left out, in a sentence; `None` where every neuron recorded is shown.
    pub fn statement(&self) -> Option<String> {
        let [shown, of] = self.neurons?.map(|count| number::count(count as u64));
        Some(format!(
            "The feature maps show {shown} of the {of} neurons recorded, evenly spread over them."
        ))
    }
}

fn samples(arm: &ArmHistory) -> impl Iterator<Item = &Arc<FeatureSample>> {
    arm.records().iter().filter_map(|r| r.features.as_ref())
}

fn of_record(record: &Arc<Record>, stride: usize) -> Arc<Record> {
    let Some(sample) = &record.features else {
        return Arc::clone(record);
    };
    let neurons = sample.signs.len().max(1);
    let rows = sample.values.chunks(neurons);
    let values = rows.flat_map(|row| row.iter().step_by(stride).copied());
    let thin = FeatureSample {
        points: sample.points.clone(),
        signs: sample.signs.iter().step_by(stride).copied().collect(),
        values: values.collect(),
    };
    Arc::new(Record {
        features: Some(Arc::new(thin)),
        ..Record::clone(record)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{PointRef, Quantity};

    fn history(neurons: usize) -> RunHistory {
        let mut history = RunHistory::new(["a".to_owned()]);
        for step in 0..3 {
            let sample = FeatureSample {
                points: vec![PointRef::Train(0), PointRef::Test(0)],
                signs: (0..neurons)
                    .map(|i| if i % 2 == 0 { 1 } else { -1 })
                    .collect(),
                values: (0..2 * neurons).map(|i| i as f32).collect(),
            };
            let record = Record {
                step,
                scalars: [(Quantity::TrainLoss, 0.5)].into(),
                features: Some(Arc::new(sample)),
                ..Record::default()
            };
            history.push(0, Arc::new(record));
        }
        history
    }

    #[test]
    fn every_third_neuron_is_kept_at_every_point_and_that_is_said() {
        let thin = Thinned::new(&history(30), 10);
        assert_eq!(thin.neurons, Some([10, 30]));
        let record = &thin.history.arms()[0].records()[2];
        let sample = record.features.as_ref().expect("it has features");
        assert_eq!(sample.at(PointRef::Train(0)).map(|h| h[1]), Some(3.0));
        assert_eq!(sample.at(PointRef::Test(0)).map(|h| h[2]), Some(36.0));
        assert_eq!(sample.signs[1], -1);
        assert_eq!(record.get(Quantity::TrainLoss), Some(0.5));
        let said = thin.statement().expect("neurons are left out");
        assert!(said.contains("10 of the 30"), "{said}");
    }

    #[test]
    fn where_all_fit_nothing_is_left_out_or_said() {
        let thin = Thinned::new(&history(30), 30);
        assert_eq!((thin.neurons, thin.statement()), (None, None));
        assert_eq!(thin.history.arms()[0].records().len(), 3);
    }
}
