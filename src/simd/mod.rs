//! Vectors of floats: which instructions this processor has, and the products written with them.

mod aligned;
mod lanes;
mod level;
mod product;

pub use aligned::{Aligned, LINE, in_lines};
pub use lanes::Lanes;
pub use level::{LEVEL_VARIABLE, Level};
pub use product::{Base, Matrix, Product};
