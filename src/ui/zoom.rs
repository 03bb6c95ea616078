//! How far the window can be enlarged.

use egui::{Context, Vec2, vec2};

/// Points that remain at the largest zoom: below, nothing can be laid out.
const LEAST: Vec2 = vec2(480.0, 300.0);

/// Takes the zoom back where fewer points than the least would remain.
pub fn limit(context: &Context) {
    let zoom = context.zoom_factor();
    let most = most(zoom * context.content_rect().size());
    if zoom > most {
        context.set_zoom_factor(most);
    }
}

/// The largest zoom of a window of this size at a zoom of 1.
fn most(size: Vec2) -> f32 {
    (size.x / LEAST.x).min(size.y / LEAST.y).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_points_remain() {
        assert_eq!(most(vec2(960.0, 600.0)), 2.0);
        assert_eq!(most(vec2(1280.0, 720.0)), 2.4);
        assert_eq!(most(vec2(300.0, 200.0)), 1.0);
    }

    #[test]
    fn a_zoom_that_leaves_too_little_is_taken_back() {
        let context = Context::default();
        let frame = |size: Vec2| {
            let rect = egui::Rect::from_min_size(egui::Pos2::ZERO, size);
            let input = egui::RawInput {
                screen_rect: Some(rect),
                ..egui::RawInput::default()
            };
            context
                .run_ui(input, |ui| limit(ui.ctx()))
                .textures_delta
                .clear();
        };
        // A frame is given in points of the zoom before it.
        frame(vec2(960.0, 600.0));
        context.set_zoom_factor(3.0);
        frame(vec2(960.0, 600.0));
        frame(vec2(320.0, 200.0));
        assert_eq!(context.zoom_factor(), 2.0);
    }
}
