//! Singular values of the Jacobian.

use std::sync::Arc;

use egui::{Id, Rect, Ui, pos2, vec2};

use crate::figure::{
    ArmStatus, Clock, Spectrum, SpectrumOptions, SpectrumRow, SpectrumView, arm_name, ending,
};
use crate::number;
use crate::spec::PanelKind;
use crate::ui::action::Action;
use crate::ui::glossary;
use crate::ui::plot::PlotView;

use super::parts::cache::{cached, forget};
use super::parts::choice::word_ui;
use super::parts::lack::Lack;
use super::parts::switches::Corner;
use super::parts::table::{Column, RowHead, Touched, table_ui};
use super::parts::time_axis::seek;
use super::parts::touch::touch;
use super::parts::trace::columns;
use super::row::{Panel, Shows};
use super::{PanelInput, PanelState};

/// The panel.
pub(super) const ROW: Panel = Panel {
    kind: PanelKind::Spectrum,
    key: "spectrum",
    title: "Spectrum",
    description: "Singular values of the Jacobian: by rank, over the run, or how many lie where.",
    shows: Shows::Run,
    least: Panel::LEAST,
    lack: |input| {
        UNMEASURED.unless(input, |r| {
            r.singular_values.is_some() || r.ntk_eigenvalues.is_some()
        })
    },
    draw: spectrum_ui,
};

/// What is said where there is nothing to draw.
const UNMEASURED: Lack = Lack {
    title: "No spectrum was measured",
    remedy: "Add JacobianSpectrum to the preset's observables.",
};

/// Draws the spectrum panel.
fn spectrum_ui(
    ui: &mut Ui,
    input: PanelInput<'_>,
    state: &mut PanelState,
    actions: &mut Vec<Action>,
) {
    let id = ui.scope_id().with("spectrum");
    let clock = state.shared.time.clock(input);
    let spectrum = figure(ui, id, input, (state, clock));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for view in SpectrumView::ALL {
            if word_ui(
                ui,
                input.theme,
                view.title(),
                state.spectrum == view,
                view.definition(),
            ) {
                state.spectrum = view;
            }
        }
    });
    let touched = numbers_ui(ui, input, &spectrum.rows);
    touch(ui, id, &mut state.shared.hidden_arms, touched);
    let Some(figure) = &spectrum.figure else {
        let all_hidden = spectrum.rows.iter().all(|r| r.hidden);
        let lack = if all_hidden {
            Lack::ALL_HIDDEN
        } else {
            UNMEASURED
        };
        return lack.show(ui, input.theme);
    };
    ui.add_space(4.0);
    let size = ui.available_size().max(vec2(80.0, 90.0));
    let top = ui.cursor().min;
    let view = PlotView {
        id: id.with(("plot", state.spectrum)),
        figure,
        theme: input.theme,
        size,
    };
    let plot = view.show(ui);
    if plot.reset {
        forget::<Spectrum>(ui, id);
    }
    if state.spectrum == SpectrumView::Time {
        let corner = pos2(top.x + size.x, plot.frame.top());
        let corner = Rect::from_min_max(top - vec2(0.0, 2.0), corner);
        let mut corner = Corner::new(ui, corner, input.theme);
        corner.time_ui(clock, &mut state.shared.time);
        seek(input, (clock, figure.x.scale), plot.dragged_to, actions);
    }
}

fn figure(
    ui: &Ui,
    id: Id,
    input: PanelInput<'_>,
    (state, clock): (&PanelState, Clock),
) -> Arc<Spectrum> {
    let options = SpectrumOptions {
        view: state.spectrum,
        clock,
        log_x: state.shared.time.is_log(),
        hidden: &state.shared.hidden_arms,
        cursor: input.cursor,
        live: input.live,
        columns: columns(ui),
    };
    cached(ui, id, input.history, &options, |options, before| {
        Spectrum::new(input.experiment, input.history, options, before)
    })
}

fn numbers_ui(ui: &mut Ui, input: PanelInput<'_>, rows: &[SpectrumRow]) -> Option<Touched> {
    let heads: Vec<RowHead> = rows
        .iter()
        .enumerate()
        .map(|(i, row)| head(input, i, row))
        .collect();
    let column = |header: &str, tooltip: &str, rank, cells| Column {
        header: header.to_owned(),
        tooltip: tooltip.to_owned(),
        sample: None,
        cells,
        rank,
    };
    let values = |pick: fn(&SpectrumRow) -> Option<f64>| {
        number::column(&rows.iter().map(pick).collect::<Vec<_>>(), 3)
    };
    let dash = || "—".to_owned();
    let smallest = rows
        .iter()
        .map(|r| r.min.map_or_else(dash, |m| m.text(3)))
        .collect();
    let floored = rows
        .iter()
        .map(|r| {
            r.counts
                .map_or_else(dash, |[all, below]| format!("{below} of {all}"))
        })
        .collect();
    let columns = [
        column("σ_max", glossary::LARGEST.1, 0, values(|r| r.max)),
        column(
            "σ_min",
            "Smallest singular value of the Jacobian; where it lies below √ε·σ_max, with ε the precision of training, it is not told apart from zero and printed as ≤",
            0,
            smallest,
        ),
        column(
            "σ_max/σ_min",
            "Condition number, where σ_min is resolved",
            1,
            values(|r| r.condition),
        ),
        column("below √ε·σ_max", glossary::BELOW.1, 2, floored),
    ];
    table_ui(ui, input.theme, &heads, &columns)
}

fn head(input: PanelInput<'_>, arm: usize, row: &SpectrumRow) -> RowHead {
    let history = input.history.arms().get(arm);
    let status = history.map_or(ArmStatus::Running, ArmStatus::of);
    let measured = row.step.filter(|s| *s != input.cursor);
    let state = match measured {
        Some(step) if !status.is_bad() => format!("at step {}", number::count(step)),
        _ if status.is_bad() => status.text(),
        _ => String::new(),
    };
    RowHead {
        arm,
        label: arm_name(input.experiment, &row.label).to_owned(),
        hidden: row.hidden,
        state,
        bad: status.is_bad(),
        tooltip: history
            .and_then(ending)
            .unwrap_or_else(|| "Click to hide or show.".to_owned()),
    }
}
