//! Animations as GIF.

use std::borrow::Cow;

use gif::{DisposalMethod, Encoder, Repeat};

use super::palette::Palette;
use super::{Film, FilmError};

/// Frames looked at for the palette.
const SEEN: usize = 24;

/// The film as a GIF: one palette for all frames, and of each but the first only what differs. `theme` are the
/// colours that are kept exactly.
///
/// # Errors
/// [`FilmError::Size`] for a side longer than a GIF can have.
pub fn gif(film: &Film, theme: &[[u8; 3]]) -> Result<Vec<u8>, FilmError> {
    let [width, height] = film.size()?.map(u16::try_from);
    let (Ok(width), Ok(height)) = (width, height) else {
        return Err(FilmError::Size);
    };
    let stride = film.frames.len().div_ceil(SEEN).max(1);
    let seen = film.frames.iter().rev().step_by(stride);
    let mut palette = Palette::new(theme, seen);
    let mut file = Vec::new();
    {
        let mut encoder = Encoder::new(&mut file, width, height, &palette.bytes())?;
        if film.repeats {
            encoder.set_repeat(Repeat::Infinite)?;
        }
        for (frame, before, delay) in film.steps() {
            let part = before.map_or(frame.whole(), |before| frame.changed(before));
            let unchanged = palette.unchanged();
            let number = |index: usize| {
                let pixel = frame.pixels.get(index).copied().unwrap_or_default();
                let same = before.is_some_and(|b| b.pixels.get(index) == Some(&pixel));
                if same {
                    unchanged
                } else {
                    palette.number(pixel)
                }
            };
            let buffer: Vec<u8> = frame.within(part).map(number).collect();
            encoder.write_frame(&gif::Frame {
                delay,
                dispose: DisposalMethod::Keep,
                transparent: before.map(|_| unchanged),
                left: part.left as u16,
                top: part.top as u16,
                width: part.width as u16,
                height: part.height as u16,
                buffer: Cow::Owned(buffer),
                ..gif::Frame::default()
            })?;
        }
    }
    Ok(file)
}
