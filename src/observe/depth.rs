//! How much of what is observed is measured.

/// How much of what is observed is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Everything.
    Full,
    /// What takes no more than a pass over the features and weights held
    /// ([`super::Facts`] say what does).
    Cheap,
}
