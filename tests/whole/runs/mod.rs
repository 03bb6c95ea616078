//! Whole runs of presets through the session that the window and the command line train with, held
//! against training written out in plain loops.

mod indices;
mod methods;
mod naive;
mod records;
mod surface;
mod whole;
