//! The bar at the top: name, presets, theme, help.

use std::sync::Arc;

use egui::{Align, Button, Frame, Id, Layout, Margin, Panel, RichText, ScrollArea, Ui, vec2};

use crate::figure;
use crate::preset::Experiment;
use crate::sweep::Plan;

use super::action::Action;
use super::fonts::semibold;
use super::gallery::{Card, Gallery};
use super::theme::{Theme, ThemeChoice};

/// Height of the bar in points.
const HEIGHT: f32 = 40.0;

/// What the bar shows.
pub struct Input<'a> {
    /// The experiment on screen.
    pub experiment: &'a Arc<Experiment>,
    /// The plan of its sweep, of which the run shown is a trial.
    pub plan: Option<&'a Arc<Plan>>,
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
    ui.label(RichText::new(&preset.title).family(semibold()));
    if let Some(words) = modified(ui, input) {
        let words = RichText::new(words).color(input.theme.warning);
        ui.add(egui::Label::new(words).truncate())
            .on_hover_text(figure::MODIFIED);
    }
    ui.add(egui::Label::new(RichText::new(source).color(input.theme.weak_text)).truncate());
}

/// What was found of an experiment: kept beside the experiment, for a frame has no time to compare presets.
#[derive(Clone)]
struct Found {
    experiment: Arc<Experiment>,
    plan: Option<Arc<Plan>>,
    words: Option<String>,
}

/// What the experiment has otherwise than the shipped one of its name; of a sweep's trial, the sweep.
fn modified(ui: &Ui, input: &Input<'_>) -> Option<String> {
    let id = Id::unique("modified");
    let known: Option<Found> = ui.data(|data| data.get_temp(id));
    let is_of = |found: &Found| {
        Arc::ptr_eq(&found.experiment, input.experiment)
            && found.plan.as_ref().map(Arc::as_ptr) == input.plan.map(Arc::as_ptr)
    };
    if let Some(found) = known.filter(is_of) {
        return found.words;
    }
    let preset = input
        .plan
        .map_or(&input.experiment.preset, |plan| &plan.experiment().preset);
    let words = figure::modified(&input.experiment.name, preset);
    let found = Found {
        experiment: Arc::clone(input.experiment),
        plan: input.plan.map(Arc::clone),
        words: words.clone(),
    };
    ui.data_mut(|data| data.insert_temp(id, found));
    words
}

fn right(ui: &mut Ui, input: &Input<'_>, actions: &mut Vec<Action>) {
    if ui.button("?").on_hover_text("Keys and words (?)").clicked() {
        actions.push(Action::ToggleHelp);
    }
    ui.menu_button("Theme", |ui| {
        for choice in ThemeChoice::ALL {
            if ui
                .selectable_label(choice == input.choice, choice.title())
                .clicked()
            {
                actions.push(Action::SetTheme(choice));
                ui.close();
            }
        }
    });
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
