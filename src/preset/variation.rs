//! A field made an axis, and an axis made a field again, as edits of the preset.

use ron::value::RawValue;

use super::axes::{expand, overlap};
use super::axis_values::{AxisValues, one_line};
use super::follow::followed;
use super::ron_text::entries;
use super::{Edit, PresetError, set, text, text_at};
use crate::spec::{
    AxisRange, AxisSpec, Expectation, MeasureSpec, Moment, Preset, Quantity, Show, SweepSpec,
    SweepValue,
};

/// A field that is to vary.
#[derive(Clone, Debug, PartialEq)]
pub struct Variation {
    /// Path of the field, as in `--set`.
    pub field: String,
    /// How it is shown.
    pub show: Show,
    /// Its values.
    pub values: Values,
    /// Trials of a cell, where a sweep carries it out.
    pub trials: u32,
}

/// The values of a field that is to vary.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// As they are typed, with commas between them, each as `--set` takes it.
    Typed(String),
    /// Evenly spaced numbers.
    Range(AxisRange),
}

impl Variation {
    /// How a field varies in a preset; `None` where no axis has it as its own field.
    pub fn of(preset: &Preset, field: &str) -> Option<Self> {
        let axis = preset.axes.iter().find(|axis| axis.field == field)?;
        let texts = axis.values.iter().map(|value| value.get_ron());
        Some(Self {
            field: field.to_owned(),
            show: axis.show,
            values: match axis.range {
                Some(range) => Values::Range(range),
                None => Values::Typed(texts.collect::<Vec<_>>().join(", ")),
            },
            trials: preset.sweep.as_ref().map_or(1, |sweep| sweep.trials),
        })
    }

    /// The edit that makes the field such an axis, in the place of the one it has. Claims go on to name
    /// the arms that stay as they are; those about others, and about a sweep whose axes change, are given
    /// up.
    ///
    /// A grid has two sides: the field that a sweep varies already becomes the other one. A sweep that is
    /// new shows the quantity of the summary at the end, else the test loss, else the training loss.
    ///
    /// # Errors
    /// Values that the field does not take, a field that another axis varies, and sides that a sweep does
    /// not have.
    pub fn edit(&self, preset: &Preset) -> Result<Edit, PresetError> {
        let own = self.axis(preset)?;
        let mut axes = preset.axes.clone();
        match axes.iter_mut().find(|axis| axis.field == self.field) {
            Some(axis) => *axis = self.in_place_of(axis, own, preset)?,
            None => {
                check_free(preset, &self.field)?;
                axes.push(own);
            }
        }
        let others = axes.iter_mut().filter(|axis| axis.field != self.field);
        let mut others: Vec<&mut AxisSpec> = others.filter(|axis| axis.show.is_sweep()).collect();
        match (self.show, others.as_mut_slice()) {
            (Show::Arms, [other]) => other.show = Show::XAxis,
            (Show::Arms, _) | (Show::XAxis, []) => {}
            (Show::Grid, [other]) => other.show = Show::Grid,
            (Show::Grid, []) => return Err(sides("one side", "a field that is the x-axis first")),
            (_, [other, ..]) => {
                let found = format!("{} beside {}", self.field, other.field);
                return Err(sides(&found, "one x-axis, or the two sides of a grid"));
            }
        }
        let mut sweep = preset.sweep.clone();
        if self.show.is_sweep() {
            let sweep = sweep.get_or_insert_with(|| first_sweep(preset));
            sweep.trials = self.trials;
        }
        changed(preset, axes, sweep)
    }

    /// The edit that takes the axis of a field away: the field has the preset's own value again.
    ///
    /// # Errors
    /// No axis has it as its own field.
    pub fn removed(preset: &Preset, field: &str) -> Result<Edit, PresetError> {
        let mut axes = preset.axes.clone();
        axes.retain(|axis| axis.field != field);
        if axes.len() == preset.axes.len() {
            let allowed = "the field of an axis";
            return Err(PresetError::value("axes", field, allowed));
        }
        let others = axes.iter_mut().filter(|axis| axis.show.is_sweep());
        if let [other] = others.collect::<Vec<_>>().as_mut_slice() {
            other.show = Show::XAxis;
        }
        changed(preset, axes, preset.sweep.clone())
    }

    /// The axis in the place of another over the same field: names, and fields that vary with it, stay
    /// where the values do.
    fn in_place_of(
        &self,
        before: &AxisSpec,
        own: AxisSpec,
        preset: &Preset,
    ) -> Result<AxisSpec, PresetError> {
        let texts = before.values.iter().map(|value| value.get_ron());
        let typed = texts.collect::<Vec<_>>().join(", ");
        let values = typed_values(preset, &self.field, &typed)?;
        if (values, before.range) == (own.values.clone(), own.range) {
            let show = self.show;
            return Ok(AxisSpec {
                show,
                ..before.clone()
            });
        }
        match before.linked.first() {
            None => Ok(own),
            Some(linked) => {
                let found = format!("other values of {}", self.field);
                let allowed = format!("its values as they are: {} varies with it", linked.field);
                Err(PresetError::value("axes", found, allowed))
            }
        }
    }

