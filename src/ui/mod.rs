//! The window: controls, panels, time bar.

pub mod panel;
pub mod theme;

pub use theme::Theme;
