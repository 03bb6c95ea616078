//! The window without a display: what keys, controls and messages do.

mod arms;
mod before;
mod controls;
mod doors;
pub(super) mod fixture;
mod gallery;
mod gamma;
mod layout;
mod messages;
mod pins;
mod sweep;
mod transport;
mod undo;
mod vary;
