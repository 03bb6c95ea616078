//! What a figure draws at one moment, a piece a layer.

use crate::figure::{
    Cells, Dash, Figure, Ink, Layer as Drawn, Line, MarkShape, Palette, Range, Scatter, Shaft,
};
use crate::replay::paints::{Paint, Paints, SHADES};
use crate::replay::place::{place, points};

use super::layer::Shape;

/// What a figure draws in one layer at one moment.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// What it shows, by which it is known at another moment.
    pub name: String,
    /// What stays the same.
    pub shape: Shape,
    /// Arm it belongs to.
    pub arm: Option<usize>,
    /// Opacity.
    pub opacity: f32,
    /// Its places as bytes.
    pub content: Vec<u8>,
}

/// First byte that stands for a shade; 0 is an unknown cell and 1 one without a value.
const FIRST_SHADE: u8 = 2;
/// Radius of a reading.
const READING: f32 = 3.5;

/// The pieces of a figure, in the order they are drawn. Paths of neurons are left out.
pub(super) fn pieces(figure: &Figure, paints: &mut Paints) -> Vec<Piece> {
    let ranges = [figure.x.range, figure.y.range];
    let mut pieces: Vec<Piece> = Vec::new();
    for layer in &figure.layers {
        match layer {
            Drawn::Line(line) if is_path(line) => {}
            Drawn::Line(line) => pieces.push(of_line(line, ranges, paints)),
            Drawn::Bound(bound) => {
                let mut piece = of_line(&bound.line, ranges, paints);
                if let Shape::Line { crosses, .. } = &mut piece.shape {
                    *crosses = bound.struck;
                }
                pieces.push(piece);
            }
            Drawn::Over(line) => {
                let mut piece = of_line(line, ranges, paints);
                if let Shape::Line { over, .. } = &mut piece.shape {
                    *over = Some(paints.number(Paint::Panel));
                }
                pieces.push(piece);
            }
            Drawn::Scatter(scatter) => add_dots(scatter, ranges, paints, &mut pieces),
            Drawn::Bars { ink, bars, filled } => {
                let shape = Shape::Bars {
                    ink: paints.number(Paint::Of(*ink)),
                    filled: *filled,
                };
                let [x, y] = ranges;
                let places = bars.iter();
                let places = places.flat_map(|b| [place(b[0], x), place(b[1], x), place(b[2], y)]);
                let opacity = if *filled { 0.55 } else { 1.0 };
                pieces.push(piece("bars", shape, *ink, opacity, places));
            }
            Drawn::Intervals(intervals) => {
                let shape = Shape::Intervals {
                    ink: paints.number(Paint::Of(intervals.ink)),
                };
                let [x, y] = ranges;
                let places = intervals.bars.iter();
                let places = places.flat_map(|b| [place(b[0], x), place(b[1], y), place(b[2], y)]);
                pieces.push(piece("intervals", shape, intervals.ink, 1.0, places));
            }
            Drawn::Rule(rule) => {
                let range = ranges[usize::from(!rule.upright)];
                let shape = Shape::Rule {
                    ink: paints.number(Paint::Of(rule.ink)),
                    width: 1.0,
                    dash: rule.dash.strokes().to_vec(),
                    upright: rule.upright,
                };
                pieces.push(piece(
                    &rule.label,
                    shape,
                    rule.ink,
                    1.0,
                    [place(rule.at, range)],
                ));
            }
            Drawn::Mark(mark) => {
                let shape = Shape::Marks {
                    ink: paints.number(Paint::Of(mark.ink)),
                    cross: mark.shape == MarkShape::Cross,
                    hollow: mark.shape == MarkShape::Ring,
                    radius: READING,
                    label: mark.label.clone(),
                    told: paints.number(Paint::TextOf(mark.ink)),
                };
                pieces.push(piece(
                    "mark",
                    shape,
                    mark.ink,
                    1.0,
                    points([&mark.at], ranges),
                ));
            }
            Drawn::Cells(cells) => add_cells(cells, ranges, paints, &mut pieces),
        }
    }
    pieces
}

/// Whether a line is the path of a neuron, which grows with the run.
pub(super) fn is_path(line: &Line) -> bool {
    line.ink == Ink::Path && line.end_label.is_none() && line.name.starts_with("path ")
}

/// Whole numbers as bytes, the lower one first.
pub(super) fn as_bytes(places: impl IntoIterator<Item = u16>) -> Vec<u8> {
    places.into_iter().flat_map(u16::to_le_bytes).collect()
}

