//! Exponents fitted through the arms.

use crate::figure::{Dash, Ink, Layer, Line, Scale, Shaft};
use crate::fit::{Exponent, fit_exponent};
use crate::preset::Experiment;

use super::SummaryRow;
use super::along::Along;
use super::fields::VariedField;
use crate::history::RunHistory;

/// How fitted lines are drawn.
pub const SUMMARY_SHAFT: Shaft = Shaft {
    width: 1.0,
    opacity: 0.8,
    dash: Dash::SOLID,
};

/// Points of a fitted line, which is bent where an axis is linear.
const LINE_POINTS: usize = 33;

/// The exponent p of quantity ∝ fieldᵖ over arms that differ in this field only.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryFit {
    /// Colour of its line.
    pub ink: Ink,
    /// What these arms have in common, where there are others; else empty.
    pub name: String,
    /// Slope of the least-squares line through (ln field, ln quantity), with its range between
    /// neighbouring arms. An arm is one run, so there is no error to tell.
    pub line: Exponent,
}

/// A fitted line with what it is drawn from.
pub(super) struct Fitted {
    /// The fit.
    pub fit: SummaryFit,
    /// Ends along the horizontal axis.
    ends: [f64; 2],
    /// ln quantity where ln field is 0.
    intercept: f64,
}

impl Fitted {
    /// The line through (field, quantity) of some arms, where three or more are positive.
    fn through(points: &[(f64, f64)], name: String, ink: Ink) -> Option<Self> {
        let positive = points.iter().filter(|(x, y)| *x > 0.0 && *y > 0.0);
        let line = fit_exponent(positive.clone().copied())?;
        let logs: Vec<(f64, f64)> = positive.map(|(x, y)| (x.ln(), y.ln())).collect();
        let count = logs.len() as f64;
        let mean = |pick: fn(&(f64, f64)) -> f64| logs.iter().map(pick).sum::<f64>() / count;
        let low = logs.iter().map(|(x, _)| *x).fold(f64::INFINITY, f64::min);
        let high = logs
            .iter()
            .map(|(x, _)| *x)
            .fold(f64::NEG_INFINITY, f64::max);
        Some(Self {
            fit: SummaryFit { ink, name, line },
            ends: [low, high],
            intercept: mean(|p| p.1) - line.slope * mean(|p| p.0),
        })
    }

    /// The line on axes of these scales.
    pub fn layer(&self, [x, y]: [Scale; 2]) -> Layer {
        let [low, high] = self.ends;
        let point = |k: usize| {
            let at = low + (high - low) * k as f64 / (LINE_POINTS - 1) as f64;
            let value = self.intercept + self.fit.line.slope * at;
            let place = |scale: Scale, value: f64| scale.place(value).unwrap_or(f64::NAN);
            [place(x, at.exp()), place(y, value.exp())]
        };
        Layer::Line(Line {
            name: self.fit.name.clone(),
            ink: self.fit.ink,
            shaft: SUMMARY_SHAFT,
            points: (0..LINE_POINTS).map(point).collect(),
            end_label: None,
        })
    }
}

/// The lines through the run's own arms shown that differ in one field only, and in those that go with it.
pub(super) fn fits(
    (experiment, history): (&Experiment, &RunHistory),
    (field, along): (Option<VariedField<'_>>, &Along),
    rows: &[SummaryRow],
) -> Vec<Fitted> {
    let own = history.own_arms().len();
    let fields = VariedField::all(experiment).into_iter();
    let others = fields.filter(|other| field.is_some_and(|field| field.path != other.path));
    let others: Vec<Along> = others
        .map(|other| Along::of(experiment, history, Some(other)))
        .filter(|other| !other.follows(along))
        .collect();
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    for arm in 0..rows.len().min(own) {
        let names: Vec<String> = others.iter().map(|other| other.name(arm)).collect();
        let name = names.join(", ");
        match groups.iter_mut().find(|(other, _)| *other == name) {
            Some((_, arms)) => arms.push(arm),
            None => groups.push((name, vec![arm])),
        }
    }
    let alone = groups.len() == 1;
    let fitted = groups.into_iter().filter_map(|(name, arms)| {
        let ink = match arms.first() {
            Some(first) if !alone => Ink::Arm(*first),
            _ => Ink::Path,
        };
        let point = |arm: &usize| {
            let row = rows.get(*arm).filter(|row| row.at.is_some())?;
            along.value(*arm)?.number.zip(row.value)
        };
        let points: Vec<(f64, f64)> = arms.iter().filter_map(point).collect();
        Fitted::through(&points, name, ink)
    });
    fitted.collect()
}
