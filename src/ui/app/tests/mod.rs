//! The window without a display: what keys, controls and messages do.

mod controls;
pub(super) mod fixture;
mod gamma;
mod layout;
mod messages;
mod sweep;
mod transport;
