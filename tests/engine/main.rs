//! Laws of the training engine: gradients, representations, linearized twin, spectra, reproducibility.

mod cross_entropy;
mod flow;
mod gradient;
mod imbalance;
mod law;
mod least_squares;
mod linear;
mod observables;
mod oracle;
mod path;
mod problem;
mod representation;
mod reproducible;
mod sgd;
mod spectrum;
mod twin;
mod weights_only;
