//! Numbers as text.

mod digits;

pub(crate) use digits::four_digits;
