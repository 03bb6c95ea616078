//! Ctrl-C and termination: the first asks the run to stop, the second ends the program at once.

use anyhow::Context;

use super::exit::Exit;
use crate::task::Cancel;

/// A flag that Ctrl-C (and on Unix SIGTERM and SIGHUP) raises. A second one ends the program
/// without waiting; files are written whole or not at all, so nothing half is left either way.
///
/// # Errors
/// Where the system does not let the handler be set.
pub fn cancel_on_interrupt() -> anyhow::Result<Cancel> {
    let cancel = Cancel::new();
    let flag = cancel.clone();
    ctrlc::set_handler(move || {
        if flag.is_cancelled() {
            std::process::exit(i32::from(Exit::Interrupted.code()));
        }
        flag.cancel();
    })
    .context("can't listen for Ctrl-C")?;
    Ok(cancel)
}
