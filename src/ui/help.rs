//! The help sheet: keys, marks and a glossary.

use egui::{Context, Frame, Grid, Id, Modal, RichText, ScrollArea, Ui};

use super::glossary::{GLOSSARY, Word};
use super::keys::KEYS;
use super::plot::ZOOM;
use super::theme::{Theme, section_text};

/// Draws the sheet; whether it should close.
pub fn sheet(ctx: &Context, theme: &Theme) -> bool {
    let room = ctx.content_rect().size();
    let frame = Frame::popup(&ctx.global_style()).inner_margin(20);
    let modal = Modal::new(Id::unique("help")).frame(frame).show(ctx, |ui| {
        ui.set_width((room.x - 96.0).min(760.0));
        ui.heading("Keys and words");
        ui.add_space(8.0);
        ScrollArea::vertical()
            .max_height(room.y - 160.0)
            .show(ui, |ui| contents(ui, theme));
        ui.add_space(8.0);
        ui.button("Close").clicked()
    });
    modal.inner || modal.should_close()
}

fn contents(ui: &mut Ui, theme: &Theme) {
    pairs(ui, "KEYS", &KEYS, theme);
    pairs(ui, "PLOTS", &ZOOM, theme);
    section(ui, "CONTROLS", theme);
    ui.label(
        "↻ starts the run again with the same data and seed.   ● acts on the run as it goes on.",
    );
    ui.label("Double-click a name to restore the preset's value.");
    ui.label(
        "Right-click a name (or Shift F10 on it) to make its field vary: as arms, or in a sweep.",
    );
    ui.add_space(12.0);
    section(ui, "WORDS", theme);
    for Word(word, meaning) in GLOSSARY {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(word).family(super::fonts::semibold()));
            ui.label(meaning);
        });
    }
}

/// What to press, and what that does.
fn pairs(ui: &mut Ui, name: &str, pairs: &[(&str, &str)], theme: &Theme) {
    section(ui, name, theme);
    Grid::new(name)
        .num_columns(2)
        .spacing([24.0, 4.0])
        .show(ui, |ui| {
            for (key, meaning) in pairs {
                ui.label(RichText::new(*key).strong());
                ui.label(*meaning);
                ui.end_row();
            }
        });
    ui.add_space(12.0);
}

fn section(ui: &mut Ui, name: &str, theme: &Theme) {
    ui.label(
        RichText::new(name)
            .text_style(section_text())
            .color(theme.weak_text),
    );
    ui.add_space(2.0);
}
