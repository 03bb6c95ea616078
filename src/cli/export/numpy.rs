//! A script for NumPy, and its arrays beside it.

use std::io::Write;

use super::Args;
use crate::cli::exit::{Exit, complain};
use crate::cli::interrupt::cancel_on_interrupt;
use crate::experiment::Estimate;
use crate::export::{NumpyScript, atomic_write, check_writable};
use crate::preset::Experiment;

/// Writes both; nothing is trained here.
///
/// # Errors
/// Those of the experiment's data, weights and sizes, and of files that can't be written.
pub(super) fn numpy_script(args: &Args, experiment: &Experiment) -> anyhow::Result<Exit> {
    let arrays = args.out.with_extension("npz");
    check_writable(&arrays)?;
    Estimate::of(experiment)?.refuse_if_too_big_now()?;
    let cancel = cancel_on_interrupt()?;
    let script = NumpyScript::of(experiment, &cancel)?;
    cancel.check()?;
    // The code comes last: with it there are its arrays.
    let written = atomic_write(&arrays, |out| script.write_arrays(out))
        .and_then(|()| atomic_write(&args.out, |out| out.write_all(script.text().as_bytes())));
    if let Err(error) = written {
        complain(&error.to_string());
        return Ok(Exit::Failed);
    }
    if !args.quiet {
        for what in script.left_out() {
            complain(&format!("the script leaves out {what}"));
        }
    }
    Ok(Exit::Done)
}
