//! The axes of a preset that a sweep carries out, and the presets at their values.

use super::axes::{symbol, with_axis_value};
use super::axis_values::AxisValues;
use super::check::check_run;
use super::set::get;
use super::{PresetError, SweepAxis, SweepPoint, set};
use crate::spec::{AxisRange, AxisSpec, Preset, Show};

/// `preset` with the fields that the sweep axes of `base` set as they are in `base`: what of it a
/// sweep depends on. `None` where it has not all of these fields.
pub fn restored(preset: &Preset, base: &Preset) -> Option<Preset> {
    let axes = base.axes.iter().filter(|axis| axis.show.is_sweep());
    let linked = |axis: &'_ AxisSpec| axis.linked.iter().map(|l| l.field.clone()).collect();
    let fields = axes.flat_map(|axis| {
        let linked: Vec<String> = linked(axis);
        std::iter::once(axis.field.clone()).chain(linked)
    });
    let mut restored = preset.clone();
    for field in fields {
        let value = get(base, &field).ok()?;
        restored = set(&restored, &field, &value).ok()?;
    }
    Some(restored)
}

/// `base` with the fields of the sweep axes of `preset` set.
pub(super) fn varied(
    preset: &Preset,
    base: &Preset,
    axes: &[SweepAxis],
    choice: &[usize],
) -> Result<Preset, PresetError> {
    let mut varied = base.clone();
    for (axis, j) in axes.iter().zip(choice) {
        if let Some(spec) = preset.axes.get(axis.index) {
            let values = AxisValues::of(preset, axis.index, spec)?;
            (_, varied) = with_axis_value(&varied, (spec, &values), (axis.index, *j))?;
        }
    }
    Ok(varied)
}

/// The sweep axes of a preset, each value tried by itself on the first arm.
pub(super) fn sweep_axes(preset: &Preset, arm: &Preset) -> Result<Vec<SweepAxis>, PresetError> {
    let axes = preset.axes.iter().enumerate();
    axes.filter(|(_, axis)| axis.show.is_sweep())
        .map(|(index, axis)| {
            let values = AxisValues::of(preset, index, axis)?;
            let points = values.texts.iter().enumerate().map(|(j, text)| {
                let (label, at) = with_axis_value(arm, (axis, &values), (index, j))?;
                check_run(&at)?;
                Ok(SweepPoint {
                    number: text.trim().parse().ok().filter(|x: &f64| x.is_finite()),
                    text: text.trim().to_owned(),
                    label,
                })
            });
            Ok(SweepAxis {
                field: axis.field.clone(),
                symbol: symbol(&axis.field).to_owned(),
                values: points.collect::<Result<_, _>>()?,
                is_log: is_log(axis.range, &values.texts),
                is_grid: axis.show == Show::Grid,
                index,
            })
        })
        .collect()
}

/// A range says so itself; a list is where its numbers are above 0 and even quotients are nearer
/// to the truth than even differences.
fn is_log(range: Option<AxisRange>, texts: &[String]) -> bool {
    if let Some(range) = range {
        return matches!(range, AxisRange::Log { .. });
    }
    let numbers: Vec<f64> = texts.iter().filter_map(|t| t.trim().parse().ok()).collect();
    if numbers.len() < 3 || numbers.len() < texts.len() || numbers.iter().any(|x| *x <= 0.0) {
        return false;
    }
    let logs: Vec<f64> = numbers.iter().map(|x| x.ln()).collect();
    unevenness(&logs) < unevenness(&numbers)
}

/// Standard deviation of the differences over their mean.
fn unevenness(numbers: &[f64]) -> f64 {
    let steps: Vec<f64> = numbers.windows(2).map(|w| w[1] - w[0]).collect();
    let count = steps.len() as f64;
    let mean = steps.iter().sum::<f64>() / count;
    let variance = steps.iter().map(|s| (s - mean).powi(2)).sum::<f64>() / count;
    (variance.sqrt() / mean).abs()
}
