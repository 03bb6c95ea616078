//! Figures drawn with egui_plot, which brings zoom and pan; axes and marks are drawn here, so that
//! a figure is laid out in one pass and its axes stand still.

mod axes;
mod cells;
mod clip;
mod ends;
mod ink;
mod item;
mod place;
mod readout;
mod remembered;
mod scatter;
mod spoken;
mod sprite;
mod view;
mod zoom;

pub use cells::cell_rect;
pub use ink::{arm_shaft, ink_color, paint_shaft};
pub use sprite::draw_dots_as_sprites;
pub use view::{PlotOutput, PlotView};
pub use zoom::ZOOM;
