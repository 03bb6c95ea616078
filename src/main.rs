//! widescope: watch wide neural networks train.

use std::process::ExitCode;

use clap::Parser;
use widescope::cli::{self, Cli};

/// Arrays from this size on go back to the system as soon as they are freed.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const RETURNED_BYTES: i32 = 256 << 10;

/// Has freed arrays given back to the system at once. The C library would raise the size from which on it
/// does so to that of the largest array freed so far, and hold more than a run was estimated to take.
fn return_freed_memory() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[expect(unsafe_code, reason = "the C library has no safe form of this setting")]
    // SAFETY: no other thread runs yet, and any size is allowed; a refusal leaves things as they were.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, RETURNED_BYTES);
    }
}

fn main() -> ExitCode {
    return_freed_memory();
    cli::run(Cli::parse()).into()
}
