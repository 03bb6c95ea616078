//! Names of arms as short as they still tell them apart.

use crate::preset::Experiment;

/// Name of the one arm of a run, where it has no other than the preset's title.
const ONLY: &str = "network";

/// The name of an arm: that of the only one is not the preset's title.
pub fn arm_name<'a>(experiment: &Experiment, label: &'a str) -> &'a str {
    let is_title = label == experiment.preset.title || label == experiment.name;
    if is_title && experiment.arms.len() == 1 {
        ONLY
    } else {
        label
    }
}

/// The names without the parts between commas that all of them share: of `ReLU, n = 200, m = 512` and
/// `tanh, n = 200, m = 512` the first parts. They are as different as before.
pub fn short_names(labels: &[&str]) -> Vec<String> {
    let parts: Vec<Vec<&str>> = labels
        .iter()
        .map(|label| label.split(", ").collect())
        .collect();
    let whole = || labels.iter().map(|label| (*label).to_owned()).collect();
    let [first, others @ ..] = parts.as_slice() else {
        return Vec::new();
    };
    if others.is_empty() || others.iter().any(|other| other.len() != first.len()) {
        return whole();
    }
    let varies = |place: &usize| {
        others
            .iter()
            .any(|other| other.get(*place) != first.get(*place))
    };
    let places: Vec<usize> = (0..first.len()).filter(varies).collect();
    if places.is_empty() {
        return whole();
    }
    let short = |parts: &Vec<&str>| {
        let kept = places.iter().filter_map(|place| parts.get(*place).copied());
        kept.collect::<Vec<_>>().join(", ")
    };
    parts.iter().map(short).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::library;

    #[test]
    fn names_lose_what_all_of_them_share_and_stay_different() {
        let labels = [
            "Identity, n = 200, m = 512",
            "Identity, n = 200, m = 2048",
            "Quadratic, n = 200, m = 512",
        ];
        let short = [
            "Identity, m = 512",
            "Identity, m = 2048",
            "Quadratic, m = 512",
        ];
        assert_eq!(short_names(&labels), short);
        assert_eq!(short_names(&["ours", "NTK"]), ["ours", "NTK"]);
        assert_eq!(short_names(&["ours, n = 2"]), ["ours, n = 2"]);
        // Guests are named otherwise.
        let guests = ["ours, n = 2", "before: ours"];
        assert_eq!(short_names(&guests), guests);
        assert_eq!(short_names(&["a", "a"]), ["a", "a"]);
    }

    #[test]
    fn the_only_arm_is_not_named_by_the_title() {
        let all = library::names().map(|name| library::load(name).expect("it is shipped"));
        let titled = all.filter(|e| e.arms.len() == 1 && e.arms[0].label == e.preset.title);
        let titled: Vec<Experiment> = titled.collect();
        assert!(!titled.is_empty());
        for one in titled {
            assert_eq!(arm_name(&one, &one.arms[0].label), "network");
            assert_eq!(arm_name(&one, "a guest"), "a guest");
        }
        let three = library::load(library::DEFAULT).expect("it is shipped");
        assert_eq!(arm_name(&three, &three.arms[0].label), three.arms[0].label);
    }
}
