//! Branch-free elementary functions and the float types they run on.

pub(super) mod error_function;
pub(super) mod exponential;
pub(super) mod hyperbolic;
pub(super) mod real;
