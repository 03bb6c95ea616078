//! What a run says of the regime of its arms, in one sentence made of its own numbers.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::figure::{ArmStatus, at_or_before, visible_arms};
use crate::history::{ArmHistory, RunHistory};
use crate::number;
use crate::preset::Experiment;
use crate::spec::{LossKind, Quantity};

/// Movements whose largest is below this many times the smallest are called alike.
const ALIKE: f64 = 1.25;

/// Up to this gap relative to the targets an arm is said to stay within it.
const NEAR: f64 = 0.5;

/// A sentence on a run, with what its numbers are.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// The sentence.
    pub text: String,
    /// How its numbers were read.
    pub definition: String,
}

/// An arm that is compared with others.
struct Mover {
    name: String,
    /// Mean |Δh|.
    movement: f64,
    /// Largest ‖f − f̄‖ on the training points so far, relative to ‖y‖.
    gap: Option<f64>,
}

/// What two arms or more that moved say.
struct Compared {
    /// By falling movement.
    movers: Vec<Mover>,
    /// The training loss at which they are compared.
    loss: f64,
}

impl Sentence {
    /// The sentence at a step, about the run's own arms; `None` where nothing has moved or nothing was
    /// measured.
    pub fn new(
        experiment: &Experiment,
        history: &RunHistory,
        hidden: &BTreeSet<usize>,
        cursor: u64,
    ) -> Option<Self> {
        let own = history.own_arms().len();
        let arms = visible_arms(history, hidden).filter(|(index, _)| *index < own);
        let (broken, sound): (Vec<_>, Vec<_>) = arms.partition(|(_, arm)| broke_off(arm, cursor));
        let measured = |(_, arm): &&(usize, &ArmHistory)| points(arm, cursor).next().is_some();
        let sound: Vec<&(usize, &ArmHistory)> = sound.iter().filter(measured).collect();
        let said = match sound.as_slice() {
            [] => None,
            [(index, arm)] => alone(experiment, (*index, arm), own, cursor),
            several => compared(experiment, several, cursor).and_then(|compared| compared.said()),
        };
        let broken: Vec<String> = broken.iter().map(|(_, arm)| ending(arm)).collect();
        let (text, definition) = match (said, broken.is_empty()) {
            (None, true) => return None,
            (None, false) => (broken.join("; "), String::new()),
            (Some(said), _) => {
                let parts: Vec<String> = std::iter::once(said.text).chain(broken).collect();
                (parts.join("; "), said.definition)
            }
        };
        Some(Self {
            text: format!("{text}."),
            definition,
        })
    }
}

/// Whether an arm broke off at or before a step.
fn broke_off(arm: &ArmHistory, cursor: u64) -> bool {
    match ArmStatus::of(arm) {
        ArmStatus::Diverged(step) => step <= cursor,
        ArmStatus::Failed => true,
        ArmStatus::Running | ArmStatus::Finished => false,
    }
}

fn ending(arm: &ArmHistory) -> String {
    format!("{} {}", name(arm), ArmStatus::of(arm).text())
}

/// The name of an arm within a sentence, where commas part its clauses: `ours at n = 600`.
fn name(arm: &ArmHistory) -> String {
    arm.label.replacen(", ", " at ", 1).replace(", ", " and ")
}

/// Training loss and mean |Δh| of the records to a step that have both, finite.
fn points(arm: &ArmHistory, cursor: u64) -> impl Iterator<Item = (f64, f64)> + '_ {
    let records = arm.records().iter().take_while(move |r| r.step <= cursor);
    let both = records.filter_map(|record| {
        let loss = record.get(Quantity::TrainLoss)?;
        Some((loss, record.get(Quantity::FeatureMovement)?))
    });
    both.filter(|(loss, movement)| loss.is_finite() && movement.is_finite())
}

/// The largest gap to the twin on the training points so far, relative to the targets:
/// max ‖f − f̄‖_F/‖y‖_F. The targets' size is that of the residual over the relative error,
/// √(2L/s)/e.
fn relative_gap(
    experiment: &Experiment,
    (index, arm): (usize, &ArmHistory),
    cursor: u64,
) -> Option<f64> {
    let loss = experiment.arms.get(index)?.preset.loss;
    let facts = arm.facts.as_ref()?;
    let record = arm.first().filter(|_| loss.kind == LossKind::Squared)?;
    let residual =
        record.get(Quantity::TrainLoss)? * 2.0 / loss.over.factor(facts.n, facts.outputs);
    let targets = residual.sqrt() / record.get(Quantity::RelativeError)?;
    let (_, gap) = at_or_before(arm, cursor, |r| r.get(Quantity::LazyGapTrainMax))?;
    let relative = gap / targets;
    relative.is_finite().then_some(relative)
}

fn compared(
    experiment: &Experiment,
    arms: &[&(usize, &ArmHistory)],
    cursor: u64,
) -> Option<Compared> {
    let lowest = |(_, arm): &&(usize, &ArmHistory)| {
        points(arm, cursor).map(|(loss, _)| loss).reduce(f64::min)
    };
    let loss = arms.iter().filter_map(lowest).reduce(f64::max)?;
    let mover = |&&(index, arm): &&(usize, &ArmHistory)| {
        let (_, movement) = points(arm, cursor).find(|(own, _)| *own <= loss)?;
        Some(Mover {
            name: name(arm),
            movement,
            gap: relative_gap(experiment, (index, arm), cursor),
        })
    };
    let mut movers: Vec<Mover> = arms.iter().filter_map(mover).collect();
    movers.sort_by(|a, b| b.movement.total_cmp(&a.movement));
    Some(Compared { movers, loss })
}

