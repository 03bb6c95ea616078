//! The window: controls, panels, time bar.

pub mod action;
pub mod app;
mod arm_words;
mod controls;
mod cursor;
mod dead;
pub mod door_action;
mod doors;
mod draft;
mod elide;
mod estimate;
mod focus;
pub mod fonts;
mod gallery;
mod glossary;
mod help;
mod icon;
mod kept;
mod keys;
pub mod panel;
pub mod plot;
mod replay;
mod run_view;
mod runner;
mod scrubber;
mod seats;
mod starting;
mod status;
pub mod still;
mod sweep_view;
mod sweeper;
pub mod theme;
mod tiles;
mod timebar;
mod topbar;
mod vary;
#[cfg(feature = "gui")]
pub mod window;
mod zoom;

pub use app::App;
pub use runner::Runner;
pub use sweep_view::{SweepState, SweepView};
pub use sweeper::Sweeper;
pub use theme::Theme;
