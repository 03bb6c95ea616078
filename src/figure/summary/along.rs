//! The arms along the axis of a field that they vary.

use std::collections::BTreeSet;

use crate::history::RunHistory;
use crate::preset::{Arm, Experiment, SweepPoint, symbol};

use super::fields::{VariedField, arm_axes, number};

/// The arms along the horizontal axis.
pub(super) struct Along {
    /// Symbol of the field.
    pub symbol: String,
    /// What the axis shows.
    pub definition: String,
    /// The values, each once.
    pub values: Vec<SweepPoint>,
    /// Which value each arm has; a guest whose preset has no such field has none.
    pub places: Vec<Option<usize>>,
    /// How many of these are the run's own.
    own: usize,
}

impl Along {
    /// The arms of a run and its guests by their value of a field; without one by their names.
    pub fn of(
        experiment: &Experiment,
        history: &RunHistory,
        field: Option<VariedField<'_>>,
    ) -> Self {
        let own = experiment.arms.iter().map(Some);
        let guests = history.arms().iter().skip(experiment.arms.len());
        let arms = own.chain(guests.map(|guest| guest.settings.as_ref().and_then(|s| s.arm())));
        let text = |(index, arm): (usize, Option<&Arm>)| match field {
            Some(field) => field.text(arm?),
            None => history.arms().get(index).map(|arm| arm.label.clone()),
        };
        let texts: Vec<Option<String>> = arms.enumerate().map(text).collect();
        let mut seen = BTreeSet::new();
        let present = texts.iter().enumerate();
        let present = present.filter_map(|(arm, text)| Some((arm, text.as_ref()?)));
        let first = present.filter(|(_, text)| seen.insert(*text));
        let point = |(arm, text): (usize, &String)| SweepPoint {
            text: text.clone(),
            label: name(experiment, field, arm).unwrap_or(text).clone(),
            number: number(text),
        };
        let mut values: Vec<SweepPoint> = first.map(point).collect();
        let of = |value: &SweepPoint| value.number.unwrap_or(f64::NAN);
        if values.iter().all(|value| value.number.is_some()) {
            values.sort_by(|a, b| of(a).total_cmp(&of(b)));
        }
        let place = |text: &Option<String>| {
            let text = text.as_ref()?;
            values.iter().position(|value| value.text == *text)
        };
        let places = texts.iter().map(place).collect();
        let (symbol, definition) = match field {
            Some(field) => (
                symbol(field.path).to_owned(),
                format!("{}: a field of the preset that the arms vary", field.path),
            ),
            None => ("arm".to_owned(), "the arms in their order".to_owned()),
        };
        Self {
            symbol,
            definition,
            values,
            places,
            own: experiment.arms.len(),
        }
    }

    /// An arm's value.
    pub fn value(&self, arm: usize) -> Option<&SweepPoint> {
        self.values.get((*self.places.get(arm)?)?)
    }

    /// Its name.
    pub fn name(&self, arm: usize) -> String {
        self.value(arm)
            .map_or(String::new(), |value| value.label.clone())
    }

    /// Whether the field goes with another one, which tells arms apart in its place: each value of the
    /// other has one value of this one. Of names no two of the other may have the same: these stand for
    /// kinds, each with its numbers.
    pub fn follows(&self, other: &Self) -> bool {
        let both = self.places.iter().zip(&other.places).take(self.own);
        let pairs: BTreeSet<_> = both.map(|(own, other)| (*other, *own)).collect();
        let others: BTreeSet<_> = pairs.iter().map(|(other, _)| *other).collect();
        let own: BTreeSet<_> = pairs.iter().map(|(_, own)| *own).collect();
        let are_numbers = self.values.iter().all(|value| value.number.is_some());
        let is_told = are_numbers || own.len() == 1 || own.len() == others.len();
        pairs.len() == others.len() && is_told
    }
}

/// The name that the axis gives to an arm's value of its own field.
fn name<'a>(
    experiment: &'a Experiment,
    field: Option<VariedField<'_>>,
    arm: usize,
) -> Option<&'a String> {
    let axes = arm_axes(experiment);
    let at = axes
        .iter()
        .position(|axis| field.is_some_and(|f| f.path == axis.field))?;
    // The last axis varies fastest.
    let after: usize = axes
        .iter()
        .skip(at + 1)
        .map(|axis| axis.values.len())
        .product();
    let axis = axes.get(at).filter(|_| arm < experiment.arms.len())?;
    axis.names
        .get(arm.checked_div(after)? % axis.values.len().max(1))
}
