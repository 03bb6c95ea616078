//! What is looked at, as of a moment: enough to draw it elsewhere while the window goes on.

use std::sync::Arc;

use crate::export::{ArmRecords, Provenance, portable, write_series};
use crate::history::RunHistory;
use crate::page::choice::PanelState;
use crate::page::colours::Colours;
use crate::page::compose::{PageOptions, compose};
use crate::page::content::{Content, NoFigure, View, content};
use crate::page::size::PageSize;
use crate::page::table::Table;
use crate::page::write::{SvgText, pdf, pixels, svg, tex};
use crate::page::{alt, caption};
use crate::preset;
use crate::preset::Experiment;
use crate::render::{Picture, PictureOptions, picture};
use crate::spec::{PanelKind, Place, ViewSpec};
use crate::ui::SweepView;
use crate::ui::panel::{PanelInput, panel_ui, row};
use crate::ui::theme::Theme;

use super::format::Format;

/// Size of the picture of a panel that has no figure, in points.
const PANEL: [f32; 2] = [900.0, 600.0];

/// Space around such a panel, in points.
const MARGIN: i8 = 16;

/// Pixels per point of a picture of the window, or of a panel as the window draws it.
pub const FINE: f32 = 2.0;

/// What is looked at.
#[derive(Clone)]
pub struct Subject {
    /// The experiment, with what it went on with.
    pub experiment: Arc<Experiment>,
    /// What was recorded, with the guests behind the run's own arms.
    pub history: RunHistory,
    /// What of it is the run's own.
    pub own: RunHistory,
    /// Its sweep.
    pub sweep: Option<SweepView>,
    /// What the panels show.
    pub choice: PanelState,
    /// Where they stand, if not as usual.
    pub place: Option<Place>,
    /// The step shown.
    pub step: u64,
    /// Size of the window in points.
    pub window: [f32; 2],
}

/// What is made a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// One panel.
    Panel(PanelKind),
    /// The whole window.
    Window,
}

/// A figure that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// What of the window.
    pub part: Part,
    /// In which format.
    pub format: Format,
    /// How large, by name or as breadth and height.
    pub size: String,
    /// Whether light on dark.
    pub dark: bool,
    /// Whether with a caption.
    pub caption: bool,
}

impl Subject {
    /// The experiment as it is written into a file, with how it is looked at.
    pub fn as_shown(&self) -> Experiment {
        let mut experiment = Experiment::clone(&self.experiment);
        experiment.preset = self.own.as_run(&experiment.preset);
        let view = ViewSpec {
            layout: self.place.clone(),
            switches: self.choice.switches(),
        };
        experiment.preset.view = (view != ViewSpec::default()).then_some(view);
        experiment
    }

    /// Keys and values that every file carries.
    fn provenance(&self) -> Vec<(String, String)> {
        let experiment = self.as_shown();
        let ron = preset::to_ron(&portable(&experiment));
        Provenance::new(&experiment, ron, None).entries()
    }

    fn view(&self) -> View<'_> {
        View {
            experiment: &self.experiment,
            history: &self.history,
            step: self.step,
            sweep: self
                .sweep
                .as_ref()
                .map(|sweep| (&*sweep.plan, &sweep.table)),
            choice: &self.choice,
        }
    }

    /// The file of a panel's figure; beside one for TeX the table that it reads, by the name that is given.
    ///
    /// # Errors
    /// Why there is no such figure, and what can be saved instead.
    pub fn figure(&self, kind: PanelKind, order: &Order, table: &str) -> Result<Vec<u8>, String> {
        if order.format == Format::Csv {
            return Ok(self.table(kind)?.csv());
        }
        match content(kind, &self.view()) {
            Ok(content) => self.composed(&content, order, table),
            Err(NoFigure::Text(_) | NoFigure::Digits) if order.format.is_picture() => {
                self.of_panel(kind, order)
            }
            Err(problem) => Err(format!("{}: {problem}", row(kind).title)),
        }
    }

    fn composed(&self, content: &Content, order: &Order, table: &str) -> Result<Vec<u8>, String> {
        let size: PageSize = order
            .size
            .parse()
            .map_err(|problem| format!("size: {problem}"))?;
        let ppi = size.ppi;
        let options = PageOptions {
            size,
            columns: None,
            title: String::new(),
            caption: match order.caption {
                true => caption(&self.view(), row(content.kind).shows.is_sweep()),
                false => String::new(),
            },
            name: format!("{}: {}", self.experiment.name, content.title),
            alt: alt(&self.view(), std::slice::from_ref(content)),
        };
        let colours: Colours = self.view().colours(order.dark);
        let page = compose(std::slice::from_ref(content), &colours, &options);
        let provenance = self.provenance();
        Ok(match order.format {
            Format::Png => pixels(&page, ppi, &provenance).map_err(|error| error.to_string())?,
            Format::Svg => {
                let text = svg(&page, SvgText::Outlines, &provenance);
                text.map_err(|error| error.to_string())?.into_bytes()
            }
            Format::Pdf => pdf(&page, &provenance),
            Format::Tex => tex::tex(&page, table, &provenance).into_bytes(),
            Format::TexTable => tex::table(&page).into_bytes(),
            Format::Csv => Table::of(content).csv(),
        })
    }

    /// The numbers that a panel draws.
    ///
    /// # Errors
    /// Why it draws none.
    pub fn table(&self, kind: PanelKind) -> Result<Table, String> {
        let content = content(kind, &self.view());
        let content = content.map_err(|problem| format!("{}: {problem}", row(kind).title))?;
        Ok(Table::of(&content))
    }

    /// Every scalar of the run, as `series.csv` has it.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn series(&self) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let arms = ArmRecords::of(&self.experiment, &self.own);
        write_series(&mut bytes, &arms).map_err(|error| error.to_string())?;
        Ok(bytes)
    }

    fn of_panel(&self, kind: PanelKind, order: &Order) -> Result<Vec<u8>, String> {
        let theme = theme(order.dark);
        let input = PanelInput {
            experiment: &self.experiment,
            history: &self.history,
            cursor: self.step,
            live: self.step >= self.own.last_step(),
            sweep: self.sweep.as_ref(),
            theme: &theme,
        };
        // Nobody is there to ask for anything.
        let (mut state, mut actions) = (self.choice.clone(), Vec::new());
        let frame = egui::Frame::new().fill(theme.panel).inner_margin(MARGIN);
        let draw = |ui: &mut egui::Ui| {
            let space = egui::CentralPanel::default().frame(frame);
            space.show(ui, |ui| panel_ui(ui, kind, input, &mut state, &mut actions));
        };
        let options = PictureOptions::new(PANEL[0], PANEL[1]).with_pixels_per_point(FINE);
        let drawn = picture(&options, |context| theme.apply(context), draw);
        self.encoded(drawn.map_err(|error| error.to_string())?, order.format)
    }

    /// A picture as the window draws it, as a file.
    ///
    /// # Errors
    /// Formats that no such picture can have, and those of the writer.
    pub fn encoded(&self, picture: Picture, format: Format) -> Result<Vec<u8>, String> {
        let provenance = self.provenance();
        match format {
            Format::Png => picture
                .to_png(&provenance)
                .map_err(|error| error.to_string()),
            Format::Svg => Ok(picture.to_svg(&provenance).into_bytes()),
            other => Err(format!(
                "a picture of the window can't be written as {}; allowed: PNG, SVG, or a panel",
                other.title()
            )),
        }
    }
}

fn theme(dark: bool) -> Theme {
    match dark {
        true => Theme::dark(),
        false => Theme::light(),
    }
}
