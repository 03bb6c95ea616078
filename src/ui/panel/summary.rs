//! One number of every arm against what the arms vary.

use std::sync::Arc;

use egui::{Id, Rect, Sense, Ui, pos2, vec2};

use crate::figure::{
    Layer, SUMMARY_SHAFT, Summary, SummaryFit, SummaryOptions, VariedField, summary_quantities,
};
use crate::number;
use crate::preset::Experiment;
use crate::preset::symbol;
use crate::spec::{PanelKind, Quantity, SummaryMoment};
use crate::ui::action::Action;
use crate::ui::plot::{PlotOutput, PlotView, ink_color, paint_shaft};

use super::parts::cache::{cached, forget};
use super::parts::choice::{caption_ui, list_ui, word_ui};
use super::parts::lack::Lack;
use super::parts::marker::PlacedMarker;
use super::parts::points::{names_ui, nearest, on_screen};
use super::parts::switches::Corner;
use super::parts::table::{Column, RowHead, SAMPLE, Touched, cells, table_ui};
use super::parts::touch::touch;
use super::parts::trace::arm_head;
use super::row::{Panel, Shows};
use super::{PanelInput, PanelState};

/// The panel.
pub(super) const ROW: Panel = Panel {
    kind: PanelKind::Summary,
    key: "summary",
    title: "Summary",
    description: "One number of every arm at a moment against the field that the arms vary, with the fitted exponent.",
    shows: Shows::Run,
    least: [300.0, 376.0],
    lack: |input| {
        let quantities = summary_quantities(input.history);
        quantities.is_empty().then_some(UNMEASURED)
    },
    draw: summary_ui,
};

/// What is said where there is nothing to draw.
const UNMEASURED: Lack = Lack {
    title: "Nothing was measured",
    remedy: "Add Loss to the preset's observables.",
};

/// What is said where it was measured, but not of the arms shown.
const NO_VALUE: Lack = Lack {
    title: "No arm shown has a value",
    remedy: "Point at a name above for the reason, or choose another moment.",
};

pub use crate::page::choice::SummaryChoice;

/// Draws the summary panel.
fn summary_ui(ui: &mut Ui, input: PanelInput<'_>, state: &mut PanelState, _: &mut Vec<Action>) {
    let id = ui.scope_id().with("summary");
    let measured = cached(ui, id.with("quantities"), input.history, &(), |(), _| {
        summary_quantities(input.history)
    });
    let wanted = state.summary.quantity(input.experiment);
    let wanted = wanted.filter(|q| measured.contains(q));
    let Some(quantity) = wanted.or(measured.first().copied()) else {
        return UNMEASURED.show(ui, input.theme);
    };
    choice_ui(ui, input, &mut state.summary, (&measured, quantity));
    let summary = summary(ui, id, input, (state, quantity));
    let touched = numbers_ui(ui, input, &summary, quantity);
    touch(ui, id, &mut state.shared.hidden_arms, touched);
    fits_ui(ui, input, (&summary, quantity));
    if summary.figure.is_some() {
        return plot_ui(ui, id, input, (&summary, &mut state.summary));
    }
    let all_hidden = summary.rows.iter().all(|row| row.hidden);
    let lack = if all_hidden {
        Lack::ALL_HIDDEN
    } else {
        NO_VALUE
    };
    lack.show(ui, input.theme);
}

fn summary(
    ui: &Ui,
    id: Id,
    input: PanelInput<'_>,
    (state, quantity): (&PanelState, Quantity),
) -> Arc<Summary> {
    let choice = &state.summary;
    let options = SummaryOptions {
        quantity,
        moment: choice.moment(input.experiment),
        field: choice.field(input.experiment),
        log: [choice.log_x, choice.log_y].map(|axis| axis.0),
        hidden: &state.shared.hidden_arms,
        cursor: input.cursor,
    };
    cached(ui, id, input.history, &options, |options, before| {
        Summary::new(input.experiment, input.history, options, before)
    })
}

