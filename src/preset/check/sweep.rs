//! Trials, measures and lines of a sweep.

use super::moment::{check_column, check_moment};
use super::range::{number, whole};
use crate::preset::error::Place;
use crate::preset::{Measure, PresetError, SweepAxis, number_at};
use crate::spec::{LineSpec, MeasureSpec, Preset, Show, SweepSpec, SweepValue};

/// Most trials of a cell.
const MAX_TRIALS: u32 = 10_000;

/// Most trials of a sweep.
const MAX_ALL_TRIALS: usize = 1 << 20;

/// Most measures, and most lines.
const MAX_LISTED: usize = 16;

/// Longest name of a measure or a line, in bytes.
const MAX_NAME: usize = 60;

/// Columns of a sweep's table that are no measures.
const COLUMNS: [&str; 9] = [
    "cell", "arm", "trial", "seed", "end", "steps", "message", "check", "success",
];

/// Checks that the axes of a sweep and its `sweep` fit together, and gives its measures.
///
/// # Errors
/// Sweep axes without `sweep` or the other way round, more than two, a seed that varies, too many
/// trials, measures of columns that are not observed, a value that is no measure, lines that are
/// none.
pub(in super::super) fn check_sweep(
    preset: &Preset,
    arms: usize,
    axes: &[SweepAxis],
) -> Result<Vec<Measure>, PresetError> {
    let shown: Vec<_> = preset.axes.iter().map(|axis| axis.show).collect();
    let grids = shown.iter().filter(|show| **show == Show::Grid).count();
    let Some(sweep) = &preset.sweep else {
        return match axes.first() {
            None => Ok(Vec::new()),
            Some(axis) => Err(PresetError::value(
                "sweep",
                "None",
                format!(
                    "sweep: (trials: 1), as the axis `{}` is carried out by a sweep",
                    axis.field
                ),
            )),
        };
    };
    let is_shape = matches!((axes.len(), grids), (1, 0) | (2, 2));
    if !is_shape {
        let found = format!("{} with XAxis, {grids} with Grid", axes.len() - grids);
        let allowed = "beside `sweep` one axis with show: XAxis, or two with show: Grid";
        return Err(PresetError::value("axes", found, allowed));
    }
    check_no_seed(preset)?;
    whole("sweep.trials", sweep.trials, 1..=MAX_TRIALS)?;
    let sizes = axes.iter().map(|axis| axis.values.len());
    let cells = sizes.fold(arms, usize::saturating_mul);
    let all = cells.saturating_mul(sweep.trials as usize);
    if all > MAX_ALL_TRIALS {
        return Err(PresetError::value(
            "sweep.trials",
            format!("{all} trials in {cells} cells"),
            format!("at most {MAX_ALL_TRIALS} in all"),
        ));
    }
    let measures = check_measures(preset, sweep)?;
    check_value(sweep)?;
    for (i, line) in sweep.lines.iter().enumerate() {
        check_line(preset, axes, line, &format!("sweep.lines.{i}"))?;
    }
    Ok(measures)
}

/// A trial's seed is drawn from the preset's.
fn check_no_seed(preset: &Preset) -> Result<(), PresetError> {
    let axis = preset
        .axes
        .iter()
        .position(|axis| axis.field == "seed" || axis.linked.iter().any(|l| l.field == "seed"));
    match axis {
        None => Ok(()),
        Some(i) => Err(PresetError::value(
            format!("axes.{i}.field"),
            "seed",
            "another field beside `sweep`, whose trials have seeds of their own",
        )),
    }
}

fn check_measures(preset: &Preset, sweep: &SweepSpec) -> Result<Vec<Measure>, PresetError> {
    listed("sweep.measures", sweep.measures.len())?;
    listed("sweep.lines", sweep.lines.len())?;
    let mut measures = Vec::with_capacity(sweep.measures.len());
    for (i, measure) in sweep.measures.iter().enumerate() {
        let path = format!("sweep.measures.{i}");
        let MeasureSpec { name, of, at } = measure;
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let is_taken = COLUMNS.contains(&name.as_str())
            || sweep.measures.iter().take(i).any(|m| m.name == *name);
        let is_name = !name.is_empty() && name.len() <= MAX_NAME && name.chars().all(is_plain);
        if !is_name || is_taken {
            return Err(PresetError::value(
                format!("{path}.name"),
                format!("{name:?}"),
                format!(
                    "1 to {MAX_NAME} lower-case letters, digits and _, once each and none of {}",
                    COLUMNS.join(", ")
                ),
            ));
        }
        measures.push(Measure {
            of: check_column(preset, &format!("{path}.of"), of)?,
            at: check_moment(preset, &format!("{path}.at"), at)?,
        });
    }
    Ok(measures)
}

fn check_value(sweep: &SweepSpec) -> Result<(), PresetError> {
    let SweepValue::Measure(name) = &sweep.value else {
        return Ok(());
    };
    let names: Vec<&str> = sweep.measures.iter().map(|m| m.name.as_str()).collect();
    if names.contains(&name.as_str()) {
        return Ok(());
    }
    let place = Place::field("sweep.value.0");
    Err(PresetError::unknown(place, "measure", name, &names))
}

fn check_line(
    preset: &Preset,
    axes: &[SweepAxis],
    line: &LineSpec,
    path: &str,
) -> Result<(), PresetError> {
    if line.name.trim().is_empty() || line.name.len() > MAX_NAME {
        return Err(PresetError::value(
            format!("{path}.name"),
            format!("{:?}", line.name),
            format!("1 to {MAX_NAME} bytes"),
        ));
    }
    listed(&format!("{path}.powers"), line.powers.len())?;
    let is_positive = line.equals.is_finite() && line.equals > 0.0;
    number(
        &format!("{path}.equals"),
        line.equals,
        is_positive,
        "a finite number above 0",
    )?;
    for (i, (field, power)) in line.powers.iter().enumerate() {
        let place = format!("{path}.powers.{i}");
        let is_power = power.is_finite() && *power != 0.0;
        number(&place, *power, is_power, "a finite number other than 0")?;
        let axis = axes.iter().find(|axis| axis.field == *field);
        let is_number = match axis {
            Some(axis) => axis
                .values
                .iter()
                .all(|v| v.number.is_some_and(|x| x > 0.0)),
            None => number_at(preset, field).is_some_and(|x| x > 0.0),
        };
        if !is_number {
            return Err(PresetError::value(
                place,
                field,
                "a field with a positive number",
            ));
        }
    }
    let is_varied = |field: &String| axes.iter().any(|axis| axis.field == *field);
    if line.powers.iter().any(|(field, _)| is_varied(field)) {
        return Ok(());
    }
    Err(PresetError::value(
        format!("{path}.powers"),
        "no field of an axis",
        "at least one field that the sweep varies",
    ))
}

fn listed(path: &str, count: usize) -> Result<(), PresetError> {
    if count <= MAX_LISTED {
        return Ok(());
    }
    Err(PresetError::value(
        path,
        format!("{count} entries"),
        format!("at most {MAX_LISTED}"),
    ))
}
