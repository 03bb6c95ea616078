//! The papers' theory: bounds against measured runs, kernels against their limits.

mod bounds;
mod cases;
mod flow;
mod infinite;
mod limit;
mod oracle;
mod system;
