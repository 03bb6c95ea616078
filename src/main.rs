//! widescope: watch wide neural networks train.

use std::process::ExitCode;

use clap::Parser;
use widescope::cli::{self, Cli};

fn main() -> ExitCode {
    cli::run(Cli::parse()).into()
}
