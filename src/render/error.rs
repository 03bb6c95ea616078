//! What can go wrong on the way to a picture.

use thiserror::Error;

use super::limits::{MAX_PIXELS, MAX_SIDE};

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
    /// A provenance key that a PNG text chunk cannot carry.
    #[error(
        "the provenance key {key:?} does not fit in a PNG: it needs 1 to 79 characters of \
         Latin-1, without control characters"
    )]
    Key {
        /// The key.
        key: String,
    },
    /// The PNG encoder failed.
    #[error("the PNG could not be encoded: {0}")]
    Png(#[from] png::EncodingError),
}
