//! A saved state that does not fit the run it is put back into.

use std::fmt::Debug;

/// A saved state that does not fit the run it is put back into.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}: {found} saved, {needed} needed")]
pub struct Misfit {
    what: &'static str,
    found: String,
    needed: String,
}

impl Misfit {
    /// Compares something saved with what is needed.
    ///
    /// # Errors
    /// Where they differ; names both.
    pub fn unless_equal<T: PartialEq + Debug>(
        what: &'static str,
        found: T,
        needed: T,
    ) -> Result<(), Self> {
        if found == needed {
            return Ok(());
        }
        Err(Self {
            what,
            found: format!("{found:?}"),
            needed: format!("{needed:?}"),
        })
    }
}
