//! What `verify --wrong` says.

use serde_json::{Value, json};

use crate::cli::summary::claim_text;
use crate::export::{COMMIT, VERSION};

use super::precision::NotRun;
use super::tried::{Notice, Tried, TriedSetting};

/// All presets under their wrong settings.
#[derive(Debug)]
pub struct WrongReport {
    /// What was run.
    pub presets: Vec<Tried>,
    /// What was left out.
    pub left_out: Vec<NotRun>,
}

impl WrongReport {
    /// Whether a claim fails under every wrong setting, and none under a right one.
    pub fn all_noticed(&self) -> bool {
        self.presets.iter().all(Tried::is_noticed)
    }

    /// (settings that a claim notices, settings, excuses).
    fn count(&self) -> (usize, usize, usize) {
        let settings = || self.presets.iter().flat_map(|tried| &tried.settings);
        (
            settings().filter(|setting| setting.is_noticed()).count(),
            settings().count(),
            self.presets.iter().map(|tried| tried.excused.len()).sum(),
        )
    }

    fn seconds(&self) -> f64 {
        self.presets.iter().map(|t| t.took.as_secs_f64()).sum()
    }

    /// One line for people.
    pub fn summary(&self) -> String {
        let (noticed, settings, excused) = self.count();
        let (presets, seconds) = (self.presets.len(), self.seconds());
        format!(
            "{noticed} of {settings} wrong settings fail a claim, {excused} excused, {presets} presets, \
             {seconds:.0} s\n"
        )
    }

    /// One document for programs.
    pub fn json(&self) -> String {
        let document = json!({
            "version": VERSION,
            "commit": COMMIT,
            "seconds": self.seconds(),
            "all_noticed": self.all_noticed(),
            "presets": self.presets.iter().map(preset_json).collect::<Vec<_>>(),
            "not_run": self.left_out,
        });
        format!("{document:#}\n")
    }
}

/// What came out of one preset, for people.
pub fn preset_text(tried: &Tried) -> String {
    let seconds = tried.took.as_secs_f64();
    let mut text = format!("{}  {seconds:.1} s\n", tried.preset);
    for claim in &tried.unmet {
        text += "  UNMET    under the right setting\n";
        text += &claim_text(claim, "    ");
    }
    for setting in &tried.settings {
        text += &setting_text(setting);
    }
    for (kind, because) in &tried.excused {
        text += &format!("  excused  {kind}: {because}\n");
    }
    if tried.settings.is_empty() && tried.excused.is_empty() {
        text += "  lists no wrong settings\n";
    }
    text
}

fn setting_text(setting: &TriedSetting) -> String {
    let head = format!("{}: {}", setting.kind, setting.changes);
    match &setting.notice {
        Notice::Failed(claims) => {
            let claims = claims.iter().map(|claim| claim_text(claim, "    "));
            format!("  noticed  {head}\n{}", claims.collect::<String>())
        }
        Notice::Passed => format!("  PASSED   {head}\n    no claim fails\n"),
        Notice::NotRun(why) => format!("  NOT RUN  {head}\n    {why}\n"),
    }
}

fn preset_json(tried: &Tried) -> Value {
    let excused = tried.excused.iter();
    let excused = excused
        .map(|(kind, because)| json!({ "kind": kind.to_string(), "because": because }))
        .collect::<Vec<_>>();
    json!({
        "preset": tried.preset,
        "seconds": tried.took.as_secs_f64(),
        "unmet": tried.unmet,
        "settings": tried.settings.iter().map(setting_json).collect::<Vec<_>>(),
        "excused": excused,
    })
}

fn setting_json(setting: &TriedSetting) -> Value {
    let (failed, not_run) = match &setting.notice {
        Notice::Failed(claims) => (claims.as_slice(), None),
        Notice::Passed => (&[][..], None),
        Notice::NotRun(why) => (&[][..], Some(why)),
    };
    json!({
        "kind": setting.kind.to_string(),
        "changes": setting.changes,
        "noticed": setting.is_noticed(),
        "failed_claims": failed,
        "not_run": not_run,
    })
}
