//! Paint attributes.

use egui::{Color32, Stroke};

use super::number;

/// Appends ` fill="…"`, with an opacity where the colour is translucent.
pub(super) fn push_fill(xml: &mut String, color: Color32) {
    push_paint(xml, "fill", color);
}

/// Appends the attributes of a stroke, centred on its path.
pub(super) fn push_stroke(xml: &mut String, stroke: Stroke) {
    push_paint(xml, "stroke", stroke.color);
    if stroke.width != 1.0 {
        xml.push_str(" stroke-width=\"");
        number::push(xml, stroke.width);
        xml.push('"');
    }
}

/// Fill and stroke of a shape, each left out where it shows nothing.
pub(super) fn fill_and_stroke(fill: Color32, stroke: Stroke) -> String {
    let mut xml = String::new();
    push_fill(&mut xml, fill);
    if !stroke.is_empty() {
        push_stroke(&mut xml, stroke);
    }
    xml
}

fn push_paint(xml: &mut String, key: &str, color: Color32) {
    let [r, g, b, a] = straight(color);
    let value = if a == 0 {
        "none".to_owned()
    } else {
        hex([r, g, b])
    };
    xml.push_str(&format!(" {key}=\"{value}\""));
    if !matches!(a, 0 | 255) {
        xml.push_str(&format!(" {key}-opacity=\""));
        number::push_opacity(xml, a);
        xml.push('"');
    }
}

/// `#rrggbb`, or `#rgb` where that says the same.
fn hex([r, g, b]: [u8; 3]) -> String {
    if [r, g, b].iter().all(|channel| channel / 16 == channel % 16) {
        format!("#{:x}{:x}{:x}", r % 16, g % 16, b % 16)
    } else {
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}

/// Straight alpha. SVG cannot add light: an additive colour (no alpha, some intensity) is blended
/// with its intensity as alpha.
fn straight(color: Color32) -> [u8; 4] {
    let [r, g, b, a] = color.to_array();
    let intensity = r.max(g).max(b);
    let alpha = if a == 0 { intensity } else { a };
    Color32::from_rgba_premultiplied(r, g, b, alpha).to_srgba_unmultiplied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(color: Color32) -> String {
        let mut xml = String::new();
        push_fill(&mut xml, color);
        xml
    }

    #[test]
    fn colours_are_straight_and_short() {
        assert_eq!(fill(Color32::from_rgb(0xff, 0x88, 0)), " fill=\"#f80\"");
        assert_eq!(fill(Color32::from_rgb(1, 2, 255)), " fill=\"#0102ff\"");
        assert_eq!(fill(Color32::TRANSPARENT), " fill=\"none\"");
        let half_red = Color32::from_rgba_premultiplied(51, 0, 0, 51);
        assert_eq!(fill(half_red), " fill=\"#f00\" fill-opacity=\".2\"");
    }
}
