//! `widescope [PRESET]`: the window.

use std::path::Path;

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
    /// Neither reads nor writes the settings that the window remembers; so does the variable
    /// WIDESCOPE_NO_SETTINGS.
    #[arg(long)]
    no_settings: bool,
}

/// Opens the window with a preset, the first shipped one where none is named.
///
/// # Errors
/// Those of the preset, and of a system without a display or without a library that the window needs.
pub fn open(args: &Args) -> anyhow::Result<Exit> {
    let preset = args.preset.as_deref().unwrap_or(library::DEFAULT);
    // The folder of a run or of a sweep is read while the window is there already.
    let first = if Path::new(preset).is_dir() {
        library::DEFAULT
    } else {
        preset
    };
    let source = Source::new(first, &args.overrides);
    let experiment = source.load().map_err(|error| or_a_command(error, preset))?;
    show(experiment, preset, args.no_settings)
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
fn show(experiment: Experiment, source: &str, no_settings: bool) -> anyhow::Result<Exit> {
    use crate::settings::{ConfigFolder, Keeper};
    let folder = match no_settings {
        true => ConfigFolder::Unwanted,
        false => ConfigFolder::of_user(),
    };
    crate::ui::window::run(crate::ui::window::Start {
        experiment,
        source: source.to_owned(),
        keeper: Keeper::open(folder),
    })?;
    Ok(Exit::Done)
}

#[cfg(not(feature = "gui"))]
fn show(_: Experiment, _: &str, _: bool) -> anyhow::Result<Exit> {
    anyhow::bail!(
        "this build has no window: build widescope with `--features gui`, or use `widescope run` or \
         `widescope render`"
    )
}
