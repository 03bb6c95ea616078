//! Every panel in its states, against stored pictures.
#![cfg(feature = "render")]

#[path = "../support/fake_run/mod.rs"]
mod fake_run;
mod pictures;
mod scene;
#[path = "../support/snapshot.rs"]
mod snapshot;
mod states;
mod switches;
