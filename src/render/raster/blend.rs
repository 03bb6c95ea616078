//! Premultiplied blending in gamma space: `source + (1 − source alpha) · target`.

use egui::Color32;

/// The product of two colours, in units of 1/255² of full intensity.
pub(super) type Product = [u32; 4];

/// Full intensity of a [`Product`].
const ONE: u32 = 255 * 255;

/// The channelwise product of a vertex colour and a texel.
pub(super) fn product(color: [u8; 4], texel: [u8; 4]) -> Product {
    std::array::from_fn(|n| u32::from(color[n]) * u32::from(texel[n]))
}

/// `product`, rounded to 8 bits.
pub(super) fn rounded(product: Product) -> [u8; 4] {
    product.map(|value| ((value + 127) / 255) as u8)
}

/// Blends `source` over `target`, rounding once.
pub(super) fn blend_product(target: &mut Color32, source: Product) {
    let keep = ONE - source[3];
    let old = target.to_array();
    let new: [u8; 4] = std::array::from_fn(|n| {
        let value = source[n] * 255 + u32::from(old[n]) * keep;
        ((value + ONE / 2) / ONE).min(255) as u8
    });
    *target = premultiplied(new);
}

/// Blends `source`, whose channels run from 0 to 255, over `target`, rounding once.
pub(super) fn blend_float(target: &mut Color32, source: [f32; 4]) {
    let source = source.map(|value| value.clamp(0.0, 255.0));
    let keep = 1.0 - source[3] / 255.0;
    let old = target.to_array();
    let new = std::array::from_fn(|n| (source[n] + f32::from(old[n]) * keep + 0.5) as u8);
    *target = premultiplied(new);
}

/// Blends one colour over every pixel of `span`.
pub(super) fn fill(span: &mut [Color32], color: [u8; 4]) {
    match color {
        [0, 0, 0, 0] => {}
        [_, _, _, 255] => span.fill(premultiplied(color)),
        _ => {
            let source = product(color, [255; 4]);
            for pixel in span {
                blend_product(pixel, source);
            }
        }
    }
}

fn premultiplied([r, g, b, a]: [u8; 4]) -> Color32 {
    Color32::from_rgba_premultiplied(r, g, b, a)
}
