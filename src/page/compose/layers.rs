//! The layers of a figure within its frame.

use crate::figure::{
    Dash, Figure, Ink, Intervals, Layer, Line, Mark, MarkShape, Rule, Scatter, Shaft,
};
use crate::page::sheet::{Dots, Look, Paint, Rect, Series, Stroke};

use super::canvas::Canvas;
use super::cells::{cross, draw_cells};
use super::frame::Frame;

/// Distance between the crosses of what does not apply, in points of print.
const CROSSES: f32 = 24.0;

/// Draws the layers of a figure; returns how many items there are once its cells are drawn, which lie under
/// everything else.
pub(super) fn draw(canvas: &mut Canvas<'_>, figure: &Figure, frame: Frame<'_>) -> usize {
    let mut cells_end = canvas.items.len();
    for layer in &figure.layers {
        match layer {
            Layer::Line(line) => draw_line(canvas, line, frame),
            Layer::Scatter(scatter) => draw_scatter(canvas, scatter, frame),
            Layer::Bars { ink, bars, filled } => draw_bars(canvas, *ink, (bars, *filled), frame),
            Layer::Rule(rule) => draw_rule(canvas, rule, frame),
            Layer::Mark(mark) => draw_mark(canvas, mark, frame),
            Layer::Bound(bound) => {
                draw_line(canvas, &bound.line, frame);
                if bound.struck {
                    draw_crosses(canvas, &bound.line, frame);
                }
            }
            Layer::Cells(cells) => {
                draw_cells(canvas, cells, frame);
                cells_end = canvas.items.len();
            }
            Layer::Over(line) => draw_over(canvas, line, frame),
            Layer::Intervals(intervals) => draw_intervals(canvas, intervals, frame),
        }
    }
    cells_end
}

/// Notes what is drawn, for formats that draw it themselves.
fn note(canvas: &mut Canvas<'_>, name: &str, points: Vec<[f64; 2]>, look: Look) {
    if points.is_empty() {
        return;
    }
    let joins = |other: &Series| match &look {
        // Paths of many neurons are one series with gaps.
        Look::Line(_) => other.look == look && !other.points.is_empty(),
        _ => other.look == look && other.name == name,
    };
    let last = canvas.series.len().saturating_sub(1);
    let found = canvas.series.iter_mut().enumerate().find(|(place, other)| {
        joins(other) && (*place == last || !matches!(other.look, Look::Line(_)))
    });
    match found {
        Some((_, other)) => {
            let gap = matches!(look, Look::Line(_)).then_some([f64::NAN; 2]);
            other.points.extend(gap.into_iter().chain(points));
        }
        None => canvas.series.push(Series {
            name: name.to_owned(),
            points,
            look,
        }),
    }
}

/// How a line of a width, opacity and dash is drawn.
pub(super) fn stroke_of(canvas: &Canvas<'_>, ink: Ink, shaft: Shaft) -> Stroke {
    let shaft = canvas.colours.arm_shaft(ink, shaft);
    Stroke {
        paint: Paint {
            colour: canvas.colours.ink(ink),
            opacity: shaft.opacity,
        },
        width: canvas.style.stroke(shaft.width),
        dash: canvas.style.dash(shaft.dash.strokes()),
    }
}

fn draw_line(canvas: &mut Canvas<'_>, line: &Line, frame: Frame<'_>) {
    let stroke = stroke_of(canvas, line.ink, line.shaft);
    note(
        canvas,
        &line.name,
        line.points.clone(),
        Look::Line(stroke.clone()),
    );
    let parts = frame.visible(&line.points).into_iter();
    let (alone, long): (Vec<_>, Vec<_>) = parts.partition(|part| part.len() == 1);
    canvas.dots(Dots {
        centres: alone.into_iter().flatten().collect(),
        radius: stroke.width.max(canvas.style.dot(1.5)),
        fill: Some(stroke.paint),
        stroke: None,
    });
    canvas.lines(long, stroke);
}

