//! `widescope render`: a picture of the window or of one panel, without a display.

mod options;
mod picture;
mod swept;

pub use picture::render;

use std::path::PathBuf;

use super::source::Source;
use crate::ui::panel::Panel;
use crate::ui::theme::{Theme, ThemeChoice};
use options::{Size, panel, scale};

/// Trains without a display and draws the window, or one panel, as a picture. The file also holds the
/// preset. A sweep is carried out first if the picture shows it.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: Source,
    /// Picture to write; its ending, .png or .svg, says the format.
    #[arg(long, value_name = "FIG")]
    out: PathBuf,
    /// One panel instead of the whole window.
    #[arg(long, value_parser = panel())]
    panel: Option<&'static Panel>,
    /// Size in points [default: 1600x1000, for a panel 900x600].
    #[arg(long, value_name = "WxH")]
    size: Option<Size>,
    /// Colours.
    #[arg(long, value_enum, default_value_t = Colours::Light)]
    theme: Colours,
    /// Pixels per point of a PNG.
    #[arg(long, default_value_t = 1.0, value_parser = scale)]
    scale: f32,
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
    /// The words of the command line that makes this picture.
    fn words(&self) -> Vec<String> {
        let option = |name: &str, value: Option<String>| value.map(|v| [format!("--{name}"), v]);
        let options = [
            option("panel", self.panel.map(|panel| panel.key.to_owned())),
            option("size", self.size.map(|size| size.to_string())),
            option("theme", Some(self.theme.name().to_owned())),
            option("scale", (self.scale != 1.0).then(|| self.scale.to_string())),
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
