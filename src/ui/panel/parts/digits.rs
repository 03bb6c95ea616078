//! Handwritten digits as pictures, a class a row.

use std::sync::Arc;

use egui::{
    Align2, Color32, ColorImage, Id, Rect, Sense, TextStyle, TextureHandle, TextureOptions, Ui,
    Vec2, pos2, vec2,
};

use crate::data::{DigitImage, first_digits};
use crate::spec::Preset;
use crate::ui::Theme;

use super::cache::key;
use super::choice::caption_ui;

/// Images of a class at most.
const EACH: usize = 12;

/// Pixels of a side of an image.
const SIDE: usize = 28;

/// Space left of a row for its digit.
const LABEL: f32 = 28.0;

/// Distance between images.
const GAP: f32 = 4.0;

/// Largest side of an image on the screen.
const LARGEST: f32 = 84.0;

/// Images in one texture, a class a row, as the graphics memory has them.
struct Kept {
    key: u64,
    texture: TextureHandle,
    rows: Vec<(u8, usize)>,
}

/// Draws the first training images of each class; whether the preset's data are such images.
pub fn digits_ui(ui: &mut Ui, theme: &Theme, id: Id, preset: &Preset) -> bool {
    let Some(kept) = kept(ui, theme, id, preset) else {
        return false;
    };
    let caption = "The first training images of each class, before the pixels are scaled";
    caption_ui(ui, theme, caption);
    let area = ui.available_rect_before_wrap();
    let count = kept.rows.len().max(1) as f32;
    let wide = (area.width() - LABEL) / EACH as f32 - GAP;
    let side = wide.min(area.height() / count - GAP).clamp(8.0, LARGEST);
    let font = TextStyle::Body.resolve(ui.style());
    for (row, (digit, images)) in kept.rows.iter().enumerate() {
        let top = area.top() + row as f32 * (side + GAP);
        let middle = pos2(area.left() + 4.0, top + 0.5 * side);
        let text = digit.to_string();
        let painter = ui.painter();
        painter.text(middle, Align2::LEFT_CENTER, text, font.clone(), theme.text);
        for column in 0..*images {
            let left = area.left() + LABEL + column as f32 * (side + GAP);
            let place = Rect::from_min_size(pos2(left, top), Vec2::splat(side));
            let uv = part([column, row], count);
            painter.image(kept.texture.id(), place, uv, Color32::WHITE);
        }
        let whole = Rect::from_min_size(pos2(area.left(), top), vec2(area.width(), side));
        ui.interact(whole, id.with(("row", row)), Sense::hover())
            .on_hover_text(format!(
                "Training images of the digit {digit}, 28 × 28 pixels each"
            ));
    }
    ui.advance_cursor_after_rect(area);
    true
}

/// Where an image lies in the texture, from 0 to 1.
fn part([column, row]: [usize; 2], rows: f32) -> Rect {
    let size = vec2(1.0 / EACH as f32, 1.0 / rows);
    let corner = vec2(column as f32 * size.x, row as f32 * size.y);
    Rect::from_min_size(corner.to_pos2(), size)
}

fn kept(ui: &Ui, theme: &Theme, id: Id, preset: &Preset) -> Option<Arc<Kept>> {
    let key = key(&(format!("{:?}", preset.data), preset.seed, theme.dark));
    let before = ui.data(|d| d.get_temp::<Arc<Kept>>(id));
    if let Some(kept) = before.filter(|kept| kept.key == key) {
        return Some(kept);
    }
    let rows = first_digits(&preset.data, preset.seed, EACH).ok()??;
    let image = in_one(&rows, theme);
    let texture = ui
        .ctx()
        .load_texture("digits", image, TextureOptions::NEAREST);
    let row = |images: &Vec<DigitImage>| images.first().map(|first| (first.digit, images.len()));
    let kept = Arc::new(Kept {
        key,
        texture,
        rows: rows.iter().filter_map(row).collect(),
    });
    ui.data_mut(|d| d.insert_temp(id, Arc::clone(&kept)));
    Some(kept)
}

/// All images in one, ink in the colour of text.
fn in_one(rows: &[Vec<DigitImage>], theme: &Theme) -> ColorImage {
    let rows: Vec<_> = rows.iter().filter(|images| !images.is_empty()).collect();
    let size = [EACH * SIDE, rows.len() * SIDE];
    let mut pixels = vec![theme.panel; size[0] * size[1]];
    for (row, images) in rows.iter().enumerate() {
        for (column, image) in images.iter().enumerate() {
            for (at, ink) in image.pixels.iter().enumerate() {
                let y = row * SIDE + at / SIDE;
                let x = column * SIDE + at % SIDE;
                if let Some(pixel) = pixels.get_mut(y * size[0] + x) {
                    *pixel = theme
                        .panel
                        .lerp_to_gamma(theme.text, f32::from(*ink) / 255.0);
                }
            }
        }
    }
    ColorImage::new(size, pixels)
}
