//! In which format a figure is saved.

/// In which format a figure is saved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Pixels.
    #[default]
    Png,
    /// Vectors for the web.
    Svg,
    /// Vectors for print.
    Pdf,
    /// A picture that LaTeX draws by pgfplots.
    Tex,
    /// The table that such a picture reads.
    TexTable,
    /// The numbers that are drawn.
    Csv,
}

impl Format {
    /// Those on offer.
    pub const OFFERED: [Self; 5] = [Self::Png, Self::Svg, Self::Pdf, Self::Tex, Self::Csv];

    /// Ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Tex => "tex",
            Self::TexTable | Self::Csv => "csv",
        }
    }

    /// Name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Svg => "SVG",
            Self::Pdf => "PDF",
            Self::Tex => "pgfplots",
            Self::TexTable => "table of pgfplots",
            Self::Csv => "CSV",
        }
    }

    /// What it is for.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Png => "Pixels, for slides and messages. widescope opens it again",
            Self::Svg => "Vectors with text as outlines, for web pages. widescope opens it again",
            Self::Pdf => "Vectors with embedded fonts, for papers. widescope opens it again",
            Self::Tex | Self::TexTable => {
                "A .tex for LaTeX's pgfplots, drawn in the paper's own fonts, with a .csv of its numbers beside it"
            }
            Self::Csv => "The numbers that are drawn, as a table",
        }
    }

    /// Whether it is a picture of whatever is seen, text too.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Svg)
    }

    /// The format of an ending.
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::OFFERED
            .into_iter()
            .find(|format| format.ending() == ending)
    }
}
