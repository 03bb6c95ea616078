//! Small switches in a panel's corner.

use egui::{Color32, ComboBox, Response, RichText, Sense, TextStyle, Ui, WidgetInfo, vec2};

use crate::ui::Theme;

/// A word that is lit where its option is on; returns whether it was clicked.
pub fn word_ui(ui: &mut Ui, theme: &Theme, text: &str, on: bool, tooltip: &str) -> bool {
    let font = TextStyle::Small.resolve(ui.style());
    let galley = ui
        .painter()
        .layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(8.0, 4.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, ui.is_enabled(), on, text));
    let color = word_color(theme, on, &response);
    ui.painter()
        .galley(rect.min + vec2(4.0, 2.0), galley, color);
    let stroke = egui::Stroke::new(
        if on { 1.5 } else { 1.0 },
        if on { theme.accent } else { theme.hairline },
    );
    ui.painter()
        .hline(rect.x_range().shrink(4.0), rect.bottom() - 1.0, stroke);
    response.on_hover_text(tooltip).clicked()
}

fn word_color(theme: &Theme, on: bool, response: &Response) -> Color32 {
    if on || response.hovered() || response.has_focus() {
        theme.text
    } else {
        theme.weak_text
    }
}

/// A weak caption before a control.
pub fn caption_ui(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    ui.label(RichText::new(text).small().color(theme.weak_text))
}

/// A list that unfolds, after a caption; `words` are the title and the meaning of an item, and `name`
/// says what is chosen. Returns the item that was clicked.
pub fn list_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    theme: &Theme,
    (caption, name): (&str, &str),
    (items, now): (&[T], T),
    words: impl Fn(T) -> [&'static str; 2],
) -> Option<T> {
    caption_ui(ui, theme, caption);
    let width = (ui.available_width() - 8.0).clamp(80.0, 230.0);
    let [title, meaning] = words(now);
    let combo = ComboBox::from_id_salt(name)
        .selected_text(title)
        .truncate()
        .width(width);
    let response = combo.show_ui(ui, |ui| {
        let clicked = |item: &&T| {
            let [title, meaning] = words(**item);
            let choice = ui.selectable_label(**item == now, title);
            choice.on_hover_text(meaning).clicked()
        };
        items.iter().filter(clicked).last().copied()
    });
    response
        .response
        .on_hover_text(format!("{title}: {meaning}"))
        .accessible_name(name);
    response.inner.flatten()
}