/// The step at which the preset reads every arm, where it names one.
fn named_step(experiment: &Experiment) -> Option<SummaryMoment> {
    let named = experiment.preset.summary.as_ref().map(|summary| summary.at);
    named.filter(|at| matches!(at, SummaryMoment::Step(_)))
}

/// The quantity, where several fields vary the one along the axis, and the moment.
fn choice_ui(
    ui: &mut Ui,
    input: PanelInput<'_>,
    choice: &mut SummaryChoice,
    (measured, now): (&[Quantity], Quantity),
) {
    let theme = input.theme;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let loss = input.experiment.preset.loss;
        let words = |quantity: Quantity| [quantity.title(), quantity.definition_under(loss)];
        let names = ("shown", "Quantity of the arms");
        let clicked = list_ui(ui, theme, names, (measured, now), words);
        choice.quantity = clicked.or(choice.quantity);
        against_ui(ui, input, choice);
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let now = choice.moment(input.experiment);
        let named = named_step(input.experiment);
        for moment in SummaryMoment::ALL.into_iter().chain(named) {
            let on = now == moment;
            if word_ui(ui, theme, &moment.title(), on, moment.definition()) {
                choice.moment = Some(moment);
            }
        }
    });
}

/// The field along the horizontal axis, where the arms vary several.
fn against_ui(ui: &mut Ui, input: PanelInput<'_>, choice: &mut SummaryChoice) {
    let fields = VariedField::all(input.experiment);
    if fields.len() < 2 {
        return;
    }
    caption_ui(ui, input.theme, "against");
    let now = choice.field(input.experiment);
    for field in fields {
        let mut tooltip = format!("Puts {} along the horizontal axis.", field.path);
        let others = field.others();
        if !others.is_empty() {
            let more = format!(" From arm to arm {} may vary with it.", others.join(", "));
            tooltip.push_str(&more);
        }
        let on = now == Some(field.path);
        if word_ui(ui, input.theme, symbol(field.path), on, &tooltip) {
            choice.field = Some(field.path.to_owned());
        }
    }
}

fn numbers_ui(
    ui: &mut Ui,
    input: PanelInput<'_>,
    summary: &Summary,
    quantity: Quantity,
) -> Option<Touched> {
    let rows = summary.rows.iter().enumerate();
    let heads = rows.map(|(arm, row)| {
        let head = arm_head(input, arm, &row.label, (row.hidden, &row.status));
        match row.value {
            None if !head.bad => RowHead {
                state: row.text.clone(),
                tooltip: format!("{}: {}\n{}", row.label, row.text, head.tooltip),
                ..head
            },
            _ => head,
        }
    });
    let values: Vec<Option<f64>> = summary.rows.iter().map(|row| row.value).collect();
    let mut columns = vec![
        Column {
            header: quantity.title().to_owned(),
            tooltip: format!(
                "{}: {}",
                quantity.title(),
                quantity.definition_under(input.experiment.preset.loss)
            ),
            sample: None,
            cells: cells(quantity, &values),
            rank: 0,
        },
        Column {
            header: summary.symbol.clone(),
            tooltip: summary.definition.clone(),
            sample: None,
            cells: summary.rows.iter().map(|row| row.x.clone()).collect(),
            rank: 1,
        },
    ];
    if VariedField::all(input.experiment).is_empty() {
        // The values are the names, which stand there already.
        columns.truncate(1);
    }
    table_ui(ui, input.theme, &heads.collect::<Vec<_>>(), &columns)
}

