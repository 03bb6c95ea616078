//! The panels of a page, and what the script draws in them.

use std::fmt::Write;

use crate::figure::{Figure, Layer};
use crate::number;
use crate::page::choice::PanelState;
use crate::page::content::Plot;
use crate::replay::indices::with_indices;
use crate::replay::layers::layers;
use crate::replay::paints::Paints;
use crate::replay::panel::{PanelOver, PlotOver};
use crate::replay::readings::{Table, drawn, quantities, readings, table};
use crate::replay::script::{PlotScript, Reading, Told};
use crate::replay::spots::spots;
use crate::replay::view::{LAYOUTS, Place, is_over_run, view};

use super::Gathered;
use super::escape::escaped;
use super::key::legend;

/// The panels as HTML, and what is drawn and told in them.
#[derive(Debug, Default)]
pub(super) struct Panels {
    pub html: String,
    pub plots: Vec<PlotScript>,
    pub tables: Vec<Told<Vec<String>>>,
    pub said: Vec<Told<String>>,
    /// Colours that have a name in the page.
    pub named: usize,
}

/// Whether the second panel stands below the hero, whose plots are a row of squares.
pub(super) fn is_stacked(panels: &[PanelOver]) -> bool {
    panels.len() > 2 && panels.first().is_some_and(PanelOver::is_square)
}

/// Lays out and writes every panel.
pub(super) fn panels(gathered: &Gathered<'_>, paints: &mut Paints) -> Panels {
    let all = gathered.panels;
    let keys = all.iter().map(|panel| legend(&panel.key, paints));
    let keys: Vec<String> = keys.collect();
    let mut panels = Panels {
        named: paints.table()[0].len(),
        ..Panels::default()
    };
    for (rank, (panel, key)) in all.iter().zip(&keys).enumerate() {
        let place = match (rank, all.len()) {
            (0, 1) => Place::Alone,
            (0, _) => Place::Hero,
            (1, _) if is_stacked(all) => Place::Below,
            _ => Place::Side,
        };
        if rank == 1 {
            panels.html += "<div class=\"side\">\n";
        }
        panels.add(gathered, panel, (place, key), paints);
    }
    if all.len() > 1 {
        panels.html += "</div>\n";
    }
    panels
}

impl Panels {
    fn add(
        &mut self,
        gathered: &Gathered<'_>,
        panel: &PanelOver,
        (place, key): (Place, &str),
        paints: &mut Paints,
    ) {
        let title = escaped(&with_indices(&panel.title));
        self.html +=
            &format!("<section class=\"panel\" aria-label=\"{title}\">\n<h2>{title}</h2>\n");
        if panel.sentence.texts.iter().any(|text| !text.is_empty()) {
            let said = self.say(&panel.sentence);
            self.html += &format!("<p class=\"said\" {said}</p>\n");
        }
        self.html += key;
        let across = LAYOUTS.map(|layout| {
            let (count, is_square) = (panel.plots.len(), panel.is_square());
            let across = layout.room(place, count, is_square, 0).across;
            format!("--{}:{across}", layout.width.name)
        });
        self.html += &format!("<div class=\"plots\" style=\"{}\">\n", across.join(";"));
        for plot in &panel.plots {
            self.add_plot(gathered, panel, (plot, place), paints);
        }
        self.html += "</div>\n";
        let shown = (gathered.shown.experiment, gathered.shown.history);
        if let Some(table) = table(shown, panel.kind, gathered.moments) {
            self.add_table(table);
        }
        self.html += "</section>\n";
    }

    /// Keeps what is told moment by moment; the rest of an element that tells it.
    fn say(&mut self, told: &Told<String>) -> String {
        self.said.push(told.clone());
        let last = told.last().map_or("", String::as_str);
        format!("data-said=\"{}\">{}", self.said.len() - 1, escaped(last))
    }

    fn add_plot(
        &mut self,
        gathered: &Gathered<'_>,
        panel: &PanelOver,
        (plot, place): (&PlotOver, Place),
        paints: &mut Paints,
    ) {
        let Some(last) = plot.last() else { return };
        let script = script(gathered, panel, (plot, place), paints);
        let arm = plot
            .arm
            .map_or(String::new(), |arm| format!(" data-arm=\"{arm}\""));
        self.html += &format!("<figure{arm}>\n");
        let has_note = plot.notes.texts.iter().any(|note| !note.is_empty());
        if !plot.name.is_empty() || has_note {
            let said = self.say(&plot.notes.map(|note| with_indices(note)));
            let name = escaped(&with_indices(&plot.name));
            self.html += &format!(
                "<figcaption><b>{name}</b> <span class=\"weak\" {said}</span></figcaption>\n"
            );
        }
        let timed = if script.views.iter().any(|view| view.instants.is_some()) {
            " data-timed"
        } else {
            ""
        };
        let summary = escaped(&summary(panel, plot, last, &script.readings));
        let index = self.plots.len();
        self.html += &format!(
            "<canvas id=\"plot-{index}\" role=\"img\"{timed} aria-label=\"{summary}\">{summary}</canvas>\n</figure>\n"
        );
        self.plots.push(script);
    }

