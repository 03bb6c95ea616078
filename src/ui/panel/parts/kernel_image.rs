//! A square of numbers in colours.

use std::sync::Arc;

use egui::{
    Align2, Color32, ColorImage, Id, Mesh, Rect, Sense, Stroke, StrokeKind, TextStyle,
    TextureHandle, TextureOptions, Ui, pos2, vec2,
};

use crate::figure::{Image, KernelView};
use crate::number;
use crate::ui::Theme;

/// Width of the colour bar.
const BAR: f32 = 10.0;
/// Space for its numbers.
const NUMBERS: f32 = 62.0;
/// Distance between image and bar.
const GAP: f32 = 8.0;
/// Bands of the bar, between which its colours are blended.
const STEPS: usize = 64;

/// An image as the graphics memory has it.
#[derive(Clone)]
struct Kept {
    key: u64,
    texture: TextureHandle,
}

/// Colour of a share of the way between the ends.
fn color(theme: &Theme, view: KernelView, share: f64) -> Color32 {
    theme.colours.share(view.palette(), share).into()
}

/// Draws an image with its colour bar into a rectangle; `key` names what the image was made of.
pub fn image_ui(
    ui: &mut Ui,
    theme: &Theme,
    rect: Rect,
    (id, key): (Id, u64),
    (view, image): (KernelView, &Image),
) {
    let side = (rect.width() - BAR - GAP - NUMBERS).min(rect.height());
    if side < 8.0 {
        return;
    }
    let square = Rect::from_min_size(rect.min, vec2(side, side));
    let texture = texture(ui, theme, (id, key), view, image);
    let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    ui.painter().image(texture.id(), square, uv, Color32::WHITE);
    let outline = Stroke::new(1.0, theme.hairline);
    ui.painter()
        .rect_stroke(square, 0.0, outline, StrokeKind::Outside);
    let left = square.right() + GAP;
    let bar = Rect::from_min_size(pos2(left, square.top()), vec2(BAR, side));
    bar_ui(ui, theme, bar, view, image);
    hover_ui(ui, theme, square, id, (view, image));
}

fn texture(
    ui: &Ui,
    theme: &Theme,
    (id, key): (Id, u64),
    view: KernelView,
    image: &Image,
) -> TextureHandle {
    let kept = ui.data(|d| d.get_temp::<Arc<Kept>>(id));
    if let Some(kept) = kept.filter(|kept| kept.key == key) {
        return kept.texture.clone();
    }
    let side = image.side();
    let pixel = |v: &f32| {
        image
            .share(*v)
            .map_or(theme.error, |s| color(theme, view, s))
    };
    let pixels = image.values.iter().map(pixel).collect();
    let texture = ui.ctx().load_texture(
        "kernel",
        ColorImage::new([side, side], pixels),
        TextureOptions::NEAREST,
    );
    let kept = Arc::new(Kept {
        key,
        texture: texture.clone(),
    });
    ui.data_mut(|d| d.insert_temp(id, kept));
    texture
}

/// The colours with the numbers at their ends, and 0 in the middle of a change.
fn bar_ui(ui: &Ui, theme: &Theme, bar: Rect, view: KernelView, image: &Image) {
    let painter = ui.painter();
    let mut colours = Mesh::default();
    for k in 0..=STEPS {
        let share = k as f32 / STEPS as f32;
        let y = bar.bottom() - share * bar.height();
        let color = color(theme, view, f64::from(share));
        colours.colored_vertex(pos2(bar.left(), y), color);
        colours.colored_vertex(pos2(bar.right(), y), color);
    }
    for k in 0..STEPS as u32 {
        let first = 2 * k;
        colours.add_triangle(first, first + 1, first + 2);
        colours.add_triangle(first + 1, first + 2, first + 3);
    }
    painter.add(colours);
    let font = TextStyle::Small.resolve(ui.style());
    let [low, high] = image.range.map(|v| number::number(f64::from(v), 3));
    let text = |y, anchor, text: String| {
        let at = pos2(bar.right() + 4.0, y);
        painter.text(at, anchor, text, font.clone(), theme.weak_text);
    };
    text(bar.top(), Align2::LEFT_TOP, high);
    text(bar.bottom(), Align2::LEFT_BOTTOM, low);
    if view == KernelView::Change && bar.height() > 48.0 {
        text(bar.center().y, Align2::LEFT_CENTER, "0".to_owned());
    }
}

/// Outlines the number under the pointer, and says which it is.
fn hover_ui(ui: &mut Ui, theme: &Theme, square: Rect, id: Id, (view, image): (KernelView, &Image)) {
    let response = ui.interact(square, id.with("image"), Sense::hover());
    let Some(pointer) = response.hover_pos() else {
        return;
    };
    let side = image.side();
    let cell = square.width() / side.max(1) as f32;
    let index = |distance: f32| ((distance / cell) as usize).min(side.saturating_sub(1));
    let (row, column) = (
        index(pointer.y - square.top()),
        index(pointer.x - square.left()),
    );
    let Some(value) = image.at(row, column) else {
        return;
    };
    let corner = square.min + vec2(column as f32 * cell, row as f32 * cell);
    let frame = Rect::from_min_size(corner, vec2(cell, cell)).expand(1.0);
    ui.painter().rect_stroke(
        frame,
        0.0,
        Stroke::new(1.5, theme.text),
        StrokeKind::Outside,
    );
    let name = |index: usize| {
        let point = image.points.get(index).copied().unwrap_or(index);
        format!("{} (training point {point})", index + 1)
    };
    let symbol = match view {
        KernelView::Kernel => "K",
        KernelView::Change => "Kₜ − K₀",
    };
    response.on_hover_text_at_pointer(format!(
        "i = {}\nj = {}\n{symbol}: {}",
        name(row),
        name(column),
        number::number(f64::from(value), 4)
    ));
}
