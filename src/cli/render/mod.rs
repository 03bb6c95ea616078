//! `widescope render`: a picture of the window, or a figure of what panels show, without a display.

mod figure;
mod options;
mod picture;
mod swept;

pub use picture::render;

use std::path::PathBuf;

use super::source::Source;
use crate::ui::panel::Panel;
use crate::ui::theme::{Theme, ThemeChoice};
use options::{panel, scale};

/// Trains without a display and draws the window, or with --panel a figure of what panels show: for a paper, a
/// slide or a web page, without a control. The file also holds the preset. A sweep is carried out first if the
/// picture shows it.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: Source,
    /// Picture to write; its ending says the format: .png or .svg, of a figure also .pdf and .tex (pgfplots, its
    /// numbers in a .csv beside it).
    #[arg(long, value_name = "FIG")]
    out: PathBuf,
    /// A figure of one or more panels, joined by commas, instead of the whole window; several get letters.
    #[arg(long, value_parser = panel(), value_delimiter = ',', value_name = "PANEL,…")]
    panel: Vec<&'static Panel>,
    /// The panel as it is in the window, with its switches, instead of a figure.
    #[arg(long, requires = "panel")]
    as_window: bool,
    /// Size. Of a figure: column (89 mm wide, the default), text (183 mm), beamer, slide, or a size such as 89mmx60mm
    /// or 89mm. Of a picture of the window: points [default: 1600x1000, of a panel 900x600].
    #[arg(long, value_name = "SIZE")]
    size: Option<String>,
    /// Panels of a figure side by side, 1 or 2 [default: what suits its width].
    #[arg(long, value_name = "N", requires = "panel", value_parser = clap::value_parser!(u8).range(1..=2))]
    columns: Option<u8>,
    /// Below a figure the preset, its arms, sizes and seeds.
    #[arg(long, requires = "panel", overrides_with = "no_caption")]
    caption: bool,
    /// No caption; this is the default.
    #[arg(long, requires = "panel", overrides_with = "caption")]
    no_caption: bool,
    /// A title above a figure.
    #[arg(long, requires = "panel", value_name = "TEXT")]
    title: Option<String>,
    /// In an .svg text as text, in the reader's fonts, instead of outlines.
    #[arg(long, requires = "panel")]
    text: bool,
    /// Colours.
    #[arg(long, value_enum, default_value_t = Colours::Light)]
    theme: Colours,
    /// Pixels of a PNG for each of 96 pixels an inch [default: 1, of a printed figure 3.125, which is 300 an inch].
    #[arg(long, value_parser = scale)]
    scale: Option<f32>,
    /// Stop at this step and draw it, instead of the end.
    #[arg(long, value_name = "K")]
    step: Option<u64>,
    /// Results instead of new ones: the folder that `run` wrote for this preset (its scalars; spectra and
    /// feature maps are left out), the folder of its sweep, or a merged file.
    #[arg(long, value_name = "PATH")]
    from: Option<PathBuf>,
    /// No progress bar.
    #[arg(long, short)]
    quiet: bool,
}

/// Colours of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Colours {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Colours {
    fn theme(self) -> Theme {
        match self {
            Self::Light => Theme::light(),
            Self::Dark => Theme::dark(),
        }
    }

    fn choice(self) -> ThemeChoice {
        match self {
            Self::Light => ThemeChoice::Light,
            Self::Dark => ThemeChoice::Dark,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Args {
    /// Whether it is a figure and not a picture of the window.
    fn is_figure(&self) -> bool {
        !self.panel.is_empty() && !self.as_window
    }

    /// The words of the command line that makes this picture.
    fn words(&self) -> Vec<String> {
        let option =
            |name: &str, value: Option<String>| value.map(|v| vec![format!("--{name}"), v]);
        let switch = |name: &str, on: bool| on.then(|| vec![format!("--{name}")]);
        let panels: Vec<&str> = self.panel.iter().map(|panel| panel.key).collect();
        let options = [
            option("panel", (!panels.is_empty()).then(|| panels.join(","))),
            switch("as-window", self.as_window),
            option("size", self.size.clone()),
            option("columns", self.columns.map(|columns| columns.to_string())),
            switch("caption", self.caption && !self.no_caption),
            option("title", self.title.clone()),
            switch("text", self.text),
            option("theme", Some(self.theme.name().to_owned())),
            option("scale", self.scale.map(|scale| scale.to_string())),
            option(
                "from",
                self.from
                    .as_ref()
                    .map(|path| path.to_string_lossy().into_owned()),
            ),
            option("step", self.step.map(|step| step.to_string())),
            option("out", Some(self.out.to_string_lossy().into_owned())),
        ];
        let head = ["widescope", "render"]
            .map(str::to_owned)
            .into_iter()
            .chain(self.source.words());
        head.chain(options.into_iter().flatten().flatten())
            .collect()
    }
}
