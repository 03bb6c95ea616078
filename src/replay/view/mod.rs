//! Plots laid out at the widths of a page.

mod face;
mod size;

use crate::figure::{Axis, Palette};
use crate::page::content::Plot;

pub(super) use size::{LAYOUTS, Layout, Place, Room};

use super::lengths::rounded;
use super::moments::Moments;
use super::paints::{Paint, Paints, SHADES};
use super::script::{Told, View};
use face::{BAR, Frame, face, left, right};

/// Strips of a colour bar.
const STRIPS: u8 = 32;

/// A plot at every moment, laid out in a room; `axis` is the one over the run. Its frame is as large as those of the
/// plots beside it.
pub(super) fn view(
    (plots, beside): (&[Option<&Plot>], &[&Plot]),
    (layout, room): (&Layout, Room),
    (moments, axis): (&Moments, &Axis),
    paints: &mut Paints,
) -> View {
    let frame = frame(plots, beside, (layout, room));
    let none = Default::default;
    let faces = plots
        .iter()
        .map(|plot| plot.map_or_else(none, |plot| face(plot, frame, paints)));
    let Told { at, texts: faces } = Told::new(faces);
    let height = frame.bottom + below(plots, layout.text);
    let bar = plots.iter().flatten().find_map(|p| p.colour_bar.as_ref());
    let is_over_run = plots.iter().flatten().any(|plot| is_over_run(plot, axis));
    let instant = |place: &f64| {
        let place = axis.range.low + place * axis.range.span();
        Some(rounded(frame.x(axis, place)))
    };
    View {
        width: rounded(frame.width),
        height: rounded(height),
        frame: [frame.left, frame.top, frame.right, frame.bottom].map(rounded),
        strips: bar.map_or_else(Vec::new, |bar| strips(bar.palette, frame, paints)),
        at: (faces.len() > 1).then_some(at),
        faces,
        instants: is_over_run.then(|| moments.places.iter().map(instant).collect()),
    }
}

/// Whether what runs along a plot is the run.
pub(super) fn is_over_run(plot: &Plot, axis: &Axis) -> bool {
    let x = &plot.figure.x;
    (&x.definition, x.scale) == (&axis.definition, axis.scale)
}

/// The frame that has room for the texts of all moments.
fn frame(plots: &[Option<&Plot>], beside: &[&Plot], (layout, room): (&Layout, Room)) -> Frame {
    let size = layout.text;
    let all = || plots.iter().flatten().chain(beside);
    let guess = room.height.unwrap_or(0.8 * room.width);
    let left = all()
        .map(|plot| left(plot, guess, size))
        .fold(0.0, f32::max);
    let right = all().map(|plot| right(plot, guess, (room.width, size)));
    let right = room.width - right.fold(0.0, f32::max);
    let left = left.min(0.5 * room.width);
    let is_named = |plot: &&&Plot| !plot.figure.y.label.is_empty() || plot.colour_bar.is_some();
    let top = if all().any(|plot| is_named(&plot)) {
        1.8 * size
    } else {
        0.6 * size
    };
    let height = room.height.unwrap_or(right - left);
    Frame {
        left,
        top,
        right,
        bottom: top + height,
        width: room.width,
        size,
    }
}

/// Height of the texts below a plot.
fn below(plots: &[Option<&Plot>], size: f32) -> f32 {
    let is_named = plots.iter().flatten().any(|p| !p.figure.x.label.is_empty());
    if is_named { 3.6 * size } else { 2.0 * size }
}

fn strips(palette: Palette, frame: Frame, paints: &mut Paints) -> Vec<(usize, f32, f32, f32, f32)> {
    let left = frame.right + 10.0;
    let height = (frame.bottom - frame.top) / f32::from(STRIPS);
    let strip = |k: u8| {
        let shade = u16::from(k) * u16::from(SHADES - 1) / u16::from(STRIPS - 1);
        let ink = paints.number(Paint::Shade(palette, shade as u8));
        let top = frame.bottom - f32::from(k + 1) * height;
        (ink, rounded(left), rounded(top), BAR, rounded(height + 0.5))
    };
    (0..STRIPS).map(strip).collect()
}
