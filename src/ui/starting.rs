//! What lies over the panels while another run starts: the old picture dims and says what comes.

use egui::{Align2, FontId, Id, Label, Rect, RichText, Stroke, StrokeKind, TextStyle, Ui, vec2};

use super::fonts::semibold;
use super::theme::Theme;

/// Seconds in which the picture dims: a run that starts at once does not make it flicker.
const FADE: f32 = 0.25;

/// How far it dims.
const VEIL: f32 = 0.6;

/// Height of what is said.
const HEIGHT: f32 = 28.0;

/// Space beside it.
const SPACE: f32 = 12.0;

/// How far below the upper edge it stands.
const DOWN: f32 = 12.0;

/// Dims the panels in `area` and says what comes; nothing where no run starts.
pub fn show(ui: &mut Ui, area: Rect, coming: Option<&str>, theme: &Theme) {
    let time = if coming.is_some() { FADE } else { 0.0 };
    let shade = ui
        .ctx()
        .animate_bool_with_time(Id::unique("starting"), coming.is_some(), time);
    let Some(coming) = coming else {
        return;
    };
    let veil = theme.background.gamma_multiply(VEIL * shade);
    ui.painter()
        .with_clip_rect(area)
        .rect_filled(area, 0.0, veil);
    let text = RichText::new(coming).family(semibold()).color(theme.text);
    let font = FontId::new(TextStyle::Body.resolve(ui.style()).size, semibold());
    let painter = ui.painter();
    let width = painter
        .layout_no_wrap(coming.to_owned(), font, theme.text)
        .size()
        .x;
    let size = vec2(width + 2.0 * SPACE, HEIGHT).min(area.size());
    let place = Align2::CENTER_TOP.anchor_size(area.center_top() + vec2(0.0, DOWN), size);
    painter.rect(
        place,
        4.0,
        theme.raised(),
        Stroke::new(1.0, theme.hairline),
        StrokeKind::Inside,
    );
    let tooltip = "What is seen is still the run before";
    let label = Label::new(text).selectable(false).truncate();
    ui.put(place.shrink2(vec2(SPACE, 0.0)), label)
        .on_hover_text(tooltip);
}
