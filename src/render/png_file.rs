//! PNG files with provenance.

use super::{Bitmap, PictureError};
use crate::page::write::png::encode_rgba;

/// Points in an inch, the unit of SVG and CSS.
const POINTS_PER_INCH: f32 = 96.0;

impl Bitmap {
    /// The image as a PNG file that carries `provenance` as key and value texts (iTXt chunks) and
    /// its printed size for `pixels_per_point` at 96 points an inch.
    ///
    /// # Errors
    /// [`PictureError::Png`] for a key that PNG does not allow, and where the encoder fails.
    pub fn to_png(
        &self,
        pixels_per_point: f32,
        provenance: &[(String, String)],
    ) -> Result<Vec<u8>, PictureError> {
        let ppi = pixels_per_point * POINTS_PER_INCH;
        Ok(encode_rgba(
            [self.width, self.height],
            &self.rgba,
            ppi,
            provenance,
        )?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::write::PngError;

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
            assert!(
                matches!(result, Err(PictureError::Png(PngError::Key(_)))),
                "{key:?}"
            );
        }
    }
}
