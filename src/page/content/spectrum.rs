//! Singular values of the Jacobian.

use crate::figure::{Ink, Layer, Spectrum, SpectrumOptions, SpectrumView};
use crate::spec::PanelKind;

use super::key::{KeyEntry, Sample};
use super::names::{arm_entries, arm_line, relabelled};
use super::view::COLUMNS;
use super::{Content, NoFigure, Plot, View};

pub(super) fn content(view: &View<'_>) -> Result<Content, NoFigure> {
    let shared = &view.choice.shared;
    let shown = view.choice.spectrum;
    let options = SpectrumOptions {
        view: shown,
        clock: view.clock(),
        log_x: shared.time.is_log(),
        hidden: &shared.hidden_arms,
        cursor: view.step,
        live: view.is_at_end(),
        columns: COLUMNS,
    };
    let spectrum = Spectrum::new(view.experiment, view.history, &options, None);
    let Some(figure) = spectrum.figure else {
        return Err(match spectrum.rows.iter().all(|row| row.hidden) {
            true => NoFigure::Hidden,
            false => NoFigure::Unmeasured {
                title: "No spectrum was measured",
                remedy: "Add JacobianSpectrum to the preset's observables.",
            },
        });
    };
    let figure = relabelled(figure, view);
    let mut key = arm_entries(view, arm_line);
    key.extend(start_entry(&figure.layers));
    Ok(Content {
        kind: PanelKind::Spectrum,
        title: match shown {
            SpectrumView::Step => "Singular values of the Jacobian by rank",
            SpectrumView::Time => "Singular values of the Jacobian over the run",
            SpectrumView::Histogram => "How many singular values of the Jacobian lie where",
        }
        .to_owned(),
        sentence: String::new(),
        plots: vec![Plot::of(figure)],
        same_axes: true,
        key,
    })
}

/// The entry of what is drawn of the start, where it is.
pub(super) fn start_entry(layers: &[Layer]) -> Option<KeyEntry> {
    layers.iter().find_map(|layer| match layer {
        Layer::Line(line) if line.ink == Ink::Ghost => {
            Some(KeyEntry::new("start", Ink::Ghost, Sample::Line(line.shaft)))
        }
        Layer::Bars {
            ink: Ink::Ghost, ..
        } => Some(KeyEntry::new("start", Ink::Ghost, Sample::Dot)),
        Layer::Scatter(scatter) if scatter.ink == Ink::Ghost => {
            Some(KeyEntry::new("start", Ink::Ghost, Sample::Dot))
        }
        _ => None,
    })
}
