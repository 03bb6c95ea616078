//! What lies over the panels while another run starts: the old picture dims and says what comes.

use egui::{Align, Frame, Id, Label, Layout, Margin, Rect, RichText, Ui, UiBuilder, vec2};

use super::fonts::semibold;
use super::theme::Theme;

/// Seconds in which the picture dims: a run that starts at once does not make it flicker.
const FADE: f32 = 0.25;

/// How far it dims.
const VEIL: f32 = 0.6;

/// Height of what is said.
const HEIGHT: f32 = 36.0;

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
    let strip = Rect::from_min_size(area.min + vec2(0.0, 12.0), vec2(area.width(), HEIGHT));
    let centred = Layout::top_down(Align::Center);
    let mut strip = ui.new_child(UiBuilder::new().max_rect(strip).layout(centred));
    let frame = Frame::NONE
        .fill(theme.raised())
        .corner_radius(4.0)
        .inner_margin(Margin::symmetric(12, 6));
    frame.show(&mut strip, |ui| {
        let text = RichText::new(coming).family(semibold()).color(theme.text);
        ui.add(Label::new(text).selectable(false))
            .on_hover_text("The picture is still that of the run before");
    });
}