    fn axis(&self, preset: &Preset) -> Result<AxisSpec, PresetError> {
        let (values, range) = match &self.values {
            Values::Typed(typed) => (typed_values(preset, &self.field, typed)?, None),
            Values::Range(range) => (Vec::new(), Some(*range)),
        };
        if range.is_none() && values.len() < 2 {
            let found = format!("{} values", values.len());
            let allowed = "two values or more, with commas between them";
            return Err(PresetError::value(&self.field, found, allowed));
        }
        let axis = AxisSpec {
            field: self.field.clone(),
            values,
            range,
            names: Vec::new(),
            linked: Vec::new(),
            show: self.show,
        };
        AxisValues::of(preset, preset.axes.len(), &axis)?;
        Ok(axis)
    }
}

/// Refuses a field that an axis varies under another name or together with its own.
fn check_free(preset: &Preset, field: &str) -> Result<(), PresetError> {
    let takes = |axis: &&AxisSpec| {
        let linked = axis.linked.iter().any(|l| overlap(&l.field, field));
        linked || overlap(&axis.field, field)
    };
    match preset.axes.iter().find(takes) {
        None => Ok(()),
        Some(axis) => {
            let allowed = format!("a field that does not vary with {}", axis.field);
            Err(PresetError::value("axes", field, allowed))
        }
    }
}

fn sides(found: &str, allowed: &str) -> PresetError {
    PresetError::value("axes", found, allowed)
}

/// Values as they are typed, each as the field then holds it.
fn typed_values(
    preset: &Preset,
    field: &str,
    typed: &str,
) -> Result<Vec<Box<RawValue>>, PresetError> {
    let list = format!("[{}]", typed.trim().trim_end_matches(','));
    let parts = entries(&list, 0..list.len()).map(|entry| entry.whole);
    let parts = parts.map(|span| list.get(span).unwrap_or_default().to_owned());
    let value = |part: String| {
        let held = text_at(&set(preset, field, &part)?, field);
        let held = one_line(&held.unwrap_or_else(|| part.clone()));
        RawValue::from_boxed_ron(held.into()).map_err(|error| {
            PresetError::value(field, part.as_str(), format!("one value ({})", error.code))
        })
    };
    parts.map(value).collect()
}

/// A sweep that reads at the end of a trial what the preset is about.
fn first_sweep(preset: &Preset) -> SweepSpec {
    let is_observed = |column: &str| {
        let quantity = Quantity::from_column(column);
        let mut observed = preset.observe.observables.iter();
        quantity.is_some_and(|q| observed.any(|o| o.quantities().contains(&q)))
    };
    let is_tested = text_at(preset, "data.n_test").is_some_and(|text| text.trim() != "0");
    let summary = preset.summary.as_ref().map(|summary| summary.of.as_str());
    let test = Some("test_loss").filter(|_| is_tested);
    let mut columns = [summary, test, Some("train_loss")].into_iter().flatten();
    let column = columns.find(|column| is_observed(column));
    let measure = column.map(|column| MeasureSpec {
        name: format!("final_{column}"),
        of: column.to_owned(),
        at: Moment::End,
    });
    SweepSpec {
        value: match &measure {
            Some(measure) => SweepValue::Measure(measure.name.clone()),
            None => SweepValue::default(),
        },
        measures: measure.into_iter().collect(),
        ..SweepSpec::default()
    }
}

/// The edit of the axes and of what depends on them.
fn changed(
    preset: &Preset,
    axes: Vec<AxisSpec>,
    sweep: Option<SweepSpec>,
) -> Result<Edit, PresetError> {
    let swept = |axes: &[AxisSpec]| -> Vec<AxisSpec> {
        let swept = axes.iter().filter(|axis| axis.show.is_sweep());
        swept.cloned().collect()
    };
    let (before, after) = (swept(&preset.axes), swept(&axes));
    let is_varied = |field: &String| after.iter().any(|axis| axis.field == *field);
    let sweep = sweep.filter(|_| !after.is_empty()).map(|mut sweep| {
        let has_side = |powers: &[(String, f64)]| powers.iter().any(|(field, _)| is_varied(field));
        sweep.lines.retain(|line| has_side(&line.powers));
        sweep
    });
    let arms = expand(preset, "")?;
    let varied = Preset {
        axes: axes.clone(),
        ..preset.clone()
    };
    let varied = expand(&varied, "")?;
    let renamed = |name: &str| {
        let is_named = |label: &str| label == name || (name.is_empty() && arms.len() == 1);
        let arm = arms.iter().find(|arm| is_named(&arm.label))?;
        let same = varied.iter().find(|other| other.preset == arm.preset)?;
        let is_only = varied.len() == 1;
        Some(if is_only {
            String::new()
        } else {
            same.label.clone()
        })
    };
    let edit = Edit::new("axes", text(&axes));
    let edit = match sweep == preset.sweep {
        true => edit,
        false => edit.and("sweep", text(&sweep)),
    };
    let mut followed_by = preset.clone();
    if before != after {
        let is_run = |expect: &Expectation| !matches!(expect, Expectation::Sweep(_));
        followed_by.claims.retain(|claim| is_run(&claim.expect));
    }
    Ok(followed(
        edit,
        (preset, &followed_by.claims),
        (&axes, &[]),
        renamed,
    ))
}
