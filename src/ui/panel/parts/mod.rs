//! What panels are made of: choices, switches, tables, messages.

pub mod arm_choice;
pub mod bounds;
pub mod cache;
pub mod choice;
pub mod colour_bar;
pub mod digits;
pub mod kernel_image;
pub mod lack;
pub mod log_axis;
pub mod map_grid;
pub mod marker;
pub mod points;
pub mod shared;
pub mod side_by_side;
pub mod stage;
pub mod sweep_choice;
pub mod sweep_head;
pub mod sweep_trial;
pub mod switches;
pub mod table;
pub mod time_axis;
pub mod touch;
pub mod trace;
