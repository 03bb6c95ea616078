//! `widescope render` in a build without pictures.

use anyhow::bail;

use super::exit::Exit;

/// Draws pictures, which this build was made without.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Whatever is asked for.
    #[arg(hide = true, trailing_var_arg = true, allow_hyphen_values = true)]
    _ignored: Vec<String>,
}

/// Says which feature is missing.
///
/// # Errors
/// Always.
pub fn render(_args: &Args) -> anyhow::Result<Exit> {
    bail!("this build draws no pictures: build widescope with `--features render`")
}
