//! Axes carried out: a preset with axes made into the presets of its arms.

use super::axis_values::AxisValues;
use super::error::Place;
use super::parse::shortened;
use super::set::{get, set};
use super::{Arm, PresetError};
use crate::spec::field::Field;
use crate::spec::{AxisSpec, Preset};

/// Most arms of one experiment.
pub const MAX_ARMS: usize = 64;

/// Most characters of a name given to a value.
pub(super) const MAX_NAME: usize = 60;

/// Parts of a preset an axis can vary; the others describe the whole experiment.
const VARIABLE: [&str; 8] = [
    "seed",
    "precision",
    "data",
    "network",
    "scaling",
    "init",
    "loss",
    "train",
];

/// The arms of a preset, in the order of its axes, the last axis varying fastest. Axes of a sweep
/// are left at the base's values.
///
/// An arm's preset has no axes, texts or claims: those belong to the experiment. An experiment
/// without axes has one arm, named by the title (or by `name` where there is none).
///
/// # Errors
/// Fields that don't exist or can't vary, values of a wrong type, values or fields listed twice,
/// linked values that don't pair up, more than [`MAX_ARMS`] arms.
pub(super) fn expand(preset: &Preset, name: &str) -> Result<Vec<Arm>, PresetError> {
    let values = check_axes(preset)?;
    let mut arms = vec![(Vec::<String>::new(), run_part(preset))];
    let axes = preset.axes.iter().zip(&values).enumerate();
    for (i, (axis, values)) in axes.filter(|(_, (axis, _))| !axis.show.is_sweep()) {
        let mut varied = Vec::with_capacity(arms.len() * values.texts.len());
        for (labels, base) in &arms {
            for j in 0..values.texts.len() {
                let (label, arm) = with_axis_value(base, (axis, values), (i, j))?;
                varied.push((labels.iter().cloned().chain([label]).collect(), arm));
            }
        }
        arms = varied;
    }
    let title = if preset.title.trim().is_empty() {
        name
    } else {
        &preset.title
    };
    let arms = arms
        .into_iter()
        .enumerate()
        .map(|(index, (labels, preset))| {
            let label = if labels.is_empty() {
                title.to_owned()
            } else {
                labels.join(", ")
            };
            Arm {
                index,
                label,
                preset,
            }
        });
    distinct(arms.collect(), has_names(&preset.axes))
}

/// Whether an axis of the arms gives them names, so that two may be the same but for these: a copy that
/// is yet to be changed.
fn has_names(axes: &[AxisSpec]) -> bool {
    let mut arms = axes.iter().filter(|axis| !axis.show.is_sweep());
    arms.any(|axis| !axis.names.is_empty())
}

/// The fields that make a run.
pub(super) fn run_part(preset: &Preset) -> Preset {
    Preset {
        axes: Vec::new(),
        sweep: None,
        story: String::new(),
        notice: Vec::new(),
        notes: Vec::new(),
        takeaway: String::new(),
        claims: Vec::new(),
        rests_on: Vec::new(),
        wrong: Vec::new(),
        hero: None,
        summary: None,
        ..preset.clone()
    }
}

/// Checks the axes and gives the values of each.
fn check_axes(preset: &Preset) -> Result<Vec<AxisValues>, PresetError> {
    let mut all = Vec::with_capacity(preset.axes.len());
    let mut arms = 1_usize;
    for (i, axis) in preset.axes.iter().enumerate() {
        if axis.linked.len() > MAX_ARMS {
            let allowed = format!("at most {MAX_ARMS} fields");
            return Err(PresetError::value(
                format!("axes.{i}.linked"),
                format!("{} fields", axis.linked.len()),
                allowed,
            ));
        }
        let values = AxisValues::of(preset, i, axis)?;
        if !axis.show.is_sweep() {
            arms = arms.saturating_mul(values.texts.len());
        }
        if arms > MAX_ARMS {
            return Err(PresetError::value(
                format!("axes.{i}.values"),
                format!("{arms} arms in all"),
                format!("at most {MAX_ARMS} arms"),
            ));
        }
        check_names(axis, i, values.texts.len())?;
        all.push(values);
    }
    check_fields(&preset.axes)?;
    Ok(all)
}

/// Names are none, or one for each value, and short.
fn check_names(axis: &AxisSpec, i: usize, values: usize) -> Result<(), PresetError> {
    let names = axis.names.len();
    if names != 0 && names != values {
        return Err(PresetError::value(
            format!("axes.{i}.names"),
            format!("{names} names"),
            format!("none, or {values}, one for each value of the axis"),
        ));
    }
    let is_good = |name: &String| !name.trim().is_empty() && name.chars().count() <= MAX_NAME;
    match axis.names.iter().position(|name| !is_good(name)) {
        Some(j) => Err(PresetError::value(
            format!("axes.{i}.names.{j}"),
            shortened(&format!("{:?}", axis.names.get(j))),
            format!("1 to {MAX_NAME} characters"),
        )),
        None => Ok(()),
    }
}

