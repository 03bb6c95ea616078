//! Curves of a sweep over one field: centres, intervals, and every trial.

use std::collections::BTreeSet;

use crate::figure::{
    Axis, AxisMarker, Dash, Figure, Ink, Intervals, Layer, Line, Range, Scale, Scatter, Shaft,
};
use crate::spec::SweepValue;
use crate::sweep::{Cell, CellSummary, CurvePoint, Plan, SweepExponent, Table, value_of};

use super::axis::Laid;
use super::{value_definition, value_scale, value_title};

/// What is shown of a sweep, and how.
#[derive(Clone, Debug, Hash)]
pub struct CurvesOptions<'a> {
    /// What is shown of a cell.
    pub value: SweepValue,
    /// Whether the axes are logarithmic, where chosen: horizontal, vertical.
    pub log: [Option<bool>; 2],
    /// Arms left out, by index.
    pub hidden: &'a BTreeSet<usize>,
}

/// Curves over one field.
#[derive(Clone, Debug, PartialEq)]
pub struct Curves {
    /// Axes, curves, intervals, trials; `None` without a finite value.
    pub figure: Option<Figure>,
    /// Whether the axes are logarithmic, where they can be both.
    pub log: [Option<bool>; 2],
    /// A row for every arm.
    pub rows: Vec<CurveRow>,
    /// Centre of every point drawn, in axis coordinates, with its cell.
    pub points: Vec<([f64; 2], Cell)>,
    /// What is marked along the horizontal axis.
    pub marker: Option<AxisMarker>,
    value: SweepValue,
}

/// An arm's numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveRow {
    /// Name of the arm.
    pub label: String,
    /// Whether its curve is left out.
    pub hidden: bool,
    /// Exponent p of centre ∝ xᵖ by least squares through the logarithms; `None` for fewer than three
    /// positive centres.
    pub slope: Option<SweepExponent>,
    /// Cells with a value.
    pub cells: usize,
}

impl Curves {
    /// The curves of the results so far; `before` is what was shown before of the same sweep, whose
    /// extents are kept.
    pub fn new(
        plan: &Plan,
        table: &Table,
        options: &CurvesOptions<'_>,
        before: Option<&Self>,
    ) -> Self {
        let x = Laid::new(plan.x(), options.log[0]);
        let arms = 0..plan.experiment().arms.len();
        let curves: Vec<Curve> = arms
            .map(|arm| Curve::of(plan, table, arm, options))
            .collect();
        let shown = || curves.iter().filter(|c| !options.hidden.contains(&c.arm));
        let values: Vec<f64> = shown().flat_map(Curve::values).collect();
        let (scale, either) = value_scale(&values, options.log[1]);
        let data = Range::of(values.iter().filter_map(|v| scale.place(*v)));
        let held = before.filter(|held| held.value == options.value);
        let held = held.and_then(|held| held.figure.as_ref());
        let held = held.filter(|f| f.y.scale == scale).map(|f| f.y.range);
        let y = Axis {
            marks: Vec::new(),
            label: value_title(&options.value),
            definition: value_definition(plan, &options.value),
            scale,
            whole: false,
            range: Range::admit(held, data, scale),
        };
        let arms = &plan.experiment().arms;
        let span = (x.axis.scale, x.axis.range);
        let marker = x
            .has_numbers
            .then(|| AxisMarker::of(arms, &plan.x().field, span))
            .flatten();
        let mut layers: Vec<Layer> = marker.iter().map(AxisMarker::rule).collect();
        for part in [Curve::trials, Curve::intervals, Curve::line] {
            layers.extend(shown().map(|curve| part(curve, &x.places, scale)));
        }
        let points = shown().flat_map(|curve| curve.points(&x.places, scale));
        Self {
            points: points.collect(),
            rows: curves.iter().map(|c| c.row(plan, options.hidden)).collect(),
            log: [x.log, either.then_some(scale.is_log())],
            figure: data.is_some().then_some(Figure {
                x: x.axis,
                y,
                layers,
            }),
            value: options.value.clone(),
            marker,
        }
    }
}

/// An arm along the axis.
struct Curve {
    arm: usize,
    label: String,
    /// Centre, lower and upper end at each value of the axis; NaN where there is none.
    cells: Vec<[f64; 3]>,
    /// Values of the trials.
    trials: Vec<Vec<f64>>,
}

