//! What to run, as data: the preset as written, and the checked experiment made of it.

mod axes;
mod axis_values;
mod check;
mod difference;
mod error;
mod experiment;
pub mod library;
mod parse;
mod ron_text;
mod set;
mod spelling;
mod sweep_axes;
#[cfg(test)]
mod tests;

pub use axes::MAX_ARMS;
pub use difference::Difference;
pub use error::{Place, Position, PresetError, UnknownName};
pub use experiment::{Arm, Experiment};
pub use parse::{MAX_BYTES, parse, to_ron};
pub use set::{number_at, set};
pub(crate) use spelling::nearest;
pub use sweep_axes::{SweepAxis, SweepPoint, restored};