/// Each field can vary, and no two overlap (`scaling` and `scaling.a.c` would).
fn check_fields(axes: &[AxisSpec]) -> Result<(), PresetError> {
    let mut seen: Vec<&str> = Vec::new();
    for (i, axis) in axes.iter().enumerate() {
        let linked = axis
            .linked
            .iter()
            .enumerate()
            .map(|(j, l)| (format!("axes.{i}.linked.{j}.field"), l.field.as_str()));
        for (place, field) in [(format!("axes.{i}.field"), axis.field.as_str())]
            .into_iter()
            .chain(linked)
        {
            let part = field.split('.').next().unwrap_or_default();
            if !VARIABLE.contains(&part) {
                let (place, name) = (Place::field(place), shortened(field));
                return Err(PresetError::unknown(
                    place,
                    "field to vary",
                    &name,
                    &VARIABLE,
                ));
            }
            if seen.iter().any(|other| overlap(field, other)) {
                return Err(PresetError::value(
                    place,
                    field,
                    "a field that no axis sets yet",
                ));
            }
            seen.push(field);
        }
    }
    Ok(())
}

/// The first axis that sets this field, a part of it, or what it is a part of.
pub fn axis_of<'a>(preset: &'a Preset, path: &str) -> Option<&'a AxisSpec> {
    let linked = |axis: &AxisSpec| {
        axis.linked
            .iter()
            .any(|linked| overlap(&linked.field, path))
    };
    let mut axes = preset.axes.iter();
    axes.find(|axis| overlap(&axis.field, path) || linked(axis))
}

pub(super) fn overlap(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// A preset with the j-th value of the i-th axis, and that value's label.
pub(super) fn with_axis_value(
    base: &Preset,
    (axis, values): (&AxisSpec, &AxisValues),
    (i, j): (usize, usize),
) -> Result<(String, Preset), PresetError> {
    let text_of = |texts: &[String]| texts.get(j).cloned().unwrap_or_default();
    let value = text_of(&values.texts);
    let place = format!("axes.{i}");
    let mut preset =
        set(base, &axis.field, &value).map_err(|e| at_axis(e, &axis.field, &place, j))?;
    let label = match axis.names.get(j) {
        Some(name) => name.trim().to_owned(),
        None => label(&axis.field, &value, &get(&preset, &axis.field)?),
    };
    for (k, (linked, texts)) in axis.linked.iter().zip(&values.linked).enumerate() {
        let value = text_of(texts);
        let place = format!("{place}.linked.{k}");
        preset = set(&preset, &linked.field, &value)
            .map_err(|e| at_axis(e, &linked.field, &place, j))?;
    }
    Ok((label, preset))
}

/// An error of `set`, at the axis's field or value instead of the field it sets.
fn at_axis(mut error: PresetError, field: &str, axis: &str, j: usize) -> PresetError {
    let is_path = matches!(&error, PresetError::Unknown(unknown) if unknown.what == "path");
    if let Some(place) = error.place_mut() {
        place.path = if is_path {
            format!("{axis}.field")
        } else {
            format!(
                "{axis}.values.{j} ({})",
                if place.path.is_empty() {
                    field
                } else {
                    &place.path
                }
            )
        };
    }
    error
}

/// Names the value of an axis: `Ntk`, `m = 512`, `γ = 0.75`, `RandomFeatures(width: SameAsNetwork)`.
pub(super) fn label(field: &str, written: &str, read: &str) -> String {
    let is_name = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let starts_with_capital = read.starts_with(|c: char| c.is_ascii_uppercase());
    if starts_with_capital && is_name(read) && read != "None" && read != "Some" {
        return read.to_owned();
    }
    if let Some(label) = number_of_choice(field, read) {
        return label;
    }
    let written = shortened(written.trim_matches('"'));
    if starts_with_capital && read != "None" {
        return written;
    }
    match symbol_of(field) {
        Some(symbol) => format!("{symbol} = {written}"),
        None => format!("{} {written}", symbol(field)),
    }
}

/// `γ = 0.75` of `Between(0.75)`: a choice that holds one number is named by it, where the number has a
/// symbol of its own.
fn number_of_choice(field: &str, read: &str) -> Option<String> {
    let symbol = symbol_of(&format!("{field}.0"))?;
    let number = read.split_once('(')?.1.strip_suffix(')')?.trim();
    number.parse::<f64>().ok()?;
    Some(format!("{symbol} = {number}"))
}

fn symbol_of(path: &str) -> Option<&'static str> {
    Field::at(path).and_then(|field| field.symbol)
}

/// Symbol of a field, or the last part of its path.
pub fn symbol(field: &str) -> &str {
    if let Some(symbol) = symbol_of(field) {
        return symbol;
    }
    let is_number = |part: &&str| part.chars().all(|c| c.is_ascii_digit());
    let mut parts = field.rsplit('.');
    parts.find(|part| !is_number(part)).unwrap_or(field)
}

/// Arms are told apart by their names, which say what they have otherwise unless they were `given`.
fn distinct(arms: Vec<Arm>, given: bool) -> Result<Vec<Arm>, PresetError> {
    for (i, arm) in arms.iter().enumerate() {
        if let Some(twin) = arms
            .iter()
            .take(i)
            .find(|a| a.label == arm.label || (!given && a.preset == arm.preset))
        {
            let allowed = format!("different arms (this one is the same as `{}`)", twin.label);
            return Err(PresetError::value(
                "axes",
                format!("the arm `{}`", arm.label),
                allowed,
            ));
        }
    }
    Ok(arms)
}
