//! Pixels of a picture.

use egui::Color32;

/// An image of 8-bit sRGB colours with straight (not premultiplied) alpha.
#[derive(Clone, PartialEq, Eq)]
pub struct Bitmap {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Red, green, blue, alpha of each pixel, row by row from the top left; `4 · width · height`.
    pub rgba: Vec<u8>,
}

impl std::fmt::Debug for Bitmap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bitmap({}×{})", self.width, self.height)
    }
}

impl Bitmap {
    /// The image whose pixels, premultiplied as egui has them, are `pixels`.
    pub(super) fn from_premultiplied(width: u32, height: u32, pixels: &[Color32]) -> Self {
        let rgba = pixels
            .iter()
            .flat_map(|pixel| pixel.to_srgba_unmultiplied())
            .collect();
        Self {
            width,
            height,
            rgba,
        }
    }

    /// Red, green, blue, alpha at column `x` and row `y`, or `None` outside the image.
    pub fn pixel(&self, x: u32, y: u32) -> Option<[u8; 4]> {
        if x >= self.width || y >= self.height {
            return None;
        }
        let index = y as usize * self.width as usize + x as usize;
        self.rgba.as_chunks::<4>().0.get(index).copied()
    }
}
