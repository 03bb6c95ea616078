//! The preset a command works on: which one, and which of its fields are set otherwise.

use std::path::PathBuf;

use super::exit::complain;
use crate::export::{OpenError, open, share};
use crate::preset::Experiment;

/// The preset a command works on.
#[derive(Clone, Debug, clap::Args)]
pub struct Source {
    /// Name of a shipped preset (see `widescope list`), a preset file, a picture or page that widescope wrote
    /// (PNG, SVG, PDF, HTML), or a share string (see `widescope share`).
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
    /// A file of data or weights that a share string asks for. Repeat it for more files.
    #[arg(long = "data-file", value_name = "PATH")]
    data_files: Vec<PathBuf>,
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
        let Overrides { set, data_files } = &self.overrides;
        let opened = open(&self.preset, set, data_files).map_err(|error| match error {
            // By its type a word that is no preset is told from one that is a command.
            OpenError::Preset(error) => anyhow::Error::from(error),
            other => other.into(),
        })?;
        opened.notice.iter().for_each(|notice| complain(notice));
        Ok(opened.experiment)
    }

    /// Whether no field is set otherwise, here or where a share string was made. Wrong settings need fit only
    /// the preset as it is written.
    pub fn is_as_written(&self) -> bool {
        self.overrides.set.is_empty() && !share::is_share_string(&self.preset)
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
        let files = self.overrides.data_files.iter();
        let files = files.flat_map(|path| {
            [
                "--data-file".to_owned(),
                path.to_string_lossy().into_owned(),
            ]
        });
        std::iter::once(self.preset.clone())
            .chain(sets)
            .chain(files)
            .collect()
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
