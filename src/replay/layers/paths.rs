//! The paths of neurons, which grow with the run.

use crate::figure::{Figure, Layer as Drawn, Line, trail_records};
use crate::history::ArmHistory;
use crate::replay::paints::{Paint, Paints};
use crate::replay::place::points;

use super::layer::{Layer, Shape};
use super::piece::{as_bytes, encoded, is_path};

/// How many points of its paths an arm has passed, at each moment. A path is drawn through the same points at
/// every moment: those it has at the end of the run.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::replay) struct Passed(Vec<usize>);

impl Passed {
    /// Of an arm at these steps.
    pub(in crate::replay) fn new(arm: &ArmHistory, steps: &[u64]) -> Self {
        let recorded = arm.records().iter().filter(|r| r.features.is_some());
        let recorded: Vec<u64> = recorded.map(|r| r.step).collect();
        let kept = trail_records(recorded.len());
        let kept: Vec<u64> = kept.filter_map(|i| recorded.get(i).copied()).collect();
        let passed = |step: &u64| kept.partition_point(|kept| kept <= step);
        Self(steps.iter().map(passed).collect())
    }

    /// The paths in the figures of all moments; `None` where there are none.
    pub(super) fn layer(&self, figures: &[Option<&Figure>], paints: &mut Paints) -> Option<Layer> {
        let last = figures.iter().rev().flatten().next().copied()?;
        let ranges = [last.x.range, last.y.range];
        let lines: Vec<&Line> = paths(last).collect();
        let first = lines.first()?;
        let tips = |figure: &Option<&Figure>| {
            let lines = figure.iter().flat_map(|figure| paths(figure));
            let tips: Vec<[f64; 2]> = lines.filter_map(|l| l.points.last().copied()).collect();
            encoded(&as_bytes(points(&tips, ranges)))
        };
        let all = lines.iter().flat_map(|line| &line.points);
        Some(Layer {
            shape: Shape::Paths {
                ink: paints.number(Paint::Of(first.ink)),
                width: first.shaft.width,
                counts: lines.iter().map(|line| line.points.len()).collect(),
                paths: encoded(&as_bytes(points(all, ranges))),
                grown: self.0.clone(),
                tips: figures.iter().map(tips).collect(),
            },
            arm: None,
            opacity: first.shaft.opacity,
            variants: Vec::new(),
            at: Some((0..figures.len()).map(|k| k as i32).collect()),
        })
    }
}

fn paths(figure: &Figure) -> impl Iterator<Item = &Line> {
    figure.layers.iter().filter_map(|layer| match layer {
        Drawn::Line(line) if is_path(line) => Some(line),
        _ => None,
    })
}
