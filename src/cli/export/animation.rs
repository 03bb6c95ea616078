//! An animation of a panel.

use std::io::Write;

use super::Args;
use super::recorded::{Recorded, carried_out, ended, provenance};
use crate::cli::exit::{Exit, complain};
use crate::cli::render::Colours;
use crate::export::atomic_write;
use crate::page::choice::PanelState;
use crate::preset::Experiment;
use crate::replay::film::{Film, FilmError, FilmOptions, film, theme_colours};
use crate::replay::{self, Shown};

/// Bytes beyond which every second frame is left out.
const LARGEST: usize = 10_000_000;

/// Trains and writes a GIF.
///
/// # Errors
/// Those of the experiment's files and size, and a panel that has nothing to draw.
pub(super) fn gif(args: &Args, experiment: &Experiment) -> anyhow::Result<Exit> {
    written(args, experiment, &|film, shown| {
        let choice = PanelState::default();
        let dark = args.moving.theme == Some(Colours::Dark);
        let colours = shown.view(&choice, 0).colours(dark);
        let arms = shown.history.arms().len();
        replay::film::gif(film, &theme_colours(&colours, arms))
    })
}

/// Trains and writes an animated PNG.
///
/// # Errors
/// Those of [`gif`].
pub(super) fn apng(args: &Args, experiment: &Experiment) -> anyhow::Result<Exit> {
    let texts = provenance(args, experiment, options(args)).entries();
    written(args, experiment, &|film, _| {
        replay::film::apng(film, &texts)
    })
}

/// Writes a film of what was recorded in one of the formats.
type Format<'a> = dyn Fn(&Film, Shown<'_>) -> Result<Vec<u8>, FilmError> + 'a;

fn written(args: &Args, experiment: &Experiment, write: &Format<'_>) -> anyhow::Result<Exit> {
    let moving = &args.moving;
    let kinds = match moving.kinds() {
        kinds if kinds.is_empty() => replay::hero(&experiment.preset).into_iter().collect(),
        kinds => kinds,
    };
    let Recorded { history, sweep } = carried_out(args, experiment, &kinds)?;
    let shown = Shown {
        experiment,
        history: &history,
        sweep: sweep.as_ref().map(|(plan, table)| (plan, table)),
    };
    let mut options = FilmOptions {
        panels: kinds,
        dark: moving.theme == Some(Colours::Dark),
        size: moving.size().clone(),
        seconds: moving.seconds,
        rate: moving.fps,
        repeats: !moving.once,
    };
    let mut file = write(&film(shown, &options)?, shown)?;
    while file.len() > LARGEST && options.rate > 2.0 {
        options.rate *= 0.5;
        complain(&format!(
            "more than {} MB: written with {} frames a second",
            LARGEST / 1_000_000,
            options.rate
        ));
        file = write(&film(shown, &options)?, shown)?;
    }
    if let Err(error) = atomic_write(&args.out, |out| out.write_all(&file)) {
        complain(&error.to_string());
        return Ok(Exit::Failed);
    }
    Ok(ended(&history))
}

/// The words that ask for what an animation shows.
fn options(args: &Args) -> Vec<String> {
    let moving = &args.moving;
    let mut words = vec![
        "--size".to_owned(),
        moving.size().to_string(),
        "--fps".to_owned(),
        moving.fps.to_string(),
        "--seconds".to_owned(),
        moving.seconds.to_string(),
    ];
    let keys = moving.keys();
    if !keys.is_empty() {
        words.extend(["--panels".to_owned(), keys.join(",")]);
    }
    if let Some(theme) = moving.theme {
        words.extend(["--theme".to_owned(), theme.name().to_owned()]);
    }
    if moving.once {
        words.push("--once".to_owned());
    }
    words
}