    fn add_table(&mut self, table: Table) {
        let last = table.cells.last().cloned().unwrap_or_default();
        let heads = table
            .columns
            .iter()
            .map(|name| format!("<th>{}</th>", escaped(name)));
        let heads: String = heads.collect();
        let index = self.tables.len();
        let html = &mut self.html;
        *html += &format!(
            "<div class=\"scroll\"><table data-table=\"{index}\">\n<tr><th></th>{heads}</tr>\n"
        );
        let columns = table.columns.len().max(1);
        for (arm, (name, cells)) in table.rows.iter().zip(last.chunks(columns)).enumerate() {
            let cells = cells
                .iter()
                .map(|cell| format!("<td data-cell>{}</td>", escaped(cell)));
            let cells: String = cells.collect();
            // Writing into a text does not fail.
            let _ = writeln!(
                html,
                "<tr data-arm=\"{arm}\"><td>{}</td>{cells}</tr>",
                escaped(name)
            );
        }
        *html += "</table></div>\n";
        self.tables.push(table.cells);
    }
}

fn script(
    gathered: &Gathered<'_>,
    panel: &PanelOver,
    (plot, place): (&PlotOver, Place),
    paints: &mut Paints,
) -> PlotScript {
    let (shown, moments, axis) = (gathered.shown, gathered.moments, gathered.axis);
    let over: Vec<Option<&Plot>> = plot.over.iter().map(Option::as_ref).collect();
    let figures: Vec<Option<&Figure>> = over.iter().map(|p| Some(&(*p)?.figure)).collect();
    let passed = plot.arm.and_then(|arm| gathered.passed.get(arm));
    let choice = PanelState::default();
    let looked_at = shown.view(&choice, moments.steps.last().copied().unwrap_or(0));
    let is_over = plot.last().is_some_and(|plot| is_over_run(plot, axis));
    let of = match quantities(panel.kind) {
        [] => drawn(plot.last().into_iter().flat_map(names)),
        known => known.to_vec(),
    };
    let run = (shown.experiment, shown.history);
    let beside: Vec<&Plot> = panel.plots.iter().filter_map(PlotOver::last).collect();
    let views = LAYOUTS.iter().map(|layout| {
        let room = layout.room(place, panel.plots.len(), panel.is_square(), panel.lanes());
        view((&over, &beside), (layout, room), (moments, axis), paints)
    });
    let views = views.collect();
    PlotScript {
        layers: layers(&figures, passed, paints),
        readings: readings(run, &of, plot.arm, (moments, is_over)),
        spots: plot
            .last()
            .and_then(|last| spots(panel.kind, &looked_at, last)),
        views,
    }
}

/// The names of a plot's lines.
fn names(plot: &Plot) -> impl Iterator<Item = &str> {
    let lines = plot.figure.layers.iter().filter_map(Layer::line);
    lines.map(|line| line.name.as_str())
}

/// What a plot shows, for those who do not see it.
fn summary(panel: &PanelOver, plot: &PlotOver, last: &Plot, readings: &[Reading]) -> String {
    let of = if plot.name.is_empty() {
        String::new()
    } else {
        format!(", {}", plot.name)
    };
    let axes = match (last.figure.y.label.as_str(), last.figure.x.label.as_str()) {
        ("", x) => x.to_owned(),
        (y, x) => format!("{y} against {x}"),
    };
    let numbers = readings.iter().filter_map(|reading| {
        let last = reading.texts.iter().rev().find(|text| !text.is_empty())?;
        let value = number::number(last.parse().ok()?, 3);
        Some(format!("{} {value}", reading.name))
    });
    let numbers: Vec<String> = numbers.collect();
    let end = match numbers.len() {
        0 => String::new(),
        _ => format!(" At the end: {}.", numbers.join("; ")),
    };
    format!("{}{of}: {axes}.{end}", panel.title)
}
