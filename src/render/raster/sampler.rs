//! Colours between texels.

use egui::{TextureFilter, TextureOptions, TextureWrapMode};

use crate::render::textures::Texture;

/// Parts into which the distance of two texels is divided for linear filtering.
const WEIGHT_ONE: i32 = 256;

/// Reads one texture with one filter. Mipmaps are not built: far minified textures alias, as they
/// do on a GPU without them.
pub(super) struct Sampler<'a> {
    texture: &'a Texture,
    filter: TextureFilter,
}

impl<'a> Sampler<'a> {
    /// A sampler for a surface where a step of one pixel moves by at most `texels_per_pixel`.
    pub(super) fn new(texture: &'a Texture, texels_per_pixel: f32) -> Self {
        let TextureOptions {
            magnification,
            minification,
            ..
        } = texture.options;
        let filter = if texels_per_pixel > 1.0 {
            minification
        } else {
            magnification
        };
        Self { texture, filter }
    }

    /// Width and height, in texels.
    pub(super) fn size(texture: &Texture) -> [f32; 2] {
        texture.image.size.map(|side| side as f32)
    }

    /// Colour at `u`, `v` in texels from the top left corner.
    pub(super) fn at(&self, [u, v]: [f32; 2]) -> [u8; 4] {
        match self.filter {
            TextureFilter::Nearest => self.texel(u.floor() as i32, v.floor() as i32),
            TextureFilter::Linear => self.linear(u, v),
        }
    }

    fn linear(&self, u: f32, v: f32) -> [u8; 4] {
        let (x, right) = split(u);
        let (y, down) = split(v);
        if right == 0 && down == 0 {
            return self.texel(x, y);
        }
        let weights = [
            (WEIGHT_ONE - right) * (WEIGHT_ONE - down),
            right * (WEIGHT_ONE - down),
            (WEIGHT_ONE - right) * down,
            right * down,
        ];
        let (x1, y1) = (x.saturating_add(1), y.saturating_add(1));
        let texels = [
            self.texel(x, y),
            self.texel(x1, y),
            self.texel(x, y1),
            self.texel(x1, y1),
        ];
        std::array::from_fn(|n| {
            let sum: i32 = (0..4).map(|k| weights[k] * i32::from(texels[k][n])).sum();
            ((sum + WEIGHT_ONE * WEIGHT_ONE / 2) / (WEIGHT_ONE * WEIGHT_ONE)) as u8
        })
    }

    fn texel(&self, x: i32, y: i32) -> [u8; 4] {
        let [width, height] = self.texture.image.size;
        let wrap_mode = self.texture.options.wrap_mode;
        let index = wrap(y, height, wrap_mode) * width + wrap(x, width, wrap_mode);
        self.texture.image.pixels[index].to_array()
    }
}

/// The texel left of (or above) a coordinate and the weight of its right (or lower) neighbour.
fn split(coordinate: f32) -> (i32, i32) {
    let steps = ((coordinate - 0.5) * WEIGHT_ONE as f32).round() as i32;
    (steps.div_euclid(WEIGHT_ONE), steps.rem_euclid(WEIGHT_ONE))
}

/// The texel that stands at `index` of a side with `length > 0` texels.
fn wrap(index: i32, length: usize, mode: TextureWrapMode) -> usize {
    let length = i64::try_from(length).unwrap_or(i64::MAX / 2);
    let index = i64::from(index);
    let wrapped = match mode {
        TextureWrapMode::ClampToEdge => index.clamp(0, length - 1),
        TextureWrapMode::Repeat => index.rem_euclid(length),
        TextureWrapMode::MirroredRepeat => {
            let there_and_back = index.rem_euclid(2 * length);
            there_and_back.min(2 * length - 1 - there_and_back)
        }
    };
    wrapped as usize
}

#[cfg(test)]
mod tests {
    use super::wrap;
    use egui::TextureWrapMode::{ClampToEdge, MirroredRepeat, Repeat};

    #[test]
    fn wraps_outside_the_texture() {
        let wrapped = |mode| (-4..7).map(|i| wrap(i, 3, mode)).collect::<Vec<_>>();
        assert_eq!(wrapped(ClampToEdge), [0, 0, 0, 0, 0, 1, 2, 2, 2, 2, 2]);
        assert_eq!(wrapped(Repeat), [2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0]);
        assert_eq!(wrapped(MirroredRepeat), [2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 0]);
        assert_eq!(
            wrap(i32::MIN, 3, MirroredRepeat),
            wrap(i32::MIN + 6, 3, MirroredRepeat)
        );
    }
}
