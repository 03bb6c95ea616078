//! Every field of a preset checked against its range.

mod applicable;
pub mod claims;
mod data;
mod infinite_width;
mod loss;
mod moment;
mod needs;
mod network;
mod observe;
mod output_bias;
mod range;
mod shown;
mod sweep;
mod teacher;
mod text;
mod train;

pub(super) use claims::check_claims;
pub(super) use shown::check_shown;
pub(super) use sweep::check_sweep;
pub(super) use text::check_text;
pub(super) use train::check_reached;

use super::PresetError;
use crate::spec::Preset;

/// Checks the fields that make a run: all but the texts, the axes and the claims.
///
/// # Errors
/// The first field out of range, with its value and what is allowed.
pub(super) fn check_run(preset: &Preset) -> Result<(), PresetError> {
    needs::check(preset)?;
    data::check(&preset.data)?;
    network::check_network(preset)?;
    network::check_scaling(&preset.scaling)?;
    network::check_init(preset)?;
    train::check(preset)?;
    observe::check(preset)?;
    loss::check(preset)?;
    infinite_width::check(preset)?;
    output_bias::check(preset)?;
    applicable::check(preset)
}
