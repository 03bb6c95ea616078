//! Figures for papers, slides and web pages: what a panel shows, composed without a toolkit and without
//! controls, and written as PDF, SVG, PNG or pgfplots.

mod caption;
pub mod choice;
pub mod colours;
pub mod compose;
pub mod content;
pub mod sheet;
pub mod size;
pub mod table;
pub mod typeset;
pub mod write;

pub use caption::{alt, caption};
