//! The command line: one command a file.

mod bench;
mod check;
mod checkpoint;
mod exit;
mod export;
mod growth;
mod interrupt;
mod list;
mod machine;
mod merge;
mod missing;
#[cfg(not(feature = "render"))]
mod no_render;
mod progress;
mod recorded;
#[cfg(feature = "render")]
mod render;
mod run;
mod shard;
mod share;
mod show;
mod source;
mod summary;
mod sweep;
mod sweep_summary;
mod table;
mod training;
mod verify;
mod window;

pub use exit::Exit;

use clap::{Parser, Subcommand};

use crate::experiment::keep_panics_of_arms;
use crate::simd::Level;
#[cfg(not(feature = "render"))]
use no_render as render;

/// Watch wide neural networks train, and see whether they are lazy or learning features.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true, max_term_width = 100)]
#[command(
    after_help = "Without a command the window opens. Exit codes: 0 done, 1 a run or a claim failed, \
    2 bad input or a missing prerequisite, 130 interrupted."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    window: window::Args,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::Args),
    Show(show::Args),
    Share(share::Args),
    Check(check::Args),
    Run(run::Args),
    Render(render::Args),
    Export(export::Args),
    Sweep(sweep::Args),
    Merge(merge::Args),
    Missing(missing::Args),
    Verify(verify::Args),
    Bench(bench::Args),
}

/// Does what the command line asks and says how the program ends.
pub fn run(cli: Cli) -> Exit {
    keep_panics_of_arms();
    if let Err(message) = Level::check_variable() {
        exit::complain(&message);
        return Exit::BadInput;
    }
    exit::conclude(match cli.command {
        None => window::open(&cli.window),
        Some(Command::List(args)) => list::list(&args),
        Some(Command::Show(args)) => show::show(&args),
        Some(Command::Share(args)) => share::share(&args),
        Some(Command::Check(args)) => check::check(&args),
        Some(Command::Run(args)) => run::run(&args),
        Some(Command::Render(args)) => render::render(&args),
        Some(Command::Export(args)) => export::export(&args),
        Some(Command::Sweep(args)) => sweep::sweep(&args),
        Some(Command::Merge(args)) => merge::merge(&args),
        Some(Command::Missing(args)) => missing::missing(&args),
        Some(Command::Verify(args)) => verify::verify(&args),
        Some(Command::Bench(args)) => bench::bench(&args),
    })
}
