//! How the program ends.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Context;

use crate::train::Cancelled;

/// How the program ends; its code is the same for every command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// A run diverged or failed, or a claim does not hold.
    Failed,
    /// Bad input or a missing prerequisite.
    BadInput,
    /// Interrupted by the user or the system.
    Interrupted,
}

impl Exit {
    /// The process's exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::BadInput => 2,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// Turns what a command returned into how the program ends, with a message on stderr for an error.
pub fn conclude(result: anyhow::Result<Exit>) -> Exit {
    let error = match result {
        Ok(exit) => return exit,
        Err(error) => error,
    };
    if error.downcast_ref::<Cancelled>().is_some() {
        complain("interrupted; nothing was written");
        return Exit::Interrupted;
    }
    complain(&format!("{error:#}"));
    Exit::BadInput
}

/// One message on stderr. Where even that fails there is nobody left to tell.
pub fn complain(message: &str) {
    let _ = writeln!(io::stderr().lock(), "widescope: {message}");
}

/// Writes to stdout. A reader that has had enough (`widescope list | head -1`) is no error.
///
/// # Errors
/// Those of stdout.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("can't write to stdout")
        }
        _ => Ok(()),
    }
}
