//! Where successes of a sweep begin.

use crate::history::NotReached;
use crate::number::four_digits as short;
use crate::preset::claims::{OfTransition, SweepNoneBelow, SweepTransition};
use crate::sweep::{Transition, TrialEnd};

use super::cells::Cells;
use super::measured::{Claimed, Measured};
use super::words::head;

impl Claimed<Cells<'_>> for SweepTransition {
    fn sentence(&self) -> String {
        let (head, along, within) = (head(&self.arm), &self.along.name, self.within);
        match self.of {
            OfTransition::Location => {
                format!("{head}success passes ½ along {along} at {within} of it")
            }
            OfTransition::Sharpness => {
                format!("{head}log-odds of success rise along ln({along}) with a slope {within}")
            }
        }
    }

    fn measure(&self, cells: &Cells<'_>) -> Result<Measured, NotReached> {
        let fit = cells.transition(&self.along, &self.arm)?;
        let value = match self.of {
            OfTransition::Location => fit.location,
            OfTransition::Sharpness => fit.sharpness,
        };
        let text = match (self.of, fit.interval) {
            (OfTransition::Sharpness, _) => {
                format!("{} through {} trials together", short(value), fit.trials)
            }
            (OfTransition::Location, Ok([low, high])) => {
                let ends = [value, low, high].map(short);
                let [value, low, high] = ends;
                format!("{value}, 95 % {low} to {high} ({})", Transition::METHOD)
            }
            (OfTransition::Location, Err(reason)) => {
                format!("{} (no 95 % interval: {})", short(value), reason.in_words())
            }
        };
        Ok(Measured::within(self.within, value, text))
    }
}

impl Claimed<Cells<'_>> for SweepNoneBelow {
    fn sentence(&self) -> String {
        format!("{}no success below {}", head(&self.arm), self.line.name)
    }

    fn measure(&self, cells: &Cells<'_>) -> Result<Measured, NotReached> {
        let (mut trials, mut reached) = (0, Vec::new());
        for cell in cells.below(&self.line, &self.arm) {
            for result in cells.table.of_cell(cell) {
                trials += 1;
                if result.end == TrialEnd::Reached {
                    reached.push(cell);
                }
            }
        }
        if trials == 0 {
            return Err(NotReached(format!("no cell lies below {}", self.line.name)));
        }
        let text = match reached.first() {
            None => format!("0 of {trials} trials"),
            Some(first) => {
                let (count, first) = (reached.len(), cells.plan.label(*first));
                format!("{count} of {trials} trials, at {first} first")
            }
        };
        Ok(Measured {
            text,
            value: Some(reached.len() as f64),
            holds: reached.is_empty(),
        })
    }
}
