//! One preset run under its wrong settings.

use std::time::{Duration, Instant};

use crate::claim::{ClaimResult, Verdict};
use crate::preset::{Experiment, WrongSetting};
use crate::spec::{WrongKind, WrongSpec};
use crate::task::{Cancel, Cancelled};

use super::verified::Verified;

/// What came out of one preset under its wrong settings.
#[derive(Debug)]
pub struct Tried {
    /// Name of the preset.
    pub preset: String,
    /// The settings, in the order of the preset.
    pub settings: Vec<TriedSetting>,
    /// Kinds of mistakes that would not show, with the reason.
    pub excused: Vec<(WrongKind, String)>,
    /// Claims that fail under the right setting too, and so notice nothing.
    pub unmet: Vec<ClaimResult>,
    /// Time of all runs.
    pub took: Duration,
}

/// What came out under one wrong setting.
#[derive(Debug)]
pub struct TriedSetting {
    /// Kind of the mistake.
    pub kind: WrongKind,
    /// Its paths and values.
    pub changes: String,
    /// What became of it.
    pub notice: Notice,
}

/// Whether the claims notice a wrong setting.
#[derive(Debug)]
pub enum Notice {
    /// These claims, which hold under the right setting, were measured and fail.
    Failed(Vec<ClaimResult>),
    /// Every claim holds, or its moment never came.
    Passed,
    /// The run was refused, or an arm did not end by a stop rule: nothing is shown.
    NotRun(String),
}

impl Tried {
    /// Runs a preset as it is, then under each of its wrong settings.
    ///
    /// # Errors
    /// Those of the right run, and an interruption.
    pub fn run(
        experiment: &Experiment,
        settings: Vec<WrongSetting>,
        cancel: &Cancel,
        quiet: bool,
    ) -> anyhow::Result<Self> {
        let began = Instant::now();
        let right = Verified::run(experiment, cancel, quiet)?;
        let mut tried = Vec::with_capacity(settings.len());
        for setting in settings {
            let notice = match Verified::run(&setting.experiment, cancel, quiet) {
                Ok(wrong) => Notice::of(&right.claims, wrong),
                Err(error) if error.downcast_ref::<Cancelled>().is_some() => return Err(error),
                Err(error) => Notice::NotRun(error.to_string()),
            };
            tried.push(TriedSetting {
                kind: setting.kind,
                changes: setting.changes,
                notice,
            });
        }
        let excused = experiment.preset.wrong.iter().filter_map(|w| match w {
            WrongSpec::Excused { kind, because } => Some((*kind, because.clone())),
            WrongSpec::Set { .. } => None,
        });
        let unmet = right.claims.into_iter().filter(|claim| !claim.holds());
        Ok(Self {
            preset: experiment.name.clone(),
            settings: tried,
            excused: excused.collect(),
            unmet: unmet.collect(),
            took: began.elapsed(),
        })
    }

    /// Whether every setting was noticed, and every claim holds under the right one.
    pub fn is_noticed(&self) -> bool {
        self.unmet.is_empty() && self.settings.iter().all(TriedSetting::is_noticed)
    }
}

impl TriedSetting {
    /// Whether a claim was measured and fails.
    pub fn is_noticed(&self) -> bool {
        matches!(self.notice, Notice::Failed(_))
    }
}

impl Notice {
    fn of(right: &[ClaimResult], wrong: Verified) -> Self {
        if !wrong.failed_arms.is_empty() {
            return Self::NotRun(wrong.failed_arms.join("; "));
        }
        let claims = right.iter().zip(wrong.claims);
        let failed = claims.filter(|(right, wrong)| {
            // A moment that never came is no measurement.
            right.holds() && wrong.verdict == Verdict::Fail
        });
        let failed: Vec<_> = failed.map(|(_, wrong)| wrong).collect();
        if failed.is_empty() {
            Self::Passed
        } else {
            Self::Failed(failed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(verdict: Verdict) -> ClaimResult {
        ClaimResult {
            name: "c".to_owned(),
            expected: "x ≥ 1".to_owned(),
            measured: "0".to_owned(),
            value: None,
            verdict,
        }
    }

    fn notice(right: Verdict, wrong: Verdict, failed_arms: &[&str]) -> Notice {
        let verified = Verified {
            preset: "p".to_owned(),
            source: "s".to_owned(),
            seeds: vec![1],
            claims: vec![claim(wrong)],
            failed_arms: failed_arms.iter().map(|arm| (*arm).to_owned()).collect(),
            took: Some(Duration::ZERO),
        };
        Notice::of(&[claim(right)], verified)
    }

    #[test]
    fn only_a_measured_claim_that_holds_under_the_right_setting_notices_a_wrong_one() {
        use Verdict::{Fail, NotReached, Pass};
        assert!(matches!(notice(Pass, Fail, &[]), Notice::Failed(claims) if claims.len() == 1));
        assert!(matches!(notice(Pass, Pass, &[]), Notice::Passed));
        assert!(matches!(notice(Fail, Fail, &[]), Notice::Passed));
        assert!(matches!(notice(Pass, NotReached, &[]), Notice::Passed));
    }

    #[test]
    fn a_run_that_did_not_end_by_a_stop_rule_shows_nothing() {
        let diverged = notice(Verdict::Pass, Verdict::Fail, &["a: diverged at step 3"]);
        assert!(matches!(diverged, Notice::NotRun(why) if why.contains("step 3")));
    }
}
