//! `widescope [PRESET]`: the window.

use clap::CommandFactory;

use super::Cli;
use super::exit::Exit;
use super::source::{Overrides, Source};
use crate::preset::{Experiment, PresetError, library};

/// Opens the window.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Preset to open: a shipped one's name (see `widescope list`), a file, a picture or page that widescope
    /// wrote, or a share string.
    preset: Option<String>,
    #[command(flatten)]
    overrides: Overrides,
}

/// Opens the window with a preset, the first shipped one where none is named.
///
/// # Errors
/// Those of the preset, and of a system without a display or without a library that the window needs.
pub fn open(args: &Args) -> anyhow::Result<Exit> {
    let preset = args.preset.as_deref().unwrap_or(library::DEFAULT);
    let source = Source::new(preset, &args.overrides);
    show(source.load().map_err(|error| or_a_command(error, preset))?)
}

/// A word that is no preset may have been meant as a command.
fn or_a_command(error: anyhow::Error, word: &str) -> anyhow::Error {
    if !matches!(
        error.downcast_ref(),
        Some(PresetError::UnknownPreset { .. })
    ) {
        return error;
    }
    let commands = Cli::command();
    let likeness = |name: &str| strsim::damerau_levenshtein(name, word);
    let near = commands
        .get_subcommands()
        .map(|c| c.get_name())
        .filter(|name| likeness(name) <= 2);
    match near.min_by_key(|name| likeness(name)) {
        Some(name) => anyhow::anyhow!("{error}; did you mean the command `widescope {name}`?"),
        None => error,
    }
}

#[cfg(feature = "gui")]
fn show(experiment: Experiment) -> anyhow::Result<Exit> {
    crate::ui::window::run(experiment)?;
    Ok(Exit::Done)
}

#[cfg(not(feature = "gui"))]
fn show(_experiment: Experiment) -> anyhow::Result<Exit> {
    anyhow::bail!(
        "this build has no window: build widescope with `--features gui`, or use `widescope run` or \
         `widescope render`"
    )
}
