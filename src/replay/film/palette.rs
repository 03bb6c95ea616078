//! The colours of a GIF: those of the theme as they are, and the blends that are used the most.

use std::collections::HashMap;

use super::Frame;

/// Colours a GIF has, one of which stands for what stays as it was.
const COLOURS: usize = 255;

/// Colours by number.
#[derive(Clone, Debug)]
pub(super) struct Palette {
    colours: Vec<[u8; 3]>,
    near: HashMap<[u8; 3], u8>,
}

impl Palette {
    /// The colours of a theme, and of the others in these frames those that most pixels have.
    pub(super) fn new<'a>(theme: &[[u8; 3]], frames: impl Iterator<Item = &'a Frame>) -> Self {
        let mut counts: HashMap<[u8; 3], u64> = HashMap::new();
        for frame in frames {
            for pixel in &frame.pixels {
                *counts.entry(*pixel).or_default() += 1;
            }
        }
        let is_used = |colour: &&[u8; 3]| counts.contains_key(*colour);
        let mut colours: Vec<[u8; 3]> = theme.iter().filter(is_used).copied().collect();
        colours.sort_unstable();
        colours.dedup();
        colours.truncate(COLOURS);
        let mut others: Vec<(u64, [u8; 3])> = counts
            .iter()
            .filter(|(colour, _)| !colours.contains(*colour))
            .map(|(colour, count)| (*count, *colour))
            .collect();
        others.sort_unstable_by(|a, b| b.cmp(a));
        colours.extend(
            others
                .into_iter()
                .take(COLOURS - colours.len())
                .map(|o| o.1),
        );
        Self {
            colours,
            near: HashMap::new(),
        }
    }

    /// Number of the nearest colour.
    pub(super) fn number(&mut self, pixel: [u8; 3]) -> u8 {
        if let Some(known) = self.near.get(&pixel) {
            return *known;
        }
        let all = self.colours.iter().enumerate();
        let nearest = all.min_by_key(|(_, colour)| distance(**colour, pixel));
        let number = nearest.map_or(0, |(index, _)| index as u8);
        self.near.insert(pixel, number);
        number
    }

    /// Number that stands for what stays as it was.
    pub(super) fn unchanged(&self) -> u8 {
        self.colours.len() as u8
    }

    /// Red, green, blue of every colour, that of what stays as it was too.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let colours = self.colours.iter().flatten().copied();
        colours.chain([0; 3]).collect()
    }
}

fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    let parts = a.iter().zip(b);
    parts.map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_the_theme_are_kept_exactly_however_rare() {
        let mut pixels: Vec<[u8; 3]> = (0..40_000u32)
            .map(|i| [(i % 200) as u8, (i / 200) as u8, 7])
            .collect();
        pixels.push([250, 1, 2]);
        let frame = Frame {
            width: pixels.len() as u32,
            height: 1,
            pixels,
        };
        let theme = [[250, 1, 2], [9, 9, 9]];
        let mut palette = Palette::new(&theme, [&frame].into_iter());
        assert_eq!(palette.colours.len(), COLOURS);
        let number = palette.number([250, 1, 2]);
        assert_eq!(palette.colours[number as usize], [250, 1, 2]);
        assert!(!palette.colours.contains(&[9, 9, 9]), "it is not used");
        assert_eq!(palette.unchanged(), 255);
        assert_eq!(palette.bytes().len(), 256 * 3);
    }
}
