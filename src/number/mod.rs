//! Numbers as text: typeset for figures, short and as they are typed for controls, plain in messages.

mod plain;
mod typed;
mod typeset;

pub use plain::{four_digits, percent, rounded_down};
pub use typed::{bytes, compact, duration, parse};
pub use typeset::{
    column, count, fixed, number, plus_minus, power_of_ten, scientific, superscript,
};
