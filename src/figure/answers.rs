//! What each arm takes the test images for, at the step shown.

use std::collections::BTreeSet;

use crate::history::RunHistory;
use crate::observe::Answers;
use crate::preset::Experiment;
use crate::spec::DataSpec;

use super::{at_or_before, visible_arms};

/// The answers of an arm.
#[derive(Clone, Debug, PartialEq)]
pub struct ArmAnswers {
    /// Index of the arm.
    pub arm: usize,
    /// Its name.
    pub label: String,
    /// Step of the record they are of, at or before the step shown.
    pub step: u64,
    answers: Answers,
    /// The digits of the classes.
    classes: Vec<u8>,
}

/// What an arm takes an image for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This digit.
    Digit(u8),
    /// None: the output is not a number, or 0.
    Nothing,
}

impl ArmAnswers {
    /// The answers of the visible arms that have any at or before a step. Arms that see other images than the
    /// experiment's own, and runs kept beside, which may be of other data, have none.
    pub fn of(
        experiment: &Experiment,
        history: &RunHistory,
        hidden: &BTreeSet<usize>,
        step: u64,
    ) -> Vec<Self> {
        let DataSpec::Mnist { classes, .. } = &experiment.preset.data else {
            return Vec::new();
        };
        let base = &experiment.preset;
        let is_asked = |arm: &usize| {
            let arm = experiment.arms.get(*arm);
            arm.is_some_and(|arm| arm.preset.data == base.data && arm.preset.seed == base.seed)
        };
        let own = history.own_arms().len();
        let arms = visible_arms(history, hidden);
        let arms = arms.filter(|(arm, _)| *arm < own && is_asked(arm));
        let answers = arms.filter_map(|(arm, history)| {
            let (record, answers) = at_or_before(history, step, |r| r.answers.clone())?;
            Some(Self {
                arm,
                label: history.label.clone(),
                step: record.step,
                answers,
                classes: classes.to_vec(),
            })
        });
        answers.collect()
    }

    /// What a test image is taken for, by its place among the test points; `None` where that was not kept.
    pub fn at(&self, point: usize) -> Option<Answer> {
        let class = self.answers.at(point)?;
        let digit = class.and_then(|class| self.classes.get(usize::from(class)));
        Some(digit.map_or(Answer::Nothing, |digit| Answer::Digit(*digit)))
    }

    /// The answer to an image of this digit where it is wrong.
    pub fn wrong(&self, (point, digit): (usize, u8)) -> Option<Answer> {
        self.at(point)
            .filter(|answer| *answer != Answer::Digit(digit))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ndarray::array;

    use super::*;
    use crate::data::LabelKind;
    use crate::history::Role;
    use crate::observe::Record;
    use crate::preset::{library, set};

    #[test]
    fn answers_are_those_of_the_last_record_that_has_any() {
        // Its classes are 3 and 5.
        let experiment = library::load("digits-lazy-vs-feature").expect("it is shipped");
        let mut history = RunHistory::new(["a".to_owned(), "b".to_owned()]);
        let record = |step, f: Option<ndarray::Array2<f64>>| {
            Arc::new(Record {
                step,
                answers: f.and_then(|f| Answers::of(&f, LabelKind::Signed)),
                ..Record::default()
            })
        };
        history.push(0, record(0, Some(array![[1.0], [1.0], [0.0]])));
        history.push(0, record(5, Some(array![[1.0], [-1.0], [0.5]])));
        history.push(0, record(7, None));
        history.push(1, record(0, None));
        let read = |step| ArmAnswers::of(&experiment, &history, &BTreeSet::new(), step);
        let [early, late] = [4, 9].map(|step| read(step).remove(0));
        assert_eq!([early.step, late.step], [0, 5]);
        assert_eq!(read(9).len(), 1, "the other arm has none");
        // The second image is a five: taken for a three at the start.
        assert_eq!(early.wrong((1, 5)), Some(Answer::Digit(3)));
        assert_eq!(late.wrong((1, 5)), None);
        assert_eq!(early.wrong((2, 3)), Some(Answer::Nothing));
        assert_eq!(late.wrong((2, 3)), None);
        assert_eq!(late.at(3), None);
        assert!(ArmAnswers::of(&experiment, &history, &[0].into(), 9).is_empty());
        // A run kept beside is not asked, nor an arm that sees other images.
        let guests = history.arms().to_vec();
        let guests = guests
            .iter()
            .map(|arm| arm.as_guest("kept".to_owned(), Role::Pinned));
        let together = RunHistory::default().with_guests(guests);
        assert!(ArmAnswers::of(&experiment, &together, &BTreeSet::new(), 9).is_empty());
        let mut other = experiment;
        other.preset = set(&other.preset, "seed", "7").expect("a seed");
        assert!(ArmAnswers::of(&other, &history, &BTreeSet::new(), 9).is_empty());
    }
}
