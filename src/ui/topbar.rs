//! The bar at the top: name, presets, theme, help.

use std::sync::Arc;

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Align, Frame, Id, Layout, Margin, Panel, PopupCloseBehavior, RichText, Ui};

use crate::figure;
use crate::preset::Experiment;
use crate::sweep::Plan;

use super::action::Action;
use super::doors::menu;
use super::fonts::semibold;
use super::gallery::{Gallery, menu_ui};
use super::icon::{self, Icon};
use super::theme::{Theme, ThemeChoice};

/// Height of the bar in points.
const HEIGHT: f32 = 40.0;

/// Width of the window in points from which every button stands in the bar.
const ROOMY: f32 = 760.0;

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
    /// What the menu of files shows.
    pub files: menu::Input<'a>,
    /// Whether there are changes to be saved.
    pub unsaved: bool,
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
    ui.menu_button("File", |ui| menu::show(ui, &input.files, actions))
        .response
        .on_hover_text("Open, save, copy and paste: presets, figures, data, runs");
    presets(ui, input, name, actions);
    if input.unsaved {
        ui.label(RichText::new("•").color(input.theme.warning))
            .on_hover_text("Changes that are not saved (Ctrl Shift S saves the preset)");
    }
    ui.add_space(4.0);
    let source = preset.source.to_string();
    ui.add(egui::Label::new(RichText::new(&preset.title).family(semibold())).truncate());
    if let Some(words) = modified(ui, input) {
        let words = RichText::new(words).color(input.theme.warning);
        ui.add(egui::Label::new(words).truncate())
            .on_hover_text(figure::MODIFIED);
    }
    ui.add(egui::Label::new(RichText::new(source).color(input.theme.weak_text)).truncate());
}

/// The button that opens the gallery. A click into the field to search in leaves it open.
fn presets(ui: &mut Ui, input: &Input<'_>, name: &str, actions: &mut Vec<Action>) {
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let menu = MenuButton::new(format!("{name} ▾")).config(config);
    let (response, _) = menu.ui(ui, |ui| {
        let current = &input.experiment.name;
        if let Some(name) = menu_ui(ui, input.gallery, current, input.theme) {
            actions.push(Action::Load(name));
            ui.close();
        }
    });
    response.on_hover_text("Experiments that come with the program");
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
    if ui.ctx().content_rect().width() < ROOMY {
        let more = ui.menu_button("More", |ui| {
            themes(ui, input, actions);
            ui.separator();
            reset(ui, actions);
        });
        more.response
            .on_hover_text("Colours, and the places of the panels");
        return;
    }
    let menu = ui.menu_button("Theme", |ui| themes(ui, input, actions));
    menu.response
        .on_hover_text("Colours: light, dark, or as the system has them");
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