impl Compared {
    fn said(&self) -> Option<Sentence> {
        let (most, least) = (self.movers.first()?, self.movers.last()?);
        if most.movement <= 0.0 {
            return None;
        }
        let loss = number::number(self.loss, 2);
        let moved = if least.movement <= 0.0 {
            self.one_is_frozen(most, least)
        } else if most.movement < ALIKE * least.movement {
            self.alike(most, least)
        } else {
            self.apart(most, least)
        };
        let near = least.gap.map(|gap| near(&least.name, gap));
        let near = near.map_or(String::new(), |near| format!("; {near}"));
        Some(Sentence {
            text: format!("At equal training loss {loss}, {moved}{near}"),
            definition: format!("{EQUAL_LOSS}\n{}", gap_definition(least.gap)),
        })
    }

    fn apart(&self, most: &Mover, least: &Mover) -> String {
        let times = |mover: &Mover| number::number(mover.movement / least.movement, 2);
        let (first, last) = (&most.name, &least.name);
        match self.movers.as_slice() {
            [_, middle, _] => format!(
                "{first} moved its features {} times and {} {} times as far as {last}",
                times(most),
                middle.name,
                times(middle)
            ),
            [_, _] => format!(
                "{first} moved its features {} times as far as {last}",
                times(most)
            ),
            all => format!(
                "{first} moved its features {} times as far as {last}, the most and the least of {} arms",
                times(most),
                all.len()
            ),
        }
    }

    fn alike(&self, most: &Mover, least: &Mover) -> String {
        let count = self.movers.len();
        let mean = self.movers.iter().map(|m| m.movement).sum::<f64>() / count as f64;
        let [low, high] = [least, most].map(|m| number::number(m.movement / mean, 2));
        let all = if count == 2 { "both arms" } else { "all arms" };
        if low == high {
            return format!("{all} moved their features alike");
        }
        format!("{all} moved their features about alike, {low} to {high} times their mean")
    }

    fn one_is_frozen(&self, most: &Mover, least: &Mover) -> String {
        let size = number::number(most.movement, 2);
        format!(
            "{} moved its features by {size} on average and {} not at all",
            most.name, least.name
        )
    }
}

/// How near an arm stays to its linearization.
fn near(name: &str, gap: f64) -> String {
    let percent = percent(gap);
    if gap <= NEAR {
        format!("{name} stays within {percent} of its linearization")
    } else {
        format!("{name} is up to {percent} of the targets away from its linearization")
    }
}

/// A share in percent with two digits, rounded up, so that what is within it is within what is printed;
/// 0.01 % at least.
fn percent(share: f64) -> String {
    let percent = (100.0 * share).max(0.01);
    let unit = 10f64.powf(percent.log10().floor() - 1.0);
    format!(
        "{} %",
        number::number(unit * (percent / unit - 1e-6).ceil(), 2)
    )
}

/// The sentence on the one arm that is measured, out of so many.
fn alone(
    experiment: &Experiment,
    (index, arm): (usize, &ArmHistory),
    of: usize,
    cursor: u64,
) -> Option<Sentence> {
    let reading = at_or_before(arm, cursor, |r| {
        let movement = r.get(Quantity::RelativeFeatureMovement)?;
        let loss = r.get(Quantity::TrainLoss)?;
        (movement.is_finite() && loss.is_finite()).then_some((loss, movement))
    });
    let (_, (loss, movement)) = reading.filter(|(_, (_, movement))| *movement > 0.0)?;
    // The name of a single arm is the preset's title.
    let name = if of == 1 {
        "the network".to_owned()
    } else {
        name(arm)
    };
    let gap = relative_gap(experiment, (index, arm), cursor);
    let near = gap.map_or(String::new(), |gap| format!("; {}", near(&name, gap)));
    let (loss, moved) = (number::number(loss, 2), percent(movement));
    Some(Sentence {
        text: format!(
            "At training loss {loss}, {name} has moved its features by {moved} of their size at the start{near}"
        ),
        definition: format!(
            "Features: {}, at the step shown.\n{}",
            Quantity::RelativeFeatureMovement.definition(),
            gap_definition(gap)
        ),
    })
}

/// How movements are compared.
const EQUAL_LOSS: &str = "Features: mean |Δh| = 1/(mn) Σᵢₐ |hᵢᵗ(xₐ) − hᵢ⁰(xₐ)|, at each arm's first record with a training loss at or below the lowest that all of them have reached up to the step shown.";

fn gap_definition(gap: Option<f64>) -> &'static str {
    match gap {
        Some(_) => {
            "Linearization: the largest ‖f − f̄‖_F on the training points up to the step shown, over ‖y‖_F; f̄ is the network linearized at its start."
        }
        None => {
            "How near the network stays to its linearization was not measured: LazyGap and Loss measure it."
        }
    }
}
