//! Every panel in its states, against stored pictures.

mod guests;
mod pictures;
mod scene;
mod states;
mod summary;
mod switches;
