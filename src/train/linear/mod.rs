//! Linear networks: the reduction to the combinations of neurons that evolve, and many steps in a row.

pub(super) mod descent;
pub(super) mod factor;
pub(super) mod pass;
pub(super) mod reduction;
pub(super) mod row_space;
pub(super) mod rows;
