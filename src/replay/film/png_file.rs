//! Animations as PNG.

use png::{BitDepth, BlendOp, ColorType, Compression, DisposeOp, Encoder};

use super::{Film, FilmError};

/// The film as an animated PNG that carries `texts`: every colour as it is, and of each frame but the first only
/// what differs. A program that knows no animation shows the last frame.
///
/// # Errors
/// Those of the encoder.
pub fn apng(film: &Film, texts: &[(String, String)]) -> Result<Vec<u8>, FilmError> {
    let [width, height] = film.size()?;
    let mut file = Vec::new();
    {
        let mut encoder = Encoder::new(&mut file, width, height);
        encoder.set_color(ColorType::Rgba);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_compression(Compression::High);
        let plays = if film.repeats { 0 } else { 1 };
        encoder.set_animated(film.frames.len() as u32, plays)?;
        encoder.set_sep_def_img(true)?;
        for (key, value) in texts {
            encoder.add_itxt_chunk(key.clone(), value.clone())?;
        }
        let mut writer = encoder.write_header()?;
        if let Some(last) = film.frames.last() {
            let opaque = last.pixels.iter().flat_map(|[r, g, b]| [*r, *g, *b, 255]);
            writer.write_image_data(&opaque.collect::<Vec<u8>>())?;
        }
        for (frame, before, delay) in film.steps() {
            let part = before.map_or(frame.whole(), |before| frame.changed(before));
            writer.set_frame_dimension(part.width, part.height)?;
            writer.set_frame_position(part.left, part.top)?;
            writer.set_frame_delay(delay, 100)?;
            writer.set_dispose_op(DisposeOp::None)?;
            writer.set_blend_op(match before {
                None => BlendOp::Source,
                Some(_) => BlendOp::Over,
            })?;
            let pixel = |index: usize| {
                let pixel = frame.pixels.get(index).copied().unwrap_or_default();
                let same = before.is_some_and(|b| b.pixels.get(index) == Some(&pixel));
                let [r, g, b] = pixel;
                if same { [0; 4] } else { [r, g, b, 255] }
            };
            let pixels: Vec<u8> = frame.within(part).flat_map(pixel).collect();
            writer.write_image_data(&pixels)?;
        }
        writer.finish()?;
    }
    Ok(file)
}
