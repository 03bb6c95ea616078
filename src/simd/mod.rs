//! Vectors of floats: which instructions this processor has, and the products written with them.

mod lanes;
mod level;
mod product;

pub use lanes::Lanes;
pub use level::{LEVEL_VARIABLE, Level};
pub use product::{Base, Matrix, Product};
