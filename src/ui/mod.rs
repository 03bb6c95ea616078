//! The window: controls, panels, time bar.
