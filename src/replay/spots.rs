//! Places of a sweep's figures with words of their own.

use crate::figure::{Curves, CurvesOptions, Figure, Phase, PhaseOptions, cell_words};
use crate::page::content::{Plot, View, summary};
use crate::spec::PanelKind;
use crate::sweep::{Cell, Plan, Table};

use super::place::{SPAN, place};
use super::script::Spot;

/// Half the side of the square around a point, as a share of the axes.
const AROUND: u16 = SPAN / 40;

/// Where a plot of a sweep or a summary has words, and what they are; `None` for other plots.
pub(super) fn spots(kind: PanelKind, view: &View<'_>, plot: &Plot) -> Option<Vec<Spot>> {
    match (kind, view.sweep) {
        (PanelKind::Phase, Some(sweep)) => Some(cells(view, sweep, plot)),
        (PanelKind::Curves, Some(sweep)) => Some(points(view, sweep, &plot.figure)),
        (PanelKind::Summary, _) => Some(arms(view, &plot.figure)),
        _ => None,
    }
}

fn cells(view: &View<'_>, (plan, table): (&Plan, &Table), plot: &Plot) -> Vec<Spot> {
    let value = view.choice.sweep.value(plan);
    let arm = plot.arm.unwrap_or(0);
    let options = PhaseOptions {
        arm,
        value: value.clone(),
        log: [None; 3],
    };
    let phase = Phase::new(plan, table, &options);
    let Some(cells) = phase.as_ref().and_then(Phase::cells) else {
        return Vec::new();
    };
    let figure = &plot.figure;
    let of_column = |(x, column): (usize, &[f64])| {
        let [left, right] = [column[0], column[1]].map(|edge| place(edge, figure.x.range));
        let rows = cells.y.windows(2).enumerate();
        let spot = |(y, row): (usize, &[f64])| {
            let [one, other] = [row[0], row[1]].map(|edge| place(edge, figure.y.range));
            let cell = plan.index(Cell { arm, x, y });
            Spot {
                around: [left, right, one, other],
                text: cell_words(plan, table, cell, &value),
            }
        };
        rows.map(spot).collect::<Vec<_>>()
    };
    cells.x.windows(2).enumerate().flat_map(of_column).collect()
}

fn points(view: &View<'_>, (plan, table): (&Plan, &Table), figure: &Figure) -> Vec<Spot> {
    let value = view.choice.sweep.value(plan);
    let options = CurvesOptions {
        value: value.clone(),
        log: [None; 2],
        hidden: &view.choice.shared.hidden_arms,
    };
    let curves = Curves::new(plan, table, &options, None);
    let spot = |(at, cell): &([f64; 2], Cell)| Spot {
        around: around(*at, figure),
        text: cell_words(plan, table, plan.index(*cell), &value),
    };
    curves.points.iter().map(spot).collect()
}

fn arms(view: &View<'_>, figure: &Figure) -> Vec<Spot> {
    let Some((quantity, summary)) = summary(view) else {
        return Vec::new();
    };
    let rows = summary.rows.iter();
    let spots = rows.filter_map(|row| {
        let value = row.value.map(crate::export::number)?;
        Some(Spot {
            around: around(row.at?, figure),
            text: format!("{}\n{} {value}\n{}", row.label, quantity.title(), row.text),
        })
    });
    spots.collect()
}

fn around([x, y]: [f64; 2], figure: &Figure) -> [u16; 4] {
    let [x, y] = [place(x, figure.x.range), place(y, figure.y.range)];
    let ends = |at: u16| [at.saturating_sub(AROUND), at.saturating_add(AROUND)];
    let [[left, right], [low, high]] = [ends(x), ends(y)];
    [left, right, low, high]
}