fn piece(
    name: &str,
    shape: Shape,
    ink: Ink,
    opacity: f32,
    places: impl IntoIterator<Item = u16>,
) -> Piece {
    let arm = match ink {
        Ink::Arm(arm) => Some(arm),
        _ => None,
    };
    Piece {
        name: name.to_owned(),
        shape,
        arm,
        opacity,
        content: as_bytes(places),
    }
}

fn of_line(line: &Line, ranges: [Range; 2], paints: &mut Paints) -> Piece {
    let Shaft {
        width,
        opacity,
        dash,
    } = paints.light().shaft(line.shaft);
    let shape = Shape::Line {
        ink: paints.number(Paint::Of(line.ink)),
        width,
        dash: strokes(dash),
        over: None,
        crosses: false,
    };
    piece(
        &line.name,
        shape,
        line.ink,
        opacity,
        points(&line.points, ranges),
    )
}

fn strokes(dash: Dash) -> Vec<f32> {
    dash.strokes().to_vec()
}

/// Dots join those before them where they differ in colour alone.
fn add_dots(scatter: &Scatter, ranges: [Range; 2], paints: &mut Paints, pieces: &mut Vec<Piece>) {
    let ink = paints.number(Paint::Of(scatter.ink));
    let places = points(scatter.points.iter(), ranges);
    let is_arm = matches!(scatter.ink, Ink::Arm(_));
    if let Some(last) = pieces.last_mut()
        && let Shape::Dots {
            groups,
            radius,
            hollow,
        } = &mut last.shape
        && !is_arm
        && last.arm.is_none()
        && (*radius, *hollow, last.opacity) == (scatter.radius, scatter.hollow, scatter.opacity)
    {
        groups.push((ink, scatter.points.len()));
        last.content.extend(as_bytes(places));
        return;
    }
    let shape = Shape::Dots {
        groups: vec![(ink, scatter.points.len())],
        radius: scatter.radius,
        hollow: scatter.hollow,
    };
    let name = if is_arm {
        scatter.name.as_str()
    } else {
        "dots"
    };
    pieces.push(piece(name, shape, scatter.ink, scatter.opacity, places));
}

fn add_cells(cells: &Cells, [x, y]: [Range; 2], paints: &mut Paints, pieces: &mut Vec<Piece>) {
    let edges = |edges: &[f64], range| encoded(&as_bytes(edges.iter().map(|e| place(*e, range))));
    let shape = Shape::Cells {
        edges: [edges(&cells.x, x), edges(&cells.y, y)],
        scale: scale(cells.palette, paints),
    };
    let shade =
        |share: f64| FIRST_SHADE + (share.clamp(0.0, 1.0) * f64::from(SHADES - 1)).round() as u8;
    let bytes = cells.fills.iter().map(|fill| match fill.share {
        _ if !fill.known => 0,
        None => 1,
        Some(share) => shade(share),
    });
    pieces.push(Piece {
        name: "cells".to_owned(),
        shape,
        arm: None,
        opacity: 1.0,
        content: bytes.collect(),
    });
    let rows = cells.y.len().saturating_sub(1).max(1);
    let middle = |edges: &[f64], i: usize| Some(0.5 * (edges.get(i)? + edges.get(i + 1)?));
    let bad = cells.fills.iter().enumerate().filter(|(_, fill)| fill.bad);
    let bad: Vec<[f64; 2]> = bad
        .filter_map(|(i, _)| Some([middle(&cells.x, i / rows)?, middle(&cells.y, i % rows)?]))
        .collect();
    if !bad.is_empty() {
        let shape = Shape::Marks {
            ink: paints.number(Paint::Of(Ink::Error)),
            cross: true,
            hollow: false,
            radius: READING,
            label: String::new(),
            told: paints.number(Paint::Of(Ink::Error)),
        };
        pieces.push(piece(
            "bad cells",
            shape,
            Ink::Error,
            1.0,
            points(&bad, [x, y]),
        ));
    }
}

/// Colours of the bytes of cells.
fn scale(palette: Palette, paints: &mut Paints) -> Vec<usize> {
    let mut scale = vec![paints.number(Paint::Panel), paints.number(Paint::NoValue)];
    scale.extend((0..SHADES).map(|shade| paints.number(Paint::Shade(palette, shade))));
    scale
}

/// Bytes as base64.
pub(super) fn encoded(bytes: &[u8]) -> String {
    let mut text = String::new();
    crate::export::base64::push(&mut text, bytes);
    text
}