/// The fitted exponents, each with a sample of its line.
fn fits_ui(ui: &mut Ui, input: PanelInput<'_>, (summary, quantity): (&Summary, Quantity)) {
    if summary.fits.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
        ui.spacing_mut().interact_size.y = 16.0;
        for fit in &summary.fits {
            let (rect, _) = ui.allocate_exact_size(vec2(SAMPLE, 16.0), Sense::hover());
            let ends = [rect.left_center(), rect.right_center()];
            let color = ink_color(input.theme, fit.ink);
            paint_shaft(ui.painter(), ends, SUMMARY_SHAFT, color);
            let slope = number::number(fit.line.slope, 3);
            let [low, high] = fit.line.local.map(|slope| number::number(slope, 2));
            let text = format!("slope {slope}, locally {low} to {high}   {}", fit.name);
            let tooltip = meaning(fit, &summary.symbol, quantity);
            caption_ui(ui, input.theme, text.trim_end()).on_hover_text(tooltip);
        }
    });
}

/// What a slope and its range are.
fn meaning(fit: &SummaryFit, symbol: &str, quantity: Quantity) -> String {
    let quantity = quantity.title();
    format!(
        "Exponent p of {quantity} ∝ {symbol}ᵖ: the slope of the least-squares line through \
         (ln {symbol}, ln {quantity}) of {} arms of this run. Locally: the least and the greatest slope between \
         neighbouring arms, which say how the law bends. Each arm is one run, so how another seed would \
         move the slope can't be told; a sweep over seeds tells it.",
        fit.line.points
    )
}

fn plot_ui(
    ui: &mut Ui,
    id: Id,
    input: PanelInput<'_>,
    (summary, choice): (&Summary, &mut SummaryChoice),
) {
    let Some(figure) = &summary.figure else {
        return;
    };
    ui.add_space(4.0);
    let space = ui.available_rect_before_wrap();
    let view = PlotView {
        id: id.with(("plot", choice.field(input.experiment))),
        figure,
        theme: input.theme,
        size: space.size().max(vec2(80.0, 90.0)),
    };
    let plot = view.show_without_readout(ui);
    if plot.reset {
        forget::<Summary>(ui, id);
    }
    let corner = pos2(space.right(), plot.frame.top());
    let corner = Rect::from_min_max(space.min - vec2(0.0, 2.0), corner);
    let mut corner = Corner::new(ui, corner, input.theme);
    corner.log_y_ui(summary.log[1], &mut choice.log_y);
    corner.log_x_ui(summary.log[0], &mut choice.log_x);
    points_ui(ui, input, summary, plot);
}

/// The arms' names beside their points, and the numbers of the point under the pointer.
fn points_ui(ui: &Ui, input: PanelInput<'_>, summary: &Summary, plot: PlotOutput) {
    let rows = summary.rows.iter().enumerate();
    let points = rows.filter_map(|(arm, row)| Some((row.at?, (arm, row))));
    let named = points.clone().map(|(at, (arm, row))| {
        let color = input.theme.arm_text(arm);
        (on_screen(&plot, at), row.label.as_str(), color)
    });
    let figure = summary.figure.iter();
    let lines = figure.flat_map(|figure| figure.layers.iter().filter_map(Layer::line));
    let lines = lines.flat_map(|line| line.points.iter().map(|p| on_screen(&plot, *p)));
    let (named, mut lines) = (named.collect::<Vec<_>>(), lines.collect::<Vec<_>>());
    let marker = PlacedMarker::paint(ui, input.theme, (summary.marker.as_ref(), &plot));
    lines.extend(marker.iter().flat_map(|marker| marker.points(plot.frame)));
    let taken = marker.as_ref().map(|marker| marker.name);
    names_ui(ui, plot.frame, &named, (&lines, taken));
    let Some((at, (arm, row))) = nearest(points, &plot) else {
        if let Some(words) = marker.and_then(|marker| marker.pointed(&plot)) {
            plot.response.on_hover_text_at_pointer(words);
        }
        return;
    };
    let ring = egui::Stroke::new(1.5, input.theme.panel);
    ui.painter().circle(at, 4.5, input.theme.arm(arm), ring);
    let words = format!(
        "{}\n{} = {}\n{}",
        row.label, summary.symbol, row.x, row.text
    );
    plot.response.on_hover_text_at_pointer(words);
}
