//! A page that replays the run.

use std::io::Write;

use super::Args;
use super::recorded::{Recorded, carried_out, ended, provenance};
use crate::cli::exit::{Exit, complain};
use crate::cli::render::Colours;
use crate::export::atomic_write;
use crate::preset::Experiment;
use crate::replay::{Shown, Wanted, replay};

/// Trains and writes the page.
///
/// # Errors
/// Those of the experiment's files and size, and a panel that has nothing to draw.
pub(super) fn page(args: &Args, experiment: &Experiment) -> anyhow::Result<Exit> {
    let wanted = Wanted {
        panels: args.moving.kinds(),
        theme: args.moving.theme.map(|theme| theme == Colours::Dark),
    };
    let Recorded { history, sweep } = carried_out(args, experiment, &wanted.panels)?;
    let shown = Shown {
        experiment,
        history: &history,
        sweep: sweep.as_ref().map(|(plan, table)| (plan, table)),
    };
    let page = replay(shown, &wanted, &provenance(args, experiment, options(args)))?;
    if let Err(error) = atomic_write(&args.out, |out| out.write_all(page.as_bytes())) {
        complain(&error.to_string());
        return Ok(Exit::Failed);
    }
    Ok(ended(&history))
}

/// The words that ask for panels and theme.
fn options(args: &Args) -> Vec<String> {
    let mut words = Vec::new();
    let keys = args.moving.keys();
    if !keys.is_empty() {
        words.extend(["--panels".to_owned(), keys.join(",")]);
    }
    if let Some(theme) = args.moving.theme {
        words.extend(["--theme".to_owned(), theme.name().to_owned()]);
    }
    words
}
