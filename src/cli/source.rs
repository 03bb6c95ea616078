//! The preset a command works on: which one, and which of its fields are set otherwise.

use crate::preset::{Experiment, library};

/// The preset a command works on.
#[derive(Clone, Debug, clap::Args)]
pub struct Source {
    /// Name of a shipped preset (see `widescope list`), or a preset file.
    #[arg(value_name = "PRESET")]
    preset: String,
    #[command(flatten)]
    overrides: Overrides,
}

/// Fields set otherwise than in the preset.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Overrides {
    /// Sets a field by its path in the preset, for example `--set network.width=4096`; the value is
    /// written as in the preset. Repeat it for more fields; the last one wins.
    #[arg(long = "set", value_name = "PATH=VALUE", value_parser = assignment)]
    set: Vec<(String, String)>,
}

impl Source {
    /// The source of a preset by name with overrides.
    pub fn new(preset: &str, overrides: &Overrides) -> Self {
        Self {
            preset: preset.to_owned(),
            overrides: overrides.clone(),
        }
    }

    /// Reads the preset, sets the fields and checks every one.
    ///
    /// # Errors
    /// Names the preset or the field, the value, what is allowed and the nearest right spelling.
    pub fn load(&self) -> anyhow::Result<Experiment> {
        Ok(library::load_with(&self.preset, &self.overrides.set)?)
    }

    /// Whether no field is set otherwise. Wrong settings need fit only the preset as it is written.
    pub fn is_as_written(&self) -> bool {
        self.overrides.set.is_empty()
    }

    /// The same with one more field set, after the others.
    pub fn and(mut self, path: &str, value: &str) -> Self {
        self.overrides.set.push((path.to_owned(), value.to_owned()));
        self
    }

    /// The words that ask for this preset on a command line.
    pub fn words(&self) -> Vec<String> {
        let sets = &self.overrides.set;
        let sets = sets
            .iter()
            .flat_map(|(path, value)| ["--set".to_owned(), format!("{path}={value}")]);
        std::iter::once(self.preset.clone()).chain(sets).collect()
    }
}

/// Splits at the first `=`: a path has none.
fn assignment(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((path, value)) if !path.trim().is_empty() => {
            Ok((path.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("allowed: PATH=VALUE, for example network.width=512".to_owned()),
    }
}
