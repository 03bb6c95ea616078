//! The command line that does what is on the screen.

use crate::preset::{Experiment, changes, library, parse};

use super::share::{self, ShareError};

/// `widescope run …` of an experiment, for a POSIX shell: the name of its shipped preset with what is set
/// otherwise. Where no list of `--set` says it (the preset is not shipped, or it differs in a field that an
/// axis varies), its share string stands in place of the name.
///
/// ```
/// use widescope::export::run_command;
/// use widescope::preset::library;
///
/// let sets = [("network.width".to_owned(), "64".to_owned())];
/// let experiment = library::load_with("oymak-one-cell", &sets)?;
/// assert_eq!(run_command(&experiment)?, "widescope run oymak-one-cell --set network.width=64");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`share::string`].
pub fn run_command(experiment: &Experiment) -> Result<String, ShareError> {
    let words = ["widescope".to_owned(), "run".to_owned()];
    let rest = match by_name(experiment) {
        Some(rest) => rest,
        None => vec![share::string(experiment, false)?],
    };
    Ok(joined(words.into_iter().chain(rest)))
}

/// Name and `--set`s, where they make the same experiment.
fn by_name(experiment: &Experiment) -> Option<Vec<String>> {
    let shipped = library::find(&experiment.name)?;
    let sets = changes(&parse(shipped.text).ok()?, &experiment.preset)?;
    let again = library::load_with(shipped.name, &sets).ok()?;
    if again.preset != experiment.preset {
        return None;
    }
    let sets = sets
        .into_iter()
        .flat_map(|(path, value)| ["--set".to_owned(), format!("{path}={value}")]);
    Some(
        std::iter::once(shipped.name.to_owned())
            .chain(sets)
            .collect(),
    )
}

/// Words joined into a line that a POSIX shell splits into the same words.
pub(super) fn joined(words: impl IntoIterator<Item = String>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| quoted(&word)).collect();
    words.join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::{Edit, set};

    fn edited(name: &str, edits: &[(&str, &str)]) -> Experiment {
        let base = library::load(name).expect("a shipped preset");
        let preset = edits.iter().fold(base.preset, |preset, (path, value)| {
            set(&preset, path, value).expect("a value")
        });
        Experiment::check(preset, name, base.folder).expect("an experiment")
    }

    #[test]
    fn words_are_quoted_only_where_a_shell_would_read_them_otherwise() {
        let words = ["widescope", "--set", "data=Sphere(d: 3)", "it's", ""].map(str::to_owned);
        assert_eq!(
            joined(words),
            r"widescope --set 'data=Sphere(d: 3)' 'it'\''s' ''"
        );
    }

    #[test]
    fn a_field_that_an_axis_varies_needs_the_share_string() {
        let experiment = edited("lazy-vs-feature", &[("scaling", "Ntk")]);
        let command = run_command(&experiment).expect("a command");
        assert!(command.starts_with("widescope run widescope:"), "{command}");
    }

    #[test]
    fn an_edit_of_the_window_becomes_a_word_of_the_command() {
        let base = library::load("du-fig1-live").expect("a preset");
        let edit = Edit::new("network.activation", "Tanh").and("train.method.step", "0.1");
        let preset = edit.applied(&base.preset).expect("an edit");
        let preset = set(&preset, "claims", "[]").expect("no claims");
        let preset = set(&preset, "rests_on", "[]").expect("no claims");
        let experiment = Experiment::check(preset, &base.name, base.folder).expect("it");
        let command = run_command(&experiment).expect("a command");
        assert!(
            command.contains(" --set network.activation=Tanh"),
            "{command}"
        );
        assert!(
            command.contains(" --set train.method.step=0.1"),
            "{command}"
        );
    }
}
