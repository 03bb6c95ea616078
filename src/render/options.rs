//! Size and resolution of a picture.

use egui::Color32;

use super::PictureError;
use super::limits::{MAX_PIXELS, MAX_SIDE};

/// How to make a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureOptions {
    /// Width, in points.
    pub width: f32,
    /// Height, in points.
    pub height: f32,
    /// Pixels per point of the bitmap, and of the grid to which the layout is aligned.
    pub pixels_per_point: f32,
    /// Frames to run before the last is kept: panels and plot bounds settle over a few frames.
    /// Fewer than [`PictureOptions::MIN_FRAMES`] are raised to it.
    pub frames: usize,
    /// Colour behind everything; the style's panel fill if `None`.
    pub background: Option<Color32>,
}

impl PictureOptions {
    /// Frames in which every egui layout without animations settles.
    pub const MIN_FRAMES: usize = 3;

    /// A picture of `width` × `height` points at one pixel per point.
    pub fn new(width: f32, height: f32) -> Self {
        Self {
            width,
            height,
            pixels_per_point: 1.0,
            frames: Self::MIN_FRAMES,
            background: None,
        }
    }

    /// The same with another number of pixels per point.
    pub fn with_pixels_per_point(mut self, pixels_per_point: f32) -> Self {
        self.pixels_per_point = pixels_per_point;
        self
    }

    /// Width and height in pixels.
    ///
    /// # Errors
    /// [`PictureError::Size`] where a side is below one pixel, above `MAX_SIDE`, or the area is
    /// above `MAX_PIXELS`.
    pub fn size_in_pixels(&self) -> Result<[u32; 2], PictureError> {
        let side = |points: f32| {
            let pixels = (points * self.pixels_per_point).round();
            (1.0..=MAX_SIDE as f32)
                .contains(&pixels)
                .then_some(pixels as u32)
        };
        match (side(self.width), side(self.height)) {
            (Some(w), Some(h)) if u64::from(w) * u64::from(h) <= MAX_PIXELS => Ok([w, h]),
            _ => Err(PictureError::Size {
                width: self.width,
                height: self.height,
                pixels_per_point: self.pixels_per_point,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PictureOptions;

    #[test]
    fn rounds_to_whole_pixels() {
        let options = PictureOptions::new(100.0, 50.2).with_pixels_per_point(1.5);
        assert_eq!(options.size_in_pixels().unwrap(), [150, 75]);
    }

    #[test]
    fn refuses_sizes_that_cannot_be_held() {
        for (width, height) in [
            (0.0, 10.0),
            (f32::NAN, 10.0),
            (1e9, 10.0),
            (16_000.0, 16_000.0),
        ] {
            let error = PictureOptions::new(width, height)
                .size_in_pixels()
                .unwrap_err();
            assert!(error.to_string().contains("16384"), "{error}");
        }
    }
}
