//! A phase diagram: what the trials of each cell of two axes come to.

use crate::figure::contour::level_line;
use crate::figure::{
    Axis, Cells, Dash, Figure, Fill, Ink, Layer, Line, Palette, Range, Scale, Shaft,
};
use crate::number;
use crate::spec::{LineSpec, SweepValue};
use crate::sweep::{Cell, CellSummary, Plan, Table, Transition, fit_transition};

use super::axis::Laid;
use super::theory_line::theory_line;
use super::{value_definition, value_scale, value_title};

/// What is shown of a sweep, and how.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PhaseOptions {
    /// Arm shown.
    pub arm: usize,
    /// What is shown of a cell.
    pub value: SweepValue,
    /// Whether the axes and the colours are logarithmic, where chosen: horizontal, vertical, colours.
    pub log: [Option<bool>; 3],
}

/// A phase diagram.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// Axes, cells, lines.
    pub figure: Figure,
    /// Scale and ends of the colours, in axis coordinates; `None` without a finite value.
    pub colours: Option<(Scale, Range)>,
    /// Whether the axes and the colours are logarithmic, where they can be both.
    pub log: [Option<bool>; 3],
    /// What the lines mean.
    pub keys: Vec<PhaseKey>,
    arm: usize,
}

/// A line over the cells, explained.
#[derive(Clone, Debug, PartialEq)]
pub struct PhaseKey {
    /// Width and dash.
    pub shaft: Shaft,
    /// Name and what the trials say of it.
    pub text: String,
    /// Its definition.
    pub definition: String,
}

impl Phase {
    /// The phase diagram of the results so far. `None` for a sweep of one axis.
    pub fn new(plan: &Plan, table: &Table, options: &PhaseOptions) -> Option<Self> {
        let x = Laid::new(plan.x(), options.log[0]);
        let y = Laid::new(plan.y()?, options.log[1]);
        let centres = centres(plan, table, &options.value);
        let of_arm = cells_of_arm(plan, options.arm);
        let (colours, log_colours) = colours(&options.value, &centres, options.log[2]);
        let cells = Cells {
            x: x.edges.clone(),
            y: y.edges.clone(),
            fills: of_arm
                .clone()
                .map(|cell| fill(table, cell, centres.get(cell).copied().flatten(), colours))
                .collect(),
            palette: Palette::Size,
        };
        let mut layers = vec![Layer::Cells(cells)];
        let mut keys = Vec::new();
        push_half(plan, table, of_arm, [&x, &y], (&mut layers, &mut keys));
        for (index, line) in plan.spec().lines.iter().enumerate() {
            let points = theory_line(plan, line, options.arm, [&x, &y]);
            let shaft = shaft(Dash::kind(index + 1));
            layers.push(over(&line.name, shaft, points));
            let fit = fit_transition(plan, table, options.arm, line);
            keys.push(PhaseKey {
                shaft,
                text: line_text(line, fit),
                definition: line_definition(line, fit),
            });
        }
        Some(Self {
            log: [x.log, y.log, log_colours],
            figure: Figure {
                x: x.axis,
                y: y.axis,
                layers,
            },
            colours,
            keys,
            arm: options.arm,
        })
    }

    /// The cells.
    pub fn cells(&self) -> Option<&Cells> {
        self.figure.layers.iter().find_map(|layer| match layer {
            Layer::Cells(cells) => Some(cells),
            _ => None,
        })
    }

    /// The cell at a point in axis coordinates.
    pub fn cell_at(&self, [x, y]: [f64; 2]) -> Option<Cell> {
        let cells = self.cells()?;
        Some(Cell {
            arm: self.arm,
            x: between(&cells.x, x)?,
            y: between(&cells.y, y)?,
        })
    }
}

/// The gap between two edges in which a place lies.
fn between(edges: &[f64], place: f64) -> Option<usize> {
    let encloses = |w: &[f64]| w[0].min(w[1]) <= place && place <= w[0].max(w[1]);
    edges.windows(2).position(encloses)
}

fn cells_of_arm(plan: &Plan, arm: usize) -> std::ops::Range<usize> {
    let [_, width, height] = plan.sizes();
    arm * width * height..(arm + 1) * width * height
}

/// The centre of every cell, of all arms, so that arms can be compared by their colours.
fn centres(plan: &Plan, table: &Table, value: &SweepValue) -> Vec<Option<f64>> {
    let statistic = plan.spec().statistic;
    let summary = |cell| CellSummary::of(plan, table, cell, value, statistic);
    (0..plan.cells())
        .map(|cell| Some(summary(cell).interval?.centre).filter(|c| c.is_finite()))
        .collect()
}

type Colours = Option<(Scale, Range)>;

