//! What a page's script reads.

use serde::Serialize;

use super::layers::Layer;

/// Everything that a page's script draws from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Script {
    /// The theme asked for: `light`, `dark`, or as the reader's system has it.
    pub theme: Option<&'static str>,
    /// Fonts of what is drawn.
    pub font: &'static str,
    /// Seconds in which the whole run is played.
    pub seconds: f64,
    /// How places are written.
    pub places: Places,
    /// The moments of the run.
    pub frames: Frames,
    /// The widths there is a layout for, the least first.
    pub widths: Vec<Width>,
    /// Colours by number.
    pub colours: Colours,
    /// The arms.
    pub arms: Vec<Arm>,
    /// The plots, in the order of the page.
    pub plots: Vec<PlotScript>,
    /// Numbers of tables, moment by moment.
    pub tables: Vec<Told<Vec<String>>>,
    /// Words that change with the moment.
    pub said: Vec<Told<String>>,
    /// Words on buttons.
    pub words: Words,
}

/// How places are written: `low` is the lower end of an axis, `low + span` the upper one, 0 no place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(super) struct Places {
    /// Lower end.
    pub low: u16,
    /// From end to end.
    pub span: u16,
}

/// The moments of the run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Frames {
    /// Their steps.
    pub steps: Vec<u64>,
    /// Where each stands on the axis over the run, from 0 to 1.
    pub places: Vec<f64>,
    /// What each is called.
    pub labels: Vec<String>,
}

/// A width there is a layout for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(super) struct Width {
    /// Its name.
    pub name: &'static str,
    /// Least width of the page, in pixels.
    pub from: u32,
}

/// Colours by number in both themes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Colours {
    /// On light.
    pub light: Vec<String>,
    /// On dark.
    pub dark: Vec<String>,
}

/// An arm.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Arm {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub ink: usize,
}

/// A plot.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct PlotScript {
    /// What is drawn, the last on top.
    pub layers: Vec<Layer>,
    /// Numbers for the read-out.
    pub readings: Vec<Reading>,
    /// Places with words of their own, where it has such.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spots: Option<Vec<Spot>>,
    /// How it is laid out at each width.
    pub views: Vec<View>,
}

/// A number for the read-out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Reading {
    /// The arm it is of.
    pub arm: Option<usize>,
    /// What it is.
    pub name: String,
    /// The number as `series.csv` has it, at each moment; empty where it was not measured.
    pub texts: Vec<String>,
}

/// A place with words of its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Spot {
    /// Left, right, lower and upper end, as places are written.
    #[serde(rename = "box")]
    pub around: [u16; 4],
    /// The words.
    pub text: String,
}

/// A plot laid out at a width.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct View {
    /// Width in pixels.
    pub width: f32,
    /// Height in pixels.
    pub height: f32,
    /// Left, top, right and bottom of what is between the axes.
    pub frame: [f32; 4],
    /// Filled boxes of colour bars: colour, left, top, width, height.
    pub strips: Vec<(usize, f32, f32, f32, f32)>,
    /// The axes, as often as they change.
    pub faces: Vec<Face>,
    /// Which of them each moment has; absent where all have the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Vec<usize>>,
    /// Where each moment stands, for plots over the run; `None` where it has no place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instants: Option<Vec<Option<f32>>>,
}

/// Lines and texts around a plot.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(super) struct Face {
    /// Colour and both ends of each line.
    pub lines: Vec<(usize, f32, f32, f32, f32)>,
    /// Its texts.
    pub texts: Vec<Text>,
}

/// A text: middle or end of its line, the words, how they are aligned, their size, colour, and the arm they
/// belong to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Text(
    pub f32,
    pub f32,
    pub String,
    pub &'static str,
    pub f32,
    pub usize,
    pub Option<usize>,
);

/// What is told at each moment, kept as often as it changes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Told<T> {
    /// Which of the texts each moment has.
    pub at: Vec<usize>,
    /// The texts.
    pub texts: Vec<T>,
}

impl<T: PartialEq> Told<T> {
    /// Of what is told moment by moment.
    pub(super) fn new(all: impl IntoIterator<Item = T>) -> Self {
        let (mut at, mut texts) = (Vec::new(), Vec::new());
        for text in all {
            let known = texts.iter().position(|known| *known == text);
            at.push(known.unwrap_or(texts.len()));
            if known.is_none() {
                texts.push(text);
            }
        }
        Self { at, texts }
    }

    /// The same told otherwise.
    pub(super) fn map(&self, told: impl Fn(&T) -> T) -> Self {
        Self {
            at: self.at.clone(),
            texts: self.texts.iter().map(told).collect(),
        }
    }

    /// What is told at the last moment.
    pub(super) fn last(&self) -> Option<&T> {
        self.texts.get(*self.at.last()?)
    }
}

/// Words on buttons.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Words {
    /// To play.
    pub play: &'static str,
    /// The same for screen readers.
    pub play_long: &'static str,
    /// To pause.
    pub pause: &'static str,
    /// The same for screen readers.
    pub pause_long: &'static str,
}
