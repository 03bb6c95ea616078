//! What colours, dashes and marks stand for, as HTML.

use crate::figure::Shaft;
use crate::page::content::{KeyEntry, Sample};
use crate::replay::indices::with_indices;
use crate::replay::paints::{Paint, Paints};

use super::escape::escaped;

/// The buttons that switch arms on and off, each with a sample of its line; none for a single arm.
pub(super) fn buttons(names: &[String], entries: &[KeyEntry], paints: &mut Paints) -> String {
    if names.len() < 2 {
        return String::new();
    }
    let button = |(arm, name): (usize, &String)| {
        let shaft = Shaft {
            width: 2.0,
            opacity: 1.0,
            dash: crate::figure::Dash::Arm(arm),
        };
        let known = entries.iter().find(|entry| entry.arm == Some(arm));
        let sample = known.map_or(Sample::Line(shaft), |entry| entry.sample);
        let ink = paints.number(Paint::Of(crate::figure::Ink::Arm(arm)));
        let drawn = drawn(sample, ink, paints);
        let name = escaped(name);
        let key = match arm {
            0..9 => format!(" title=\"Show or hide {name} ({})\"", arm + 1),
            _ => String::new(),
        };
        format!(
            "<button type=\"button\" data-arm=\"{arm}\" aria-pressed=\"true\"{key}>{drawn}{name}</button>\n"
        )
    };
    names.iter().enumerate().map(button).collect()
}

/// The other entries of a panel.
pub(super) fn legend(entries: &[KeyEntry], paints: &mut Paints) -> String {
    let others = entries.iter().filter(|entry| entry.arm.is_none());
    let entry = |entry: &KeyEntry| {
        let ink = paints.number(Paint::Of(entry.ink));
        let sample = drawn(entry.sample, ink, paints);
        format!(
            "<span>{sample}{}</span>\n",
            escaped(&with_indices(&entry.name))
        )
    };
    let entries: String = others.map(entry).collect();
    if entries.is_empty() {
        return entries;
    }
    format!("<p class=\"legend\">\n{entries}</p>\n")
}

/// A sample of a line or a mark.
fn drawn(sample: Sample, ink: usize, paints: &Paints) -> String {
    let line = |shaft: Shaft| {
        let shaft = paints.light().shaft(shaft);
        let dash: Vec<String> = shaft.dash.strokes().iter().map(f32::to_string).collect();
        format!(
            "<path d=\"M0 4H26\" stroke=\"var(--p{ink})\" stroke-width=\"{}\" stroke-dasharray=\"{}\" opacity=\"{}\"/>",
            shaft.width,
            dash.join(" "),
            shaft.opacity
        )
    };
    let cross = |x: u32| {
        let [a, b] = [x - 2, x + 2];
        format!("<path d=\"M{a} 2L{b} 6M{a} 6L{b} 2\" stroke=\"var(--p{ink})\"/>")
    };
    let (width, inner) = match sample {
        Sample::Line(shaft) => (26, line(shaft)),
        Sample::Struck(shaft) => (26, line(shaft) + &cross(7) + &cross(19)),
        Sample::Dot => (
            8,
            format!("<circle cx=\"4\" cy=\"4\" r=\"3.5\" fill=\"var(--p{ink})\"/>"),
        ),
        Sample::Ring => (
            8,
            format!("<circle cx=\"4\" cy=\"4\" r=\"3\" fill=\"none\" stroke=\"var(--p{ink})\"/>"),
        ),
        Sample::Tick => (
            8,
            format!("<path d=\"M4 0V8\" stroke=\"var(--p{ink})\" stroke-width=\"1.5\"/>"),
        ),
    };
    format!(
        "<svg viewBox=\"0 0 {width} 8\" width=\"{width}\" height=\"8\" aria-hidden=\"true\">{inner}</svg>"
    )
}
