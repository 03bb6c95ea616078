//! Arms that rise (or fall) in an order.

use crate::history::{NotReached, Reading, RunHistory, read};
use crate::number::four_digits as short;
use crate::preset::ArmRef;
use crate::preset::claims::{RunOrder, SweepOrder};
use crate::spec::Direction;

use super::cells::{Cells, Point};
use super::measured::{Claimed, Measured};
use super::words::{in_order, moment};

impl Claimed<RunHistory> for RunOrder {
    fn sentence(&self) -> String {
        let order = in_order(self.of.column(), &self.arms, self.direction);
        format!("{order}, {}", moment(&self.at))
    }

    fn measure(&self, history: &RunHistory) -> Result<Measured, NotReached> {
        let arms = self.arms.iter();
        let readings = arms.map(|arm| read(history, self.of, arm, &self.at));
        let readings = readings.collect::<Result<Vec<_>, _>>()?;
        let follows = |pair: &[Reading]| match (pair, self.direction) {
            ([a, b], Direction::Rising) => a.value < b.value,
            ([a, b], Direction::Falling) => a.value > b.value,
            _ => true,
        };
        let are_finite = readings.iter().all(|r| r.value.is_finite());
        let holds = are_finite && readings.windows(2).all(follows);
        let texts: Vec<String> = readings.into_iter().map(|r| r.text).collect();
        Ok(Measured {
            text: texts.join(", "),
            value: None,
            holds,
        })
    }
}

impl Claimed<Cells<'_>> for SweepOrder {
    fn sentence(&self) -> String {
        let order = in_order(self.of.name(), &self.arms, self.direction);
        format!("{order} at every value")
    }

    /// The least gap of neighbouring arms, in parts of the larger.
    fn measure(&self, cells: &Cells<'_>) -> Result<Measured, NotReached> {
        let curves = self.arms.iter().map(|arm| cells.curve(&self.of, arm));
        let curves = curves.collect::<Result<Vec<_>, _>>()?;
        let pairs = curves.windows(2).zip(self.arms.windows(2));
        let gaps = pairs.flat_map(|(curves, arms)| match (curves, arms) {
            ([first, second], [a, b]) => self.gaps(cells, (a, first), (b, second)),
            _ => Vec::new(),
        });
        // What is not a number is in no order, and is kept as the worst.
        let narrower = |least: (f64, String), gap: (f64, String)| {
            if gap.0.is_nan() || gap.0 < least.0 {
                gap
            } else {
                least
            }
        };
        let nothing = || NotReached("no arms to compare".to_owned());
        let (gap, text) = gaps.reduce(narrower).ok_or_else(nothing)?;
        Ok(Measured {
            text,
            value: Some(gap),
            holds: gap > 0.0,
        })
    }
}

impl SweepOrder {
    /// By how much the curve of an arm follows that of another in the claimed direction, value by
    /// value, with its words.
    fn gaps(
        &self,
        cells: &Cells<'_>,
        (a, first): (&ArmRef, &[Point]),
        (b, second): (&ArmRef, &[Point]),
    ) -> Vec<(f64, String)> {
        let points = first.iter().zip(second).enumerate();
        let gap = |(x, (one, other)): (usize, (&Point, &Point))| {
            let (one, other) = (one.mean, other.mean);
            let gap = match self.direction {
                Direction::Rising => other - one,
                Direction::Falling => one - other,
            } / one.abs().max(other.abs());
            let text = format!(
                "nearest at {}: {} {}, {} {}",
                cells.x_label(x),
                a.name,
                short(one),
                b.name,
                short(other)
            );
            (gap, text)
        };
        points.map(gap).collect()
    }
}
