//! The output of every arm over the plane of the data, with the points in it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::data::Plane;
use crate::history::{ArmHistory, RunHistory};
use crate::observe::{Record, Surface};
use crate::spec::Quantity;

use super::contour::level_line;
use super::layer::{Axis, Cells, Dash, Figure, Fill, Ink, Layer, Line, Palette, Scatter, Shaft};
use super::{ArmStatus, Range, Scale, at_or_before, visible_arms};

/// How the surfaces are shown.
#[derive(Clone, Debug, Hash)]
pub struct SurfaceOptions<'a> {
    /// Whether the start is shown beside the step shown.
    pub start: bool,
    /// Arms left out, by index.
    pub hidden: &'a BTreeSet<usize>,
    /// Step shown.
    pub cursor: u64,
}

/// The surfaces of the visible arms.
#[derive(Clone, Debug, PartialEq)]
pub struct SurfaceMap {
    /// All arms at the start, where it is asked for, then all at the step shown.
    pub plots: Vec<SurfacePlot>,
    /// Dimension d of the inputs.
    pub d: usize,
    /// Outputs at the ends of the colours, −end and end: the largest |y|.
    pub end: f64,
}

/// The surface of an arm at a step.
#[derive(Clone, Debug, PartialEq)]
pub struct SurfacePlot {
    /// Index of the arm.
    pub arm: usize,
    /// Name of the arm.
    pub label: String,
    /// Whether it is the start beside the step shown.
    pub is_start: bool,
    /// Step it was recorded at, at or before the step shown.
    pub step: Option<u64>,
    /// What to draw; `None` where no surface was recorded.
    pub figure: Option<Figure>,
    /// Share of the test points on the wrong side at that step.
    pub test_error: Option<f64>,
    /// How far the arm is.
    pub status: ArmStatus,
    surface: Option<Arc<Surface>>,
}

impl SurfaceMap {
    /// The surfaces of a history at a step.
    pub fn new(history: &RunHistory, options: &SurfaceOptions<'_>) -> Self {
        let steps = options.start.then_some((0, true));
        let steps = steps.into_iter().chain([(options.cursor, false)]);
        let arms = || visible_arms(history, options.hidden);
        let plots = steps.flat_map(|step| arms().map(move |(i, arm)| plot(i, arm, step)));
        let mut plots: Vec<SurfacePlot> = plots.collect();
        let planes = || plots.iter().filter_map(|p| p.surface.as_ref());
        let end = planes()
            .map(|s| largest_target(&s.plane))
            .fold(0.0, f64::max);
        let end = if end > 0.0 { end } else { 1.0 };
        let d = planes().map(|s| s.plane.d).max().unwrap_or(2);
        for plot in &mut plots {
            plot.figure = plot.surface.as_ref().and_then(|s| figure(s, end));
        }
        Self { plots, d, end }
    }

    /// Whether any arm has a surface.
    pub fn is_measured(&self) -> bool {
        self.plots.iter().any(|plot| plot.figure.is_some())
    }

    /// What the colours show, for their tooltip.
    pub fn definition(&self) -> String {
        let section = match self.d {
            2 => String::new(),
            d => format!(", all other of the d = {d} coordinates 0"),
        };
        format!(
            "f(x) of the network at x = (x₁, x₂){section}, computed as at the test points; the colours end at \
             the largest |y|, and the line is f = 0"
        )
    }
}

impl SurfacePlot {
    /// The output in the cell at a point.
    pub fn at(&self, point: [f64; 2]) -> Option<f32> {
        let surface = self.surface.as_ref()?;
        let Plane { side, half, .. } = *surface.plane;
        let [i, j] = point.map(|x| (0.5 * (x / half + 1.0) * side as f64).floor());
        let inside = |k: f64| (0.0..side as f64).contains(&k);
        let cell = (inside(i) && inside(j)).then_some(i as usize * side + j as usize)?;
        surface.values.get(cell).copied()
    }
}

fn plot(index: usize, arm: &ArmHistory, (step, is_start): (u64, bool)) -> SurfacePlot {
    let found = at_or_before(arm, step, |r| r.surface.clone());
    let (record, surface): (Option<&Arc<Record>>, _) = found.unzip();
    let accuracy = record.and_then(|r| r.get(Quantity::TestAccuracy));
    SurfacePlot {
        arm: index,
        label: arm.label.clone(),
        is_start,
        step: record.map(|r| r.step),
        figure: None,
        test_error: accuracy.map(|right| 1.0 - right),
        status: ArmStatus::of(arm),
        surface,
    }
}

