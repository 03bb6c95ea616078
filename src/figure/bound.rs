//! The theory's bounds over the measurements they bound.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::history::{ArmHistory, RunHistory};
use crate::spec::Quantity;
use crate::theory::{Bound, Curve};

use super::instants::{instants, value_at};
use super::layer::{BoundLine, Dash, Ink, Layer, Line, Shaft};
use super::{Clock, Range, Scale, at_or_before, decimate, visible_arms};
use crate::number;

/// Least distance of a bound's points, as a share of the width.
const APART: f64 = 0.012;

/// Width and dash of a bound.
pub const BOUND_SHAFT: Shaft = Shaft {
    width: 1.4,
    opacity: 0.9,
    dash: Dash::DOTTED,
};

/// A bound of one name, with what it says of each arm.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundKey {
    /// Paper with theorem or equation, `Chen (50)`.
    pub name: String,
    /// The bound as a formula, with what it needs.
    pub definition: String,
    /// What it bounds.
    pub quantity: Quantity,
    /// Whether the quantity has to stay below it.
    pub upper: bool,
    /// Its arms.
    pub readings: Vec<BoundReading>,
}

/// What a bound says of an arm at the step shown.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundReading {
    /// Index of the arm.
    pub arm: usize,
    /// Name of the arm.
    pub label: String,
    /// The bound's own value.
    pub bound: f64,
    /// The measured value.
    pub measured: Option<f64>,
    /// By how much the measured value may lie beyond the bound by the errors of the computation.
    pub room: f64,
    /// What fails of its assumptions.
    pub failing: Vec<String>,
    /// Where it ended and why, if that is before the step shown; then there is no value to hold the
    /// measurement against.
    pub ended: Option<String>,
}

impl BoundReading {
    /// Whether the measurement is on the bound's side, up to the errors of the computation; `None`
    /// where one is not known.
    pub fn respected(&self, upper: bool) -> Option<bool> {
        let measured = self.measured.filter(|m| m.is_finite())?;
        if self.ended.is_some() {
            return None;
        }
        let inside = if upper {
            measured <= self.bound + self.room
        } else {
            measured >= self.bound - self.room
        };
        self.bound.is_finite().then_some(inside)
    }
}

impl BoundKey {
    /// Whether its assumptions hold in some arm.
    pub fn applies(&self) -> bool {
        self.readings.iter().any(|r| r.failing.is_empty())
    }

    /// What it needs and does not have in any arm, in few words, `needs ĉ ≥ 4.1`: the first assumption
    /// on a number that fails.
    pub fn needs(&self) -> Option<String> {
        if self.applies() {
            return None;
        }
        let failing = self.readings.iter().flat_map(|r| &r.failing);
        failing.filter_map(|text| need(text)).next()
    }

    /// Definition, and the numbers of each arm.
    pub fn text(&self) -> String {
        let sign = if self.upper { "≤" } else { "≥" };
        let mut text = format!("{}: {}", self.name, self.definition);
        for reading in &self.readings {
            let value = |v: f64| number::number(v, 3);
            let measured = reading
                .measured
                .map_or(String::new(), |m| format!(", measured {}", value(m)));
            let title = self.quantity.title();
            text.push_str(&match &reading.ended {
                Some(ended) => format!("\n{}: {ended}", reading.label),
                None => {
                    let bound = value(reading.bound);
                    format!("\n{}: {title} {sign} {bound}{measured}", reading.label)
                }
            });
            for failing in &reading.failing {
                text.push_str(&format!("\n    does not apply: {failing}"));
            }
        }
        text
    }
}

/// `ĉ = 0.31, has to be at least 4.1` in few words.
fn need(failing: &str) -> Option<String> {
    let (is, need) = failing.rsplit_once(", has to be ")?;
    let (symbol, _) = is.rsplit_once(" = ")?;
    let signs = [("above ", ">"), ("at least ", "≥"), ("at most ", "≤")];
    let signed = signs.into_iter().find_map(|(words, sign)| {
        let number = need.strip_prefix(words)?;
        Some(format!("{sign} {number}"))
    });
    let signed = signed.unwrap_or_else(|| format!("= {need}"));
    Some(format!("needs {symbol} {signed}"))
}

/// A bound with the paper that states it.
#[derive(Clone, Copy, PartialEq)]
struct Stated<'a> {
    paper: &'a str,
    bound: &'a Bound,
}

impl Stated<'_> {
    /// First author with theorem or equation: numbers alone are those of several papers.
    fn name(&self) -> String {
        let author = self.paper.split([',', ' ']).next().unwrap_or_default();
        format!("{author} {}", self.bound.name)
    }
}

/// Bounds of an arm on a quantity.
fn bounds_of(arm: &ArmHistory, quantity: Quantity) -> impl Iterator<Item = Stated<'_>> {
    let reports = arm.facts.iter().flat_map(|facts| facts.theory.iter());
    let bounds = reports.flat_map(|report| {
        let paper = report.paper.as_str();
        let stated = move |bound| Stated { paper, bound };
        report.bounds.iter().map(stated)
    });
    bounds.filter(move |stated| stated.bound.quantity == quantity)
}