fn draw_over(canvas: &mut Canvas<'_>, line: &Line, frame: Frame<'_>) {
    let stroke = stroke_of(canvas, line.ink, line.shaft);
    let parts = frame.visible(&line.points);
    let edge = Paint {
        colour: canvas.colours.panel,
        opacity: 0.75,
    };
    let around = Stroke {
        paint: edge,
        width: stroke.width + canvas.style.stroke(2.4),
        dash: stroke.dash.clone(),
    };
    note(
        canvas,
        &line.name,
        line.points.clone(),
        Look::Line(stroke.clone()),
    );
    canvas.lines(parts.clone(), around);
    canvas.lines(parts, stroke);
}

/// Small crosses along a line, to say that it does not apply.
fn draw_crosses(canvas: &mut Canvas<'_>, line: &Line, frame: Frame<'_>) {
    let stroke = canvas.stroke(canvas.colours.ink(line.ink), canvas.style.stroke(1.2));
    let apart = canvas.style.space(CROSSES);
    let mut wait = 0.5 * apart;
    let mut crosses = Vec::new();
    for part in frame.visible(&line.points) {
        for pair in part.windows(2) {
            let [[ax, ay], [bx, by]] = [pair[0], pair[1]];
            let (way, length) = ([bx - ax, by - ay], (bx - ax).hypot(by - ay));
            while length > 0.0 && wait <= length {
                let share = wait / length;
                crosses.extend(cross(
                    [ax + way[0] * share, ay + way[1] * share],
                    canvas.style.space(1.6),
                ));
                wait += apart;
            }
            wait -= length;
        }
    }
    canvas.lines(crosses, stroke);
}

fn draw_scatter(canvas: &mut Canvas<'_>, scatter: &Scatter, frame: Frame<'_>) {
    let radius = canvas.style.dot(scatter.radius);
    let seen = frame.rect.grown(0.5);
    let centres = scatter.points.iter().filter_map(|p| frame.at(*p));
    let paint = Paint {
        colour: canvas.colours.ink(scatter.ink),
        opacity: scatter.opacity,
    };
    let look = Look::Dots {
        radius,
        paint,
        hollow: scatter.hollow,
    };
    note(canvas, &scatter.name, scatter.points.to_vec(), look);
    let hollow = scatter
        .hollow
        .then(|| canvas.stroke(paint, canvas.style.stroke(1.0)));
    canvas.dots(Dots {
        centres: centres.filter(|at| seen.contains(*at)).collect(),
        radius,
        fill: (!scatter.hollow).then_some(paint),
        stroke: hollow,
    });
}

fn draw_bars(
    canvas: &mut Canvas<'_>,
    ink: Ink,
    (bars, filled): (&[[f64; 3]], bool),
    frame: Frame<'_>,
) {
    let colour = canvas.colours.ink(ink);
    let mut outline = Vec::with_capacity(2 * bars.len());
    for [left, right, height] in bars {
        let [left, right, top] = [frame.x(*left), frame.x(*right), frame.y(*height)];
        let floor = frame.rect.bottom;
        if filled && *height > 0.0 {
            let paint = Paint {
                colour,
                opacity: 0.22,
            };
            let bar = Rect {
                left,
                top: top.max(frame.rect.top),
                right,
                bottom: floor,
            };
            canvas.area(bar, paint);
        }
        outline.extend([[left, top], [right, top]]);
    }
    let stroke = canvas.stroke(colour, canvas.style.stroke(1.4));
    let steps = bars
        .iter()
        .flat_map(|[left, right, height]| [[*left, *height], [*right, *height]]);
    note(
        canvas,
        "counts",
        steps.collect(),
        Look::Line(stroke.clone()),
    );
    canvas.line(outline, stroke);
}

