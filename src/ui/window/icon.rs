//! The program's icon, drawn rather than shipped: a lazy line and one that learns.

use egui::IconData;

/// Side in pixels.
const SIDE: usize = 64;

/// The program's icon.
pub(super) fn icon() -> IconData {
    let pixels =
        (0..SIDE * SIDE).flat_map(|i| pixel((i % SIDE) as f32 + 0.5, (i / SIDE) as f32 + 0.5));
    IconData {
        rgba: pixels.collect(),
        width: SIDE as u32,
        height: SIDE as u32,
    }
}

fn pixel(x: f32, y: f32) -> [u8; 4] {
    let side = SIDE as f32;
    let at = x / side;
    // Two curves that part: a straight one, and one that falls.
    let lazy = side * (0.30 + 0.06 * at);
    let learning = side * (0.30 + 0.48 * (1.0 - (-4.0 * at).exp()));
    let cover = |curve: f32| (3.2 - (y - curve).abs()).clamp(0.0, 1.0);
    let mut color = [23.0_f32, 27.0, 32.0];
    for (curve, ink) in [
        (lazy, [230.0, 159.0, 0.0]),
        (learning, [86.0, 180.0, 233.0]),
    ] {
        let share = cover(curve);
        for (channel, ink) in color.iter_mut().zip(ink) {
            *channel += share * (ink - *channel);
        }
    }
    let [r, g, b] = color.map(|c| c.round() as u8);
    [r, g, b, corner_alpha(x, y)]
}

/// Rounded corners.
fn corner_alpha(x: f32, y: f32) -> u8 {
    let (half, radius) = (SIDE as f32 / 2.0, 12.0);
    let beyond = |v: f32| ((v - half).abs() - (half - radius)).max(0.0);
    let distance = beyond(x).hypot(beyond(y));
    ((radius - distance + 0.5).clamp(0.0, 1.0) * 255.0) as u8
}
