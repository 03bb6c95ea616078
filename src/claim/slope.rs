//! Exponents of power laws: over the arms of a run, and along the horizontal axis of a sweep.

use crate::fit::{Rate, fit_line, student_95};
use crate::history::{NotReached, RunHistory, read};
use crate::number::four_digits as short;
use crate::preset::claims::{ArmNumber, Exponent, RunSlope, SweepSlope};

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
    /// The exponent over arms, in a number and in words.
    fn over(&self, history: &RunHistory, arms: &[ArmNumber]) -> Result<(f64, String), NotReached> {
        let point = |of: &ArmNumber| {
            let reading = read(history, self.of, &of.arm, &self.at)?;
            Ok((of.number, reading.value))
        };
        let points = arms.iter().map(point).collect::<Result<Vec<_>, _>>()?;
        let fit = power_law(&points, "arms")?;
        let text = format!(
            "{} ± {} over {} arms",
            short(fit.slope),
            short(fit.standard_error),
            fit.points
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
        let curve = cells.curve(&self.of, &self.arm)?;
        let is_taken =
            |x: &f64| self.from.is_none_or(|from| *x >= from) && self.to.is_none_or(|to| *x <= to);
        let points = cells.x_numbers().zip(&curve);
        let points = points.filter_map(|(x, point)| Some((x.filter(is_taken)?, point.mean)));
        let fit = power_law(&points.collect::<Vec<_>>(), "points")?;
        let half = student_95(fit.points as f64 - 2.0) * fit.standard_error;
        let text = format!(
            "{} ± {} (95 %) over {} values",
            short(fit.slope),
            short(half),
            fit.points
        );
        Ok(Measured::within(self.within, fit.slope, text))
    }
}

/// The line through (ln x, ln y): its slope is the exponent p of y ∝ xᵖ.
fn power_law(points: &[(f64, f64)], counted: &str) -> Result<Rate, NotReached> {
    let logs: Vec<_> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    let no_line = || NotReached(format!("no line through {} {counted}", points.len()));
    fit_line(&logs).ok_or_else(no_line)
}
