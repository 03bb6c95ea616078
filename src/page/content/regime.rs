//! The measures of the regime: a plot a measure, a lane an arm.

use crate::figure::{
    Axis, Dash, Figure, Ink, Intervals, Lane, Layer, Line, Mark, MarkShape, Range, Reading, Regime,
    RegimeRow, Scale, Scatter, Sentence, Shaft, Tick,
};
use crate::spec::PanelKind;

use super::key::{KeyEntry, Sample};
use super::names::{arm_entries, names};
use super::{Content, NoFigure, Plot, View};

/// The line from the left end to a reading.
const STEM: Shaft = Shaft {
    width: 1.2,
    opacity: 0.6,
    dash: Dash::SOLID,
};

/// Half the height of a bound's tick, as a share of a lane's.
const HALF_TICK: f64 = 0.36;

pub(super) fn content(view: &View<'_>) -> Result<Content, NoFigure> {
    let hidden = &view.choice.shared.hidden_arms;
    if hidden.len() >= view.history.arms().len() {
        return Err(NoFigure::Hidden);
    }
    let regime = Regime::new(view.history, hidden, view.step, None);
    let measured = regime.rows.iter().filter(|row| !row.lanes.is_empty());
    let names = names(view);
    let plots: Vec<Plot> = measured.clone().map(|row| plot(row, &names)).collect();
    if plots.is_empty() {
        return Err(NoFigure::Unmeasured {
            title: "No measure of the regime was taken",
            remedy: "Add NtkChange, FeatureMovement, Distances, PatternChanges or LazyGap to the preset's observables.",
        });
    }
    let sentence = Sentence::new(view.experiment, view.history, hidden, view.step);
    let mut key = arm_entries(view, |_| Sample::Dot);
    if measured
        .flat_map(|row| &row.lanes)
        .any(|lane| lane.reference.is_some())
    {
        key.push(KeyEntry::new(
            "Chen (15): least movement",
            Ink::Path,
            Sample::Tick,
        ));
    }
    Ok(Content {
        kind: PanelKind::Regime,
        title: "How far each arm is from its linearization".to_owned(),
        sentence: sentence.map_or(String::new(), |sentence| sentence.text),
        plots,
        same_axes: false,
        key,
    })
}

fn plot(row: &RegimeRow, names: &[String]) -> Plot {
    let lanes = row.lanes.len();
    let name = |lane: &Lane| names.get(lane.arm).cloned().unwrap_or_default();
    let height = |place: usize| (lanes - place) as f64 - 0.5;
    let marks = row
        .lanes
        .iter()
        .enumerate()
        .rev()
        .map(|(place, lane)| Tick {
            place: height(place),
            label: name(lane),
        });
    let [left, right] = row.measure.ends;
    let layers = row.lanes.iter().enumerate();
    Plot {
        name: row.measure.title.to_owned(),
        note: row.measure.formula.to_owned(),
        lanes,
        ..Plot::of(Figure {
            x: Axis {
                label: format!("{left} ← → {right}"),
                definition: row.measure.definition(),
                scale: Scale::Log,
                whole: false,
                range: row.range,
                marks: Vec::new(),
            },
            y: Axis {
                label: String::new(),
                definition: "the arms".to_owned(),
                scale: Scale::Linear,
                whole: true,
                range: Range {
                    low: 0.0,
                    high: lanes as f64,
                },
                marks: marks.collect(),
            },
            layers: layers
                .flat_map(|(place, lane)| lane_layers(lane, height(place), row.range))
                .collect(),
        })
    }
}

fn lane_layers(lane: &Lane, y: f64, range: Range) -> Vec<Layer> {
    let ink = Ink::Arm(lane.arm);
    let dots = |points: Vec<[f64; 2]>, (radius, hollow): (f32, bool)| {
        Layer::Scatter(Scatter {
            name: lane.label.clone(),
            ink,
            radius,
            opacity: if hollow { 1.0 } else { 0.6 },
            hollow,
            points: points.into(),
        })
    };
    let mark = |place: f64, ink: Ink, shape: MarkShape| {
        Layer::Mark(Mark {
            ink,
            at: [place, y],
            shape,
            label: lane.reading.text(),
        })
    };
    let mut layers = match lane.reading {
        Reading::At {
            place,
            below: false,
            ..
        } => {
            let stem = Line {
                name: lane.label.clone(),
                ink,
                shaft: Shaft {
                    dash: Dash::Arm(lane.arm),
                    ..STEM
                },
                points: vec![[range.low, y], [place, y]],
                end_label: None,
            };
            let trail = lane.trail.iter().map(|place| [*place, y]).collect();
            vec![
                Layer::Line(stem),
                dots(trail, (1.6, false)),
                mark(place, ink, MarkShape::Disc),
            ]
        }
        Reading::At { .. } | Reading::Zero => {
            let label = Layer::Mark(Mark {
                ink,
                at: [range.low, y],
                shape: MarkShape::Disc,
                label: lane.reading.text(),
            });
            vec![label, dots(vec![[range.low, y]], (4.0, true))]
        }
        Reading::NonFinite => vec![mark(range.high, Ink::Error, MarkShape::Cross)],
        Reading::Missing => Vec::new(),
    };
    if let Some(reference) = &lane.reference {
        layers.push(Layer::Intervals(Intervals {
            ink: Ink::Path,
            bars: vec![[reference.place, y - HALF_TICK, y + HALF_TICK]],
        }));
    }
    layers
}
