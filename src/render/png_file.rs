//! PNG files with provenance.

use png::{BitDepth, ColorType, Compression, Encoder, PixelDimensions, Unit};

use super::{Bitmap, PictureError};

/// Points in a metre at 96 points an inch, the unit of SVG and CSS.
const POINTS_PER_METRE: f32 = 96.0 / 0.0254;

/// Most characters of a key (PNG specification, third edition, 11.3.3.1).
const MAX_KEY: usize = 79;

impl Bitmap {
    /// The image as a PNG file that carries `provenance` as key and value texts (iTXt chunks) and
    /// its printed size for `pixels_per_point` at 96 points an inch.
    ///
    /// # Errors
    /// [`PictureError::Key`] for a key that PNG does not allow, [`PictureError::Png`] where the
    /// encoder fails.
    pub fn to_png(
        &self,
        pixels_per_point: f32,
        provenance: &[(String, String)],
    ) -> Result<Vec<u8>, PictureError> {
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(ColorType::Rgba);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_compression(Compression::Balanced);
        let density = (pixels_per_point * POINTS_PER_METRE).round() as u32;
        encoder.set_pixel_dims(Some(PixelDimensions {
            xppu: density,
            yppu: density,
            unit: Unit::Meter,
        }));
        for (key, value) in provenance {
            if !is_keyword(key) {
                return Err(PictureError::Key { key: key.clone() });
            }
            encoder.add_itxt_chunk(key.clone(), value.clone())?;
        }
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.rgba)?;
        writer.finish()?;
        Ok(file)
    }
}

/// Whether PNG allows `key`: printable Latin-1, no space at either end, no two in a row.
fn is_keyword(key: &str) -> bool {
    let printable = |c: char| matches!(c, ' '..='~' | '¡'..='ÿ');
    (1..=MAX_KEY).contains(&key.chars().count())
        && key.chars().all(printable)
        && key.trim() == key
        && !key.contains("  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    fn bitmap() -> Bitmap {
        Bitmap {
            width: 2,
            height: 1,
            rgba: vec![255, 0, 0, 255, 0, 20, 40, 128],
        }
    }

    #[test]
    fn a_decoder_reads_back_pixels_texts_and_size() {
        let texts = [
            pair("preset", "(ω₀: 1.5, σ: \"tanh\")\nsecond line"),
            pair("seed", "7"),
        ];
        let file = bitmap().to_png(2.0, &texts).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&file))
            .read_info()
            .unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        reader.finish().unwrap();
        assert_eq!(pixels, bitmap().rgba);
        let read: Vec<_> = reader
            .info()
            .utf8_text
            .iter()
            .map(|chunk| (chunk.keyword.clone(), chunk.get_text().unwrap()))
            .collect();
        assert_eq!(read, texts);
        assert_eq!(reader.info().pixel_dims.unwrap().xppu, 7559);
    }

    #[test]
    fn refuses_keys_that_png_does_not_allow() {
        for key in ["", " preset", "a  b", "ω", "new\nline", &"k".repeat(80)] {
            let result = bitmap().to_png(1.0, &[pair(key, "value")]);
            assert!(matches!(result, Err(PictureError::Key { .. })), "{key:?}");
        }
    }
}
