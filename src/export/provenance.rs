//! Where a file comes from: enough to make it again.

use super::command_line::joined;
use crate::preset::Experiment;

/// Version of the program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Commit the program was built from, `unknown` where neither git nor `WIDESCOPE_COMMIT` told the build. It is
/// written down and never compared: two commits of one version compute the same.
pub const COMMIT: &str = env!("WIDESCOPE_BUILT_FROM");

/// Key under which a picture carries its resolved preset as RON.
pub const PRESET_KEY: &str = "widescope-preset";

/// Where a file comes from: enough to make it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// Name of the preset.
    pub preset: String,
    /// Seed of each arm, in order.
    pub seeds: Vec<u64>,
    /// The resolved preset as RON.
    pub ron: String,
    /// The command line that makes the file, where there is one.
    pub command: Option<String>,
}

impl Provenance {
    /// The provenance of what an experiment shows; `ron` is its resolved preset, `command` the
    /// words of the command line that makes the file.
    pub fn new(experiment: &Experiment, ron: String, command: Option<&[String]>) -> Self {
        Self {
            preset: experiment.name.clone(),
            seeds: experiment.arms.iter().map(|a| a.preset.seed).collect(),
            ron,
            command: command.map(|words| joined(words.iter().cloned())),
        }
    }

    /// The resolved preset as RON, headed by comments that say where it comes from.
    pub fn headed_ron(&self) -> String {
        let made_by = self.command.iter().flat_map(|command| command.lines());
        let head = std::iter::once(format!("Written by widescope {VERSION}, commit {COMMIT}:"))
            .chain(made_by.map(ToOwned::to_owned));
        let head: String = head.map(|line| format!("// {line}\n")).collect();
        format!("{head}{}\n", self.ron.trim_end())
    }

    /// Keys and values for a picture's text fields. Every key is plain ASCII of at most 79
    /// characters, as PNG asks.
    pub fn entries(&self) -> Vec<(String, String)> {
        let seeds = self
            .seeds
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", ");
        let entries = [
            ("Software", Some(format!("widescope {VERSION}"))),
            ("widescope-commit", Some(COMMIT.to_owned())),
            ("widescope-name", Some(self.preset.clone())),
            ("widescope-seeds", Some(seeds)),
            ("widescope-command", self.command.clone()),
            (PRESET_KEY, Some(self.ron.clone())),
        ];
        entries
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_of_several_lines_stays_in_the_comment() {
        let command = Some("widescope run --set 'seed=\n3'".to_owned());
        let provenance = Provenance {
            preset: "p".into(),
            seeds: vec![3],
            ron: "(seed: 3)".into(),
            command,
        };
        let text = provenance.headed_ron();
        assert_eq!(
            text.lines()
                .filter(|line| !line.starts_with("// "))
                .collect::<Vec<_>>(),
            ["(seed: 3)"]
        );
        assert_eq!(crate::preset::parse(&text).map(|preset| preset.seed), Ok(3));
    }

    #[test]
    fn keys_are_fit_for_png() {
        let provenance = Provenance {
            preset: "p".into(),
            seeds: vec![1, 2],
            ron: "()".into(),
            command: Some("c".into()),
        };
        let entries = provenance.entries();
        assert!(
            entries
                .iter()
                .all(|(k, _)| k.is_ascii() && (1..80).contains(&k.len()))
        );
        assert!(entries.contains(&("widescope-seeds".into(), "1, 2".into())));
        assert!(entries.contains(&(PRESET_KEY.into(), "()".into())));
    }
}
