//! The values of an axis and of the fields linked to it, as texts.

use ron::value::RawValue;

use super::PresetError;
use super::set::get;
use crate::spec::{AxisRange, AxisSpec, LinkedField, Preset};

/// Most values of one axis.
const MAX_COUNT: usize = 1024;

/// Values of an axis and of its linked fields, each written as the field itself is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AxisValues {
    /// Values of the axis.
    pub texts: Vec<String>,
    /// Values of each linked field, in the order of `AxisSpec::linked`.
    pub linked: Vec<Vec<String>>,
}

impl AxisValues {
    /// The values of the i-th axis of a preset.
    ///
    /// # Errors
    /// No values, or both a list and a range; a range that is none; linked values that don't pair up
    /// or follow no number.
    pub(super) fn of(preset: &Preset, i: usize, axis: &AxisSpec) -> Result<Self, PresetError> {
        let path = format!("axes.{i}");
        let texts = match (axis.range, axis.values.is_empty()) {
            (None, false) => texts(&axis.values),
            (Some(range), true) => in_range(preset, &axis.field, range, &path)?,
            (None, true) => {
                let path = format!("{path}.values");
                return Err(PresetError::value(
                    path,
                    "an empty list",
                    "at least one value",
                ));
            }
            (Some(_), false) => {
                let path = format!("{path}.range");
                return Err(PresetError::value(
                    path,
                    "a range beside values",
                    "one of them",
                ));
            }
        };
        let linked = axis.linked.iter().enumerate();
        let linked = linked
            .map(|(j, link)| linked_texts(preset, link, &texts, &format!("{path}.linked.{j}")));
        Ok(Self {
            linked: linked.collect::<Result<_, _>>()?,
            texts,
        })
    }
}

fn texts(values: &[Box<RawValue>]) -> Vec<String> {
    values.iter().map(|v| v.get_ron().to_owned()).collect()
}

fn linked_texts(
    preset: &Preset,
    link: &LinkedField,
    axis: &[String],
    path: &str,
) -> Result<Vec<String>, PresetError> {
    let Some(law) = link.power else {
        let (found, wanted) = (link.values.len(), axis.len());
        if found == wanted {
            return Ok(texts(&link.values));
        }
        return Err(PresetError::value(
            format!("{path}.values"),
            format!("{found} values"),
            format!("{wanted}, one for each value of the axis"),
        ));
    };
    if !link.values.is_empty() {
        let path = format!("{path}.power");
        return Err(PresetError::value(
            path,
            "a power beside values",
            "one of them",
        ));
    }
    let whole = holds_whole_numbers(preset, &link.field);
    axis.iter()
        .map(|text| {
            let number = text.trim().parse::<f64>().ok();
            let number = number.map(|x| law.factor * x.powf(law.exponent));
            let number = number.filter(|x| x.is_finite());
            number.map(|x| written(x, whole)).ok_or_else(|| {
                let allowed = "values of the axis of which the power is a finite number";
                PresetError::value(
                    format!("{path}.power"),
                    format!("a power of {text}"),
                    allowed,
                )
            })
        })
        .collect()
}

fn in_range(
    preset: &Preset,
    field: &str,
    range: AxisRange,
    path: &str,
) -> Result<Vec<String>, PresetError> {
    let (from, to, count) = match range {
        AxisRange::Linear { from, to, count } | AxisRange::Log { from, to, count } => {
            (from, to, count)
        }
    };
    let refuse = |part: &str, value: String, allowed: &str| {
        Err(PresetError::value(
            format!("{path}.range.{part}"),
            value,
            allowed,
        ))
    };
    if !(2..=MAX_COUNT).contains(&count) {
        let allowed = format!("a whole number from 2 to {MAX_COUNT}");
        return refuse("count", count.to_string(), &allowed);
    }
    let is_log = matches!(range, AxisRange::Log { .. });
    for (part, end) in [("from", from), ("to", to)] {
        if !end.is_finite() || (is_log && end <= 0.0) {
            let allowed = if is_log {
                "a finite number above 0"
            } else {
                "a finite number"
            };
            return refuse(part, format!("{end:?}"), allowed);
        }
    }
    if from == to {
        return refuse("to", format!("{to:?}"), "another number than `from`");
    }
    let whole = holds_whole_numbers(preset, field);
    let last = (count - 1) as f64;
    let mut texts: Vec<String> = (0..count)
        .map(|k| {
            let share = k as f64 / last;
            let x = match k {
                0 => from,
                _ if k == count - 1 => to,
                _ if is_log => from * (to / from).powf(share),
                _ => from + (to - from) * share,
            };
            written(x, whole)
        })
        .collect();
    texts.dedup();
    Ok(texts)
}

/// Whether a field's number is written without a decimal point: an integer's never has one, and a
/// float's always.
fn holds_whole_numbers(preset: &Preset, field: &str) -> bool {
    get(preset, field).is_ok_and(|text| text.trim().parse::<u64>().is_ok())
}

fn written(x: f64, whole: bool) -> String {
    if whole {
        format!("{:.0}", x.round())
    } else {
        // Twelve digits, so that a step of 0.1 is written as people would.
        let short: f64 = format!("{x:.11e}").parse().unwrap_or(x);
        format!("{short:?}")
    }
}

/// A value on one line, as people write it.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::new();
    for part in text.lines().map(str::trim).filter(|part| !part.is_empty()) {
        let closes = part.starts_with([')', ']', '}']);
        if closes && line.ends_with(',') {
            line.pop();
        } else if !closes && !line.is_empty() && !line.ends_with(['(', '[', '{']) {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}
