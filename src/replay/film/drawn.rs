//! The frames of an animation, drawn.

use crate::figure::Ink;
use crate::page::choice::PanelState;
use crate::page::colours::Colours;
use crate::page::compose::{PageOptions, compose};
use crate::page::content::{Content, content};
use crate::page::size::PageSize;
use crate::page::write::rgb;
use crate::replay::moments::Moments;
use crate::replay::{Shown, axis_over_run};
use crate::spec::PanelKind;

use super::{Film, FilmError, Frame, Pace};

/// Seconds for which the end stays.
const REST: f64 = 2.0;

/// What an animation shows, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct FilmOptions {
    /// The panels.
    pub panels: Vec<PanelKind>,
    /// Whether it is dark.
    pub dark: bool,
    /// Its size.
    pub size: PageSize,
    /// Seconds from the first record to the last.
    pub seconds: f64,
    /// Frames a second, at most.
    pub rate: f64,
    /// Whether it begins again.
    pub repeats: bool,
}

/// Draws the records of a run, evenly on the axis over the run.
///
/// # Errors
/// A panel that has nothing to draw at the end, and a size that no picture can have.
pub fn film(shown: Shown<'_>, options: &FilmOptions) -> Result<Film, FilmError> {
    let choice = PanelState::default();
    let axis = axis_over_run(&shown, &choice);
    let clock = choice.shared.time.clock_of(shown.experiment, shown.history);
    let moments = Moments::new(shown.history, (clock, &axis), usize::MAX);
    let pace = Pace {
        seconds: options.seconds,
        rate: options.rate,
        rest: REST,
    };
    let end = moments.count().saturating_sub(1);
    let is_still = |kind: &PanelKind| matches!(kind, PanelKind::Phase | PanelKind::Curves);
    let shows = match options.panels.iter().all(is_still) {
        true => vec![(end, (100.0 * REST) as u16)],
        false => pace.frames(&moments.places),
    };
    let (mut frames, mut delays): (Vec<Frame>, Vec<u16>) = (Vec::new(), Vec::new());
    for (index, delay) in shows {
        let label = moments.labels.get(index).cloned().unwrap_or_default();
        let step = moments.steps.get(index).copied().unwrap_or(0);
        match drawn(shown, options, (step, &label)) {
            Ok(frame) => {
                frames.push(frame);
                delays.push(delay);
            }
            // What is measured later only is shown from then on.
            Err(FilmError::Panel { .. }) if index != end => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Film {
        frames,
        delays,
        repeats: options.repeats,
    })
}

fn drawn(
    shown: Shown<'_>,
    options: &FilmOptions,
    (step, label): (u64, &str),
) -> Result<Frame, FilmError> {
    let choice = PanelState::default();
    let view = shown.view(&choice, step);
    let panel = |kind: &PanelKind| {
        content(*kind, &view).map_err(|why| FilmError::Panel {
            panel: format!("{kind:?}"),
            why,
        })
    };
    let contents: Vec<Content> = options.panels.iter().map(panel).collect::<Result<_, _>>()?;
    let page = PageOptions {
        size: options.size.clone(),
        columns: None,
        title: String::new(),
        caption: format!("{}, {label}", shown.experiment.name),
        name: String::new(),
        alt: String::new(),
    };
    let page = compose(&contents, &view.colours(options.dark), &page);
    let ([width, height], pixels) = rgb(&page, options.size.ppi)?;
    Ok(Frame {
        width,
        height,
        pixels,
    })
}

/// The colours that are kept as they are.
pub fn theme_colours(colours: &Colours, arms: usize) -> Vec<[u8; 3]> {
    let inks = [
        Ink::Positive,
        Ink::Negative,
        Ink::Ghost,
        Ink::Before,
        Ink::Path,
        Ink::Guide,
        Ink::Cursor,
        Ink::Error,
    ];
    let inks = inks.into_iter().chain((0..arms).map(Ink::Arm));
    let of_ink = inks.flat_map(|ink| [colours.ink(ink), colours.ink_text(ink)]);
    let named = [
        colours.background,
        colours.panel,
        colours.hairline,
        colours.text,
        colours.weak_text,
        colours.accent,
    ];
    of_ink.chain(named).map(|colour| colour.parts()).collect()
}
