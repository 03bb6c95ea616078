//! Imbalance of the two layers.

use crate::figure::{Imbalance, ImbalanceOptions, ImbalanceView};
use crate::spec::{PanelKind, Quantity};

use super::names::{arm_entries, arm_line, relabelled};
use super::spectrum::start_entry;
use super::{Content, NoFigure, Plot, View};

pub(super) fn content(view: &View<'_>) -> Result<Content, NoFigure> {
    let shown = view.choice.imbalance;
    let options = ImbalanceOptions {
        view: shown,
        trace: view.trace(Quantity::ImbalanceC),
    };
    let imbalance = Imbalance::new(view.experiment, view.history, &options, None);
    let Some(figure) = imbalance.figure else {
        return Err(match imbalance.rows.iter().all(|row| row.hidden) {
            true => NoFigure::Hidden,
            false => NoFigure::Unmeasured {
                title: "No imbalance was measured",
                remedy: "Add Imbalance to the preset's observables.",
            },
        });
    };
    let figure = relabelled(figure, view);
    let mut key = arm_entries(view, arm_line);
    key.extend(start_entry(&figure.layers));
    Ok(Content {
        kind: PanelKind::Imbalance,
        title: match shown {
            ImbalanceView::Step => "Imbalance of the two layers",
            ImbalanceView::Time => "Imbalance of the two layers over the run",
            ImbalanceView::Drift => "Drift of the imbalance over the run",
        }
        .to_owned(),
        sentence: String::new(),
        plots: vec![Plot::of(figure)],
        same_axes: true,
        key,
    })
}
