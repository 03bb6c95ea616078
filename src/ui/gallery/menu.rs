//! The menu of the shipped presets: a field to search in, and a row a preset.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Color32, FontId, Galley, Id, Key, Modifiers, Response, Role, ScrollArea, Sense, TextEdit,
    TextStyle, Ui, WidgetInfo, pos2, vec2,
};

use super::{Card, Gallery};
use crate::ui::fonts::semibold;
use crate::ui::theme::{Theme, section_text};

/// Width of the menu in points.
const WIDTH: f32 = 660.0;

/// Height of a row.
const ROW: f32 = 38.0;

/// Space at both ends of a row.
const SPACE: f32 = 8.0;

/// What the window has above and below the menu, and the menu around its rows.
const AROUND: f32 = 110.0;

/// What stays of the menu from frame to frame while it is open.
#[derive(Clone, Debug, Default)]
struct Kept {
    search: String,
    chosen: usize,
    /// Pass in which it was drawn last: after a pause it opens anew.
    pass: u64,
}

/// Draws the menu; the name of the preset picked, by a click or by Enter. `current` is that of the one shown.
pub fn menu_ui(ui: &mut Ui, gallery: &Gallery, current: &str, theme: &Theme) -> Option<String> {
    ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 48.0));
    let id = Id::unique("gallery");
    let pass = ui.ctx().cumulative_pass_nr();
    let known: Option<Kept> = ui.data(|data| data.get_temp(id));
    let known = known.filter(|kept| pass.saturating_sub(kept.pass) <= 1);
    let opens = known.is_none();
    let mut kept = known.unwrap_or_else(|| Kept {
        chosen: gallery
            .cards
            .iter()
            .position(|card| card.name == current)
            .unwrap_or(0),
        ..Kept::default()
    });
    kept.pass = pass;
    let moved = keys(ui, &mut kept.chosen);
    let entered = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let field = search_ui(ui, &mut kept.search);
    if opens {
        field.request_focus();
    }
    if field.changed() {
        kept.chosen = 0;
    }
    let found = gallery.found(&kept.search);
    kept.chosen = kept.chosen.min(found.len().saturating_sub(1));
    let look = Look {
        current,
        chosen: kept.chosen,
        scrolls: moved || opens || field.changed(),
        theme,
    };
    let clicked = rows_ui(ui, &found, &look);
    let picked = match clicked {
        None if entered => found.get(kept.chosen).copied(),
        clicked => clicked,
    };
    let picked = picked.map(|card| card.name.clone());
    ui.data_mut(|data| data.insert_temp(id, kept));
    picked
}

/// Takes the arrows; whether another row is chosen.
fn keys(ui: &Ui, chosen: &mut usize) -> bool {
    let before = *chosen;
    ui.input_mut(|input| {
        let mut times = |key| input.count_and_consume_key(Modifiers::NONE, key);
        let (down, up) = (times(Key::ArrowDown), times(Key::ArrowUp));
        let page = 10 * times(Key::PageDown);
        let back = 10 * times(Key::PageUp);
        *chosen = (*chosen + down + page).saturating_sub(up + back);
    });
    *chosen != before
}

fn search_ui(ui: &mut Ui, search: &mut String) -> Response {
    let field = TextEdit::singleline(search)
        .hint_text("Search: words of a title, a paper, a name; ↑ ↓ and Enter")
        .desired_width(f32::INFINITY);
    let field = ui.add(field);
    field.clone().accessible_name("Search the presets");
    field
}

/// How the rows are drawn.
struct Look<'a> {
    current: &'a str,
    chosen: usize,
    scrolls: bool,
    theme: &'a Theme,
}

fn rows_ui<'a>(ui: &mut Ui, found: &[&'a Card], look: &Look<'_>) -> Option<&'a Card> {
    let room = (ui.ctx().content_rect().height() - AROUND).max(3.0 * ROW);
    ui.spacing_mut().item_spacing.y = 0.0;
    if found.is_empty() {
        ui.add_space(SPACE);
        ui.label("No preset has all these words.");
        return None;
    }
    let area = ScrollArea::vertical().max_height(room);
    let area = area.show(ui, |ui| {
        let (mut paper, mut clicked) = ("", None);
        for (index, card) in found.iter().enumerate() {
            if card.paper != paper {
                paper = &card.paper;
                ui.add_space(6.0);
                let head = egui::RichText::new(paper).text_style(section_text());
                ui.label(head.color(look.theme.weak_text));
            }
            let row = row_ui(
                ui,
                card,
                (index == look.chosen, card.name == look.current),
                look.theme,
            );
            if index == look.chosen && look.scrolls {
                row.scroll_to_me(None);
            }
            if row.clicked() {
                clicked = Some(*card);
            }
        }
        clicked
    });
    area.inner
}

/// Title and time in a line, the sentence in the next; the tooltip has it whole.
fn row_ui(ui: &mut Ui, card: &Card, (chosen, current): (bool, bool), theme: &Theme) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &card.title));
    if ui.is_rect_visible(rect) {
        if chosen || response.hovered() {
            ui.painter().rect_filled(rect, 3.0, theme.raised());
        }
        let small = TextStyle::Small.resolve(ui.style());
        let body = TextStyle::Body.resolve(ui.style());
        let (left, right) = (rect.left() + SPACE, rect.right() - SPACE);
        let ends = format!("{}   {}", card.place(), card.lasts);
        let ends = line(ui, &ends, small.clone(), theme.weak_text, right - left);
        let room = right - left - ends.size().x - 12.0;
        let color = if current { theme.accent } else { theme.text };
        let title = line(
            ui,
            &card.title,
            FontId::new(body.size, semibold()),
            color,
            room,
        );
        let takeaway = line(ui, &card.takeaway, small, theme.text, right - left);
        let painter = ui.painter();
        painter.galley(
            pos2(right - ends.size().x, rect.top() + 4.0),
            ends,
            theme.weak_text,
        );
        painter.galley(pos2(left, rect.top() + 2.0), title, color);
        painter.galley(pos2(left, rect.top() + 20.0), takeaway, theme.text);
    }
    response.on_hover_ui(|ui| {
        ui.label(&card.takeaway);
        let time = format!("{}, takes {}", card.name, card.lasts);
        ui.label(egui::RichText::new(time).small().color(theme.weak_text));
    })
}

fn line(ui: &Ui, text: &str, font: FontId, color: Color32, room: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, color);
    job.wrap = TextWrapping::truncate_at_width(room.max(8.0));
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
