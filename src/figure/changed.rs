//! What differs between the settings of two runs, in few words.

use crate::preset::{ArmsByHand, Difference, library, parse, symbol, text_at};
use crate::spec::field::Field;
use crate::spec::{AxisSpec, DataSpec, Preset};

/// What `modified` means.
pub const MODIFIED: &str = "What this run has otherwise than the experiment that comes with the program. Title, \
    paper, sentence and claims are that one's";

/// Differences named at most.
const NAMED: usize = 3;

/// Longest value that is written out, in characters.
const LONGEST: usize = 32;

/// What `there` has otherwise than `here`, such as `m = 1024, seed = 2`; `None` where both make the
/// same run.
pub fn changed(here: &Preset, there: &Preset) -> Option<String> {
    let first = Difference::between(here, there)?;
    let fields = Field::all().filter_map(|field| {
        let text = text_at(there, field.path)?;
        (text_at(here, field.path).as_ref() != Some(&text)).then(|| equation(field, &text))
    });
    let fields: Vec<String> = fields.collect();
    let mut words = fields.iter().take(NAMED).cloned().collect::<Vec<_>>();
    if fields.is_empty() {
        let axes = first.field.starts_with("axes").then(|| varied(here, there));
        let other = || format!("{} {}", symbol(&first.field), short(&first.there));
        words.push(axes.flatten().unwrap_or_else(other));
    }
    if fields.len() > NAMED {
        words.push("…".to_owned());
    }
    Some(words.join(", "))
}

/// The arms where they are others, or are called so: `arms ours, NTK, MF`; else what is swept otherwise.
fn varied(here: &Preset, there: &Preset) -> Option<String> {
    let arms = |preset: &Preset| {
        let arms = ArmsByHand::of(preset).ok()?;
        Some(arms.labels().join(", "))
    };
    let [before, after] = [arms(here)?, arms(there)?];
    if before != after {
        return Some(match there.axes.iter().all(|axis| axis.show.is_sweep()) {
            true => "one arm".to_owned(),
            false => format!("arms {}", short(&after)),
        });
    }
    let swept = |preset: &Preset| -> Vec<AxisSpec> {
        let axes = preset.axes.iter().filter(|axis| axis.show.is_sweep());
        axes.cloned().collect()
    };
    let [before, after] = [swept(here), swept(there)];
    let other = after.iter().find(|axis| !before.contains(axis));
    let gone = before.iter().find(|axis| !after.contains(axis));
    let words = |begin: &str, axis: &AxisSpec| format!("{begin} {}", symbol(&axis.field));
    other
        .map(|axis| words("another sweep over", axis))
        .or(gone.map(|axis| words("no sweep over", axis)))
}

/// What `preset` has otherwise than the shipped one of its name, such as `modified: n = 400`; `None`
/// where it makes the same run, and where none of that name is shipped.
pub fn modified(name: &str, preset: &Preset) -> Option<String> {
    let shipped = parse(library::find(name)?.text).ok()?;
    let words = changed(&shipped, preset)?;
    Some(match (&shipped.data, &preset.data) {
        (DataSpec::File { .. }, _) => format!("modified: {words}"),
        (_, DataSpec::File { path, .. }) => format!("modified: your data, {}", short(path)),
        _ => format!("modified: {words}"),
    })
}

/// `m = 1024`; a choice stands for itself.
fn equation(field: &Field, text: &str) -> String {
    let chosen = field.choices().iter().find(|choice| choice.value == text);
    let name = field.symbol.unwrap_or(field.name);
    match chosen {
        Some(choice) => choice.name.to_owned(),
        None => format!("{name} = {}", short(text)),
    }
}

/// A value in one line, cut where it is long.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let kept: String = line.chars().take(LONGEST - 1).collect();
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::set;

    #[test]
    fn what_differs_is_named_by_its_symbol_with_the_other_value() {
        let here = Preset::default();
        let wider = set(&here, "network.width", "4096").expect("it takes it");
        assert_eq!(changed(&here, &wider).as_deref(), Some("m = 4096"));
        let both = set(&wider, "seed", "7").expect("it takes it");
        let words = changed(&here, &both).expect("two differences");
        assert!(
            words.contains("m = 4096") && words.contains("seed = 7"),
            "{words}"
        );
        assert_eq!(changed(&here, &here), None);
    }

    #[test]
    fn what_no_run_depends_on_is_no_difference() {
        let here = Preset::default();
        let titled = set(&here, "title", "\"another\"").expect("it takes it");
        assert_eq!(changed(&here, &titled), None);
    }

    #[test]
    fn a_shipped_preset_is_modified_once_its_run_is_another() {
        let shipped = library::find(library::DEFAULT).expect("it is shipped");
        let preset = parse(shipped.text).expect("it is valid");
        let words = |preset: &Preset| modified(shipped.name, preset);
        assert_eq!(words(&preset), None);
        let titled = set(&preset, "title", "\"mine\"").expect("it takes it");
        assert_eq!(words(&titled), None);
        let wider = set(&preset, "network.width", "4096").expect("it takes it");
        assert_eq!(words(&wider).as_deref(), Some("modified: m = 4096"));
        let own = set(&wider, "data", "File(path: \"mine.csv\")").expect("it takes it");
        let own = words(&own).expect("the data are the user's");
        assert_eq!(own, "modified: your data, mine.csv");
        assert_eq!(modified("no such preset", &wider), None);
    }

    #[test]
    fn arms_by_hand_and_sweeps_are_named() {
        let here = Preset::default();
        let with = |axes: &str| set(&here, "axes", axes).expect("axes");
        let arms = with(r#"[(field: "network.width", values: [8, 16])]"#);
        let words = |here: &Preset, there: &Preset| changed(here, there).expect("they differ");
        assert_eq!(words(&here, &arms), "arms m = 8, m = 16");
        let named = set(&arms, "axes.0.names", r#"["a", "b"]"#).expect("names");
        assert_eq!(words(&arms, &named), "arms a, b");
        assert_eq!(words(&arms, &here), "one arm");
        let swept = with(r#"[(field: "network.width", values: [8, 16], show: XAxis)]"#);
        assert_eq!(words(&here, &swept), "another sweep over m");
        assert_eq!(words(&swept, &here), "no sweep over m");
    }

    #[test]
    fn a_field_without_a_control_is_named_too() {
        let here = Preset::default();
        let other = set(
            &here,
            "data",
            "Sphere(d: 3, n: 5, n_test: 0, labels: Normal(std: 1.0))",
        )
        .expect("it takes it");
        assert!(changed(&here, &other).is_some_and(|words| !words.is_empty()));
    }
}
