//! Options of what moves: pages and animations.

use std::str::FromStr;

use crate::cli::render::{Colours, panel};
use crate::page::size::PageSize;
use crate::spec::PanelKind;
use crate::ui::panel::Panel;

/// Options of what moves: pages and animations.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Pages (.html) and animations (.gif, .apng)")]
pub(super) struct Moving {
    /// Panels, the first of them large; without it the panel that plots the preset's claim and, on a page, what goes
    /// with it.
    #[arg(long, alias = "panel", value_name = "PANEL", value_delimiter = ',', value_parser = panel())]
    panels: Vec<&'static Panel>,
    /// Colours; a page without it is as the reader's system has it, an animation light.
    #[arg(long, value_enum)]
    pub theme: Option<Colours>,
    /// Size of an animation: column, text, beamer, slide, or for example 960x600px.
    #[arg(long, value_name = "SIZE", default_value = "960x600px")]
    size: Size,
    /// Frames a second of an animation, at most.
    #[arg(long, value_name = "N", default_value_t = 20.0, value_parser = rate)]
    pub fps: f64,
    /// Seconds an animation takes from the first record to the last.
    #[arg(long, value_name = "S", default_value_t = 8.0, value_parser = seconds)]
    pub seconds: f64,
    /// An animation plays once; else it begins again.
    #[arg(long)]
    pub once: bool,
}

/// A size with the words it was asked for by.
#[derive(Clone, Debug)]
struct Size(PageSize);

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self)
    }
}

impl Moving {
    /// The panels asked for.
    pub(super) fn kinds(&self) -> Vec<PanelKind> {
        self.panels.iter().map(|panel| panel.kind).collect()
    }

    /// The names of the panels asked for.
    pub(super) fn keys(&self) -> Vec<&'static str> {
        self.panels.iter().map(|panel| panel.key).collect()
    }

    /// Size of an animation.
    pub(super) fn size(&self) -> &PageSize {
        &self.size.0
    }
}

fn rate(text: &str) -> Result<f64, String> {
    within(text, 1.0, 50.0)
}

fn seconds(text: &str) -> Result<f64, String> {
    within(text, 0.5, 60.0)
}

fn within(text: &str, least: f64, most: f64) -> Result<f64, String> {
    let number = text.parse().ok();
    let number = number.filter(|number| (least..=most).contains(number));
    number.ok_or_else(|| format!("allowed: a number from {least} to {most}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_and_lengths_are_checked() {
        assert_eq!(rate("12.5"), Ok(12.5));
        for bad in ["0", "51", "nan", "-1", "ten"] {
            assert!(rate(bad).is_err(), "{bad}");
        }
        assert!(seconds("0.1").is_err() && seconds("61").is_err());
        assert_eq!(seconds("8"), Ok(8.0));
    }
}
