//! The fields that the arms of an experiment vary.

use std::collections::BTreeSet;

use crate::preset::{Arm, Experiment, text_at};
use crate::spec::AxisSpec;

/// The axes along which the arms of an experiment lie.
pub fn arm_axes(experiment: &Experiment) -> Vec<&AxisSpec> {
    let axes = experiment.preset.axes.iter();
    axes.filter(|axis| !axis.show.is_sweep()).collect()
}

/// A field that the arms vary.
#[derive(Clone, Copy, Debug)]
pub struct VariedField<'a> {
    /// Its path.
    pub path: &'a str,
    /// The axis along which it varies, by itself or with others.
    pub axis: &'a AxisSpec,
}

impl<'a> VariedField<'a> {
    /// Those of an experiment, axis by axis.
    pub fn all(experiment: &'a Experiment) -> Vec<Self> {
        let axes = arm_axes(experiment).into_iter();
        let fields = axes.flat_map(|axis| axis.fields().map(move |path| Self { path, axis }));
        fields.collect()
    }

    /// The one that a summary is drawn against where nobody chose one: of the fields of the first axis the
    /// one that tells the most arms apart; of several the axis's own.
    pub fn first(experiment: &'a Experiment) -> Option<Self> {
        let axis = arm_axes(experiment).into_iter().next()?;
        let fields = axis.fields().map(|path| Self { path, axis });
        let told_apart = |field: &Self| {
            let texts = experiment.arms.iter().map(|arm| field.text(arm));
            texts.collect::<BTreeSet<_>>().len()
        };
        // Of equals the last is the greatest, so the order is turned round.
        let fields: Vec<Self> = fields.collect();
        fields.into_iter().rev().max_by_key(told_apart)
    }

    /// The fields that vary with it, along the same axis.
    pub fn others(&self) -> Vec<&'a str> {
        let fields = self.axis.fields().filter(|path| *path != self.path);
        fields.collect()
    }

    /// Its value in an arm, on one line.
    pub(super) fn text(&self, arm: &Arm) -> Option<String> {
        let text = text_at(&arm.preset, self.path)?;
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// The number that a value is.
pub(super) fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|x: &f64| x.is_finite())
}
