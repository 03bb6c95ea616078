//! Writes a composed page: SVG, PDF, PNG, or pgfplots with its table.

pub mod number;
mod outlines;
mod pdf;
pub mod png;
mod raster;
mod svg;
pub mod tex;
pub mod xml;

pub use pdf::{PRESET_COMMENT, pdf};
pub use png::PngError;
pub use raster::{RasterError, png as pixels};
pub use svg::{SvgText, svg};
