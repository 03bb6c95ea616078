//! A number, or its quotient with another, within bounds.

use crate::history::{NotReached, Reading, RunHistory, read};
use crate::number::four_digits as short;
use crate::preset::Within;
use crate::preset::claims::{ClaimedCell, RunValue, SweepCell};

use super::cells::Cells;
use super::measured::{Claimed, Measured};
use super::words::{moment, owned};

impl Claimed<RunHistory> for RunValue {
    fn sentence(&self) -> String {
        let (of, within) = (owned(self.of, &self.arm), self.within);
        let Some(over) = &self.over else {
            return format!("{of} {within}, {}", moment(&self.at));
        };
        let at = over.at.as_ref().map(|_| format!(", {},", moment(&self.at)));
        let bottom = match over.of {
            Some(quantity) => owned(quantity, &over.arm),
            None if over.arm.name.is_empty() => self.of.column().to_owned(),
            None => over.arm.name.clone(),
        };
        format!(
            "{of}{} over {bottom} {within}, {}",
            at.unwrap_or_default(),
            moment(over.at.as_ref().unwrap_or(&self.at))
        )
    }

    fn measure(&self, history: &RunHistory) -> Result<Measured, NotReached> {
        let top = read(history, self.of, &self.arm, &self.at)?;
        let over = self.over.as_ref().map(|over| {
            let at = over.at.as_ref().unwrap_or(&self.at);
            read(history, over.of.unwrap_or(self.of), &over.arm, at)
        });
        Ok(quotient(self.within, top, over.transpose()?, ", "))
    }
}

impl Claimed<Cells<'_>> for SweepCell {
    fn sentence(&self) -> String {
        let over = self.over.as_ref();
        let over = over.map(|over| format!(" over {}", place(over)));
        format!(
            "{} at {}{} {}",
            self.of.name(),
            place(&self.cell),
            over.unwrap_or_default(),
            self.within
        )
    }

    fn measure(&self, cells: &Cells<'_>) -> Result<Measured, NotReached> {
        let Some(over) = &self.over else {
            let top = cells.centre(&self.of, &self.cell)?;
            return Ok(Measured::within(self.within, top.value, top.text));
        };
        let top = cells.comparable(&self.of, &self.cell)?;
        let over = cells.comparable(&self.of, over)?;
        Ok(quotient(self.within, top, Some(over), " over "))
    }
}

fn place(cell: &ClaimedCell) -> String {
    let ClaimedCell { arm, x, y } = cell;
    let joint = if arm.name.is_empty() { "" } else { " " };
    format!("cell {}{joint}({x}, {y})", arm.name)
}

/// A number, divided by another where there is one; `joint` stands between the two in the text.
fn quotient(within: Within, top: Reading, over: Option<Reading>, joint: &str) -> Measured {
    let Some(bottom) = over else {
        return Measured::within(within, top.value, top.text);
    };
    let ratio = top.value / bottom.value;
    let text = format!("{} ({}{joint}{})", short(ratio), top.text, bottom.text);
    Measured::within(within, ratio, text)
}
