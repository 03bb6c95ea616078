//! What can go wrong on the way to a picture.

use thiserror::Error;

use super::limits::{MAX_PIXELS, MAX_SIDE};
use crate::page::write::PngError;

/// Why a picture could not be made.
#[derive(Debug, Error)]
pub enum PictureError {
    /// The size in pixels is zero, not finite, or too large to hold.
    #[error(
        "a picture of {width}×{height} points at {pixels_per_point} pixels per point is not \
         possible: each side must have 1 to {MAX_SIDE} pixels, and both together at most \
         {MAX_PIXELS}"
    )]
    Size {
        /// Width asked for, in points.
        width: f32,
        /// Height asked for, in points.
        height: f32,
        /// Pixels per point asked for.
        pixels_per_point: f32,
    },
    /// It can't become a PNG file.
    #[error(transparent)]
    Png(#[from] PngError),
}
