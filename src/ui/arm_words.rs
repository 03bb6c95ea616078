//! What an arm is, for its tooltips.

use crate::figure::constants;
use crate::history::RunHistory;
use crate::preset::{Experiment, text_at};
use crate::spec::field::SCALING;

/// What an arm is: its name, what its scaling means, its factors with their numbers.
pub fn words(experiment: &Experiment, history: &RunHistory, index: usize) -> String {
    let label = history.arms().get(index).map(|arm| arm.label.clone());
    let mut lines: Vec<String> = label.into_iter().collect();
    let Some(arm) = experiment.arms.get(index) else {
        return lines.join("\n");
    };
    let scaling = text_at(&arm.preset, SCALING.path);
    let mut choices = SCALING.choices().iter();
    let choice = choices.find(|choice| scaling.as_ref().is_some_and(|text| choice.is_of(text)));
    if let Some(choice) = choice {
        lines.push(format!("{} scaling: {}", choice.name, choice.meaning));
    }
    if let Some(constants) = constants(arm, history) {
        lines.extend(constants.values);
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::library;

    #[test]
    fn an_arm_is_told_by_its_scaling_and_its_factors() {
        let experiment = library::load(library::DEFAULT).expect("it is shipped");
        let history = crate::ui::app::history(&experiment, 3);
        let ours = words(&experiment, &history, 0);
        assert!(ours.starts_with("ours\n"), "{ours}");
        for part in ["a = 1/m", "b = 1/√D", "step of W = m·δ"] {
            assert!(ours.contains(part), "{ours}");
        }
        let ntk = words(&experiment, &history, 1);
        assert!(ntk.contains("a = 1/√m"), "{ntk}");
    }
}
