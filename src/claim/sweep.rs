//! Claims on a sweep held against its table.

use super::{ClaimResult, Verdict, describe_sweep};
use crate::fit::{fit_line, student_95};
use crate::number::four_digits as short;
use crate::spec::{
    CellRef, ClaimSpec, Direction, Expectation, LineSpec, SweepExpectation, SweepValue,
};

use crate::sweep::{
    Cell, CellSummary, Plan, Table, Transition, TrialEnd, fit_transition, value_of,
};

/// Standard errors of a difference by which noise may go the wrong way.
const NOISE: f64 = 2.0;

/// What was measured: words, the number where there is one, and whether the claim holds.
type Measured = (String, Option<f64>, bool);

/// Holds every claim on the sweep against what there is of it. Nothing is decided before every trial
/// it speaks of is there.
pub fn evaluate_sweep(plan: &Plan, table: &Table) -> Vec<ClaimResult> {
    let claims = plan.experiment().preset.claims.iter();
    claims
        .filter_map(|claim| match &claim.expect {
            Expectation::Sweep(expected) => Some(evaluate(plan, table, claim, expected)),
            _ => None,
        })
        .collect()
}

fn evaluate(
    plan: &Plan,
    table: &Table,
    claim: &ClaimSpec,
    expected: &SweepExpectation,
) -> ClaimResult {
    let measured = if table.is_complete() {
        Measure { plan, table }.of(expected)
    } else {
        let (done, units) = (table.done(), table.units());
        Err(format!("{done} of {units} trials are there"))
    };
    let (measured, value, verdict) = match measured {
        Ok((text, value, true)) => (text, value, Verdict::Pass),
        Ok((text, value, false)) => (text, value, Verdict::Fail),
        Err(text) => (text, None, Verdict::NotReached),
    };
    ClaimResult {
        name: claim.name.clone(),
        expected: describe_sweep(expected),
        measured,
        value,
        verdict,
    }
}

struct Measure<'a> {
    plan: &'a Plan,
    table: &'a Table,
}

