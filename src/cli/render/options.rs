//! Options of a picture, checked as they are read.

use std::path::Path;
use std::str::FromStr;

use anyhow::bail;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::ui::panel::{PANELS, Panel};

/// Fewest points a side.
const MIN_SIDE: u32 = 64;

/// Most points a side.
const MAX_SIDE: u32 = 16_384;

/// Least and greatest pixels per point.
const SCALES: std::ops::RangeInclusive<f32> = 0.25..=8.0;

/// Format of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Pixels.
    Png,
    /// Vectors.
    Svg,
    /// Vectors and fonts; of a figure only.
    Pdf,
    /// For pgfplots; of a figure only.
    Tex,
}

impl Format {
    /// The format that a file's extension names.
    ///
    /// # Errors
    /// Names the extension and those that are allowed.
    pub fn of(path: &Path) -> anyhow::Result<Self> {
        let extension = path
            .extension()
            .map(|e| e.to_string_lossy().to_ascii_lowercase());
        match extension.as_deref() {
            Some("png") => Ok(Self::Png),
            Some("svg") => Ok(Self::Svg),
            Some("pdf") => Ok(Self::Pdf),
            Some("tex") => Ok(Self::Tex),
            Some(other) => {
                bail!(
                    "--out {}: a picture can't be written as .{other}; allowed: .png, .svg, and of a figure \
                     (--panel) .pdf, .tex",
                    path.display()
                )
            }
            None => bail!(
                "--out {}: the extension says the format; allowed: .png, .svg, and of a figure (--panel) .pdf, .tex",
                path.display()
            ),
        }
    }

    /// Refuses what a picture of the window can't be written as.
    ///
    /// # Errors
    /// Names what is allowed.
    pub fn check_window(self, path: &Path) -> anyhow::Result<()> {
        if matches!(self, Self::Pdf | Self::Tex) {
            bail!(
                "--out {}: a picture of the window can be .png or .svg; allowed as .pdf and .tex: a figure, with \
                 --panel and without --as-window",
                path.display()
            );
        }
        Ok(())
    }
}

/// Size of a picture in points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let side = |text: &str| {
            text.parse()
                .ok()
                .filter(|side| (MIN_SIDE..=MAX_SIDE).contains(side))
        };
        let sides = text.split_once(['x', 'X', '×']);
        match sides.map(|(width, height)| (side(width), side(height))) {
            Some((Some(width), Some(height))) => Ok(Self { width, height }),
            _ => Err(format!(
                "allowed: WIDTHxHEIGHT, for example 1600x1000, each side from {MIN_SIDE} to {MAX_SIDE}"
            )),
        }
    }
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}

/// Reads pixels per point.
///
/// # Errors
/// Names what is allowed.
pub fn scale(text: &str) -> Result<f32, String> {
    let allowed = || {
        format!(
            "allowed: a number from {} to {}",
            SCALES.start(),
            SCALES.end()
        )
    };
    text.parse()
        .ok()
        .filter(|scale| SCALES.contains(scale))
        .ok_or_else(allowed)
}

/// Reads a panel's key.
pub fn panel() -> impl TypedValueParser<Value = &'static Panel> {
    let name = |panel: &Panel| PossibleValue::new(panel.key).help(panel.description);
    PossibleValuesParser::new(PANELS.iter().map(name))
        .try_map(|key| find(&key).ok_or("there is no such panel"))
}

fn find(key: &str) -> Option<&'static Panel> {
    PANELS.iter().find(|panel| panel.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_checked_before_anything_is_drawn() {
        assert_eq!(
            "1600x1000".parse(),
            Ok(Size {
                width: 1600,
                height: 1000
            })
        );
        for bad in [
            "",
            "x",
            "1600",
            "63x100",
            "100x16385",
            "-5x100",
            "1e3x100",
            "99999999999x100",
        ] {
            let error = bad.parse::<Size>().expect_err(bad);
            assert!(
                error.contains("1600x1000") && error.contains("16384"),
                "{error}"
            );
        }
    }

    #[test]
    fn scales_are_numbers_within_the_range() {
        assert_eq!(scale("2.5"), Ok(2.5));
        for bad in ["0", "9", "nan", "inf", "-1", "two"] {
            assert!(scale(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_extension_says_the_format() {
        assert_eq!(Format::of(Path::new("a/b.PNG")).ok(), Some(Format::Png));
        assert_eq!(Format::of(Path::new("b.svg")).ok(), Some(Format::Svg));
        let message = Format::of(Path::new("b.jpg"))
            .expect_err("not a format")
            .to_string();
        assert!(
            message.contains("b.jpg") && message.contains(".png, .svg"),
            "{message}"
        );
        assert!(Format::of(Path::new("png")).is_err());
    }
}
