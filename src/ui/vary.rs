//! The sheet that makes a field vary: how it is shown, its values, and what comes of them.

use egui::{Context, DragValue, Frame, Id, Modal, RichText, TextEdit, Ui};

use super::action::VaryAction;
use super::theme::Theme;
use crate::number;
use crate::preset::{Experiment, PresetError, Values, Variation, text_at};
use crate::spec::field::Field;
use crate::spec::{AxisRange, Preset, Show};

/// Width of the sheet in points.
const WIDTH: f32 = 440.0;

/// Values that the preview names at most.
const NAMED: usize = 12;

/// What the second value is of the first, to begin with.
const FACTOR: f64 = 4.0;

/// Values of a range, to begin with.
const FIRST_COUNT: usize = 5;

/// Trials of a cell, to begin with.
const FIRST_TRIALS: u32 = 3;

/// How the values are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Given {
    List,
    Linear,
    Log,
}

/// The sheet of a field.
#[derive(Clone, Debug)]
pub struct Sheet {
    field: &'static Field,
    /// Whether the field varies already.
    varies: bool,
    show: Show,
    given: Given,
    list: String,
    from: f64,
    to: f64,
    count: usize,
    trials: u32,
    /// What comes of the values that were last looked at.
    preview: Option<(Variation, Result<String, String>)>,
}

impl Sheet {
    /// The sheet of a field, with the values it has in a preset.
    pub fn of(field: &'static Field, preset: &Preset) -> Self {
        let own = text_at(preset, field.path).unwrap_or_default();
        let number = own.trim().parse::<f64>().ok();
        let own = own.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut sheet = Self {
            field,
            varies: false,
            show: Show::Arms,
            given: Given::List,
            list: match number {
                Some(x) if x != 0.0 && own.contains(['.', 'e']) => {
                    format!("{own}, {:?}", FACTOR * x)
                }
                Some(x) if x != 0.0 => format!("{own}, {:.0}", FACTOR * x),
                _ => own,
            },
            from: number.unwrap_or(1.0),
            to: FACTOR * number.unwrap_or(1.0),
            count: FIRST_COUNT,
            trials: preset.sweep.as_ref().map_or(FIRST_TRIALS, |s| s.trials),
            preview: None,
        };
        if let Some(variation) = Variation::of(preset, field.path) {
            sheet.varies = true;
            sheet.show = variation.show;
            sheet.take(variation.values);
        }
        sheet
    }

    fn take(&mut self, values: Values) {
        match values {
            Values::Typed(list) => self.list = list,
            Values::Range(range) => {
                let (AxisRange::Linear { from, to, count } | AxisRange::Log { from, to, count }) =
                    range;
                (self.from, self.to, self.count) = (from, to, count);
                self.given = match range {
                    AxisRange::Linear { .. } => Given::Linear,
                    AxisRange::Log { .. } => Given::Log,
                };
            }
        }
    }

    fn variation(&self) -> Variation {
        let (from, to, count) = (self.from, self.to, self.count);
        Variation {
            field: self.field.path.to_owned(),
            show: self.show,
            values: match self.given {
                Given::List => Values::Typed(self.list.clone()),
                Given::Linear => Values::Range(AxisRange::Linear { from, to, count }),
                Given::Log => Values::Range(AxisRange::Log { from, to, count }),
            },
            trials: self.trials,
        }
    }

    /// Draws the sheet over a preset whose name and folder are those of `experiment`; what was asked for.
    pub fn show(
        &mut self,
        ctx: &Context,
        (preset, experiment): (&Preset, &Experiment),
        theme: &Theme,
    ) -> Option<VaryAction> {
        let frame = Frame::popup(&ctx.global_style()).inner_margin(20);
        let modal = Modal::new(Id::unique("vary")).frame(frame).show(ctx, |ui| {
            ui.set_width(WIDTH.min(ctx.content_rect().width() - 64.0));
            ui.heading(format!("Vary {}", self.field.name));
            ui.label(RichText::new(self.field.path).color(theme.weak_text))
                .on_hover_text(self.field.meaning);
            ui.add_space(8.0);
            self.shown_as(ui);
            self.values(ui);
            if self.show.is_sweep() {
                self.trials(ui);
            }
            ui.add_space(8.0);
            let result = self.preview(preset, experiment);
            let color = match result {
                Ok(_) => theme.text,
                Err(_) => theme.error,
            };
            let (Ok(words) | Err(words)) = &result;
            ui.label(RichText::new(words).color(color));
            ui.add_space(8.0);
            self.buttons(ui, result.is_ok())
        });
        let close = modal.should_close().then_some(VaryAction::Close);
        modal.inner.or(close)
    }

