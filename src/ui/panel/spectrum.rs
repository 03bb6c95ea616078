//! Singular values of the Jacobian.

use std::hash::Hash;
use std::sync::Arc;

use egui::{Id, Rect, Ui, pos2, vec2};

use crate::figure::{
    ArmStatus, Clock, Spectrum, SpectrumOptions, SpectrumRow, SpectrumView, ending, number,
};
use crate::ui::plot::PlotView;

use super::parts::cache::{cached, forget};
use super::parts::choice::word_ui;
use super::parts::stage::message_ui;
use super::parts::switches::Switches;
use super::parts::table::{Column, RowHead, Touched, table_ui};
use super::parts::touch::touch;
use super::{PanelInput, PanelState};

/// Draws the spectrum panel.
pub(super) fn spectrum_ui(ui: &mut Ui, input: PanelInput<'_>, state: &mut PanelState) {
    let id = ui.scope_id().with("spectrum");
    let clock = state.clock(input);
    let spectrum = figure(ui, id, input, (state, clock));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for view in SpectrumView::ALL {
            if word_ui(
                ui,
                input.theme,
                view.title(),
                state.spectrum_view == view,
                view.definition(),
            ) {
                state.spectrum_view = view;
            }
        }
    });
    let touched = numbers_ui(ui, input, &spectrum.rows);
    touch(ui, id, state, touched);
    let Some(figure) = &spectrum.figure else {
        let all_hidden = spectrum.rows.iter().all(|r| r.hidden);
        let (title, detail) = if all_hidden {
            ("Every arm is hidden", "Click a name above to show its arm.")
        } else {
            (
                "No spectrum was measured",
                "Add JacobianSpectrum to the preset's observables.",
            )
        };
        return message_ui(ui, input.theme, title, detail);
    };
    ui.add_space(4.0);
    let size = ui.available_size().max(vec2(80.0, 90.0));
    let top = ui.cursor().min;
    let view = PlotView {
        id: id.with(("plot", state.spectrum_view)),
        figure,
        theme: input.theme,
        size,
        square: false,
    };
    let plot = view.show(ui);
    if plot.reset {
        forget::<Spectrum>(ui, id);
    }
    if state.spectrum_view == SpectrumView::Time {
        let corner = pos2(top.x + size.x, plot.frame.top());
        let corner = Rect::from_min_max(top - vec2(0.0, 2.0), corner);
        let switches = Switches {
            clock: Some((clock, &mut state.clock)),
            log_x: Some(&mut state.loss_log_x),
            log_y: None,
        };
        switches.show(ui, corner, input.theme);
    }
    if let Some(place) = plot
        .dragged_to
        .filter(|_| state.spectrum_view == SpectrumView::Time)
    {
        let value = figure.x.scale.value(place);
        state.seek = Some(clock.step_at(input.history, value));
    }
}

fn figure(
    ui: &Ui,
    id: Id,
    input: PanelInput<'_>,
    (state, clock): (&PanelState, Clock),
) -> Arc<Spectrum> {
    let columns = 128 * (ui.available_width() / 128.0).ceil().max(1.0) as usize;
    let options = |hasher: &mut std::hash::DefaultHasher| {
        (state.spectrum_view, state.loss_log_x, &state.hidden_arms).hash(hasher);
        (input.cursor, input.live, columns, clock).hash(hasher);
    };
    cached(
        ui,
        id,
        input.history,
        options,
        |before: Option<&Spectrum>| {
            let options = SpectrumOptions {
                view: state.spectrum_view,
                clock,
                log_x: state.loss_log_x,
                hidden: &state.hidden_arms,
                cursor: input.cursor,
                live: input.live,
                columns,
                held: before.and_then(|b| b.held(state.spectrum_view, clock, state.loss_log_x)),
            };
            Spectrum::new(input.experiment, input.history, &options)
        },
    )
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
        column(
            "σ_max",
            "Largest singular value of the Jacobian",
            0,
            values(|r| r.max),
        ),
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
        column(
            "below √ε·σ_max",
            "Singular values not told apart from zero, of all",
            2,
            floored,
        ),
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
        label: row.label.clone(),
        hidden: row.hidden,
        state,
        bad: status.is_bad(),
        tooltip: history
            .and_then(ending)
            .unwrap_or_else(|| "Click to hide or show.".to_owned()),
    }
}
