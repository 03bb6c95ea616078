//! The sheet that asks how a figure is saved.

use egui::{
    Align, ComboBox, Context, Frame, Grid, Id, Key, Layout, Modal, Modifiers, RichText, TextEdit,
    Ui,
};

use crate::page::size::PageSize;
use crate::settings::FigureChoice;
use crate::spec::PanelKind;
use crate::ui::panel::row;
use crate::ui::theme::Theme;

use super::format::Format;
use super::subject::{Order, Part};

/// Breadth of the sheet.
const WIDTH: f32 = 460.0;

/// Sizes by name, with what they are.
const SIZES: [(&str, &str); 4] = [
    ("column", "A column of a paper: 89 mm, type of 8 pt"),
    ("text", "The width of a page of text: 183 mm, type of 8 pt"),
    ("beamer", "A beamer slide: 128 × 96 mm"),
    ("slide", "A slide of 1920 × 1080 pixels"),
];

/// The sheet.
#[derive(Clone, Debug)]
pub struct FigureSheet {
    part: Part,
    panels: Vec<PanelKind>,
    format: Format,
    size: String,
    dark: bool,
    caption: bool,
}

/// What came of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The figure is to be saved.
    Save(Order),
    /// It is to be copied as a picture.
    Copy(Order),
    /// Nothing.
    Closed,
}

impl FigureSheet {
    /// The sheet for a panel, one of these, as figures were saved last.
    pub fn new(panel: Option<PanelKind>, panels: Vec<PanelKind>, choice: &FigureChoice) -> Self {
        let first = panel.or(panels.first().copied());
        Self {
            part: first.map_or(Part::Window, Part::Panel),
            panels,
            format: Format::of_ending(&choice.format).unwrap_or_default(),
            size: choice.size.clone(),
            dark: choice.dark,
            caption: choice.caption,
        }
    }

    /// How figures are saved from now on.
    pub fn choice(&self) -> FigureChoice {
        FigureChoice {
            format: self.format.ending().to_owned(),
            size: self.size.clone(),
            dark: self.dark,
            caption: self.caption,
        }
    }

    fn order(&self) -> Order {
        Order {
            part: self.part,
            format: self.format,
            size: self.size.trim().to_owned(),
            dark: self.dark,
            caption: self.caption,
        }
    }

    /// Draws it; what came of it, once something did.
    pub fn show(&mut self, context: &Context, theme: &Theme) -> Option<Outcome> {
        let room = context.content_rect().size();
        let frame = Frame::popup(&context.global_style()).inner_margin(20);
        let modal = Modal::new(Id::unique("figure sheet")).frame(frame);
        let modal = modal.show(context, |ui| {
            ui.set_width((room.x - 80.0).min(WIDTH));
            ui.heading("Save figure");
            ui.add_space(10.0);
            Grid::new("figure")
                .num_columns(2)
                .spacing([16.0, 10.0])
                .show(ui, |ui| {
                    self.fields(ui, theme);
                });
            ui.add_space(12.0);
            self.buttons(ui, theme)
        });
        match modal.inner {
            None if modal.should_close() => Some(Outcome::Closed),
            outcome => outcome,
        }
    }

    fn fields(&mut self, ui: &mut Ui, theme: &Theme) {
        ui.label("What").on_hover_text(
            "One panel as a figure without controls, or the whole window as it is seen",
        );
        let name = |part: Part| match part {
            Part::Panel(kind) => row(kind).title,
            Part::Window => "the whole window",
        };
        let parts = self.panels.iter().map(|kind| Part::Panel(*kind));
        let parts: Vec<Part> = parts.chain([Part::Window]).collect();
        ComboBox::from_id_salt("what")
            .selected_text(name(self.part))
            .show_ui(ui, |ui| {
                for part in parts {
                    ui.selectable_value(&mut self.part, part, name(part));
                }
            });
        ui.end_row();
        ui.label("Format")
            .on_hover_text("What kind of file is written");
        ui.horizontal_wrapped(|ui| {
            for format in Format::OFFERED {
                let can = self.part != Part::Window || format.is_picture();
                ui.add_enabled_ui(can, |ui| {
                    ui.selectable_value(&mut self.format, format, format.title())
                        .on_hover_text(format.definition())
                        .on_disabled_hover_text("A picture of the whole window is a PNG or an SVG");
                });
            }
        });
        if self.part == Part::Window && !self.format.is_picture() {
            self.format = Format::Png;
        }
        ui.end_row();
        let has_size = self.part != Part::Window && self.format != Format::Csv;
        ui.label("Size").on_hover_text(
            "The size in print or on a screen, by name or as 89mmx60mm, 250x180pt, 1600x1000px",
        );
        ui.add_enabled_ui(has_size, |ui| self.sizes(ui, theme));
        ui.end_row();
        ui.label("Colours")
            .on_hover_text("Dark on light for paper, light on dark for a dark slide");
        ui.horizontal(|ui| {
            ui.selectable_value(&mut self.dark, false, "light")
                .on_hover_text("Dark on light");
            ui.selectable_value(&mut self.dark, true, "dark")
                .on_hover_text("Light on dark");
        });
        ui.end_row();
        ui.label("");
        let tooltip = "A line below the figure: title, arms, step, seeds and version";
        ui.add_enabled_ui(has_size, |ui| {
            ui.checkbox(&mut self.caption, "with a caption")
                .on_hover_text(tooltip);
        });
        ui.end_row();
    }

    fn sizes(&mut self, ui: &mut Ui, theme: &Theme) {
        ui.vertical(|ui| {
            ui.horizontal_wrapped(|ui| {
                for (name, meaning) in SIZES {
                    ui.selectable_value(&mut self.size, name.to_owned(), name)
                        .on_hover_text(meaning);
                }
            });
            let field = TextEdit::singleline(&mut self.size).desired_width(180.0);
            ui.add(field)
                .on_hover_text("Another size: breadth, or breadth and height, in mm, pt or px");
            if let Err(problem) = self.size.trim().parse::<PageSize>() {
                ui.label(RichText::new(problem).color(theme.error).small());
            }
        });
    }

    fn buttons(&self, ui: &mut Ui, theme: &Theme) -> Option<Outcome> {
        let is_sound = self.part == Part::Window || self.size.trim().parse::<PageSize>().is_ok();
        let mut outcome = None;
        let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_enabled_ui(is_sound, |ui| {
                    let save = ui.button(RichText::new("Save …").color(theme.text));
                    if save.on_hover_text("Choose where (Enter)").clicked() || (enter && is_sound) {
                        outcome = Some(Outcome::Save(self.order()));
                    }
                    let order = Order {
                        format: Format::Png,
                        ..self.order()
                    };
                    if ui
                        .button("Copy")
                        .on_hover_text("Put it on the clipboard as a picture")
                        .clicked()
                    {
                        outcome = Some(Outcome::Copy(order));
                    }
                });
                if ui
                    .button("Cancel")
                    .on_hover_text("The same as Esc")
                    .clicked()
                {
                    outcome = Some(Outcome::Closed);
                }
            });
        });
        outcome
    }
}
