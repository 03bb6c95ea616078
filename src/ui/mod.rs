//! The window: controls, panels, time bar.

pub mod fonts;
pub mod panel;
pub mod theme;

pub use theme::Theme;
