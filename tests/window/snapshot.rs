//! Compares pictures with those in `tests/snapshots`.

use widescope::render::Bitmap;

/// Compares `bitmap` with `tests/snapshots/NAME.png`. `UPDATE_SNAPSHOTS=1` writes it anew.
///
/// # Panics
/// If they differ visibly, or the file is missing; `NAME.diff.png` then shows where.
#[track_caller]
pub fn snapshot(name: &str, bitmap: &Bitmap) {
    let image = image::RgbaImage::from_raw(bitmap.width, bitmap.height, bitmap.rgba.clone())
        .expect("a bitmap has four bytes for each pixel");
    egui_kittest::image_snapshot(&image, name);
}
