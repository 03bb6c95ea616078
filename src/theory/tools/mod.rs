//! What the papers' statements are computed from: dual activations, Hermite coefficients, covariances, sums over neurons.

pub(super) mod covariance;
pub(super) mod dual;
pub(super) mod hermite;
pub(super) mod kernel_limit;
pub(super) mod neurons;
