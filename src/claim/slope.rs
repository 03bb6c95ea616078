//! Exponents of power laws: over the arms of a run, and along the horizontal axis of a sweep.

use crate::fit::fit_exponent;
use crate::history::{NotReached, RunHistory, read};
use crate::number::four_digits as short;
use crate::preset::ArmRef;
use crate::preset::claims::{ArmNumber, Exponent, RunSlope, SweepSlope, SweepSteeper};
use crate::spec::SweepValue;
use crate::sweep::{CurvePoint, SweepExponent};

use super::cells::Cells;
use super::measured::{Claimed, Measured};
use super::words::{head, joined, moment};

impl Claimed<RunHistory> for RunSlope {
    fn sentence(&self) -> String {
        let exponent = format!("exponent of {} in {}", self.of.column(), self.against);
        let names = |arms: &[ArmNumber]| joined(arms.iter().map(|a| &a.arm), ", ");
        let claimed = match &self.exponent {
            Exponent::Within(within) => within.to_string(),
            Exponent::Below(than) => {
                format!("over {} below that over {}", names(&self.arms), names(than))
            }
        };
        format!("{exponent} {claimed}, {}", moment(&self.at))
    }

    fn measure(&self, history: &RunHistory) -> Result<Measured, NotReached> {
        let (low, text) = self.over(history, &self.arms)?;
        match &self.exponent {
            Exponent::Within(within) => Ok(Measured::within(*within, low, text)),
            Exponent::Below(than) => {
                let (high, than_text) = self.over(history, than)?;
                Ok(Measured {
                    text: format!("{text} against {than_text}"),
                    value: None,
                    holds: low < high,
                })
            }
        }
    }
}

impl RunSlope {
    /// The exponent over arms, in a number and in words. An arm is one run, so the arms tell how the
    /// exponent varies along them, and no error of it.
    fn over(&self, history: &RunHistory, arms: &[ArmNumber]) -> Result<(f64, String), NotReached> {
        let point = |of: &ArmNumber| {
            let reading = read(history, self.of, &of.arm, &self.at)?;
            Ok((of.number, reading.value))
        };
        let points = arms.iter().map(point).collect::<Result<Vec<_>, _>>()?;
        let fit = fit_exponent(points.iter().copied());
        let fit = fit.ok_or_else(|| no_line(points.len(), "arms"))?;
        let text = format!(
            "{} over {} arms, {}",
            short(fit.slope),
            fit.points,
            between(fit.local, "arms")
        );
        Ok((fit.slope, text))
    }
}

impl Claimed<Cells<'_>> for SweepSlope {
    fn sentence(&self) -> String {
        let ends = [("from", self.from), ("to", self.to)].into_iter();
        let ends = ends.filter_map(|(word, end)| end.map(|end| format!(", {word} {end}")));
        format!(
            "{}exponent of {} {}{}",
            head(&self.arm),
            self.of.name(),
            self.within,
            ends.collect::<String>()
        )
    }

    fn measure(&self, cells: &Cells<'_>) -> Result<Measured, NotReached> {
        let is_taken =
            |x: &f64| self.from.is_none_or(|from| *x >= from) && self.to.is_none_or(|to| *x <= to);
        let exponent = exponent(cells, &self.of, &self.arm, &is_taken)?;
        let text = in_words(&exponent);
        Ok(Measured::within(self.within, exponent.fit.slope, text))
    }
}

impl Claimed<Cells<'_>> for SweepSteeper {
    fn sentence(&self) -> String {
        let (of, arm, than) = (self.of.name(), &self.arm.name, &self.than.name);
        format!("exponent of {of}: {arm} below {than} by more than the 95 % intervals of both")
    }

    /// How far the one exponent is below the other, over the root of the summed squares of both half-widths.
    fn measure(&self, cells: &Cells<'_>) -> Result<Measured, NotReached> {
        let exponent = |arm: &ArmRef| {
            let exponent = exponent(cells, &self.of, arm, &|_| true)?;
            let half = exponent
                .half_width
                .map_err(|reason| NotReached(format!("no 95 % interval: {}", reason.in_words())))?;
            Ok((exponent.fit.slope, half, in_words(&exponent)))
        };
        let (low, low_half, low_text) = exponent(&self.arm)?;
        let (high, high_half, high_text) = exponent(&self.than)?;
        let apart = (high - low) / low_half.hypot(high_half);
        let (arm, than) = (&self.arm.name, &self.than.name);
        Ok(Measured {
            text: format!("{arm} {low_text}, {than} {high_text}"),
            value: Some(apart),
            holds: apart > 1.0,
        })
    }
}

/// The exponent of an arm's curve over the numbers of the axis that are taken.
fn exponent(
    cells: &Cells<'_>,
    of: &SweepValue,
    arm: &ArmRef,
    is_taken: &dyn Fn(&f64) -> bool,
) -> Result<SweepExponent, NotReached> {
    let curve = cells.curve(of, arm)?;
    let points = cells.x_numbers().zip(&curve);
    let points: Vec<CurvePoint> = points
        .filter_map(|(x, point)| {
            Some(CurvePoint {
                x: x.filter(is_taken)?,
                centre: point.mean,
                trials: point.trials(),
            })
        })
        .collect();
    let exponent = SweepExponent::through(cells.plan, &points);
    exponent.ok_or_else(|| no_line(points.len(), "points"))
}

/// An exponent with its 95 % interval, or with why it has none.
fn in_words(exponent: &SweepExponent) -> String {
    let SweepExponent { fit, half_width } = exponent;
    let (slope, values) = (short(fit.slope), fit.points);
    match half_width {
        Ok(half) => {
            let (half, method) = (short(*half), SweepExponent::METHOD);
            format!("{slope} ± {half} over {values} values (95 %: {method})")
        }
        Err(reason) => {
            let (range, reason) = (between(fit.local, "values"), reason.in_words());
            format!("{slope} over {values} values, {range} (no 95 % interval: {reason})")
        }
    }
}

fn no_line(points: usize, counted: &str) -> NotReached {
    NotReached(format!("no line through {points} {counted}"))
}

/// The range of the exponents between neighbours.
fn between([low, high]: [f64; 2], counted: &str) -> String {
    let (low, high) = (short(low), short(high));
    format!("{low} to {high} between neighbouring {counted}")
}
