//! The window without a display: what keys, controls and messages do.

mod arms;
mod before;
mod controls;
mod copying;
mod doors;
pub(super) mod fixture;
mod focus;
mod gallery;
mod gamma;
mod layout;
mod messages;
mod noise;
mod pins;
mod saving;
mod sweep;
mod tooltips;
mod transport;
mod undo;
mod vary;
