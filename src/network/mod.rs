//! The network family f(x) = a·Σ_i v_i σ(h_i(x)), h_i(x) = b·⟨W_i, Φ(x)⟩.

mod activation;
mod activation_pass;
mod embedding;
mod error_function;
mod exponential;
mod hyperbolic;
mod initial_weights;
mod real;
mod scaling;

pub use activation::{Activation, ActiveInterval, LEAK};
pub use embedding::{embed, embedding_dimension};
pub(crate) use exponential::log_of_1_plus;
pub use initial_weights::InitialWeights;
pub use real::Real;
pub use scaling::{Factor, Parameterization, Scaling};
