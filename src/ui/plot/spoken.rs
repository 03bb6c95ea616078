//! What a screen reader says of a plot.

use crate::figure::{Figure, Line};
use crate::number;

/// The axes' names, then every named line with its last value.
pub(super) fn spoken(figure: &Figure) -> String {
    let lines = figure.layers.iter().filter_map(|layer| layer.line());
    let ends = lines.filter_map(|line| last(figure, line));
    let axes = format!("{} against {}", figure.y.label, figure.x.label);
    std::iter::once(axes)
        .chain(ends)
        .collect::<Vec<_>>()
        .join("; ")
}

fn last(figure: &Figure, line: &Line) -> Option<String> {
    let end = line.points.iter().rfind(|point| point[1].is_finite())?;
    let value = number::number(figure.y.scale.value(end[1]), 3);
    (!line.name.is_empty()).then(|| format!("{} ends at {value}", line.name))
}