fn largest_target(plane: &Plane) -> f64 {
    let targets = plane.train.iter().chain(&plane.test);
    let sizes = targets.map(|[_, _, y]| f64::from(y.abs()));
    sizes.filter(|y| y.is_finite()).fold(0.0, f64::max)
}

/// Cells by f, the line f = 0, the training points over faint test points, and those on the wrong side.
fn figure(surface: &Surface, end: f64) -> Option<Figure> {
    let plane = &surface.plane;
    if surface.values.len() != plane.side * plane.side {
        return None;
    }
    let (edges, middles) = (plane.edges(), plane.middles());
    let finite = |f: &f32| Some(f64::from(*f)).filter(|f| f.is_finite());
    let values: Vec<Option<f64>> = surface.values.iter().map(finite).collect();
    let fill = |f: &Option<f64>| Fill {
        share: f.map(|f| (0.5 * (f / end + 1.0)).clamp(0.0, 1.0)),
        known: true,
        bad: false,
    };
    let cells = Cells {
        x: edges.clone(),
        y: edges,
        fills: values.iter().map(fill).collect(),
        palette: Palette::Sign,
    };
    let level = Line {
        name: "f = 0".to_owned(),
        ink: Ink::Path,
        shaft: Shaft {
            width: 1.6,
            opacity: 1.0,
            dash: Dash::SOLID,
        },
        points: level_line(&middles, &middles, &values, 0.0),
        end_label: None,
    };
    let mut layers = vec![Layer::Cells(cells), Layer::Over(level)];
    let (right, wrong): (Vec<_>, Vec<_>) = surface.test_points().partition(|(p, f)| f * p[2] > 0.0);
    let points =
        |pairs: Vec<([f32; 3], f32)>| pairs.into_iter().map(|(p, _)| p).collect::<Vec<_>>();
    layers.extend(dots("test point", &points(right), [1.5, 0.6]));
    layers.extend(dots("training point", &plane.train, [2.4, 1.0]));
    layers.extend(rings("training point", &plane.train, (Ink::Path, 2.8)));
    layers.extend(rings(
        "test point on the wrong side",
        &points(wrong),
        (Ink::Error, 2.2),
    ));
    Some(Figure {
        x: axis("x₁", plane),
        y: axis("x₂", plane),
        layers,
    })
}

fn axis(symbol: &str, plane: &Plane) -> Axis {
    let (section, others) = match plane.d {
        2 => (String::new(), String::new()),
        d => (
            format!("  ({} = 0)", others_than_two(d)),
            format!(
                "; a section: the plane in which all other of the d = {d} coordinates are 0, and the points \
                 seen along those"
            ),
        ),
    };
    // The name of the vertical axis has no more room than its symbol.
    let is_upright = symbol == "x₂";
    Axis {
        marks: Vec::new(),
        label: format!("{symbol}{}", if is_upright { "" } else { &section }),
        definition: format!("Coordinate {symbol} of the input{others}"),
        scale: Scale::Linear,
        whole: false,
        range: Range {
            low: -plane.half,
            high: plane.half,
        },
    }
}

/// The coordinates from the third to the last: `x₃`, `x₃, x₄` or `x₃ … x₄₀`.
fn others_than_two(d: usize) -> String {
    let digit = |c: char| c.to_digit(10).and_then(|k| char::from_u32('₀' as u32 + k));
    let last: String = d.to_string().chars().filter_map(digit).collect();
    match d {
        3 => "x₃".to_owned(),
        4 => "x₃, x₄".to_owned(),
        _ => format!("x₃ … x{last}"),
    }
}

/// Points by the sign of their target.
fn dots(name: &str, points: &[[f32; 3]], [radius, opacity]: [f32; 2]) -> Vec<Layer> {
    let signs = [
        ("y < 0", Ink::Negative, false),
        ("y > 0", Ink::Positive, true),
    ];
    let layer = |(sign, ink, positive): (&str, Ink, bool)| {
        let of_sign = points.iter().filter(|p| (p[2] > 0.0) == positive);
        Layer::Scatter(Scatter {
            name: format!("{name}, {sign}"),
            ink,
            radius,
            opacity,
            hollow: false,
            points: of_sign.map(place).collect(),
        })
    };
    signs.map(layer).into()
}

/// Rings, which keep points apart from the colours under them.
fn rings(name: &str, points: &[[f32; 3]], (ink, radius): (Ink, f32)) -> Option<Layer> {
    let layer = Layer::Scatter(Scatter {
        name: name.to_owned(),
        ink,
        radius,
        opacity: 0.9,
        hollow: true,
        points: points.iter().map(place).collect(),
    });
    (!points.is_empty()).then_some(layer)
}

