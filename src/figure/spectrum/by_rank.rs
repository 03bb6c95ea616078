//! All singular values of one step by rank.

use crate::figure::layer::{Axis, Dash, Figure, Ink, Layer, Line, Scatter, Shaft};
use crate::figure::{Range, Scale};

use super::Floored;
use super::shown::{Shown, value_axis};

/// The spectra by rank, those of the start in grey below them.
pub(super) fn by_rank(arms: &[Shown], values: Range) -> Figure {
    let most = arms.iter().map(|a| a.now.len()).max().unwrap_or(1).max(2) as f64;
    let ranks = Range {
        low: 0.0,
        high: most,
    };
    let ghosts = arms.iter().filter_map(ghost);
    let layers = ghosts.chain(arms.iter().flat_map(layers)).collect();
    Figure {
        x: Axis {
            marks: Vec::new(),
            label: "rank i".to_owned(),
            definition: "rank of the singular value, 1 the largest".to_owned(),
            scale: Scale::Linear,
            whole: true,
            range: Range::admit(None, Some(ranks), Scale::Linear),
        },
        y: value_axis(values),
        layers,
    }
}

/// The resolved values of the start.
fn ghost(arm: &Shown) -> Option<Layer> {
    let start = arm.start.as_ref()?;
    let resolved = arm
        .ranked(start)
        .filter_map(|(x, v)| Some([x, place(v.resolved()?)?]));
    Some(Layer::Line(Line {
        name: format!("{}, at the start", arm.label),
        ink: Ink::Ghost,
        shaft: Shaft {
            width: 1.2,
            opacity: 1.0,
            dash: Dash::Arm(arm.index),
        },
        points: resolved.collect(),
        end_label: None,
    }))
}

/// A line through the resolved values, and hollow points at the floor for the others.
fn layers(arm: &Shown) -> Vec<Layer> {
    let (mut line, mut hollow) = (Vec::new(), Vec::new());
    for (x, value) in arm.ranked(&arm.now) {
        match value {
            Floored::Resolved(v) => line.extend(place(v).map(|y| [x, y])),
            Floored::AtMost(floor) => hollow.extend(place(floor).map(|y| [x, y])),
        }
    }
    let ink = Ink::Arm(arm.index);
    let floor = Scatter {
        name: format!("{}, not told apart from zero", arm.label),
        ink,
        radius: 2.0,
        opacity: 0.8,
        hollow: true,
        points: hollow.into(),
    };
    let line = Line {
        name: arm.label.clone(),
        ink,
        shaft: Shaft {
            width: 2.0,
            opacity: 1.0,
            dash: Dash::Arm(arm.index),
        },
        points: line,
        end_label: Some(arm.label.clone()),
    };
    let floor = (!floor.points.is_empty()).then_some(Layer::Scatter(floor));
    [Layer::Line(line)].into_iter().chain(floor).collect()
}

fn place(value: f64) -> Option<f64> {
    Scale::Log.place(value)
}
