//! Vectors of floats: which instructions this processor has, and the products written with them.

mod aligned;
mod lanes;
mod level;
mod look_up;
mod product;
mod row_dots;
mod subset_product;
mod subset_sums;

pub use aligned::{Aligned, LINE, in_lines};
pub use lanes::Lanes;
pub use level::{LEVEL_VARIABLE, Level};
pub use look_up::LookUp;
pub use product::{Base, Matrix, Product};
pub use row_dots::RowDots;
pub use subset_product::{SubsetPart, SubsetProduct};
pub use subset_sums::SubsetSums;
