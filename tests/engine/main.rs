//! Laws of the training engine: gradients, representations, linearized twin, spectra, reproducibility.

mod bias_runs;
mod biases;
mod coordinate;
mod cross_entropy;
mod descent;
mod evolution;
mod flow;
mod gradient;
mod imbalance;
mod kinks;
mod law;
mod least_squares;
mod levels;
mod linear;
mod naive;
mod observables;
mod oracle;
mod oracle_details;
mod path;
mod problem;
mod representation;
mod reproducible;
mod sgd;
mod spectrum;
mod twin;
mod weights_only;
