//! A figure of what panels show, composed and written.

use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};

use super::options::Format;
use super::{Args, Colours};
use crate::cli::exit::complain;
use crate::export::check_writable;
use crate::page::choice::PanelState;
use crate::page::compose::{PageOptions, compose};
use crate::page::content::{Content, View, content, possible};
use crate::page::size::PageSize;
use crate::page::write::{SvgText, pdf, pixels, svg, tex};
use crate::page::{alt, caption};
use crate::preset::Experiment;
use crate::ui::still::Shown;

/// Pixels per inch at which a scale is 1.
const PIXELS_PER_INCH: f32 = 96.0;

/// Files to write, with what they hold.
type Files = Vec<(PathBuf, Vec<u8>)>;

/// A figure that is asked for.
pub(super) struct Plan {
    size: PageSize,
    ppi: f32,
}

impl Plan {
    /// The figure that the options ask for.
    ///
    /// # Errors
    /// A size that no figure can have.
    pub(super) fn new(args: &Args) -> anyhow::Result<Self> {
        let size = match &args.size {
            None => PageSize::column(),
            Some(text) => text
                .parse()
                .map_err(|error| anyhow!("--size {text}: {error}"))?,
        };
        let ppi = args.scale.map_or(size.ppi, |scale| PIXELS_PER_INCH * scale);
        if args.text && Format::of(&args.out)? != Format::Svg {
            bail!("--text: only an .svg has text as text; allowed: --out with .svg, or no --text");
        }
        Ok(Self { size, ppi })
    }

    /// Refuses what can't be drawn, before anything is trained.
    ///
    /// # Errors
    /// Names the panel, why it has no figure, and what can be saved instead; a table that can't be written.
    pub(super) fn check(&self, args: &Args, experiment: &Experiment) -> anyhow::Result<()> {
        for panel in &args.panel {
            possible(panel.kind, experiment).with_context(|| format!("--panel {}", panel.key))?;
        }
        if Format::of(&args.out)? == Format::Tex {
            check_writable(&args.out.with_extension("csv"))?;
        }
        Ok(())
    }

    /// Composes the figure and writes it in a format.
    ///
    /// # Errors
    /// A panel of which nothing was measured; a picture that is too large.
    pub(super) fn files(
        &self,
        args: &Args,
        format: Format,
        shown: Shown<'_>,
        provenance: &[(String, String)],
    ) -> anyhow::Result<Files> {
        let choice = PanelState::default();
        let view = View {
            experiment: shown.experiment,
            history: shown.history,
            step: shown.history.last_step(),
            sweep: shown.sweep.map(|sweep| (&*sweep.plan, &sweep.table)),
            choice: &choice,
        };
        let contents = args.panel.iter().map(|panel| {
            content(panel.kind, &view).with_context(|| format!("--panel {}", panel.key))
        });
        let contents: Vec<Content> = contents.collect::<anyhow::Result<_>>()?;
        let is_of_sweep = args.panel.iter().all(|panel| panel.shows.is_sweep());
        let titles: Vec<&str> = contents
            .iter()
            .map(|content| content.title.as_str())
            .collect();
        let options = PageOptions {
            size: self.size.clone(),
            columns: args.columns.map(usize::from),
            title: args.title.clone().unwrap_or_default(),
            caption: match args.caption && !args.no_caption {
                true => caption(&view, is_of_sweep),
                false => String::new(),
            },
            name: format!("{}: {}", shown.experiment.name, titles.join("; ")),
            alt: alt(&view, &contents),
        };
        let colours = view.colours(args.theme == Colours::Dark);
        let page = compose(&contents, &colours, &options);
        let missing: String = page
            .missing()
            .iter()
            .map(|c| format!(" {}", c.escape_unicode()))
            .collect();
        if !missing.is_empty() {
            complain(&format!(
                "the fonts of figures lack{missing}; boxes stand for these characters. Other names for the arms \
                 avoid them"
            ));
        }
        let out = args.out.clone();
        Ok(match format {
            Format::Png => vec![(out, pixels(&page, self.ppi, provenance)?)],
            Format::Svg => {
                let text = if args.text {
                    SvgText::Live
                } else {
                    SvgText::Outlines
                };
                vec![(out, svg(&page, text, provenance)?.into_bytes())]
            }
            Format::Pdf => vec![(out, pdf(&page, provenance))],
            Format::Tex => {
                let table = out.with_extension("csv");
                let name = table
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                let picture = tex::tex(&page, &name, provenance);
                vec![
                    (table, tex::table(&page).into_bytes()),
                    (out, picture.into_bytes()),
                ]
            }
        })
    }
}
