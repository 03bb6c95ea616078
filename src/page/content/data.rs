//! The data in their plane, and the output of each arm over it.

use crate::figure::{Axis, Ink, Palette, Range, Scale, SurfaceMap, SurfaceOptions};
use crate::number;
use crate::spec::PanelKind;

use super::key::{KeyEntry, Sample};
use super::names::names;
use super::{ColourBar, Content, NoFigure, Plot, View};

/// The line f = 0.
const LEVEL: Sample = Sample::Line(crate::figure::Shaft {
    width: 1.6,
    opacity: 1.0,
    dash: crate::figure::Dash::SOLID,
});

pub(super) fn content(view: &View<'_>) -> Result<Content, NoFigure> {
    let options = SurfaceOptions {
        start: view.choice.start_beside,
        hidden: &view.choice.shared.hidden_arms,
        cursor: view.step,
    };
    let map = SurfaceMap::new(view.history, &options);
    if map.plots.is_empty() {
        return Err(NoFigure::Hidden);
    }
    let names = names(view);
    let (end, definition) = (map.end, map.definition());
    let plots = map.plots.into_iter().filter_map(|plot| {
        let error = plot.test_error.filter(|error| error.is_finite());
        let name = names.get(plot.arm).cloned().unwrap_or_default();
        Some(Plot {
            name: if plot.is_start {
                format!("{name}, start")
            } else {
                name
            },
            note: error.map_or(String::new(), |error| {
                format!("test error {} %", number::fixed(100.0 * error, 1))
            }),
            arm: Some(plot.arm),
            square: true,
            ..Plot::of(plot.figure?)
        })
    });
    let mut plots: Vec<Plot> = plots.collect();
    let Some(last) = plots.last_mut() else {
        return Err(NoFigure::Unmeasured {
            title: "No outputs over a plane were recorded",
            remedy: "Add DecisionSurface(grid: 48) to the preset's observables; it needs data in a plane: Moons, Circles, Spirals, Xor or SignedPairs.",
        });
    };
    // All plots have the same colours: one bar is enough.
    last.colour_bar = Some(colour_bar(end, definition));
    Ok(Content {
        kind: PanelKind::Data,
        title: "Output over the plane of the data".to_owned(),
        sentence: String::new(),
        plots,
        same_axes: true,
        key: vec![
            KeyEntry::new("y > 0", Ink::Positive, Sample::Dot),
            KeyEntry::new("y < 0", Ink::Negative, Sample::Dot),
            KeyEntry::new("wrong", Ink::Error, Sample::Ring),
            KeyEntry::new("f = 0", Ink::Path, LEVEL),
        ],
    })
}

fn colour_bar(end: f64, definition: String) -> ColourBar {
    ColourBar {
        palette: Palette::Sign,
        axis: Axis {
            label: "f(x)".to_owned(),
            definition,
            scale: Scale::Linear,
            whole: false,
            range: Range {
                low: -end,
                high: end,
            },
            marks: Vec::new(),
        },
    }
}
