//! How the arms of a run ended, in the last lines of its `run.ron`.

use std::collections::BTreeMap;

use crate::history::Outcome;

/// What a line that tells of an arm begins with: to a reader of presets it is a comment.
const HEAD: &str = "// outcome: ";

/// A resolved preset followed by a line an arm, `// outcome: ("name",Finished(Steps))`.
///
/// # Errors
/// An outcome that can't be written as RON.
pub fn with_outcomes<'a>(
    ron: &str,
    arms: impl Iterator<Item = (&'a str, &'a Outcome)>,
) -> Result<String, ron::Error> {
    let lines = arms.map(|arm| Ok(format!("{HEAD}{}\n", ron::to_string(&arm)?)));
    let lines: String = lines.collect::<Result<_, ron::Error>>()?;
    Ok(format!("{}\n{lines}", ron.trim_end()))
}

/// The outcomes by the arms' names; none in a preset without such lines.
///
/// # Errors
/// The line that does not read, and why.
pub(super) fn outcomes_in(text: &str) -> Result<BTreeMap<String, Outcome>, String> {
    // What a string of the preset holds stands above its last bracket.
    let lines = text.lines().rev().map_while(|line| line.strip_prefix(HEAD));
    lines
        .map(|line| ron::from_str(line).map_err(|error| format!("{HEAD}{line}: {error}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::StopReason;
    use crate::preset;
    use crate::spec::Preset;

    #[test]
    fn outcomes_are_read_as_they_were_and_the_preset_stays_one() {
        let outcomes = [
            ("ω₂ = \"1\"", Outcome::Finished(StopReason::Accuracy)),
            (
                "b",
                Outcome::Diverged {
                    step: 7,
                    last_finite_loss: 1.0 / 3.0,
                    stable_step: Some(2.5e-3),
                },
            ),
            (
                "c",
                Outcome::Failed {
                    message: "two\nlines // outcome: \"quoted\"".to_owned(),
                },
            ),
        ];
        let text = preset::to_ron(&Preset::default());
        let arms = outcomes.iter().map(|(label, outcome)| (*label, outcome));
        let text = with_outcomes(&text, arms).expect("outcomes are plain");
        assert_eq!(preset::parse(&text).expect("a preset"), Preset::default());
        let read = outcomes_in(&text).expect("outcomes");
        let same = outcomes.map(|(label, outcome)| (label.to_owned(), outcome));
        assert_eq!(read, same.into_iter().collect());
    }

    #[test]
    fn a_preset_alone_tells_none_and_a_broken_line_is_named() {
        let text = preset::to_ron(&Preset::default());
        assert_eq!(outcomes_in(&text), Ok(BTreeMap::new()));
        let error = outcomes_in(&format!("{text}\n// outcome: (\"a\", Vanished)\n"));
        let error = error.expect_err("no such outcome");
        assert!(error.contains("Vanished"), "{error}");
    }
}
