//! The bar at the top: name, presets, theme, help.

use egui::{Align, Button, Frame, Layout, Margin, Panel, RichText, ScrollArea, Ui, vec2};

use crate::preset::Experiment;

use super::action::Action;
use super::fonts::semibold;
use super::gallery::{Card, Gallery};
use super::icon::{self, Icon};
use super::theme::{Theme, ThemeChoice};

/// Height of the bar in points.
const HEIGHT: f32 = 40.0;

/// Width of the window in points from which every button stands in the bar.
const ROOMY: f32 = 760.0;

/// What the bar shows.
pub struct Input<'a> {
    /// The experiment on screen.
    pub experiment: &'a Experiment,
    /// The shipped presets.
    pub gallery: &'a Gallery,
    /// The theme chosen.
    pub choice: ThemeChoice,
    /// Colours.
    pub theme: &'a Theme,
}

/// Draws the bar.
pub fn show(ui: &mut Ui, input: &Input<'_>, actions: &mut Vec<Action>) {
    let frame = Frame::NONE
        .fill(input.theme.panel)
        .inner_margin(Margin::symmetric(12, 0));
    Panel::top("top bar")
        .exact_size(HEIGHT)
        .frame(frame)
        .show(ui, |ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                right(ui, input, actions);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    left(ui, input, actions)
                });
            });
        });
}

fn left(ui: &mut Ui, input: &Input<'_>, actions: &mut Vec<Action>) {
    if icon::button(ui, Icon::Drawer, "Controls", true)
        .on_hover_text("Show or hide the controls (C)")
        .clicked()
    {
        actions.push(Action::ToggleControls);
    }
    ui.label(
        RichText::new("widescope")
            .family(semibold())
            .size(15.0)
            .color(input.theme.accent),
    );
    ui.add_space(8.0);
    let preset = &input.experiment.preset;
    let name = if input.experiment.name.is_empty() {
        "preset"
    } else {
        &input.experiment.name
    };
    ui.menu_button(format!("{name} ▾"), |ui| cards(ui, input, actions))
        .response
        .on_hover_text("Experiments that come with the program");
    ui.add_space(4.0);
    let source = preset.source.to_string();
    ui.add(egui::Label::new(RichText::new(&preset.title).family(semibold())).truncate());
    ui.add(egui::Label::new(RichText::new(source).color(input.theme.weak_text)).truncate());
}

fn right(ui: &mut Ui, input: &Input<'_>, actions: &mut Vec<Action>) {
    if ui.button("?").on_hover_text("Keys and words (?)").clicked() {
        actions.push(Action::ToggleHelp);
    }
    if ui.ctx().content_rect().width() < ROOMY {
        ui.menu_button("More", |ui| {
            themes(ui, input, actions);
            ui.separator();
            reset(ui, actions);
        });
        return;
    }
    ui.menu_button("Theme", |ui| themes(ui, input, actions));
    reset(ui, actions);
}

fn themes(ui: &mut Ui, input: &Input<'_>, actions: &mut Vec<Action>) {
    for choice in ThemeChoice::ALL {
        if ui
            .selectable_label(choice == input.choice, choice.title())
            .clicked()
        {
            actions.push(Action::SetTheme(choice));
            ui.close();
        }
    }
}

fn reset(ui: &mut Ui, actions: &mut Vec<Action>) {
    if ui
        .button("Reset layout")
        .on_hover_text("Put the panels back in their places")
        .clicked()
    {
        actions.push(Action::ResetLayout);
    }
}

fn cards(ui: &mut Ui, input: &Input<'_>, actions: &mut Vec<Action>) {
    let room = ui.ctx().content_rect().height() - 120.0;
    ui.set_width(520.0);
    ui.spacing_mut().button_padding = vec2(8.0, 6.0);
    ScrollArea::vertical().max_height(room).show(ui, |ui| {
        for entry in &input.gallery.cards {
            if card(ui, entry, entry.name == input.experiment.name, input.theme) {
                actions.push(Action::Load(entry.name.clone()));
                ui.close();
            }
        }
    });
}

fn card(ui: &mut Ui, card: &Card, current: bool, theme: &Theme) -> bool {
    let font = |size: f32, family: egui::FontFamily| egui::FontId::new(size, family);
    let mut text = egui::text::LayoutJob::default();
    let mut line = |words: &str, font: egui::FontId, color: egui::Color32| {
        if !words.is_empty() {
            let start = if text.text.is_empty() { "" } else { "\n" };
            let format = egui::TextFormat {
                font_id: font,
                color,
                ..Default::default()
            };
            text.append(&format!("{start}{words}"), 0.0, format);
        }
    };
    line(&card.title, font(13.0, semibold()), theme.text);
    line(
        &format!("{}   {}", card.source, card.name),
        font(11.5, egui::FontFamily::Proportional),
        theme.weak_text,
    );
    line(
        &card.takeaway,
        font(12.0, egui::FontFamily::Proportional),
        theme.text,
    );
    text.wrap.max_width = ui.available_width() - 16.0;
    let width = ui.available_width();
    ui.add(
        Button::selectable(current, text)
            .wrap()
            .min_size(vec2(width, 0.0)),
    )
    .clicked()
}
