//! Small signs drawn with lines, crisp at every size.

use egui::{Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

/// A sign on a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Play.
    Play,
    /// Pause.
    Pause,
    /// To the start.
    Start,
    /// To the end.
    End,
    /// One alone.
    Maximize,
    /// All again.
    Restore,
    /// A drawer at the left.
    Drawer,
    /// Into a file.
    Save,
}

/// A button with a sign; `name` is what assistive technology reads.
pub fn button(ui: &mut Ui, icon: Icon, name: &str, enabled: bool) -> Response {
    let sense = if enabled {
        Sense::click()
    } else {
        Sense::hover()
    };
    let (rect, response) = ui.allocate_exact_size(vec2(28.0, 24.0), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact(&response);
        if enabled && (response.hovered() || response.has_focus()) {
            ui.painter()
                .rect_filled(rect, visuals.corner_radius, visuals.weak_bg_fill);
        }
        let color = if enabled {
            visuals.fg_stroke.color
        } else {
            ui.visuals().weak_text_color()
        };
        paint(
            ui.painter(),
            icon,
            Rect::from_center_size(rect.center(), vec2(12.0, 12.0)),
            color,
        );
    }
    response
}

fn paint(painter: &Painter, icon: Icon, rect: Rect, color: egui::Color32) {
    let at = |x: f32, y: f32| {
        pos2(
            rect.left() + x * rect.width(),
            rect.top() + y * rect.height(),
        )
    };
    let fill = |points: Vec<Pos2>| Shape::convex_polygon(points, color, Stroke::NONE);
    let bar = |left: f32, right: f32| {
        fill(vec![
            at(left, 0.0),
            at(right, 0.0),
            at(right, 1.0),
            at(left, 1.0),
        ])
    };
    match icon {
        Icon::Play => {
            painter.add(fill(vec![at(0.1, 0.0), at(1.0, 0.5), at(0.1, 1.0)]));
        }
        Icon::Pause => {
            painter.add(bar(0.1, 0.38));
            painter.add(bar(0.62, 0.9));
        }
        Icon::Start => {
            painter.add(bar(0.0, 0.14));
            painter.add(fill(vec![at(1.0, 0.0), at(1.0, 1.0), at(0.2, 0.5)]));
        }
        Icon::End => {
            painter.add(bar(0.86, 1.0));
            painter.add(fill(vec![at(0.0, 0.0), at(0.8, 0.5), at(0.0, 1.0)]));
        }
        Icon::Maximize => corners(painter, rect.shrink(1.0), color, 4.0),
        Icon::Restore => corners(painter, rect.shrink(4.0), color, -4.0),
        Icon::Save => {
            let stroke = Stroke::new(1.2, color);
            painter.line_segment([at(0.5, 0.0), at(0.5, 0.68)], stroke);
            painter.add(Shape::line(
                vec![at(0.22, 0.4), at(0.5, 0.7), at(0.78, 0.4)],
                stroke,
            ));
            let tray = vec![at(0.05, 0.65), at(0.05, 1.0), at(0.95, 1.0), at(0.95, 0.65)];
            painter.add(Shape::line(tray, stroke));
        }
        Icon::Drawer => {
            for height in [0.15, 0.5, 0.85] {
                let line = [at(0.0, height), at(1.0, height)];
                painter.line_segment(line, Stroke::new(1.4, color));
            }
        }
    }
}

/// Four corners; `reach` > 0 points inwards, < 0 outwards.
fn corners(painter: &Painter, rect: Rect, color: egui::Color32, reach: f32) {
    let stroke = Stroke::new(1.2, color);
    for (corner, x, y) in [
        (rect.left_top(), 1.0, 1.0),
        (rect.right_top(), -1.0, 1.0),
        (rect.left_bottom(), 1.0, -1.0),
        (rect.right_bottom(), -1.0, -1.0),
    ] {
        painter.line_segment([corner, corner + vec2(x * reach, 0.0)], stroke);
        painter.line_segment([corner, corner + vec2(0.0, y * reach)], stroke);
    }
}
