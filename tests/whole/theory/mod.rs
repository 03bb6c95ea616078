//! The papers' theory: bounds against the records of runs, kernels against their limits.

mod accuracy;
mod between;
mod bounds;
mod cases;
mod infinite;
mod limit;
mod oracle;
mod statements;
mod system;
