//! The colours of cells.

use crate::figure::{Fill, Palette};

use super::{Colours, Rgb};

/// How far the colours of signs go at their ends, so that points of the same colours are seen on them.
const TINT: f32 = 0.55;

impl Colours {
    /// Colour of a share of the way between the ends.
    pub fn share(&self, palette: Palette, share: f64) -> Rgb {
        let share = share.clamp(0.0, 1.0);
        let of = |gradient: colorous::Gradient, share| {
            let colour = gradient.eval_continuous(share);
            Rgb(colour.r, colour.g, colour.b)
        };
        match palette {
            Palette::Size => of(colorous::VIRIDIS, share),
            Palette::Change => of(colorous::RED_BLUE, 1.0 - share),
            Palette::Sign => {
                let away = (2.0 * share - 1.0) as f32;
                self.panel.towards(self.sign(away > 0.0), TINT * away.abs())
            }
        }
    }

    /// Colour of a cell.
    pub fn fill(&self, palette: Palette, fill: &Fill) -> Rgb {
        match fill.share {
            None => self.panel.towards(self.error, 0.25),
            Some(share) => self.share(palette, share),
        }
    }

    /// Colour of the cross in a cell in which something went wrong: light on the dark colours and dark on the
    /// light ones.
    pub fn cross(&self, fill: &Fill) -> Rgb {
        match fill.share {
            None => self.error,
            Some(share) if share < 0.6 => Rgb::WHITE,
            Some(_) => Rgb::BLACK,
        }
    }
}
