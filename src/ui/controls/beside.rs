//! Tooltips beside the controls: over them, or over the time bar below, they would hide what one looks at while a
//! control is moved.

use egui::{RectAlign, Response, Tooltip, Ui};

use super::WIDTH;

/// Distance between the controls and a tooltip.
const GAP: f32 = 4.0;

/// A tooltip right of the controls.
pub(super) trait Beside: Sized {
    /// Shows a text beside the controls while the pointer is over this.
    fn on_hover_beside(self, text: impl Into<egui::WidgetText>) -> Self {
        self.on_hover_beside_ui(|ui| {
            ui.label(text);
        })
    }

    /// The same with more than a text.
    fn on_hover_beside_ui(self, contents: impl FnOnce(&mut Ui)) -> Self;
}

impl Beside for Response {
    fn on_hover_beside_ui(self, contents: impl FnOnce(&mut Ui)) -> Self {
        // From the upper half of the window it goes down, from the lower half up.
        let window = self.ctx.content_rect();
        let align = if self.rect.center().y < window.center().y {
            RectAlign::RIGHT_START
        } else {
            RectAlign::RIGHT_END
        };
        let mut tooltip =
            Tooltip::for_enabled(&self).gap(GAP + (WIDTH - self.rect.right()).max(0.0));
        tooltip.popup = tooltip.popup.align(align).align_alternatives(&[]);
        tooltip.show(contents);
        self
    }
}
