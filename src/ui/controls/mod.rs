//! The controls at the left: every field a run depends on, each with its meaning and its effect.

mod advice;
mod arms;
mod beside;
mod bound;
mod by_hand;
mod data;
mod drawer;
mod factors;
mod field;
mod gamma;
mod gamma_arm;
mod guests;
mod init;
mod method;
mod more;
mod network;
mod scaling;
mod segmented;
mod slider;
mod training;
mod vary;

use std::collections::BTreeSet;

use egui::{Frame, Margin, Panel, RichText, ScrollArea, Ui};

use super::action::Action;
use super::draft::Draft;
use super::kept::{Kept, Side};
use super::run_view::RunView;
use super::theme::{Theme, section_text};
use crate::preset::Arm;
use crate::spec::Preset;
pub use drawer::Drawer;
use field::Form;

/// Width of the controls in points.
const WIDTH: f32 = 256.0;

/// What the controls show.
pub struct Input<'a> {
    /// The preset as edited.
    pub draft: &'a Draft,
    /// The arm that the controls act on, and its preset; all arms where there is none.
    pub arm: Option<(usize, &'a Preset)>,
    /// The arms of the preset.
    pub arms: &'a [Arm],
    /// The run on screen.
    pub run: &'a RunView,
    /// Arms hidden by the user.
    pub hidden: &'a BTreeSet<usize>,
    /// Runs kept beside the one shown.
    pub kept: &'a Kept,
    /// The two runs that are shown alone.
    pub compared: Option<[Side; 2]>,
    /// Whether the run shown can be pinned.
    pub pins: bool,
    /// Colours.
    pub theme: &'a Theme,
}

/// Draws the controls.
pub fn panel(ui: &mut Ui, input: &Input<'_>, actions: &mut Vec<Action>) {
    let frame = Frame::NONE.fill(input.theme.panel);
    Panel::left("controls")
        .exact_size(WIDTH)
        .resizable(false)
        .frame(frame)
        .show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                Frame::NONE
                    .inner_margin(Margin::symmetric(12, 8))
                    .show(ui, |ui| {
                        let mut form = Form { input, actions };
                        contents(ui, &mut form);
                    });
            });
        });
}

fn contents(ui: &mut Ui, form: &mut Form<'_>) {
    let input = form.input;
    if input.pins || !input.kept.has_no_guests() || input.run.history.arms().len() > 1 {
        section(ui, "Arms", input.theme);
        arms::show(ui, form);
        by_hand::show(ui, form);
        guests::show(ui, form);
    }
    section(ui, "Data", form.input.theme);
    data::show(ui, form);
    section(ui, "Network", form.input.theme);
    network::show(ui, form);
    section(ui, "Scaling regime", form.input.theme);
    scaling::show(ui, form);
    section(ui, "Initial weights", form.input.theme);
    init::show(ui, form);
    section(ui, "Training", form.input.theme);
    training::show(ui, form);
    ui.add_space(8.0);
    let legend = "↻ restarts with the same data and seed\n● acts on the run as it goes on";
    ui.label(
        RichText::new(legend)
            .small()
            .color(form.input.theme.weak_text),
    );
}

fn section(ui: &mut Ui, name: &str, theme: &Theme) {
    ui.add_space(6.0);
    ui.label(
        RichText::new(name.to_uppercase())
            .text_style(section_text())
            .color(theme.weak_text),
    );
}