fn draw_rule(canvas: &mut Canvas<'_>, rule: &Rule, frame: Frame<'_>) {
    let rect = frame.rect;
    let line = if rule.upright {
        let x = frame.x(rule.at);
        vec![[x, rect.top], [x, rect.bottom]]
    } else {
        let y = frame.y(rule.at);
        vec![[rect.left, y], [rect.right, y]]
    };
    let shaft = Shaft {
        width: 1.0,
        opacity: 1.0,
        dash: rule.dash,
    };
    if rect.grown(0.5).contains(line[0]) {
        let stroke = stroke_of(canvas, rule.ink, shaft);
        let [x, y] = [frame.x.range, frame.y.range];
        let ends = match rule.upright {
            true => vec![[rule.at, y.low], [rule.at, y.high]],
            false => vec![[x.low, rule.at], [x.high, rule.at]],
        };
        note(canvas, &rule.label, ends, Look::Line(stroke.clone()));
        canvas.line(line, stroke);
    }
}

fn draw_mark(canvas: &mut Canvas<'_>, mark: &Mark, frame: Frame<'_>) {
    let Some(at) = frame.at(mark.at) else {
        return;
    };
    let colour = canvas.colours.ink(mark.ink);
    if mark.shape == MarkShape::Cross {
        let stroke = canvas.stroke(colour, canvas.style.stroke(2.0));
        let half = canvas.style.dot(4.0);
        let look = Look::Cross {
            radius: half,
            paint: colour.into(),
        };
        note(canvas, &mark.label, vec![mark.at], look);
        canvas.lines(cross(at, half).into(), stroke);
        return;
    }
    let look = Look::Dots {
        radius: canvas.style.dot(3.5),
        paint: colour.into(),
        hollow: mark.shape == MarkShape::Ring,
    };
    note(canvas, &mark.label, vec![mark.at], look);
    // A ring is a disc with the ground's colour in its middle.
    let middle = (mark.shape == MarkShape::Ring).then_some((2.0, canvas.colours.panel));
    let discs = [(4.5, canvas.colours.panel), (3.5, colour)];
    for (radius, colour) in discs.into_iter().chain(middle) {
        canvas.dots(Dots {
            centres: vec![at],
            radius: canvas.style.dot(radius),
            fill: Some(colour.into()),
            stroke: None,
        });
    }
}

fn draw_intervals(canvas: &mut Canvas<'_>, intervals: &Intervals, frame: Frame<'_>) {
    let half = canvas.style.dot(3.0);
    let paint = Paint {
        colour: canvas.colours.ink(intervals.ink),
        opacity: 0.8,
    };
    let stroke = canvas.stroke(paint, canvas.style.stroke(1.2));
    let bars = intervals.bars.iter();
    let gapped = bars.flat_map(|[x, low, high]| [[*x, *low], [*x, *high], [f64::NAN; 2]]);
    note(
        canvas,
        "intervals",
        gapped.collect(),
        Look::Line(stroke.clone()),
    );
    let rect = frame.rect.grown(0.5);
    let mut lines = Vec::new();
    for [x, low, high] in &intervals.bars {
        let [x, low, high] = [frame.x(*x), frame.y(*low), frame.y(*high)];
        if ![x, low, high].iter().all(|c| c.is_finite()) || x < rect.left || x > rect.right {
            continue;
        }
        let inside = |y: f32| y.clamp(rect.top, rect.bottom);
        lines.push(vec![[x, inside(high)], [x, inside(low)]]);
        let ends = [low, high]
            .into_iter()
            .filter(|y| rect.top <= *y && *y <= rect.bottom);
        lines.extend(ends.map(|y| vec![[x - half, y], [x + half, y]]));
    }
    canvas.lines(lines, stroke);
}

/// A shaft of a width without a dash.
pub(super) fn solid(width: f32) -> Shaft {
    Shaft {
        width,
        opacity: 1.0,
        dash: Dash::SOLID,
    }
}
