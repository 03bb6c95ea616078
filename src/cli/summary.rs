//! What `run` says at its end: a line an arm, then a line a claim.

use serde_json::{Value, json};

use super::table::aligned;
use crate::claim::ClaimResult;
use crate::experiment::ArmTiming;
use crate::export::{COMMIT, VERSION};
use crate::history::{Outcome, StopReason};
use crate::number::{four_digits, percent};
use crate::observe::Record;
use crate::spec::Quantity;

/// How one arm ended.
#[derive(Debug)]
pub struct ArmSummary<'a> {
    /// Name of the arm.
    pub label: &'a str,
    /// Seed of the arm.
    pub seed: u64,
    /// Steps done.
    pub steps: u64,
    /// How it ended.
    pub outcome: &'a Outcome,
    /// How long it trained, and measured.
    pub timing: ArmTiming,
    /// Its last record.
    pub last: Option<&'a Record>,
}

impl ArmSummary<'_> {
    /// Whether the arm ended by a stop rule.
    pub fn finished(&self) -> bool {
        matches!(self.outcome, Outcome::Finished(_))
    }

    fn value(&self, quantity: Quantity) -> Option<f64> {
        self.last.and_then(|record| record.get(quantity))
    }

    fn json(&self) -> Value {
        let last = self.last.map(|r| {
            r.scalars
                .iter()
                .map(|(q, x)| (q.column().to_owned(), json!(x)))
        });
        let last: serde_json::Map<_, _> = last.into_iter().flatten().collect();
        json!({
            "arm": self.label,
            "seed": self.seed,
            "steps": self.steps,
            "outcome": outcome_json(self.outcome),
            "training_seconds": self.timing.training.as_secs_f64(),
            "measuring_seconds": self.timing.measuring.as_secs_f64(),
            "last": last,
        })
    }
}

/// The table for people: quantities as of the last record of each arm.
pub fn text(arms: &[ArmSummary<'_>], claims: &[ClaimResult]) -> String {
    let columns: Vec<_> = Quantity::ALL
        .into_iter()
        .filter(|q| q.facts().summed_up)
        .filter(|q| arms.iter().any(|arm| arm.value(*q).is_some()))
        .collect();
    let head = ["arm", "steps"]
        .into_iter()
        .chain(columns.iter().map(|q| q.title()))
        .chain(["measuring", "outcome"]);
    let mut rows = vec![head.map(str::to_owned).collect::<Vec<_>>()];
    for arm in arms {
        let values = columns
            .iter()
            .map(|q| arm.value(*q).map_or_else(|| "–".to_owned(), four_digits));
        let fixed = [arm.label.to_owned(), arm.steps.to_string()];
        rows.push(
            fixed
                .into_iter()
                .chain(values)
                .chain([measuring(arm.timing), arm.outcome.to_string()])
                .collect(),
        );
    }
    aligned(&rows) + &claim_lines(claims)
}

/// Share of an arm's time of training that went into its records and its linearized twin.
fn measuring(timing: ArmTiming) -> String {
    let share = ArmTiming::measuring_share(&[timing]);
    share.map_or_else(|| "–".to_owned(), percent)
}

/// The claims for people, after an empty line; nothing without claims.
pub fn claim_lines(claims: &[ClaimResult]) -> String {
    let gap = if claims.is_empty() { "" } else { "\n" };
    std::iter::once(gap.to_owned())
        .chain(claims.iter().map(|claim| claim_text(claim, "")))
        .collect()
}

/// The same for programs. Numbers that are not finite are `null`.
pub fn json(
    preset: &str,
    arms: &[ArmSummary<'_>],
    claims: &[ClaimResult],
    files: &[std::path::PathBuf],
) -> String {
    let document = json!({
        "version": VERSION,
        "commit": COMMIT,
        "preset": preset,
        "arms": arms.iter().map(ArmSummary::json).collect::<Vec<_>>(),
        "claims": claims,
        "files": files,
    });
    format!("{document:#}\n")
}

fn outcome_json(outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Finished(reason) => {
            let reason = match reason {
                StopReason::Steps => "steps",
                StopReason::RelativeError => "relative_error",
                StopReason::Loss => "loss",
                StopReason::Accuracy => "accuracy",
            };
            json!({ "kind": "finished", "reason": reason })
        }
        Outcome::Diverged {
            step,
            last_finite_loss,
            stable_step,
        } => json!({
            "kind": "diverged",
            "step": step,
            "last_finite_loss": last_finite_loss,
            "stable_step": stable_step,
        }),
        Outcome::Failed { message } => json!({ "kind": "failed", "message": message }),
    }
}

/// A claim for people, each line after an indent: its verdict, what it expected and what came out.
pub fn claim_text(claim: &ClaimResult, indent: &str) -> String {
    format!(
        "{indent}{}  {}\n{indent}      expected {}\n{indent}      got {}\n",
        verdict(claim),
        claim.name,
        claim.expected,
        claim.measured
    )
}

/// At the end of a run a claim whose moment never came has failed too.
pub fn verdict(claim: &ClaimResult) -> &'static str {
    if claim.holds() { "PASS" } else { "FAIL" }
}

/// What failed, one message each: arms that did not end by a stop rule, and claims that do not hold.
pub fn failures(arms: &[ArmSummary<'_>], claims: &[ClaimResult]) -> Vec<String> {
    let arms = arms.iter().filter(|arm| !arm.finished());
    let arms = arms.map(|arm| format!("{}: {}", arm.label, arm.outcome));
    arms.chain(unmet(claims)).collect()
}

/// Claims that do not hold, one message each.
pub fn unmet(claims: &[ClaimResult]) -> impl Iterator<Item = String> {
    let claims = claims.iter().filter(|claim| !claim.holds());
    claims.map(|c| {
        format!(
            "claim not met: {}: expected {}, got {}",
            c.name, c.expected, c.measured
        )
    })
}