    fn shown_as(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            for (show, word, tooltip) in [
                (
                    Show::Arms,
                    "arms",
                    "One run a value, side by side with the same data and seed, on one clock",
                ),
                (
                    Show::XAxis,
                    "x-axis",
                    "A sweep beside the run: a number read of every trial against the value, over seeds",
                ),
                (
                    Show::Grid,
                    "grid",
                    "A sweep over pairs of values: this field is the second side, the one the sweep varies already the first",
                ),
            ] {
                ui.radio_value(&mut self.show, show, word)
                    .on_hover_text(tooltip);
            }
        });
    }

    fn values(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            for (given, word, tooltip) in [
                (Given::List, "list", "Values with commas between them"),
                (
                    Given::Linear,
                    "range",
                    "Numbers with even differences, both ends among them",
                ),
                (
                    Given::Log,
                    "logarithmic range",
                    "Numbers with even quotients, both ends among them",
                ),
            ] {
                ui.radio_value(&mut self.given, given, word)
                    .on_hover_text(tooltip);
            }
        });
        if self.given == Given::List {
            let field = TextEdit::singleline(&mut self.list).desired_width(f32::INFINITY);
            let tooltip = "Values with commas between them, such as 256, 1024, 4096";
            ui.add(field)
                .on_hover_text(tooltip)
                .accessible_name("Values");
            return;
        }
        ui.horizontal(|ui| {
            for (value, name) in [(&mut self.from, "from"), (&mut self.to, "to")] {
                ui.label(name);
                let speed = 0.02 * value.abs().max(1e-12);
                let drag = DragValue::new(value).speed(speed);
                let drag = drag
                    .custom_formatter(|x, _| number::compact(x))
                    .custom_parser(number::parse);
                let response = ui.add(drag).on_hover_text(format!("{name} this value"));
                response.accessible_name(name);
            }
            ui.label("count");
            let drag = DragValue::new(&mut self.count).range(2..=1024);
            let response = ui.add(drag).on_hover_text("How many values");
            response.accessible_name("count");
        });
    }

    fn trials(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.label("seeds");
            let drag = DragValue::new(&mut self.trials).range(1..=10_000);
            let tooltip = "Trials of a cell: each draws its own data and weights";
            let response = ui.add(drag).on_hover_text(tooltip);
            response.accessible_name("seeds");
        });
    }

    fn buttons(&self, ui: &mut Ui, is_valid: bool) -> Option<VaryAction> {
        let mut asked = None;
        ui.horizontal(|ui| {
            let apply = ui.add_enabled(is_valid, egui::Button::new("Vary"));
            let tooltip = match self.show.is_sweep() {
                true => "Starts the sweep beside the run, with its panel",
                false => "Runs again, one arm a value",
            };
            if apply.on_hover_text(tooltip).clicked() {
                asked = Some(VaryAction::Apply(self.variation()));
            }
            let own = "The field has the preset's own value again";
            if self.varies && ui.button("Don't vary").on_hover_text(own).clicked() {
                asked = Some(VaryAction::Remove(self.field.path.to_owned()));
            }
            let close = ui.button("Cancel").on_hover_text("Closes this sheet (Esc)");
            if close.clicked() {
                asked = Some(VaryAction::Close);
            }
        });
        asked
    }

    /// What comes of the values, in words, or the first error.
    fn preview(&mut self, preset: &Preset, experiment: &Experiment) -> Result<String, String> {
        let variation = self.variation();
        if let Some((_, result)) = self.preview.as_ref().filter(|(seen, _)| *seen == variation) {
            return result.clone();
        }
        let result = preview(&variation, preset, experiment).map_err(|error| error.to_string());
        self.preview = Some((variation, result.clone()));
        result
    }
}

/// The arms, or the cells and trials, that a variation makes.
fn preview(
    variation: &Variation,
    preset: &Preset,
    experiment: &Experiment,
) -> Result<String, PresetError> {
    let varied = variation.edit(preset)?.applied(preset)?;
    let (name, folder) = (&experiment.name, experiment.folder.clone());
    let checked = Experiment::check(varied, name, folder)?;
    if !variation.show.is_sweep() {
        let labels: Vec<&str> = checked.arms.iter().map(|arm| arm.label.as_str()).collect();
        return Ok(format!("{} arms: {}", labels.len(), named(&labels)));
    }
    let axes = checked.sweep_axes.iter();
    let sides: Vec<usize> = axes.clone().map(|axis| axis.values.len()).collect();
    let cells: usize = sides.iter().product();
    let own = axes.filter(|axis| axis.field == variation.field);
    let values = own.flat_map(|axis| axis.values.iter().map(|point| point.label.as_str()));
    let values = named(&values.collect::<Vec<_>>());
    let arms = checked.arms.len();
    let trials = (cells * arms).saturating_mul(variation.trials as usize);
    let of_arms = match arms {
        1 => String::new(),
        _ => format!(" × {arms} arms"),
    };
    Ok(format!(
        "{cells} cells{of_arms} × {} seeds = {trials} trials: {values}",
        variation.trials
    ))
}

fn named(labels: &[&str]) -> String {
    let named = labels.iter().take(NAMED).copied().collect::<Vec<_>>();
    let rest = if labels.len() > NAMED { ", …" } else { "" };
    named.join(", ") + rest
}
