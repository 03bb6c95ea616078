//! Figures for papers, slides and web pages: what a panel shows, composed without a toolkit and without
//! controls, and written as PDF, SVG, PNG or pgfplots.

pub mod choice;
pub mod colours;
pub mod content;
pub mod table;
