//! What `verify` says: for people, for programs, and as a page to keep.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::cli::machine::Machine;
use crate::cli::summary::{claim_text, verdict};
use crate::export::{COMMIT, VERSION};

use super::precision::NotRun;
use super::verified::Verified;

/// All presets with where and when they were run.
#[derive(Debug)]
pub struct Report {
    presets: Vec<Verified>,
    /// Presets that the precision asked for leaves out.
    left_out: Vec<NotRun>,
    machine: Machine,
    /// Day of the report, UTC, as `2026-11-22`.
    date: String,
}

impl Report {
    /// A report of today.
    pub fn new(presets: Vec<Verified>, left_out: Vec<NotRun>, machine: Machine) -> Self {
        let now = jiff::Timestamp::now().to_string();
        let date = now.split('T').next().unwrap_or_default().to_owned();
        Self {
            presets,
            left_out,
            machine,
            date,
        }
    }

    /// Whether every claim of every preset holds and every arm ended by a stop rule.
    pub fn all_hold(&self) -> bool {
        self.presets.iter().all(Verified::holds)
    }

    /// (claims that hold, claims).
    fn count(&self) -> (usize, usize) {
        let claims = || self.presets.iter().flat_map(|verified| &verified.claims);
        (
            claims().filter(|claim| claim.holds()).count(),
            claims().count(),
        )
    }

    fn seconds(&self) -> f64 {
        self.presets
            .iter()
            .filter_map(|t| t.took)
            .map(|took| took.as_secs_f64())
            .sum()
    }

    /// `, 37 s`; nothing where all results were there.
    fn took(&self) -> String {
        if self.presets.iter().any(|verified| verified.took.is_some()) {
            format!(", {:.0} s", self.seconds())
        } else {
            String::new()
        }
    }

    /// One line for people.
    pub fn summary(&self) -> String {
        let (passed, claims) = self.count();
        let (presets, took) = (self.presets.len(), self.took());
        format!("{passed} of {claims} claims hold, {presets} presets{took}\n")
    }

    /// One document for programs.
    pub fn json(&self) -> String {
        let mut document = json!({
            "version": VERSION,
            "commit": COMMIT,
            "date": self.date,
            "processor": self.machine.processor,
            "system": self.machine.system,
            "seconds": self.seconds(),
            "all_hold": self.all_hold(),
            "presets": self.presets.iter().map(preset_json).collect::<Vec<_>>(),
        });
        if !self.left_out.is_empty() {
            document["not_run"] = json!(self.left_out);
        }
        format!("{document:#}\n")
    }

    /// A page in Markdown: a table a preset.
    pub fn markdown(&self) -> String {
        let (passed, claims) = self.count();
        let (machine, took) = (&self.machine, self.took());
        let mut page = format!(
            "# Claims, expected and got\n\nWritten by `widescope verify` {VERSION}, commit {COMMIT}, on {} \
             ({}, {}{took}): **{passed} of {claims} claims hold.** A rate is followed \
             by the least and the greatest rate of the quarters of its window, an exponent over arms by those \
             between neighbours; ± and 95 % are intervals over seeds, by the method named. Bounds are the \
             claims' own tolerance.\n",
            self.date, machine.processor, machine.system
        );
        for verified in &self.presets {
            page += &preset_markdown(verified);
        }
        for NotRun { preset, because } in &self.left_out {
            page += &format!("\n## {preset}\n\nNot run: {because}\n");
        }
        page
    }
}

fn seeds(verified: &Verified) -> String {
    let seeds: Vec<String> = verified.seeds.iter().map(u64::to_string).collect();
    let word = if seeds.len() == 1 { "seed" } else { "seeds" };
    format!("{word} {}", seeds.join(", "))
}

/// How long a run took.
fn took(verified: &Verified) -> String {
    let took = verified.took;
    took.map_or_else(
        || "from its results".to_owned(),
        |took| format!("{:.1} s", took.as_secs_f64()),
    )
}

/// What came out of one preset, for people.
pub fn preset_text(verified: &Verified) -> String {
    let mut text = format!(
        "{}  [{}]  {}, {}\n",
        verified.preset,
        verified.source,
        seeds(verified),
        took(verified)
    );
    for arm in &verified.failed_arms {
        text += &format!("  FAIL  {arm}\n");
    }
    for claim in &verified.claims {
        text += &claim_text(claim, "  ");
    }
    if verified.claims.is_empty() {
        text += "  claims nothing\n";
    }
    text
}

fn preset_json(verified: &Verified) -> Value {
    json!({
        "preset": verified.preset,
        "source": verified.source,
        "seeds": verified.seeds,
        "seconds": verified.took.map(|took| took.as_secs_f64()),
        "failed_arms": verified.failed_arms,
        "claims": verified.claims,
    })
}

fn preset_markdown(verified: &Verified) -> String {
    let mut page = format!(
        "\n## {}\n\n{}; {}; {}\n\n",
        verified.preset,
        verified.source,
        seeds(verified),
        took(verified)
    );
    for arm in &verified.failed_arms {
        // Writing into a string cannot fail.
        let _ = writeln!(page, "**{}**\n", cell(arm));
    }
    page += "| | claim | expected | got |\n|---|---|---|---|\n";
    for claim in &verified.claims {
        let row = [&claim.name, &claim.expected, &claim.measured].map(|text| cell(text));
        page += &format!("| {} | {} |\n", verdict(claim), row.join(" | "));
    }
    page
}

/// Text that does not end a table's cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::claim::{ClaimResult, Verdict};

    fn report(verdict: Verdict) -> Report {
        let claim = ClaimResult {
            name: "a | b".to_owned(),
            expected: "x ≥ 1".to_owned(),
            measured: "2".to_owned(),
            value: Some(2.0),
            verdict,
        };
        let verified = Verified {
            preset: "p".to_owned(),
            source: "s".to_owned(),
            seeds: vec![1, 2],
            claims: vec![claim],
            failed_arms: Vec::new(),
            took: Some(Duration::from_secs(3)),
        };
        let machine = Machine {
            processor: "cpu".to_owned(),
            system: "os".to_owned(),
        };
        Report::new(vec![verified], Vec::new(), machine)
    }

    #[test]
    fn a_claim_that_was_not_reached_does_not_hold() {
        assert!(report(Verdict::Pass).all_hold());
        assert!(!report(Verdict::Fail).all_hold());
        assert!(!report(Verdict::NotReached).all_hold());
    }

    #[test]
    fn the_page_keeps_its_columns_and_says_when_and_where() {
        let report = report(Verdict::Pass);
        let page = report.markdown();
        assert!(page.contains("| PASS | a \\| b | x ≥ 1 | 2 |"), "{page}");
        assert!(page.contains("(cpu, os, 3 s)") && page.contains("seeds 1, 2"));
        assert!(report.date.len() == 10 && page.contains(&report.date));
    }
}
