//! Laws of the training engine: gradients, representations, linearized twin, spectra, reproducibility.

mod gradient;
mod law;
mod linear;
mod oracle;
mod problem;
mod representation;
mod reproducible;
mod sgd;
mod spectrum;
mod twin;
