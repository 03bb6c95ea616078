//! `widescope list`: the shipped presets.

use super::exit::{Exit, print};
use crate::preset::library;
use crate::spec::Preset;

/// Lists the shipped presets.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// As one JSON document with each preset's name, title, paper, figure, takeaway and duration.
    #[arg(long)]
    json: bool,
}

/// Prints a line a preset: its name, how long it takes, its title and where it comes from.
///
/// # Errors
/// Those of a shipped preset that can't be read, and of stdout.
pub fn list(args: &Args) -> anyhow::Result<Exit> {
    let presets = library::names()
        .map(library::load)
        .collect::<Result<Vec<_>, _>>()?;
    let text = if args.json {
        let cards: Vec<_> = presets
            .iter()
            .map(|e| {
                serde_json::json!({
                    "name": e.name,
                    "title": e.preset.title,
                    "paper": e.preset.source.paper,
                    "figure": e.preset.source.figure,
                    "takeaway": e.preset.takeaway,
                    "lasts": e.preset.lasts.to_string(),
                })
            })
            .collect();
        format!("{:#}\n", serde_json::Value::from(cards))
    } else {
        let width = presets.iter().map(|e| e.name.len()).max().unwrap_or(0);
        let line = |e: &crate::preset::Experiment| {
            let source = &e.preset.source;
            let Preset { title, lasts, .. } = &e.preset;
            format!("{:width$}  {lasts:7}  {title}  [{source}]\n", e.name)
        };
        presets.iter().map(line).collect()
    };
    print(&text)?;
    Ok(Exit::Done)
}