fn place([x1, x2, _]: &[f32; 3]) -> [f64; 2] {
    [f64::from(*x1), f64::from(*x2)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// f(x) = x₁ at step 0 and −x₂ afterwards, over [−2, 2]².
    fn history() -> RunHistory {
        let plane = Arc::new(Plane {
            side: 8,
            half: 2.0,
            d: 30,
            train: vec![[1.0, -1.0, 1.0], [-1.0, -1.0, -1.0]],
            test: vec![[0.5, 0.5, -2.0]],
        });
        let mut history = RunHistory::new(["a".to_owned()]);
        for (step, turned) in [(0, false), (4, true)] {
            let inputs = plane.inputs();
            let f = inputs
                .outer_iter()
                .map(|x| if turned { -x[1] } else { x[0] });
            let mut record = Record {
                step,
                surface: Some(Arc::new(Surface {
                    plane: Arc::clone(&plane),
                    values: f.map(|f| f as f32).collect(),
                    test: vec![if turned { -0.5 } else { 0.5 }],
                })),
                ..Record::default()
            };
            record.set(Quantity::TestAccuracy, if turned { 0.75 } else { 0.5 });
            history.push(0, Arc::new(record));
        }
        history
    }

    fn map(start: bool, cursor: u64) -> SurfaceMap {
        let options = SurfaceOptions {
            start,
            hidden: &BTreeSet::new(),
            cursor,
        };
        SurfaceMap::new(&history(), &options)
    }

    fn level(plot: &SurfacePlot) -> Vec<[f64; 2]> {
        let layers = &plot.figure.as_ref().unwrap().layers;
        let lines = layers.iter().find_map(|layer| match layer {
            Layer::Over(line) => Some(line.points.clone()),
            _ => None,
        });
        let points = lines.unwrap().into_iter();
        points.filter(|p| p[0].is_finite()).collect()
    }

    #[test]
    fn the_line_is_where_the_output_is_0_at_the_step_shown() {
        for (cursor, axis, error) in [(3, 0, 0.5), (4, 1, 0.25)] {
            let map = map(false, cursor);
            let plot = &map.plots[0];
            let points = level(plot);
            assert!(points.len() > 8 && points.iter().all(|p| p[axis].abs() < 1e-6));
            assert_eq!(plot.test_error, Some(error));
        }
    }

    #[test]
    fn test_points_on_the_wrong_side_are_ringed() {
        for (cursor, expected) in [(0, vec![[0.5, 0.5]]), (4, vec![])] {
            let map = map(false, cursor);
            let layers = &map.plots[0].figure.as_ref().unwrap().layers;
            let ringed = layers.iter().filter_map(|layer| match layer {
                Layer::Scatter(s) if s.ink == Ink::Error => Some(s.points.to_vec()),
                _ => None,
            });
            assert_eq!(ringed.flatten().collect::<Vec<_>>(), expected, "{cursor}");
        }
    }

    #[test]
    fn the_start_stands_beside_the_present_where_it_is_asked_for() {
        let map = map(true, 9);
        let seen: Vec<_> = map.plots.iter().map(|p| (p.is_start, p.step)).collect();
        assert_eq!(seen, [(true, Some(0)), (false, Some(4))]);
        assert!(level(&map.plots[0]).iter().all(|p| p[0].abs() < 1e-6));
    }

    #[test]
    fn the_output_is_read_in_the_cell_under_a_point() {
        let map = map(false, 0);
        let plot = &map.plots[0];
        // Cells are half a unit wide, their middles at ±0.25, ±0.75, …
        assert_eq!(plot.at([0.3, 1.9]), Some(0.25));
        assert_eq!(plot.at([-1.6, 0.0]), Some(-1.75));
        assert_eq!(plot.at([2.1, 0.0]), None);
    }

    #[test]
    fn colours_end_at_the_largest_target_and_a_section_says_so() {
        let map = map(false, 0);
        assert_eq!((map.end, map.d), (2.0, 30));
        let figure = map.plots[0].figure.as_ref().unwrap();
        let Layer::Cells(cells) = &figure.layers[0] else {
            panic!("{:?}", figure.layers[0])
        };
        let middle = 0.5 * (0.25 / 2.0 + 1.0);
        assert!((cells.fills[4 * 8].share.unwrap() - middle).abs() < 1e-6);
        assert!(
            figure.x.label.contains("(x₃ … x₃₀ = 0)") && figure.x.definition.contains("d = 30")
        );
    }
}
