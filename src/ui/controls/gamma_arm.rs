//! The arm that the slider of γ adds where an axis varies the scaling.

use crate::network::Scaling;
use crate::preset::{Edit, get, set, text};
use crate::spec::field::{GAMMA, SCALING};
use crate::spec::{AxisSpec, Preset};

/// The axis over the scaling, and the value Between(γ) that was added to it at its end. The values that
/// the preset was loaded with are left as they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct GammaArm {
    /// Position of the axis in `axes`.
    axis: usize,
    /// γ of the added value; `None` while none was added.
    pub gamma: Option<f64>,
}

impl GammaArm {
    /// The arm of a preset; `None` where no axis has the scaling itself as its field.
    pub fn of(preset: &Preset, loaded: &Preset) -> Option<Self> {
        let axis = preset.axes.iter().position(|a| a.field == SCALING.path)?;
        let values = &preset.axes.get(axis)?.values;
        let as_loaded = loaded.axes.get(axis).filter(|a| a.field == SCALING.path);
        let is_as_loaded =
            |at: usize| as_loaded.and_then(|axis| axis.values.get(at)) == values.get(at);
        let gamma = match values.len().checked_sub(1) {
            Some(last) if !is_as_loaded(last) => gamma_of(preset, values.get(last)?.get_ron()),
            _ => None,
        };
        Some(Self { axis, gamma })
    }

    /// Adds the value Between(γ), or puts it in the place of the one that was added.
    pub fn set_to(self, preset: &Preset, gamma: f64) -> Edit {
        let path = format!("axes.{}", self.axis);
        let added = text(&Scaling::Between(gamma));
        let Some(axis) = preset.axes.get(self.axis) else {
            return Edit::new(path, String::new());
        };
        let name = format!("{} = {gamma}", GAMMA.symbol.unwrap_or_default());
        let names = self.names(axis, Some(name));
        let values = self.texts(axis.values.iter().map(|v| v.get_ron()), Some(added));
        let edit = Edit::new(format!("{path}.values"), values).and(format!("{path}.names"), names);
        self.with_linked(edit, preset, axis, true)
    }

    /// Takes the added value away.
    ///
    /// The edit begins with another field than [`Self::set_to`], so that it is taken back by itself
    /// and not together with the moves before it.
    pub fn removed(self, preset: &Preset) -> Option<Edit> {
        self.gamma?;
        let axis = preset.axes.get(self.axis)?;
        let path = format!("axes.{}", self.axis);
        let values = self.texts(axis.values.iter().map(|v| v.get_ron()), None);
        let edit = Edit::new(format!("{path}.names"), self.names(axis, None));
        let edit = edit.and(format!("{path}.values"), values);
        Some(self.with_linked(edit, preset, axis, false))
    }

    /// Values that are linked to the axis one by one need one more, which is that of the preset itself.
    fn with_linked(self, edit: Edit, preset: &Preset, axis: &AxisSpec, is_set: bool) -> Edit {
        let linked = axis.linked.iter().enumerate();
        let linked = linked.filter(|(_, linked)| linked.power.is_none());
        linked.fold(edit, |edit, (j, linked)| {
            let own = get(preset, &linked.field).ok().filter(|_| is_set);
            let values = self.texts(linked.values.iter().map(|v| v.get_ron()), own);
            edit.and(format!("axes.{}.linked.{j}.values", self.axis), values)
        })
    }

    /// A list without the added value's entry and with a new one at the end.
    fn texts<'a>(self, list: impl Iterator<Item = &'a str>, added: Option<String>) -> String {
        let mut list: Vec<String> = list.map(str::to_owned).collect();
        if self.gamma.is_some() {
            list.pop();
        }
        list.extend(added);
        format!("[{}]", list.join(", "))
    }

    /// The names with one for the added value; none where the values are their own names.
    fn names(self, axis: &AxisSpec, added: Option<String>) -> String {
        let added = added.filter(|_| !axis.names.is_empty());
        let names: Vec<String> = axis.names.iter().map(text).collect();
        self.texts(
            names.iter().map(String::as_str),
            added.map(|name| text(&name)),
        )
    }
}

/// γ of a value of the axis that is a `Between`.
fn gamma_of(preset: &Preset, value: &str) -> Option<f64> {
    match set(preset, SCALING.path, value).ok()?.scaling {
        Scaling::Between(gamma) => Some(gamma),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::{Experiment, library};

    fn arm(preset: &Preset, loaded: &Preset) -> GammaArm {
        GammaArm::of(preset, loaded).expect("an axis varies the scaling")
    }

    fn labels(preset: &Preset) -> Vec<String> {
        let experiment = Experiment::check(preset.clone(), "test", ".".into());
        let arms = experiment.expect("it is valid").arms;
        arms.into_iter().map(|arm| arm.label).collect()
    }

    /// Presets with named arms, with a sweep, and with unnamed arms that another field follows.
    fn presets() -> Vec<Preset> {
        let shipped = ["lazy-vs-feature", "chen-fig3-live", "regime-map-scaling"];
        let shipped = shipped.map(|name| library::load(name).expect("it is shipped").preset);
        let linked = r#"[(field: "scaling", values: [Ntk, Between(0.6)], linked: [(field: "init.w_std", values: [1.0, 0.5])])]"#;
        let linked = set(&Preset::default(), "axes", linked).expect("axes");
        shipped.into_iter().chain([linked]).collect()
    }

    #[test]
    fn an_arm_is_added_moved_and_taken_away_and_nothing_else_changes() {
        for loaded in presets() {
            let edits = |preset: &Preset, gamma| {
                let edit = arm(preset, &loaded).set_to(preset, gamma);
                edit.applied(preset).expect("it is written as a preset is")
            };
            assert_eq!(arm(&loaded, &loaded).gamma, None);
            assert_eq!(arm(&loaded, &loaded).removed(&loaded), None);
            let added = edits(&loaded, 0.75);
            assert_eq!(arm(&added, &loaded).gamma, Some(0.75));
            let moved = edits(&added, 0.9);
            assert_eq!(arm(&moved, &loaded).gamma, Some(0.9));
            assert_eq!(moved, edits(&loaded, 0.9));
            let axis = |preset: &Preset| preset.axes[0].values.len();
            assert_eq!(axis(&moved), axis(&loaded) + 1);
            let removed = arm(&moved, &loaded).removed(&moved).expect("there is one");
            assert_eq!(removed.applied(&moved), Ok(loaded.clone()));
        }
    }

    #[test]
    fn the_arm_is_named_by_its_gamma() {
        let named = library::load("lazy-vs-feature")
            .expect("it is shipped")
            .preset;
        let unnamed = set(&named, "axes.0.names", "[]").expect("names");
        let unnamed = set(&unnamed, "claims", "[]").expect("claims");
        for (loaded, before) in [
            (named, ["ours", "NTK", "MF"]),
            (unnamed, ["Ours", "Ntk", "MeanField"]),
        ] {
            let edit = arm(&loaded, &loaded).set_to(&loaded, 0.75);
            let labels = labels(&edit.applied(&loaded).expect("it is valid"));
            assert_eq!(labels[..3], before);
            assert_eq!(labels[3..], ["γ = 0.75"]);
        }
    }

    #[test]
    fn without_an_axis_over_the_scaling_there_is_no_such_arm() {
        for axes in ["[]", r#"[(field: "scaling.0", values: [0.5, 0.75])]"#] {
            let preset = set(&Preset::default(), "scaling", "Between(0.75)").expect("a scaling");
            let preset = set(&preset, "axes", axes).expect("axes");
            assert_eq!(GammaArm::of(&preset, &preset), None);
        }
    }
}
