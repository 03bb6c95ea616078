//! What several panels of a run show alike, where the user chose it.

pub use crate::page::choice::SharedChoice;
