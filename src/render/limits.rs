//! The largest picture there can be.

/// Longest side of a picture, in pixels.
pub(super) const MAX_SIDE: u32 = 16_384;

/// Most pixels of a picture: 256 MiB of RGBA.
pub(super) const MAX_PIXELS: u64 = 1 << 26;
