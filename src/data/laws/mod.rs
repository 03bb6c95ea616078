//! The laws that synthetic data and labels are drawn from.

pub(super) mod labels;
pub(super) mod linear;
pub(super) mod planar;
pub(super) mod quadratic_net;
pub(super) mod synthetic;
