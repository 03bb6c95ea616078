//! The window without a display: what keys, controls and messages do.

mod controls;
mod fixture;
mod layout;
mod messages;
mod transport;
