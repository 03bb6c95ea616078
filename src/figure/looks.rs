//! How the arms of an experiment are told apart: by colour and by dash.

use std::collections::BTreeSet;

use crate::preset::{Experiment, text_at};
use crate::spec::AxisSpec;

use super::arm_axes;

/// How an arm looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ArmLook {
    /// Its colour.
    pub hue: Hue,
    /// Which of the dashes it has.
    pub dash: usize,
}

/// A colour by meaning.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hue {
    /// One of several kinds, without an order.
    Category(usize),
    /// A value of an ordered field, by its share of the ranks: 0 for the least, 1 for the largest.
    Ordered(f32),
}

/// The values of a field that arms vary.
struct Field<'a> {
    name: &'a str,
    /// Which value each arm has, in order where they are numbers.
    places: Vec<usize>,
    count: usize,
    is_ordered: bool,
}

impl<'a> Field<'a> {
    /// The field of an axis; `None` where all arms have the same value.
    fn of(experiment: &Experiment, axis: &'a AxisSpec) -> Option<Self> {
        let arms = experiment.arms.iter();
        let texts = arms.map(|arm| text_at(&arm.preset, &axis.field).unwrap_or_default());
        let texts: Vec<String> = texts.collect();
        let mut seen = BTreeSet::new();
        let mut values: Vec<&String> = texts.iter().filter(|text| seen.insert(*text)).collect();
        let number = |text: &str| text.parse().ok().filter(|x: &f64| x.is_finite());
        let is_ordered = values.iter().all(|text| number(text).is_some());
        if is_ordered {
            let key = |text: &String| number(text).unwrap_or(f64::NAN);
            values.sort_by(|a, b| key(a).total_cmp(&key(b)));
        }
        let place = |text: &String| values.iter().position(|value| *value == text);
        (values.len() > 1).then(|| Self {
            name: &axis.field,
            places: texts.iter().filter_map(place).collect(),
            count: values.len(),
            is_ordered,
        })
    }

    fn place(&self, arm: usize) -> usize {
        self.places.get(arm).copied().unwrap_or_default()
    }

    fn hue(&self, arm: usize) -> Hue {
        let place = self.place(arm);
        if self.is_ordered {
            Hue::Ordered(place as f32 / (self.count - 1) as f32)
        } else {
            Hue::Category(place)
        }
    }
}

/// The look of every arm: where one field varies, a colour by its value and a dash by the arm's number;
/// where several do, one of them decides on the colour and the others on the dash. That is kinds before
/// numbers, and not the field along the summary's axis. Arms of one axis that differ in other fields than its
/// own are kinds.
pub fn arm_looks(experiment: &Experiment) -> Vec<ArmLook> {
    let axes = arm_axes(experiment).into_iter();
    let fields: Vec<Field<'_>> = axes
        .filter_map(|axis| Field::of(experiment, axis))
        .collect();
    let summary = experiment.preset.summary.as_ref();
    let against = summary.and_then(|summary| summary.against.as_deref());
    let rank = |field: &&Field<'_>| (against == Some(field.name), field.is_ordered);
    let tells_apart = |field: &&Field<'_>| fields.len() > 1 || field.count == experiment.arms.len();
    let colour = fields.iter().min_by_key(rank).filter(tells_apart);
    let dash = |arm: usize| match (colour, fields.len()) {
        (Some(colour), 2..) => {
            let others = fields.iter().filter(|field| field.name != colour.name);
            others.fold(0, |dash, field| dash * field.count + field.place(arm))
        }
        _ => arm,
    };
    let look = |arm: usize| ArmLook {
        hue: colour.map_or(Hue::Category(arm), |field| field.hue(arm)),
        dash: dash(arm),
    };
    (0..experiment.arms.len()).map(look).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::parse;

    const SCALINGS: &str = r#"(field: "scaling", values: [Ours, Ntk, MeanField])"#;
    const POINTS: &str = r#"(field: "data.n", values: [300, 150, 600])"#;

    fn looks(fields: &str) -> Vec<ArmLook> {
        let preset = parse(&format!("({fields})")).unwrap();
        let experiment = Experiment::check(preset, "test", ".".into()).unwrap();
        arm_looks(&experiment)
    }

    fn hues(fields: &str) -> Vec<Hue> {
        looks(fields).into_iter().map(|look| look.hue).collect()
    }

    #[test]
    fn names_are_kinds_and_numbers_are_ordered() {
        let kinds: Vec<Hue> = (0..3).map(Hue::Category).collect();
        assert_eq!(hues(&format!("axes: [{SCALINGS}]")), kinds);
        let ordered = [0.5, 0.0, 1.0].map(Hue::Ordered);
        assert_eq!(hues(&format!("axes: [{POINTS}]")), ordered);
        assert_eq!(hues(""), [Hue::Category(0)]);
    }

    #[test]
    fn two_fields_are_a_colour_and_a_dash() {
        let looks = looks(&format!("axes: [{SCALINGS}, {POINTS}]"));
        for (arm, look) in looks.iter().enumerate() {
            assert_eq!(look.hue, Hue::Category(arm / 3));
            assert_eq!(look.dash, [1, 0, 2][arm % 3]);
        }
    }

    #[test]
    fn arms_that_one_field_does_not_tell_apart_have_a_colour_each() {
        let by_hand = r#"axes: [(field: "data.n", values: [30, 60, 60], names: ["a", "b", "c"],
            linked: [(field: "network.width", values: [8, 8, 4])])]"#;
        let kinds: Vec<Hue> = (0..3).map(Hue::Category).collect();
        assert_eq!(hues(by_hand), kinds);
    }

    #[test]
    fn the_field_along_the_summary_s_axis_has_no_colour() {
        let summary = |against: &str| {
            format!(
                r#"axes: [{POINTS}, (field: "network.width", values: [8, 4])], summary: (of: "test_loss", at: End, against: "{against}")"#
            )
        };
        let by_width = [1.0, 0.0, 1.0, 0.0, 1.0, 0.0].map(Hue::Ordered);
        assert_eq!(hues(&summary("data.n")), by_width);
        let by_points = [0.5, 0.5, 0.0, 0.0, 1.0, 1.0].map(Hue::Ordered);
        assert_eq!(hues(&summary("network.width")), by_points);
    }
}
