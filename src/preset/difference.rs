//! Where two presets differ in what their runs compute.

use serde_json::Value;

use super::to_ron;
use crate::spec::{Lasts, Preset, Source, Statistic, SweepSpec, SweepValue};

/// Bytes of the longest list that is written out.
const LONGEST_LIST: usize = 60;

/// A field that decides what a run computes and differs in two presets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Path of the field.
    pub field: String,
    /// Its value in the one preset.
    pub here: String,
    /// Its value in the other.
    pub there: String,
}

impl Difference {
    /// The first field that differs; `None` where both presets make the same run. Titles, stories,
    /// panels, claims and what is said of them are no part of it.
    pub fn between(here: &Preset, there: &Preset) -> Option<Self> {
        let (here, there) = (computed(here), computed(there));
        if to_ron(&here) == to_ron(&there) {
            return None;
        }
        let (here, there) = (tree(&here), tree(&there));
        Some(first(String::new(), &here, &there).unwrap_or_else(|| Self {
            field: "a field".to_owned(),
            here: "this".to_owned(),
            there: "another value".to_owned(),
        }))
    }
}

/// The preset with all its fields, whether its text leaves them out or not.
fn tree(preset: &Preset) -> Value {
    let mut tree = serde_json::to_value(preset).unwrap_or_default();
    if let Some(train) = tree.get_mut("train").and_then(Value::as_object_mut) {
        train
            .entry("changes")
            .or_insert_with(|| Value::Array(Vec::new()));
    }
    if let Some(observe) = tree.get_mut("observe").and_then(Value::as_object_mut) {
        observe
            .entry("also")
            .or_insert_with(|| Value::Array(Vec::new()));
    }
    tree
}

/// The preset without what is there to be read.
fn computed(preset: &Preset) -> Preset {
    let sweep = preset.sweep.clone().map(|sweep| SweepSpec {
        value: SweepValue::default(),
        statistic: Statistic::default(),
        lines: Vec::new(),
        ..sweep
    });
    Preset {
        sweep,
        title: String::new(),
        source: Source::default(),
        takeaway: String::new(),
        rests_on: Vec::new(),
        needs: None,
        lasts: Lasts::default(),
        panels: Vec::new(),
        hero: None,
        summary: None,
        view: None,
        story: String::new(),
        notice: Vec::new(),
        notes: Vec::new(),
        claims: Vec::new(),
        wrong: Vec::new(),
        ..preset.clone()
    }
}

fn first(path: String, here: &Value, there: &Value) -> Option<Difference> {
    if here == there {
        return None;
    }
    match (here, there) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => a
            .iter()
            .zip(b.values())
            .find_map(|((name, here), there)| first(joined(&path, name), here, there)),
        (Value::Array(a), Value::Array(b)) => {
            let mut pairs = a.iter().zip(b).enumerate();
            let found = pairs
                .find_map(|(i, (here, there))| first(joined(&path, &i.to_string()), here, there));
            // One list goes on where the other ends.
            found.or_else(|| {
                Some(Difference {
                    field: path,
                    here: list(here, a.len()),
                    there: list(there, b.len()),
                })
            })
        }
        _ => Some(Difference {
            field: path,
            here: here.to_string(),
            there: there.to_string(),
        }),
    }
}

/// A list in words: a long one by its length.
fn list(value: &Value, length: usize) -> String {
    let text = value.to_string();
    if text.len() > LONGEST_LIST {
        format!("a list of {length}")
    } else {
        text
    }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::set;
    use super::*;

    #[test]
    fn the_first_field_that_differs_is_named_with_both_values() {
        let preset = Preset::default();
        let other = set(&preset, "train.stop.steps", "77").unwrap();
        let difference = Difference::between(&preset, &other).unwrap();
        assert_eq!(difference.field, "train.stop.steps");
        assert_eq!(difference.here, preset.train.stop.steps.to_string());
        assert_eq!(difference.there, "77");
        let other = set(&preset, "train.method", "LeastSquares").unwrap();
        let difference = Difference::between(&preset, &other).unwrap();
        assert_eq!(difference.field, "train.method");
    }

    #[test]
    fn of_lists_the_first_entry_that_differs_is_named_and_else_their_lengths() {
        let preset = set(
            &Preset::default(),
            "axes",
            "[(field: \"seed\", values: [1, 2])]",
        )
        .unwrap();
        let other = set(&preset, "axes.0.values", "[1, 3, 4]").unwrap();
        let difference = Difference::between(&preset, &other).unwrap();
        assert_eq!(difference.field, "axes.0.values.1");
        let longer = set(&preset, "axes.0.values", "[1, 2, 3]").unwrap();
        let difference = Difference::between(&preset, &longer).unwrap();
        assert_eq!(difference.field, "axes.0.values");
        assert_eq!(
            (difference.here.as_str(), difference.there.as_str()),
            (r#"["1","2"]"#, r#"["1","2","3"]"#)
        );
    }

    #[test]
    fn words_make_no_difference() {
        let preset = Preset::default();
        let other = Preset {
            story: "another one".to_owned(),
            title: "another".to_owned(),
            notice: vec!["look".to_owned()],
            ..preset.clone()
        };
        assert_eq!(Difference::between(&preset, &other), None);
    }
}
