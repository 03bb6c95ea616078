//! Names beside the ends of lines and beside marks, where there is room for all of them.

use crate::figure::{Figure, Ink, Layer, Line, Mark, MarkShape, spread};
use crate::page::colours::Rgb;
use crate::page::content::{Content, KeyEntry};
use crate::page::sheet::Rect;
use crate::page::typeset::Typeset;

use super::canvas::{Canvas, End};
use super::frame::Frame;
use super::style::Style;

/// Distance of a name from the frame or from its mark, in points of print.
const GAP: f32 = 3.5;

/// Part of the width from which on a line ends at the right edge.
const NEAR_EDGE: f32 = 0.85;

/// Most of a panel's width that names may take.
const MOST: f32 = 0.34;

/// Names that stand in the plot itself.
pub(super) enum Labels<'a> {
    /// Beside the ends of lines, in the space right of the frame.
    Ends(Vec<(&'a Line, Typeset)>),
    /// Beside marks.
    Marks(Vec<(&'a Mark, Typeset)>),
}

impl<'a> Labels<'a> {
    /// The names of all arms of a key, each beside its line or its mark; `None` where one would be missing.
    pub(super) fn of(canvas: &Canvas<'_>, content: &'a Content, width: f32) -> Option<Self> {
        let [plot] = content.plots.as_slice() else {
            return None;
        };
        let arms: Vec<&KeyEntry> = content
            .key
            .iter()
            .filter(|entry| entry.arm.is_some())
            .collect();
        if arms.is_empty() {
            return None;
        }
        let ends = lines(&plot.figure).map(|line| (line.ink, line.end_label.as_deref()));
        if names_all(&arms, ends) {
            let named = lines(&plot.figure).filter_map(|line| {
                let name = line.end_label.as_ref()?;
                Some((line, canvas.small(name)))
            });
            let named: Vec<_> = named.collect();
            let widest = named.iter().map(|(_, name)| name.width).fold(0.0, f32::max);
            return (widest <= MOST * width).then_some(Self::Ends(named));
        }
        let marks = marks(&plot.figure).map(|mark| (mark.ink, Some(mark.label.as_str())));
        if names_all(&arms, marks) {
            let named = self::marks(&plot.figure).filter(|mark| !mark.label.is_empty());
            let set = |mark: &'a Mark| (mark, canvas.small(&mark.label));
            return Some(Self::Marks(named.map(set).collect()));
        }
        None
    }

    /// Space that is kept free right of the frame.
    pub(super) fn right(&self, canvas: &Canvas<'_>) -> f32 {
        match self {
            Self::Ends(named) => {
                let widest = named.iter().map(|(_, name)| name.width).fold(0.0, f32::max);
                widest + canvas.style.space(2.0 * GAP)
            }
            Self::Marks(_) => 0.0,
        }
    }

    /// Draws the names; `None` where not all of them find a place, and then nothing is drawn.
    pub(super) fn draw(
        &self,
        canvas: &mut Canvas<'_>,
        figure: &Figure,
        frame: Frame<'_>,
    ) -> Option<()> {
        match self {
            Self::Ends(named) => draw_ends(canvas, named, frame),
            Self::Marks(named) => draw_marks(canvas, named, (figure, frame)),
        }
    }
}

/// Whether every arm of a key has a name of just its words in its colour.
fn names_all<'n>(
    arms: &[&KeyEntry],
    names: impl Iterator<Item = (Ink, Option<&'n str>)> + Clone,
) -> bool {
    arms.iter().all(|entry| {
        let mut names = names.clone();
        names.any(|(ink, name)| ink == entry.ink && name == Some(entry.name.as_str()))
    })
}

fn lines(figure: &Figure) -> impl Iterator<Item = &Line> + Clone {
    figure.layers.iter().filter_map(|layer| match layer {
        Layer::Line(line) => Some(line),
        _ => None,
    })
}

fn marks(figure: &Figure) -> impl Iterator<Item = &Mark> + Clone {
    figure.layers.iter().filter_map(|layer| match layer {
        Layer::Mark(mark) if mark.shape != MarkShape::Cross => Some(mark),
        _ => None,
    })
}

fn draw_ends(canvas: &mut Canvas<'_>, named: &[(&Line, Typeset)], frame: Frame<'_>) -> Option<()> {
    let edge = frame.rect.left + NEAR_EDGE * frame.rect.width();
    let end = |line: &Line| {
        let inside = frame.rect.grown(0.5);
        let placed = line
            .points
            .iter()
            .rev()
            .filter_map(|point| frame.at(*point));
        placed
            .into_iter()
            .find(|at| inside.contains(*at))
            .filter(|[x, _]| *x >= edge)
    };
    let ends: Option<Vec<[f32; 2]>> = named.iter().map(|(line, _)| end(line)).collect();
    let ends = ends?;
    let height = Style::line_height(canvas.style.small());
    let wanted: Vec<f32> = ends.iter().map(|[_, y]| *y).collect();
    let room = 0.5 * height;
    let places = spread(
        &wanted,
        height,
        frame.rect.top - room,
        frame.rect.bottom + room,
    )?;
    let left = frame.rect.right + canvas.style.space(GAP);
    for (((line, name), end), y) in named.iter().zip(ends).zip(places) {
        let colour = canvas.colours.ink_text(line.ink);
        if (y - end[1]).abs() > 0.3 * height {
            let near = canvas.style.space(0.8);
            let stroke = canvas.stroke(leader(canvas, colour), canvas.style.stroke(0.8));
            canvas.line(
                vec![
                    [end[0].max(frame.rect.right) + near, end[1]],
                    [left - near, y],
                ],
                stroke,
            );
        }
        canvas.put_beside(name.clone(), [left, y], End::Left, colour);
    }
    Some(())
}

fn leader(canvas: &Canvas<'_>, colour: Rgb) -> Rgb {
    colour.towards(canvas.colours.panel, 0.5)
}

/// Places round a mark at which its name may begin, nearest first, as shares of the name's width and height.
const AROUND: [[f32; 2]; 8] = [
    [0.5, 0.0],
    [-0.5, 0.0],
    [0.0, -1.0],
    [0.0, 1.0],
    [0.5, -0.9],
    [-0.5, -0.9],
    [0.5, 0.9],
    [-0.5, 0.9],
];

fn draw_marks(
    canvas: &mut Canvas<'_>,
    named: &[(&Mark, Typeset)],
    (figure, frame): (&Figure, Frame<'_>),
) -> Option<()> {
    let radius = canvas.style.dot(4.5);
    let middles: Option<Vec<[f32; 2]>> = named.iter().map(|(mark, _)| frame.at(mark.at)).collect();
    let middles = middles?;
    let taken = |[x, y]: &[f32; 2]| Rect::new(x - radius, y - radius, 2.0 * radius, 2.0 * radius);
    let mut taken: Vec<Rect> = middles.iter().map(taken).collect();
    let under: Vec<[f32; 2]> = lines(figure)
        .flat_map(|line| dense(&frame.visible(&line.points)))
        .collect();
    let mut places = Vec::new();
    for ((_, name), middle) in named.iter().zip(&middles) {
        let place = best(canvas, (name, *middle), frame.rect, (&taken, &under))?;
        taken.push(place);
        places.push(place);
    }
    for ((mark, name), place) in named.iter().zip(places) {
        let colour = canvas.colours.ink_text(mark.ink);
        let middle = 0.5 * (place.top + place.bottom);
        canvas.put_beside(name.clone(), [place.left, middle], End::Left, colour);
    }
    Some(())
}

/// The place for a name beside a mark that stands clear of others and has the least of lines under it.
fn best(
    canvas: &Canvas<'_>,
    (name, [x, y]): (&Typeset, [f32; 2]),
    frame: Rect,
    (taken, under): (&[Rect], &[[f32; 2]]),
) -> Option<Rect> {
    let gap = canvas.style.space(GAP);
    let (width, height) = (name.width, name.height());
    let rects = AROUND.iter().map(|[side, level]| {
        let middle = x + side * (width + 2.0 * gap);
        let centre = y + level * (0.5 * height + gap);
        Rect::new(middle - 0.5 * width, centre - 0.5 * height, width, height)
    });
    let free = rects.filter(|rect| {
        frame.grown(-0.5).holds(rect) && taken.iter().all(|other| !other.meets(&rect.grown(0.4)))
    });
    let hits = |rect: &Rect| under.iter().filter(|at| rect.contains(**at)).count();
    free.min_by_key(hits)
}

/// Points along lines, near enough to each other that none passes a name unseen.
fn dense(parts: &[Vec<[f32; 2]>]) -> Vec<[f32; 2]> {
    let between = |pair: &[[f32; 2]]| {
        let [[ax, ay], [bx, by]] = [pair[0], pair[1]];
        let count = (bx - ax).hypot(by - ay).ceil().max(1.0);
        let point = move |k: i32| {
            let share = k as f32 / count;
            [ax + share * (bx - ax), ay + share * (by - ay)]
        };
        (0..count as i32).map(point).collect::<Vec<_>>()
    };
    parts
        .iter()
        .flat_map(|part| part.windows(2).flat_map(between))
        .collect()
}
