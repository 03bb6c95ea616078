//! Textures in main memory.

use std::collections::HashMap;
use std::sync::Arc;

use egui::epaint::{ColorImage, ImageData, ImageDelta};
use egui::{TextureId, TextureOptions, TexturesDelta};

/// One texture.
#[derive(Clone, Debug)]
pub(super) struct Texture {
    pub(super) image: Arc<ColorImage>,
    pub(super) options: TextureOptions,
}

/// Every texture that egui has announced and not yet freed.
#[derive(Clone, Debug, Default)]
pub struct Textures {
    textures: HashMap<TextureId, Texture>,
    /// Freed by the last delta. They are still needed to paint its frame.
    freed: Vec<TextureId>,
}

impl Textures {
    /// Applies and empties the changes of a frame. Call it before painting that frame; textures
    /// the frame frees live until the next call.
    pub fn apply(&mut self, delta: &mut TexturesDelta) {
        for id in self.freed.drain(..) {
            self.textures.remove(&id);
        }
        for (id, changes) in delta.set.drain() {
            for change in changes {
                self.change(id, change);
            }
        }
        self.freed.extend(delta.free.drain());
    }

    pub(super) fn get(&self, id: TextureId) -> Option<&Texture> {
        self.textures.get(&id)
    }

    fn change(&mut self, id: TextureId, change: ImageDelta) {
        let ImageDelta {
            image: ImageData::Color(image),
            options,
            pos,
        } = change;
        match (pos, self.textures.get_mut(&id)) {
            (None, _) => {
                self.textures.insert(id, Texture { image, options });
            }
            (Some(pos), Some(texture)) => {
                texture.options = options;
                patch(Arc::make_mut(&mut texture.image), &image, pos);
            }
            (Some(_), None) => {}
        }
    }
}

/// Copies the part of `source` that lies inside `target` to column `x`, row `y` of it.
fn patch(target: &mut ColorImage, source: &ColorImage, [x, y]: [usize; 2]) {
    let [target_width, _] = target.size;
    let [source_width, _] = source.size;
    let width = source_width.min(target_width.saturating_sub(x));
    if width == 0 {
        return;
    }
    let rows = target.pixels.chunks_exact_mut(target_width).skip(y);
    for (to, from) in rows.zip(source.pixels.chunks_exact(source_width)) {
        to[x..x + width].copy_from_slice(&from[..width]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::Color32;

    const ID: TextureId = TextureId::Managed(7);

    fn image(width: usize, height: usize, color: Color32) -> ImageData {
        ColorImage::filled([width, height], color).into()
    }

    fn reds(textures: &Textures) -> Vec<u8> {
        textures
            .get(ID)
            .unwrap()
            .image
            .pixels
            .iter()
            .map(|pixel| pixel.r())
            .collect()
    }

    #[test]
    fn a_patch_changes_its_region_only_and_is_cut_at_the_edge() {
        let mut textures = Textures::default();
        let mut delta = TexturesDelta::default();
        let options = TextureOptions::NEAREST;
        delta.push(ID, ImageDelta::full(image(3, 2, Color32::BLACK), options));
        delta.push(
            ID,
            ImageDelta::partial([2, 1], image(4, 4, Color32::WHITE), options),
        );
        delta.push(
            ID,
            ImageDelta::partial([9, 9], image(1, 1, Color32::WHITE), options),
        );
        textures.apply(&mut delta);
        assert!(delta.is_empty());
        assert_eq!(reds(&textures), [0, 0, 0, 0, 0, 255]);
    }

    #[test]
    fn a_freed_texture_lives_until_its_frame_is_painted() {
        let mut textures = Textures::default();
        let mut delta = TexturesDelta::default();
        delta.push(
            ID,
            ImageDelta::full(image(1, 1, Color32::WHITE), TextureOptions::LINEAR),
        );
        delta.free(ID);
        textures.apply(&mut delta);
        assert!(textures.get(ID).is_some());
        textures.apply(&mut delta);
        assert!(textures.get(ID).is_none());
    }
}
