//! A run as an animation: which moment each frame shows, and the frames as GIF or animated PNG.

mod drawn;
mod frame;
mod gif_file;
mod palette;
mod png_file;
#[cfg(test)]
mod tests;

use thiserror::Error;

use crate::page::content::NoFigure;
use crate::page::write::RasterError;

pub use drawn::{FilmOptions, film, theme_colours};
pub use frame::Frame;
pub use gif_file::gif;
pub use png_file::apng;

/// Frames, each for as long as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Film {
    /// The frames, at least one, all of one size.
    pub frames: Vec<Frame>,
    /// How long each is shown, in hundredths of a second.
    pub delays: Vec<u16>,
    /// Whether it begins again at its end.
    pub repeats: bool,
}

/// Why there is no film.
#[derive(Debug, Error)]
pub enum FilmError {
    /// There is nothing to show.
    #[error("there is no frame")]
    Empty,
    /// A panel that was asked for has no figure.
    #[error("panel {panel}: {why}")]
    Panel {
        /// Its name.
        panel: String,
        /// Why, and what can be done.
        why: NoFigure,
    },
    /// It is too large to be drawn.
    #[error(transparent)]
    Raster(#[from] RasterError),
    /// Frames differ in size, or are too large.
    #[error("the frames are not of one size, or longer than 65535 pixels on a side")]
    Size,
    /// The GIF can't be written.
    #[error("the GIF cannot be written: {0}")]
    Gif(#[from] gif::EncodingError),
    /// The PNG can't be written.
    #[error("the animated PNG cannot be written: {0}")]
    Png(#[from] png::EncodingError),
}

impl Film {
    /// Width and height of all frames.
    fn size(&self) -> Result<[u32; 2], FilmError> {
        let first = self.frames.first().ok_or(FilmError::Empty)?;
        let size = [first.width, first.height];
        let pixels = first.width as usize * first.height as usize;
        let fits = |frame: &Frame| {
            [frame.width, frame.height] == size && frame.pixels.len() == pixels && pixels > 0
        };
        if self.frames.iter().all(fits) {
            Ok(size)
        } else {
            Err(FilmError::Size)
        }
    }

    /// Each frame with the one before and how long it is shown.
    fn steps(&self) -> impl Iterator<Item = (&Frame, Option<&Frame>, u16)> {
        let before = std::iter::once(None).chain(self.frames.iter().map(Some));
        let delays = self.delays.iter().copied().chain(std::iter::repeat(4));
        let frames = self.frames.iter().zip(before).zip(delays);
        frames.map(|((frame, before), delay)| (frame, before, delay))
    }
}

/// Which moment is shown when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Seconds from the first moment to the last.
    pub seconds: f64,
    /// Frames a second, at most.
    pub rate: f64,
    /// Seconds for which the last one stays.
    pub rest: f64,
}

impl Pace {
    /// For moments at these places on the axis over the run, from 0 to 1: which of them are shown, and for how
    /// many hundredths of a second each. The whole is as uniform on the axis as the moments allow.
    pub fn frames(self, places: &[f64]) -> Vec<(usize, u16)> {
        let count = (self.seconds * self.rate).round().max(1.0) as usize;
        let whole = 100.0 * self.seconds;
        let mut shown: Vec<(usize, u16)> = Vec::new();
        for k in 0..count {
            let share = k as f64 / count.max(2).saturating_sub(1) as f64;
            let index = places.partition_point(|place| *place <= share + 1e-9);
            let index = index.saturating_sub(1);
            // Rounded so that the frames together last as long as was asked.
            let until = |k: usize| (whole * k as f64 / count as f64).round();
            let delay = (until(k + 1) - until(k)) as u16;
            match shown.last_mut() {
                Some((last, so_far)) if *last == index => *so_far += delay,
                _ => shown.push((index, delay)),
            }
        }
        if let Some((last, delay)) = shown.last_mut() {
            *last = places.len().saturating_sub(1);
            *delay += (100.0 * self.rest).round() as u16;
        }
        shown
    }
}
