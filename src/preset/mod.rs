//! What to run, as data: the preset as written, and the checked experiment made of it.

mod arm;
mod axes;
mod axis_values;
mod by_hand;
mod check;
mod difference;
mod edit;
mod effect;
mod error;
mod experiment;
mod follow;
mod left_out;
pub mod library;
mod measure;
mod parse;
mod part;
mod path;
mod ron_text;
mod set;
mod spelling;
mod sweep_axes;
mod sweep_axis;
#[cfg(test)]
mod tests;
mod variation;
mod wrong;
mod written;

pub use arm::{Arm, ArmRef};
pub use axes::{MAX_ARMS, axis_of, symbol};
pub use by_hand::ArmsByHand;
pub use check::claims;
pub use check::claims::{Claim, Within};
pub use difference::Difference;
pub use edit::Edit;
pub use effect::{effect, effect_between};
pub use error::{Place, Position, PresetError, UnknownName};
pub use experiment::Experiment;
pub use measure::Measure;
pub use parse::{MAX_BYTES, parse, text, to_ron};
pub use set::{get, number_at, set, text_at};
pub(crate) use spelling::nearest;
pub use sweep_axes::restored;
pub use sweep_axis::{SweepAxis, SweepPoint};
pub use variation::{Values, Variation};
pub use wrong::WrongSetting;
pub use written::written;
