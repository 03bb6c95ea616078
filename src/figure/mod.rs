//! What to draw, without a toolkit.
