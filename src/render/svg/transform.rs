//! The attribute that turns an element.

use egui::Pos2;

use super::number;

/// ` transform="rotate(…)"` by `angle` radians clockwise about `pivot`, or nothing.
pub(super) fn rotation(angle: f32, pivot: Pos2) -> String {
    let mut xml = String::new();
    if angle != 0.0 && angle.is_finite() {
        xml.push_str(" transform=\"rotate(");
        number::push(&mut xml, angle.to_degrees());
        for coordinate in [pivot.x, pivot.y] {
            xml.push(' ');
            number::push(&mut xml, coordinate);
        }
        xml.push_str(")\"");
    }
    xml
}
