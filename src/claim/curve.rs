//! Laws that whole curves obey: the records of an arm, and the values along an axis of a sweep.

use std::cmp::Ordering;

use crate::fit::Pairing;
use crate::history::{ArmHistory, NotReached, RunHistory, find_arm, head};
use crate::number::four_digits as short;
use crate::preset::claims::{CurveLaw, RunCurve, SweepMonotone};
use crate::spec::{CountedIn, Direction, Quantity};
use crate::theory::Bound;

use super::cells::{Cells, Point};
use super::measured::{Claimed, Measured};
use super::words::{self, never, owned};

impl Claimed<RunHistory> for RunCurve {
    fn sentence(&self) -> String {
        match &self.law {
            CurveLaw::Bounded { by, floor } => {
                let down_to = if *floor > 0.0 {
                    format!(" down to {}", short(*floor))
                } else {
                    String::new()
                };
                format!("{}within {by} at every record{down_to}", head(&self.arm))
            }
            CurveLaw::Monotone { of, direction } => {
                format!("{} {}", owned(*of, &self.arm), never(*direction))
            }
            CurveLaw::Crosses {
                of,
                level,
                direction,
                clock,
                within,
            } => {
                let (of, sign) = (owned(*of, &self.arm), sign(*direction));
                let unit = match clock {
                    CountedIn::Steps => "step",
                    CountedIn::Time => "time",
                };
                format!("{of} is first {sign} {level} at {unit} {within}")
            }
        }
    }

    fn measure(&self, history: &RunHistory) -> Result<Measured, NotReached> {
        let curve = Curve {
            arm: find_arm(history, &self.arm)?,
            head: head(&self.arm),
        };
        match &self.law {
            CurveLaw::Bounded { by, floor } => curve.bounded(by, *floor),
            CurveLaw::Monotone { of, direction } => curve.monotone(*of, *direction),
            CurveLaw::Crosses {
                of,
                level,
                direction,
                clock,
                within,
            } => {
                let (step, time, text) = curve.first(*of, (*level, *direction))?;
                let at = match clock {
                    CountedIn::Steps => step as f64,
                    CountedIn::Time => time,
                };
                Ok(Measured::within(*within, at, text))
            }
        }
    }
}

/// The records of an arm, with its name at the head of a text.
struct Curve<'a> {
    arm: &'a ArmHistory,
    head: String,
}

impl Curve<'_> {
    fn not_reached(&self, text: &str) -> NotReached {
        NotReached(format!("{}{text}", self.head))
    }

    fn ended(&self) -> Result<(), NotReached> {
        let ended = self.arm.outcome.as_ref().map(|_| ());
        ended.ok_or_else(|| self.not_reached("has not ended"))
    }

    /// Largest ratio of quantity and bound (of bound and quantity for a lower bound). What of a quantity
    /// beyond its bound is an error of the computation counts as on it. Of a bound that ended it is known only
    /// whether it was broken before: what comes later is within nothing.
    fn bounded(&self, by: &str, floor: f64) -> Result<Measured, NotReached> {
        let bound = self.bound(by)?;
        self.ended()?;
        let series = self.arm.series(bound.quantity).filter(|(step, _, value)| {
            // What is not a number is compared, and fails.
            (value.is_nan() || *value >= floor) && bound.ended_before(*step).is_none()
        });
        let ratios = series.map(|(step, time, value)| {
            let limit = bound.curve.at(step, time);
            (step, ratio(bound, limit, value))
        });
        let worse = |a: (u64, f64), b: (u64, f64)| if a.1.is_nan() || a.1 >= b.1 { a } else { b };
        let column = bound.quantity.column();
        let nothing = || self.not_reached(&format!("has no {column} above {floor}"));
        let (step, worst) = ratios.reduce(worse).ok_or_else(nothing)?;
        let side = if bound.upper { "of" } else { "below" };
        let head = &self.head;
        let (worst_text, holds) = (short(worst), worst <= 1.0 + bound.accuracy.share);
        let text =
            format!("{head}{column} is at most {worst_text} {side} the bound, at step {step}");
        let last = self.arm.last().map_or(0, |record| record.step);
        match bound.ended_before(last) {
            Some(end) if holds => Err(NotReached(format!("{text}; {by} {end}"))),
            _ => Ok(Measured {
                text,
                value: Some(worst),
                holds,
            }),
        }
    }

    /// The bound of a name, whose assumptions hold.
    fn bound(&self, by: &str) -> Result<&Bound, NotReached> {
        let facts = self.arm.facts.as_ref();
        let facts = facts.ok_or_else(|| self.not_reached("has not started"))?;
        let mut bounds = facts.theory.iter().flat_map(|report| &report.bounds);
        let bound = bounds.find(|bound| bound.name == by);
        let bound = bound.ok_or_else(|| self.not_reached(&format!("has no bound {by}")))?;
        if bound.applies() {
            return Ok(bound);
        }
        let failing = bound.failing.join("; ");
        Err(NotReached(format!("{by} does not apply: {failing}")))
    }

    /// Step and time of the first record at which the quantity fell (or rose) to a level, with its
    /// words. What is not a number is at no level.
    fn first(
        &self,
        of: Quantity,
        (level, direction): (f64, Direction),
    ) -> Result<(u64, f64, String), NotReached> {
        let is_there = |(.., value): &(u64, f64, f64)| match direction {
            Direction::Rising => *value >= level,
            Direction::Falling => *value <= level,
        };
        let last = self.arm.last();
        let last = last.ok_or_else(|| self.not_reached("has no records"))?;
        let never = || {
            let (column, sign, step) = (of.column(), sign(direction), last.step);
            self.not_reached(&format!("has no {column} {sign} {level} to step {step}"))
        };
        let found = self.arm.series(of).find(is_there);
        let (step, time, value) = found.ok_or_else(never)?;
        let text = format!(
            "{}{} at step {step}, time {}",
            self.head,
            short(value),
            short(time)
        );
        Ok((step, time, text))
    }

    /// The first step between records at which the quantity goes the wrong way.
    fn monotone(&self, of: Quantity, direction: Direction) -> Result<Measured, NotReached> {
        self.ended()?;
        let series: Vec<_> = self.arm.series(of).collect();
        let records = series.len();
        if records < 2 {
            let text = format!("has fewer than two records of {}", of.column());
            return Err(self.not_reached(&text));
        }
        let goes_on = match direction {
            Direction::Rising => Ordering::Less,
            Direction::Falling => Ordering::Greater,
        };
        // What is not a number is in no order, and so breaks every one.
        let wrong = |pair: &&[(u64, f64, f64)]| match pair {
            [a, b] => !matches!(a.2.partial_cmp(&b.2), Some(o) if o == goes_on || o.is_eq()),
            _ => false,
        };
        let first = series.windows(2).find(wrong);
        let text = match first {
            Some([a, b]) => {
                let (before, after) = (short(a.2), short(b.2));
                format!("{before} at step {}, then {after} at step {}", a.0, b.0)
            }
            _ => format!("so at all {records} records"),
        };
        Ok(Measured {
            text: format!("{}{text}", self.head),
            value: None,
            holds: first.is_none(),
        })
    }
}

