//! The command line: one command a file.

mod check;
mod exit;
mod list;
mod show;
mod source;
mod table;

pub use exit::Exit;

use clap::{Parser, Subcommand};

/// Watch wide neural networks train, and see whether they are lazy or learning features.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 done, 1 a run or a claim failed, 2 bad input or a missing \
    prerequisite, 130 interrupted."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::Args),
    Show(show::Args),
    Check(check::Args),
}

/// Does what the command line asks and says how the program ends.
pub fn run(cli: Cli) -> Exit {
    exit::conclude(match cli.command {
        Command::List(args) => list::list(&args),
        Command::Show(args) => show::show(&args),
        Command::Check(args) => check::check(&args),
    })
}
