//! The numbers of a page's plots as a table that pgfplots reads.

use crate::page::sheet::{Page, Series};

/// The numbers of every plot, in values and not in axis coordinates: columns `x1`, `y1`, `x2`, `y2` and so on,
/// `nan` where there is none; comments above say what each pair is.
pub fn table(page: &Page) -> String {
    let all: Vec<(&Series, [bool; 2])> = page
        .placed
        .iter()
        .flat_map(|placed| {
            let figure = &placed.plot.figure;
            let log = [figure.x.scale.is_log(), figure.y.scale.is_log()];
            placed.series.iter().map(move |series| (series, log))
        })
        .collect();
    let mut text = String::new();
    for (index, (series, _)) in all.iter().enumerate() {
        let number = index + 1;
        text.push_str(&format!(
            "# x{number}; y{number}: {}\n",
            named(&series.name)
        ));
    }
    let heads: Vec<String> = (1..=all.len())
        .map(|number| format!("x{number},y{number}"))
        .collect();
    text.push_str(&heads.join(","));
    text.push('\n');
    let rows = all
        .iter()
        .map(|(series, _)| series.points.len())
        .max()
        .unwrap_or(0);
    for row in 0..rows {
        let cells = all
            .iter()
            .map(|(series, log)| match series.points.get(row) {
                Some(point) => {
                    let [x, y] = [0, 1].map(|d| value(point[d], log[d]));
                    format!("{x},{y}")
                }
                None => "nan,nan".to_owned(),
            });
        text.push_str(&cells.collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    text
}

/// A name in a comment of the table: a cell that a program of tables would take for a formula begins with an
/// apostrophe, and nothing ends the comment or the cell.
fn named(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_control() || c == ',' || c == '"' {
                ' '
            } else {
                c
            }
        })
        .collect();
    match plain.trim_start().starts_with(['=', '+', '-', '@']) {
        true => format!("'{plain}"),
        false => plain,
    }
}

fn value(place: f64, is_log: bool) -> String {
    let value = if is_log { 10f64.powf(place) } else { place };
    if value.is_finite() {
        format!("{value:e}")
    } else {
        "nan".to_owned()
    }
}