/// The bounds on a quantity by name, in the order of their first arm.
pub fn bound_keys(
    history: &RunHistory,
    quantity: Quantity,
    hidden: &BTreeSet<usize>,
    cursor: u64,
) -> Vec<BoundKey> {
    let mut keys: Vec<BoundKey> = Vec::new();
    for (index, arm) in visible_arms(history, hidden) {
        let Some(record) = arm.at(cursor) else {
            continue;
        };
        for stated in bounds_of(arm, quantity) {
            let (name, bound) = (stated.name(), stated.bound);
            let value = bound.curve.at(record.step, record.time);
            let reading = BoundReading {
                arm: index,
                label: arm.label.clone(),
                bound: value,
                measured: at_or_before(arm, cursor, |r| r.get(quantity)).map(|(_, v)| v),
                room: bound.accuracy.room(value),
                failing: bound.failing.clone(),
                ended: bound.ended_before(record.step).map(ToString::to_string),
            };
            match keys.iter_mut().find(|key| key.name == name) {
                Some(key) => key.readings.push(reading),
                None => keys.push(BoundKey {
                    name,
                    definition: bound.definition.clone(),
                    quantity,
                    upper: bound.upper,
                    readings: vec![reading],
                }),
            }
        }
    }
    keys
}

/// Arms beyond which bounds that don't apply are drawn of one arm only.
const MANY_ARMS: usize = 3;

/// The one arm whose struck bounds on a quantity are drawn where many arms are visible: the one
/// pointed at, else the first that has bounds. `None` where those of all arms are drawn.
pub fn struck_arm(
    history: &RunHistory,
    quantity: Quantity,
    hidden: &BTreeSet<usize>,
    pointed: Option<usize>,
) -> Option<usize> {
    if visible_arms(history, hidden).count() <= MANY_ARMS {
        return None;
    }
    let bounded = || {
        let arms = visible_arms(history, hidden);
        arms.filter(|(_, arm)| bounds_of(arm, quantity).next().is_some())
            .map(|(index, _)| index)
    };
    bounded().find(|i| Some(*i) == pointed).or(bounded().next())
}

/// Where bounds are drawn.
pub(super) struct BoundFrame {
    pub(super) clock: Clock,
    /// Horizontal and vertical scale.
    pub(super) scales: [Scale; 2],
    /// Part of the horizontal axis looked at.
    pub(super) view: Range,
    /// Width in pixels.
    pub(super) columns: usize,
}

impl BoundFrame {
    /// The bounds on a quantity over every visible arm. What several arms share is drawn once, in
    /// the colour of no arm.
    pub(super) fn layers(
        &self,
        history: &RunHistory,
        quantity: Quantity,
        hidden: &BTreeSet<usize>,
        pointed: Option<usize>,
    ) -> Vec<Layer> {
        let one = struck_arm(history, quantity, hidden, pointed);
        let drawn = |i: usize, b: Stated<'_>| b.bound.applies() || one.is_none_or(|one| one == i);
        let arms = || visible_arms(history, hidden);
        let every =
            || arms().flat_map(|(i, arm)| bounds_of(arm, quantity).map(move |b| (i, arm, b)));
        let all = || every().filter(|(i, _, b)| drawn(*i, *b));
        let same =
            |a: Stated<'_>, b: Stated<'_>| a == b && matches!(a.bound.curve, Curve::Constant(_));
        let mut lines: Vec<BoundLine> = Vec::new();
        for (rank, (index, arm, bound)) in all().enumerate() {
            if all().take(rank).any(|(_, _, before)| same(before, bound)) {
                continue;
            }
            let shared = all().filter(|(_, _, other)| same(*other, bound)).count() > 1;
            let mut line = self.line(index, arm, bound);
            if shared && !line.struck {
                line.line.ink = Ink::Path;
                line.line.name = bound.name();
            }
            // Grey names can't be told apart: one is enough.
            let named = |l: &BoundLine| l.struck && l.line.end_label == line.line.end_label;
            if line.struck && lines.iter().any(named) {
                line.line.end_label = None;
            }
            lines.push(line);
        }
        lines.into_iter().map(Layer::Bound).collect()
    }

    fn line(&self, index: usize, arm: &ArmHistory, stated: Stated<'_>) -> BoundLine {
        let bound = stated.bound;
        let struck = !bound.applies();
        let mut detail = bound.definition.clone();
        for failing in &bound.failing {
            detail.push_str(&format!("\ndoes not apply: {failing}"));
        }
        if let Some(end) = &bound.end {
            detail.push_str(&format!("\n{end}"));
        }
        BoundLine {
            line: Line {
                name: format!("{}, {}", arm.label, stated.name()),
                ink: if struck { Ink::Ghost } else { Ink::Arm(index) },
                shaft: BOUND_SHAFT,
                points: self.points(arm, bound),
                end_label: Some(end_label(stated)),
            },
            struck,
            detail,
        }
    }

    /// Points at least [`APART`] of the width from each other, so that dots fall evenly.
    fn points(&self, arm: &ArmHistory, bound: &Bound) -> Vec<[f64; 2]> {
        let ([x, y], curve) = (self.scales, bound.curve);
        let end = bound.end.as_ref().map(|end| (end.step, end.time));
        let points = instants(arm, end).filter_map(|(step, time)| {
            let height = y.place(value_at(curve, step, time)).unwrap_or(f64::NAN);
            Some([x.place(self.clock.value(step, time))?, height])
        });
        let all = decimate(points, self.view, self.columns);
        let (least, last) = (APART * self.view.span(), all.last().copied());
        let mut kept: Vec<[f64; 2]> = Vec::new();
        for point in all {
            let near = kept.last().is_some_and(|k| point[0] - k[0] < least);
            if near && Some(point) == last {
                let _ = kept.pop_if(|k| k[0] > self.view.low);
            } else if near {
                continue;
            }
            kept.push(point);
        }
        match curve {
            Curve::Constant(_) => kept
                .first()
                .into_iter()
                .chain(kept.last())
                .copied()
                .collect(),
            _ => kept,
        }
    }
}

/// The name beside the end of a bound's line, which may be short of the arm's.
fn end_label(stated: Stated<'_>) -> String {
    match stated.bound.end {
        Some(_) => format!("{} ends", stated.name()),
        None => stated.name(),
    }
}