/// Ratio of a value and its bound (of the bound and the value for a lower bound), 1 where what lies
/// beyond is no more than the error that no share of the bound accounts for. NaN for what is not a number.
fn ratio(bound: &Bound, limit: f64, value: f64) -> f64 {
    let error = bound.accuracy.floor(limit);
    let (plain, allowed) = if bound.upper {
        (value / limit, (value - error) / limit)
    } else {
        (limit / value, limit / (value + error))
    };
    if error > 0.0 && !value.is_nan() && !limit.is_nan() {
        plain.min(allowed.max(1.0))
    } else {
        plain
    }
}

/// How a quantity stands to a level that it fell (or rose) to.
fn sign(direction: Direction) -> &'static str {
    match direction {
        Direction::Rising => "≥",
        Direction::Falling => "≤",
    }
}

impl Claimed<Cells<'_>> for SweepMonotone {
    fn sentence(&self) -> String {
        let (of, never) = (self.of.name(), never(self.direction));
        let head = words::head(&self.arm);
        format!("{head}{of} {never} by more than the 95 % interval of the difference")
    }

    /// The most that a difference goes the wrong way by, in half-widths of its interval.
    fn measure(&self, cells: &Cells<'_>) -> Result<Measured, NotReached> {
        let curve = cells.curve(&self.of, &self.arm)?;
        let steps = curve.windows(2).enumerate().filter_map(|(x, pair)| {
            let [a, b] = pair else { return None };
            Some((
                x + 1,
                Back::between(a, b, (self.direction, cells.pairing())),
            ))
        });
        let worse = |a: (usize, Back), b: (usize, Back)| {
            if a.1.share.is_nan() || a.1.share >= b.1.share {
                a
            } else {
                b
            }
        };
        let worst = steps.reduce(worse);
        let share = worst.as_ref().map_or(0.0, |(_, back)| back.share);
        let text = match &worst {
            Some((x, back)) if share.is_nan() || share > 0.0 => {
                format!(
                    "{} the other way at {}",
                    back.in_words(cells.pairing()),
                    cells.x_label(*x)
                )
            }
            _ => format!("so at all {} values", curve.len()),
        };
        Ok(Measured {
            text,
            value: Some(share),
            holds: share <= 1.0,
        })
    }
}

/// How far a curve goes the wrong way from one value to the next.
struct Back {
    /// By how much; negative where it goes the right way.
    by: f64,
    /// Half-width of the 95 % interval of the difference; NaN where single trials show none.
    half: f64,
    /// `by` in half-widths, 0 where it goes the right way; NaN where a value is not finite, so that it never
    /// passes.
    share: f64,
}

impl Back {
    fn between(a: &Point, b: &Point, (direction, pairing): (Direction, Pairing)) -> Self {
        let found = a.below(b, pairing);
        let (rise, half) = found.map_or((f64::NAN, f64::NAN), |d| (d.centre, d.high - d.centre));
        let by = match direction {
            Direction::Rising => -rise,
            Direction::Falling => rise,
        };
        let share = if !a.mean.is_finite() || !b.mean.is_finite() || by.is_nan() {
            f64::NAN
        } else if by <= 0.0 {
            0.0
        } else if half > 0.0 {
            by / half
        } else {
            // Without a spread there is no noise to forgive.
            f64::INFINITY
        };
        Self { by, half, share }
    }

    fn in_words(&self, pairing: Pairing) -> String {
        let by = short(self.by);
        if self.half.is_nan() {
            return format!("{by} (no 95 % interval: a single trial shows no spread)");
        }
        let half = short(self.half);
        format!("{by} ± {half} (95 %: {})", pairing.method())
    }
}
