//! Facts of the fields of a preset: what each is called and means, what it takes, and whether a change
//! of it acts on the run. Controls, tooltips and the labels of axes read them here.

/// Declares the fields of a part of a preset, and lists them in the order of the controls.
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $field:expr;)*) => {
        $($(#[$doc])* pub static $name: Field = $field;)*
        /// The fields of this part.
        pub(super) static ALL: &[&Field] = &[$(&$name),*];
    };
}

mod allowed;
mod data;
mod effect;
mod init;
mod method;
mod network;
mod scaling;
#[cfg(test)]
mod tests;
mod training;

pub use allowed::{Allowed, Choice};
pub use data::*;
pub use effect::{Effect, LiveField};
pub use init::*;
pub use method::*;
pub use network::*;
pub use scaling::*;
pub use training::*;

/// A field of a preset.
#[derive(Debug)]
pub struct Field {
    /// Path, as in `--set`.
    pub path: &'static str,
    /// Paths of the fields that are chosen together with it.
    pub with: &'static [&'static str],
    /// Short name.
    pub name: &'static str,
    /// Symbol in formulas and labels; `None` where the last part of its path says as much.
    pub symbol: Option<&'static str>,
    /// Definition, with its formula.
    pub meaning: &'static str,
    /// Whether a change acts on the run or starts another.
    pub effect: Effect,
    /// What it takes.
    pub allowed: Allowed,
}

impl Field {
    /// All fields of the table, in the order of the controls.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        let parts = [
            data::ALL,
            network::ALL,
            scaling::ALL,
            init::ALL,
            training::ALL,
            method::ALL,
        ];
        parts.into_iter().flatten().copied()
    }

    /// The field at a path; `None` where the table has none.
    pub fn at(path: &str) -> Option<&'static Self> {
        Self::all().find(|field| field.path == path)
    }

    /// Its choices; none of a field that takes numbers or text.
    pub fn choices(&self) -> &'static [Choice] {
        match self.allowed {
            Allowed::Choices(choices) => choices,
            _ => &[],
        }
    }
}
