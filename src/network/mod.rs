//! The network family f(x) = a·Σ_i v_i σ(h_i(x)), h_i(x) = b·⟨W_i, Φ(x)⟩.

mod activation;
mod embedding;
mod initial_weights;
mod math;
mod scaling;

pub use activation::{Activation, ActiveInterval, LEAK};
pub use embedding::{EmbeddingSpec, EmbeddingWidth, embed, embedding_dimension};
pub use initial_weights::InitialWeights;
pub(crate) use math::exponential::log_of_1_plus;
pub use math::real::Real;
pub use scaling::{Factor, GAMMAS, Parameterization, Scaling};
