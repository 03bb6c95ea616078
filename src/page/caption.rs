//! What stands below a figure and what is read aloud instead of it.

use crate::claim::{ClaimResult, Verdict, evaluate, with_sweep};
use crate::figure::{arm_name, at_or_before};
use crate::history::{ArmHistory, RunHistory};
use crate::number;
use crate::preset::{symbol, text_at};
use crate::spec::Quantity;

use super::content::{Content, View};

/// Fields that a caption gives where all arms have the same value.
const FIELDS: [&str; 4] = ["data.n", "network.width", "scaling", "seed"];

/// Arms beyond which their numbers are not read aloud one by one.
const MANY: usize = 12;

/// The caption of a figure: the preset, its arms, what they have in common, the step shown, where it comes from.
pub fn caption(view: &View<'_>, is_of_sweep: bool) -> String {
    let preset = &view.experiment.preset;
    let mut parts = vec![format!(
        "{}: {}",
        view.experiment.name,
        sentence(&preset.title)
    )];
    let arms = labels(view);
    if arms.len() > 1 {
        parts.push(format!("Arms: {}.", arms.join(", ")));
    }
    let common = FIELDS.iter().filter_map(|field| common(view, field));
    let common: Vec<String> = common.collect();
    if !common.is_empty() {
        parts.push(format!("{}.", common.join(", ")));
    }
    if let Some((plan, _)) = view.sweep.filter(|_| is_of_sweep) {
        let trials = plan.trials();
        parts.push(match trials {
            1 => "One trial a cell.".to_owned(),
            trials => format!("{trials} trials a cell."),
        });
    } else {
        parts.push(format!("Step {}.", number::count(view.step)));
    }
    parts.join(" ")
}

fn sentence(text: &str) -> String {
    match text.ends_with(['.', '?', '!']) {
        true => text.to_owned(),
        false => format!("{text}."),
    }
}

fn labels(view: &View<'_>) -> Vec<String> {
    let hidden = &view.choice.shared.hidden_arms;
    let own = view.experiment.arms.iter().map(|arm| arm.label.as_str());
    let guests = view.history.arms().iter().skip(
        view.history
            .own_arms()
            .len()
            .max(view.experiment.arms.len()),
    );
    let all = own.chain(guests.map(|arm| arm.label.as_str())).enumerate();
    let shown = all.filter(|(arm, _)| !hidden.contains(arm));
    shown.map(|(_, label)| label.to_owned()).collect()
}

/// `n = 200`, where all arms have the same.
fn common(view: &View<'_>, field: &str) -> Option<String> {
    let mut values = view
        .experiment
        .arms
        .iter()
        .map(|arm| text_at(&arm.preset, field));
    let first = values.next()??;
    let is_short = first.chars().count() <= 24 && !first.contains(['(', '\n']);
    let same = values.all(|value| value.as_ref() == Some(&first));
    (same && is_short).then(|| format!("{} = {first}", symbol(field)))
}

/// What is seen, in words: what is plotted against what, each arm's numbers, and what was claimed with what it
/// came to.
pub fn alt(view: &View<'_>, contents: &[Content]) -> String {
    let preset = &view.experiment.preset;
    let mut lines = vec![sentence(&preset.title)];
    for content in contents {
        let axes = content.plots.first().map(|plot| {
            let [x, y] = [&plot.figure.x.label, &plot.figure.y.label];
            match y.is_empty() {
                true => format!(", along {x}"),
                false => format!(", {y} over {x}"),
            }
        });
        lines.push(format!("{}{}.", content.title, axes.unwrap_or_default()));
        lines.extend((!content.sentence.is_empty()).then(|| sentence(&content.sentence)));
    }
    lines.extend(numbers(view));
    lines.extend(claims(view).iter().map(told));
    lines.join("\n")
}

/// The losses of each arm.
fn numbers(view: &View<'_>) -> Vec<String> {
    let hidden = &view.choice.shared.hidden_arms;
    let arms: Vec<(usize, &ArmHistory)> = view
        .history
        .arms()
        .iter()
        .enumerate()
        .filter(|(k, _)| !hidden.contains(k))
        .collect();
    if arms.len() > MANY {
        return vec![format!("{} arms.", arms.len())];
    }
    let told = |(_, arm): (usize, &ArmHistory)| {
        let value = |quantity: Quantity| {
            let (_, value) = at_or_before(arm, view.step, |record| record.get(quantity))?;
            Some(format!("{} {}", quantity.title(), number::number(value, 3)))
        };
        let values = [
            Quantity::TrainLoss,
            Quantity::TestLoss,
            Quantity::RelativeFeatureMovement,
        ];
        let values: Vec<String> = values.into_iter().filter_map(value).collect();
        let name = arm_name(view.experiment, &arm.label);
        (!values.is_empty()).then(|| {
            format!(
                "{name}, step {}: {}.",
                number::count(view.step),
                values.join(", ")
            )
        })
    };
    arms.into_iter().filter_map(told).collect()
}

fn claims(view: &View<'_>) -> Vec<ClaimResult> {
    let own: &RunHistory = view.history;
    let results = evaluate(view.experiment, own);
    match view.sweep {
        Some(sweep) => with_sweep(view.experiment, results, sweep),
        None => results,
    }
}

fn told(claim: &ClaimResult) -> String {
    let outcome = match claim.verdict {
        Verdict::Pass => format!("holds, {}", claim.measured),
        Verdict::Fail => format!("does not hold, {}", claim.measured),
        Verdict::NotReached => "was not measured".to_owned(),
    };
    format!("Claim “{}”: {outcome}.", claim.name)
}