impl Curve {
    fn of(plan: &Plan, table: &Table, arm: usize, options: &CurvesOptions<'_>) -> Self {
        let [_, width, _] = plan.sizes();
        let cells: Vec<usize> = (0..width)
            .map(|x| plan.index(Cell { arm, x, y: 0 }))
            .collect();
        let statistic = plan.spec().statistic;
        let summed = cells.iter().map(|cell| {
            let summary = CellSummary::of(plan, table, *cell, &options.value, statistic);
            let interval = summary.interval;
            interval.map_or([f64::NAN; 3], |i| [i.centre, i.low, i.high])
        });
        let trials = cells.iter().map(|cell| {
            let results = table.of_cell(*cell);
            results
                .filter_map(|r| value_of(plan, r, &options.value))
                .collect()
        });
        let labels = plan.experiment().arms.get(arm);
        Self {
            arm,
            label: labels.map_or(String::new(), |a| a.label.clone()),
            cells: summed.collect(),
            trials: trials.collect(),
        }
    }

    /// Everything that wants a place on the axis.
    fn values(&self) -> impl Iterator<Item = f64> + '_ {
        let trials = self.trials.iter().flatten().copied();
        self.cells
            .iter()
            .flatten()
            .copied()
            .chain(trials)
            .filter(|v| v.is_finite())
    }

    fn row(&self, plan: &Plan, hidden: &BTreeSet<usize>) -> CurveRow {
        let numbers = plan.x().values.iter().map(|v| v.number);
        let cells = self.cells.iter().zip(&self.trials);
        let points = numbers
            .zip(cells)
            .filter_map(|(x, ([centre, ..], trials))| {
                let point = CurvePoint {
                    x: x.filter(|x| *x > 0.0)?,
                    centre: *centre,
                    trials: trials.len(),
                };
                (point.centre > 0.0 && point.centre.is_finite()).then_some(point)
            });
        CurveRow {
            label: self.label.clone(),
            hidden: hidden.contains(&self.arm),
            slope: SweepExponent::through(plan, &points.collect::<Vec<_>>()),
            cells: self.cells.iter().filter(|c| c[0].is_finite()).count(),
        }
    }

    fn line(&self, places: &[f64], scale: Scale) -> Layer {
        let place = |v: f64| scale.place(v).unwrap_or(f64::NAN);
        let cells = places.iter().zip(&self.cells);
        Layer::Line(Line {
            name: self.label.clone(),
            ink: Ink::Arm(self.arm),
            shaft: Shaft {
                width: 2.0,
                opacity: 1.0,
                dash: Dash::Arm(self.arm),
            },
            points: cells
                .map(|(x, [centre, ..])| [*x, place(*centre)])
                .collect(),
            end_label: Some(self.label.clone()),
        })
    }

    fn intervals(&self, places: &[f64], scale: Scale) -> Layer {
        let bars = places
            .iter()
            .zip(&self.cells)
            .filter_map(|(x, [_, low, high])| {
                let high = scale.place(*high)?;
                // What reaches to 0 or below has no lower end on a logarithmic axis.
                let low = match scale.place(*low) {
                    Some(low) => low,
                    None if low.is_finite() => -1e3,
                    None => return None,
                };
                Some([*x, low, high])
            });
        Layer::Intervals(Intervals {
            ink: Ink::Arm(self.arm),
            bars: bars.collect(),
        })
    }

    fn trials(&self, places: &[f64], scale: Scale) -> Layer {
        let cells = places.iter().zip(&self.trials);
        let points = cells.flat_map(|(x, values)| {
            let placed = values.iter().filter_map(|v| scale.place(*v));
            placed.map(|y| [*x, y])
        });
        Layer::Scatter(Scatter {
            name: self.label.clone(),
            ink: Ink::Arm(self.arm),
            radius: 2.2,
            opacity: 0.35,
            hollow: false,
            points: points.collect(),
        })
    }

    fn points(&self, places: &[f64], scale: Scale) -> Vec<([f64; 2], Cell)> {
        let cells = places.iter().zip(&self.cells).enumerate();
        let point = |(j, (x, cell)): (usize, (&f64, &[f64; 3]))| {
            let cell_of = Cell {
                arm: self.arm,
                x: j,
                y: 0,
            };
            Some(([*x, scale.place(cell[0])?], cell_of))
        };
        cells.filter_map(point).collect()
    }
}
