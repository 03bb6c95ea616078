//! The arms along the axis of a field that they vary.

use std::collections::BTreeSet;

use crate::preset::{Arm, Experiment, SweepPoint, symbol, text_at};
use crate::spec::AxisSpec;

/// The arms along the horizontal axis.
pub(super) struct Along {
    /// Symbol of the field.
    pub symbol: String,
    /// What the axis shows.
    pub definition: String,
    /// The values, each once.
    pub values: Vec<SweepPoint>,
    /// Which value each arm has.
    pub places: Vec<usize>,
}

impl Along {
    /// The arms by their value of a field; without one by their names.
    pub fn of(experiment: &Experiment, field: Option<&AxisSpec>) -> Self {
        let text = |arm: &Arm| match field {
            Some(axis) => in_one_line(&text_at(&arm.preset, &axis.field).unwrap_or_default()),
            None => arm.label.clone(),
        };
        let texts: Vec<String> = experiment.arms.iter().map(text).collect();
        let mut seen = BTreeSet::new();
        let first = texts.iter().filter(|text| seen.insert(*text)).enumerate();
        let names = field.map_or(&[][..], |axis| &axis.names);
        let point = |(j, text): (usize, &String)| SweepPoint {
            text: text.clone(),
            label: names.get(j).unwrap_or(text).clone(),
            number: text.parse().ok().filter(|x: &f64| x.is_finite()),
        };
        let mut values: Vec<SweepPoint> = first.map(point).collect();
        let number = |value: &SweepPoint| value.number.unwrap_or(f64::NAN);
        if values.iter().all(|value| value.number.is_some()) {
            values.sort_by(|a, b| number(a).total_cmp(&number(b)));
        }
        let place = |text: &String| values.iter().position(|value| value.text == *text);
        let places = texts.iter().filter_map(place).collect();
        let (symbol, definition) = match field {
            Some(axis) => (
                symbol(&axis.field).to_owned(),
                format!("{}: a field of the preset that the arms vary", axis.field),
            ),
            None => ("arm".to_owned(), "the arms in their order".to_owned()),
        };
        Self {
            symbol,
            definition,
            values,
            places,
        }
    }

    /// An arm's value.
    pub fn value(&self, arm: usize) -> Option<&SweepPoint> {
        self.values.get(*self.places.get(arm)?)
    }

    /// Its name.
    pub fn name(&self, arm: usize) -> String {
        self.value(arm)
            .map_or(String::new(), |value| value.label.clone())
    }
}

/// A value that may be written over several lines.
fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
