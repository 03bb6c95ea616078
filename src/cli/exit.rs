//! How the program ends.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Context;

use crate::task::Cancelled;

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
    complain(&sentence(&error));
    Exit::BadInput
}

/// An error with its causes, each said once: many errors name their cause in their own words already.
fn sentence(error: &anyhow::Error) -> String {
    let mut said = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if said.is_empty() {
            said = cause;
        } else if !said.contains(&cause) {
            said.push_str(": ");
            said.push_str(&cause);
        }
    }
    said
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

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{text}")]
    struct Fault {
        text: &'static str,
        source: io::Error,
    }

    fn told(text: &'static str) -> String {
        let source = io::Error::other("the disk is full");
        sentence(&anyhow::Error::new(Fault { text, source }).context("--out x.png"))
    }

    #[test]
    fn a_cause_is_said_once_whether_or_not_its_error_says_it() {
        let whole = "--out x.png: can't write: the disk is full";
        assert_eq!(told("can't write: the disk is full"), whole);
        assert_eq!(told("can't write"), whole);
    }

    #[test]
    fn an_error_without_a_cause_is_told_as_it_is() {
        assert_eq!(
            sentence(&anyhow::anyhow!("no such preset")),
            "no such preset"
        );
    }
}
