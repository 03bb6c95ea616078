//! PNG files with provenance.

use ::png::{BitDepth, ColorType, Compression, Encoder, PixelDimensions, Unit};
use thiserror::Error;

/// Inches in a metre.
const INCHES: f32 = 1.0 / 0.0254;

/// Most characters of a key (PNG specification, third edition, 11.3.3.1).
const MAX_KEY: usize = 79;

/// Why a picture can't become a PNG file.
#[derive(Debug, Error)]
pub enum PngError {
    /// A key that PNG does not allow.
    #[error(
        "`{0}` can't be a key in a PNG file; allowed: 1 to 79 characters of Latin-1 without spaces at the ends"
    )]
    Key(String),
    /// The encoder failed.
    #[error("the picture can't be encoded as PNG: {0}")]
    Encoding(#[from] ::png::EncodingError),
}

/// An opaque image without anything else, as it is embedded in other files.
///
/// # Errors
/// [`PngError`] of the encoder.
pub fn encode_rgb([width, height]: [u32; 2], rgb: &[u8]) -> Result<Vec<u8>, PngError> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgb)?;
    writer.finish()?;
    Ok(file)
}

/// An image with texts under keys (iTXt chunks) and its printed size in pixels per inch.
///
/// # Errors
/// [`PngError`] of a key or of the encoder.
pub fn encode_rgba(
    [width, height]: [u32; 2],
    rgba: &[u8],
    ppi: f32,
    texts: &[(String, String)],
) -> Result<Vec<u8>, PngError> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    let density = (ppi * INCHES).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions {
        xppu: density,
        yppu: density,
        unit: Unit::Meter,
    }));
    for (key, value) in texts {
        if !is_keyword(key) {
            return Err(PngError::Key(key.clone()));
        }
        encoder.add_itxt_chunk(key.clone(), value.clone())?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgba)?;
    writer.finish()?;
    Ok(file)
}

/// Whether PNG allows `key`: printable Latin-1, no space at either end, no two in a row.
fn is_keyword(key: &str) -> bool {
    let printable = |c: char| matches!(c, ' '..='~' | '¡'..='ÿ');
    (1..=MAX_KEY).contains(&key.chars().count())
        && key.chars().all(printable)
        && key.trim() == key
        && !key.contains("  ")
}
