//! The wrong settings that a change of the axes leaves.

use std::collections::BTreeMap;

use ron::value::RawValue;

use crate::preset::axes::overlap;
use crate::preset::axis_values::one_line;
use crate::preset::ron_text::entries;
use crate::preset::{Edit, Experiment};
use crate::spec::{AxisSpec, Preset, WrongSpec};

/// The wrong settings of a preset after a change of its axes, of which `claims` are left; `origins` as for
/// [`super::followed`].
///
/// None is left once a claim is given up: that one of the claims fails was tried with all of them. Else
/// those that do to the arms what they did: the same axes vary the fields that they set, and values are
/// put in the place of the same values. They move with their axis and its arms, and a copy has what the arm
/// has that it was made of.
pub(super) fn after(
    preset: &Preset,
    (edit, origins): (&Edit, &[usize]),
    claims: usize,
) -> Vec<WrongSpec> {
    if preset.wrong.is_empty() || claims < preset.claims.len() {
        return Vec::new();
    }
    // What the preset is refused for is said where it is checked.
    let Ok(changed) = edit.applied(preset) else {
        return preset.wrong.clone();
    };
    let axes = Axes {
        before: &preset.axes,
        after: &changed.axes,
        origins,
    };
    let kept = preset.wrong.iter().filter_map(|wrong| axes.followed(wrong));
    let kept: Vec<WrongSpec> = kept.collect();
    let tried = Preset {
        wrong: kept.clone(),
        ..changed.clone()
    };
    let Ok(tried) = Experiment::check(tried, "", ".".into()) else {
        return kept;
    };
    let settings = kept.into_iter().enumerate();
    let can_be_tried = settings.filter(|(index, wrong)| tried.can_be_under(*index, wrong));
    can_be_tried.map(|(_, wrong)| wrong).collect()
}

/// The axes of a preset before and after a change.
#[derive(Clone, Copy)]
struct Axes<'a> {
    before: &'a [AxisSpec],
    after: &'a [AxisSpec],
    origins: &'a [usize],
}

impl Axes<'_> {
    /// The setting as the axes stand afterwards; `None` where it would do something else.
    fn followed(self, wrong: &WrongSpec) -> Option<WrongSpec> {
        let WrongSpec::Set { kind, changes } = wrong else {
            return Some(wrong.clone());
        };
        let changes = changes.iter().map(|(path, text)| self.moved(path, text));
        Some(WrongSpec::Set {
            kind: *kind,
            changes: changes.collect::<Option<BTreeMap<_, _>>>()?,
        })
    }

    /// A path and its value afterwards.
    fn moved(self, path: &str, text: &str) -> Option<(String, String)> {
        let unmoved = || (path.to_owned(), text.to_owned());
        let Some(rest) = path.strip_prefix("axes") else {
            let varied = |axes: &[AxisSpec]| -> Vec<String> {
                let fields = axes.iter().flat_map(AxisSpec::fields);
                let varied = fields.filter(|field| overlap(field, path));
                varied.map(str::to_owned).collect()
            };
            return (varied(self.before) == varied(self.after)).then(unmoved);
        };
        let mut parts = rest.splitn(3, '.').skip(1);
        let (Some(place), part) = (parts.next(), parts.next()) else {
            return (self.before == self.after).then(unmoved);
        };
        let axis = self.before.get(place.parse::<usize>().ok()?)?;
        // Names are kept by a change of the values alone.
        let with_names = part.is_none_or(|part| part.starts_with("names"));
        let is_it = |other: &AxisSpec| match with_names {
            true => other == axis,
            false => unnamed(other) == unnamed(axis),
        };
        match self.after.iter().position(is_it) {
            Some(place) => {
                let part = part.map_or(String::new(), |part| format!(".{part}"));
                Some((format!("axes.{place}{part}"), text.to_owned()))
            }
            None => self.listed(axis, part?, text),
        }
    }

    /// A list of values, one an arm, for the arms that there are afterwards.
    fn listed(self, axis: &AxisSpec, part: &str, text: &str) -> Option<(String, String)> {
        let arms = |axes: &&AxisSpec| !axes.show.is_sweep();
        // Along one axis of several a value is not an arm.
        if self.before.iter().filter(arms).count() != 1 || axis.show.is_sweep() {
            return None;
        }
        let linked = |part: &str| {
            let place = part.strip_prefix("linked.")?.strip_suffix(".values")?;
            axis.linked.get(place.parse::<usize>().ok()?)
        };
        let field = match part {
            "values" => &axis.field,
            _ => &linked(part)?.field,
        };
        let mut places = self.after.iter().enumerate();
        let (place, now) = places.find(|(_, now)| arms(now) && now.fields().any(|f| f == field))?;
        let [then, values] = [axis, now].map(|axis| values(axis, field));
        let mut pairs = values.iter().zip(self.origins);
        let are_the_same = pairs.all(|(value, from)| then.get(*from) == Some(value));
        if values.len() != self.origins.len() || !are_the_same {
            return None;
        }
        let list: Vec<&str> = entries(text, 0..text.len())
            .filter_map(|entry| text.get(entry.whole))
            .collect();
        let moved = self.origins.iter().map(|from| list.get(*from).copied());
        let moved = moved.collect::<Option<Vec<&str>>>()?.join(", ");
        let column = now.fields().position(|own| own == field)?;
        let part = match column.checked_sub(1) {
            None => "values".to_owned(),
            Some(linked) => format!("linked.{linked}.values"),
        };
        Some((format!("axes.{place}.{part}"), format!("[{moved}]")))
    }
}

/// The values of a field of an axis, each on one line; none where they are no list.
fn values(axis: &AxisSpec, field: &str) -> Vec<String> {
    let linked = axis.linked.iter().find(|linked| linked.field == field);
    let values = linked.map_or(&axis.values, |linked| &linked.values);
    values
        .iter()
        .map(|value| one_line(value.get_ron()))
        .collect()
}

/// All of an axis but its names, values on one line each.
fn unnamed(axis: &AxisSpec) -> AxisSpec {
    let in_one_line = |values: &mut Vec<Box<RawValue>>| {
        for value in values {
            let line = RawValue::from_boxed_ron(one_line(value.get_ron()).into());
            *value = line.unwrap_or_else(|_| value.clone());
        }
    };
    let mut axis = axis.clone();
    axis.names.clear();
    in_one_line(&mut axis.values);
    let linked = axis.linked.iter_mut().map(|linked| &mut linked.values);
    linked.for_each(in_one_line);
    axis
}
