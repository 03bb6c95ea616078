//! Many steps in a row of small networks, in cache and registers.

pub(super) mod descent;
pub(super) mod points;
pub(super) mod softplus;
pub(super) mod tiles;