impl Measure<'_> {
    fn of(&self, expected: &SweepExpectation) -> Result<Measured, String> {
        use SweepExpectation as E;
        match expected {
            E::Transition {
                along,
                arm,
                at_least,
                at_most,
            } => {
                let fit = self.transition(along, arm)?;
                let error = fit.location * fit.log_error;
                let text = format!("{} ± {}", short(fit.location), short(error));
                Ok(number(fit.location, text, (*at_least, *at_most)))
            }
            E::Sharpness {
                along,
                arm,
                at_least,
                at_most,
            } => {
                let fit = self.transition(along, arm)?;
                let (slope, error) = (fit.sharpness, fit.sharpness_error);
                let text = format!("{} ± {}", short(slope), short(error));
                Ok(number(slope, text, (*at_least, *at_most)))
            }
            E::NoneBelow { line, arm } => self.none_below(line, arm),
            E::Order {
                of,
                arms,
                direction,
            } => self.order(of, arms, *direction),
            E::Slope {
                of,
                arm,
                from,
                to,
                at_least,
                at_most,
            } => self.slope(of, arm, (*from, *to), (*at_least, *at_most)),
            E::Monotone { of, arm, direction } => self.monotone(of, arm, *direction),
            E::Cell {
                of,
                cell,
                over,
                at_least,
                at_most,
            } => self.cell(of, (cell, over.as_ref()), (*at_least, *at_most)),
        }
    }

    fn transition(&self, along: &str, arm: &str) -> Result<Transition, String> {
        let (line, arm) = (self.line(along)?, self.arm(arm)?);
        let fit = fit_transition(self.plan, self.table, arm, line);
        fit.ok_or_else(|| "no transition could be fitted".to_owned())
    }

    fn none_below(&self, name: &str, arm: &str) -> Result<Measured, String> {
        let (line, arm) = (self.line(name)?, self.arm(arm)?);
        let (mut trials, mut reached) = (0, Vec::new());
        for cell in (0..self.plan.cells()).filter(|cell| self.plan.cell(*cell).arm == arm) {
            if self.plan.along(line, cell).is_some_and(|u| u < 1.0) {
                for result in self.table.of_cell(cell) {
                    trials += 1;
                    if result.end == TrialEnd::Reached {
                        reached.push(cell);
                    }
                }
            }
        }
        let first = reached.first().map(|cell| self.plan.label(*cell));
        let text = match first {
            None => format!("0 of {trials} trials"),
            Some(first) => format!("{} of {trials} trials, at {first} first", reached.len()),
        };
        if trials == 0 {
            return Err(format!("no cell lies below {name}"));
        }
        Ok((text, Some(reached.len() as f64), reached.is_empty()))
    }

    fn order(
        &self,
        of: &SweepValue,
        arms: &[String],
        direction: Direction,
    ) -> Result<Measured, String> {
        let curves = arms.iter().map(|arm| self.curve(of, arm));
        let curves = curves.collect::<Result<Vec<_>, _>>()?;
        let mut narrowest: Option<(f64, String)> = None;
        for (pair, names) in curves.windows(2).zip(arms.windows(2)) {
            for (j, (a, b)) in pair[0].iter().zip(&pair[1]).enumerate() {
                let gap = match direction {
                    Direction::Rising => b.mean - a.mean,
                    Direction::Falling => a.mean - b.mean,
                } / a.mean.abs().max(b.mean.abs());
                // What is not a number is in no order, and is kept as the worst.
                if narrowest
                    .as_ref()
                    .is_none_or(|(least, _)| gap.is_nan() || gap < *least)
                {
                    let x = self.plan.x().values.get(j).map_or("", |v| v.label.as_str());
                    let text = format!(
                        "nearest at {x}: {} {}, {} {}",
                        names[0],
                        short(a.mean),
                        names[1],
                        short(b.mean)
                    );
                    narrowest = Some((gap, text));
                }
            }
        }
        let (gap, text) = narrowest.ok_or("no arms to compare")?;
        Ok((text, Some(gap), gap > 0.0))
    }

    fn slope(
        &self,
        of: &SweepValue,
        arm: &str,
        (from, to): (Option<f64>, Option<f64>),
        bounds: (Option<f64>, Option<f64>),
    ) -> Result<Measured, String> {
        let curve = self.curve(of, arm)?;
        let is_taken = |x: f64| from.is_none_or(|from| x >= from) && to.is_none_or(|to| x <= to);
        let numbers = self.plan.x().values.iter().map(|value| value.number);
        let points = numbers.zip(&curve).filter_map(|(x, point)| {
            let x = x.filter(|x| is_taken(*x))?;
            Some((x.ln(), point.mean.ln()))
        });
        let points: Vec<_> = points.collect();
        let line = fit_line(&points);
        let line = line.ok_or_else(|| format!("no line through {} points", points.len()))?;
        let half = student_95(line.points as f64 - 2.0) * line.standard_error;
        let text = format!(
            "{} ± {} (95 %) over {} values",
            short(line.slope),
            short(half),
            line.points
        );
        Ok(number(line.slope, text, bounds))
    }

    fn monotone(
        &self,
        of: &SweepValue,
        arm: &str,
        direction: Direction,
    ) -> Result<Measured, String> {
        let curve = self.curve(of, arm)?;
        let mut worst = (f64::NEG_INFINITY, 0);
        for (j, pair) in curve.windows(2).enumerate() {
            let back = match direction {
                Direction::Rising => pair[0].mean - pair[1].mean,
                Direction::Falling => pair[1].mean - pair[0].mean,
            };
            let error = (pair[0].squared_error + pair[1].squared_error).sqrt();
            // Without a spread there is no noise to forgive.
            let errors = if error > 0.0 {
                back / error
            } else if back > 0.0 {
                f64::INFINITY
            } else {
                0.0
            };
            if errors.is_nan() || errors > worst.0 {
                worst = (errors, j + 1);
            }
        }
        let (errors, j) = worst;
        let x = self.plan.x().values.get(j).map_or("", |v| v.label.as_str());
        let text = if errors > 0.0 {
            format!("{} standard errors the other way at {x}", short(errors))
        } else {
            format!("so at all {} values", curve.len())
        };
        Ok((text, Some(errors), errors <= NOISE))
    }

    fn cell(
        &self,
        of: &SweepValue,
        (cell, over): (&CellRef, Option<&CellRef>),
        bounds: (Option<f64>, Option<f64>),
    ) -> Result<Measured, String> {
        let (top, top_text) = self.centre(of, cell)?;
        let Some(over) = over else {
            return Ok(number(top, top_text, bounds));
        };
        let (bottom, bottom_text) = self.centre(of, over)?;
        let ratio = top / bottom;
        let text = format!("{} ({top_text} over {bottom_text})", short(ratio));
        Ok(number(ratio, text, bounds))
    }

    fn centre(&self, of: &SweepValue, cell: &CellRef) -> Result<(f64, String), String> {
        let place = Cell {
            arm: self.arm(&cell.arm)?,
            x: cell.x,
            y: cell.y,
        };
        let cell = self.plan.index(place);
        let statistic = self.plan.spec().statistic;
        let summary = CellSummary::of(self.plan, self.table, cell, of, statistic);
        let label = self.plan.label(cell);
        let interval = summary.interval;
        let interval = interval.ok_or_else(|| format!("{label} has no {}", of.name()))?;
        let text = format!("{} at {label}", short(interval.centre));
        Ok((interval.centre, text))
    }

    /// Means along the horizontal axis.
    fn curve(&self, of: &SweepValue, arm: &str) -> Result<Vec<Point>, String> {
        let arm = self.arm(arm)?;
        let [_, width, _] = self.plan.sizes();
        (0..width)
            .map(|x| {
                let cell = self.plan.index(Cell { arm, x, y: 0 });
                let values = self.table.of_cell(cell);
                let values: Vec<f64> = values
                    .filter_map(|result| value_of(self.plan, result, of))
                    .collect();
                let missing = || format!("{} has no {}", self.plan.label(cell), of.name());
                Point::of(&values).ok_or_else(missing)
            })
            .collect()
    }

    fn line(&self, name: &str) -> Result<&LineSpec, String> {
        let lines = &self.plan.spec().lines;
        let found = lines.iter().find(|line| line.name == name);
        found.ok_or_else(|| format!("no line {name}"))
    }

    fn arm(&self, label: &str) -> Result<usize, String> {
        let arms = &self.plan.experiment().arms;
        if label.is_empty() && arms.len() == 1 {
            return Ok(0);
        }
        let found = arms.iter().position(|arm| arm.label == label);
        found.ok_or_else(|| format!("no arm {label}"))
    }
}

/// Mean of a cell and the square of its standard error (0 for a single trial).
struct Point {
    mean: f64,
    squared_error: f64,
}

impl Point {
    fn of(values: &[f64]) -> Option<Self> {
        if values.is_empty() {
            return None;
        }
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
        Some(Self {
            mean,
            squared_error: squares / (count - 1.0).max(1.0) / count,
        })
    }
}

fn number(value: f64, text: String, (low, high): (Option<f64>, Option<f64>)) -> Measured {
    let holds = value.is_finite()
        && low.is_none_or(|low| value >= low)
        && high.is_none_or(|high| value <= high);
    (text, Some(value), holds)
}