/// Shares go from 0 to 1; other values from the least to the greatest.
fn colours(
    value: &SweepValue,
    centres: &[Option<f64>],
    chosen: Option<bool>,
) -> (Colours, Option<bool>) {
    if *value == SweepValue::Success {
        let whole = Range {
            low: 0.0,
            high: 1.0,
        };
        return (Some((Scale::Linear, whole)), None);
    }
    let values: Vec<f64> = centres.iter().copied().flatten().collect();
    let (scale, either) = value_scale(&values, chosen);
    let range = Range::of(values.iter().filter_map(|v| scale.place(*v)));
    let range = range.map(|range| {
        // One value alone still needs two ends.
        let room = if range.span() > 0.0 { 0.0 } else { 0.5 };
        Range {
            low: range.low - room,
            high: range.high + room,
        }
    });
    (
        range.map(|range| (scale, range)),
        either.then_some(scale.is_log()),
    )
}

fn fill(table: &Table, cell: usize, centre: Option<f64>, colours: Colours) -> Fill {
    use crate::sweep::TrialEnd::{Diverged, Failed};
    let share = centre.zip(colours).and_then(|(centre, (scale, range))| {
        Some((scale.place(centre)? - range.low) / range.span())
    });
    Fill {
        share,
        known: table.of_cell(cell).next().is_some(),
        bad: table
            .of_cell(cell)
            .any(|r| matches!(r.end, Diverged | Failed(_))),
    }
}

/// The line on which half of the trials succeed.
fn push_half(
    plan: &Plan,
    table: &Table,
    of_arm: std::ops::Range<usize>,
    [x, y]: [&Laid; 2],
    (layers, keys): (&mut Vec<Layer>, &mut Vec<PhaseKey>),
) {
    let shares = centres(plan, table, &SweepValue::Success);
    let shares = shares.get(of_arm).unwrap_or_default();
    let points = level_line(&x.places, &y.places, shares, 0.5);
    if points.is_empty() {
        return;
    }
    let shaft = shaft(Dash::SOLID);
    layers.push(over("½", shaft, points));
    keys.push(PhaseKey {
        shaft,
        text: "success ½".to_owned(),
        definition: "Where half of the trials reach the limit, interpolated between the centres of neighbouring cells".to_owned(),
    });
}

fn shaft(dash: Dash) -> Shaft {
    Shaft {
        width: 1.7,
        opacity: 1.0,
        dash,
    }
}

fn over(name: &str, shaft: Shaft, points: Vec<[f64; 2]>) -> Layer {
    Layer::Over(Line {
        name: name.to_owned(),
        ink: Ink::Path,
        shaft,
        points,
        end_label: None,
    })
}

fn line_text(line: &LineSpec, fit: Option<Transition>) -> String {
    let Some(fit) = fit else {
        return line.name.clone();
    };
    let number = |value| number::number(value, 3);
    let interval = fit.interval.map_or(String::new(), |[low, high]| {
        format!(" (95 % {} to {})", number(low), number(high))
    });
    let (name, location) = (&line.name, number(fit.location));
    let sharpness = number::number(fit.sharpness, 2);
    format!("{name}: ½ at {location} of it{interval}, sharpness {sharpness}")
}

fn line_definition(line: &LineSpec, fit: Option<Transition>) -> String {
    let power = |(field, power): &(String, f64)| {
        if *power == 1.0 {
            field.clone()
        } else {
            format!("{field}^{}", number::number(*power, 2))
        }
    };
    let product: Vec<String> = line.powers.iter().map(power).collect();
    let product = product.join("·");
    let equals = number::number(line.equals, 3);
    let fitted = match fit {
        Some(fit) => format!(
            "A logistic curve through {} trials, log-odds of success = s·(ln u − ln u₀) with u = {product}/{equals}, has u₀ = ½-point and sharpness s as written; u = 1 is on the line. {}",
            number::count(fit.trials as u64),
            interval_definition(&fit)
        ),
        None => "No transition along it can be fitted: the trials so far are all alike, or parted without an overlap".to_owned(),
    };
    format!("The line {product} = {equals}. {fitted}.")
}

fn interval_definition(fit: &Transition) -> String {
    match fit.interval {
        Ok(_) => format!(
            "The 95 % interval of u₀ allows for rows and columns of cells that disagree about it ({}); s, which they flatten, has none",
            Transition::METHOD
        ),
        Err(reason) => format!("u₀ has no 95 % interval: {}", reason.in_words()),
    }
}

impl Phase {
    /// Name and meaning of the value shown, for the colour bar.
    pub fn value_axis(plan: &Plan, value: &SweepValue) -> (String, String) {
        (value_title(value), value_definition(plan, value))
    }

    /// The horizontal and the vertical axis.
    pub fn axes(&self) -> [&Axis; 2] {
        [&self.figure.x, &self.figure.y]
    }
}
