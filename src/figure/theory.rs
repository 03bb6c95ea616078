//! What the papers' theory says of an arm, as rows to read.

use crate::history::{ArmHistory, RunHistory};
use crate::preset::Experiment;
use crate::theory::{Assumption, Bound, Need, PaperReport, Requirement};

use super::at_or_before;
use super::bound::BoundReading;
use crate::number;

/// What the papers say of an arm at the step shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Theory {
    /// Names of the arms of which anything is said, with their indices.
    pub arms: Vec<(usize, String)>,
    /// The arm shown; `None` where nothing is said of any.
    pub arm: Option<usize>,
    /// Its papers.
    pub papers: Vec<Paper>,
}

/// What one paper says.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// Authors and year.
    pub name: String,
    /// Its assumptions.
    pub assumptions: Vec<AssumptionRow>,
    /// Its bounds.
    pub bounds: Vec<BoundRow>,
    /// Widths and steps it asks for.
    pub requirements: Vec<RequirementRow>,
    /// What was changed since the start that its numbers are of; `None` where nothing was.
    pub since: Option<String>,
}

/// An assumption in print.
#[derive(Clone, Debug, PartialEq)]
pub struct AssumptionRow {
    /// The quantity in the paper's symbols.
    pub symbol: String,
    /// What it is, and where the paper asks for it.
    pub definition: String,
    /// Its value.
    pub value: String,
    /// What is needed of it.
    pub needed: String,
    /// Whether it is as needed.
    pub holds: bool,
}

/// A bound in print.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundRow {
    /// Theorem or equation.
    pub name: String,
    /// Its formula.
    pub definition: String,
    /// What it says of what, with its number at the step shown.
    pub statement: String,
    /// The measured value.
    pub measured: String,
    /// What fails of its assumptions; empty where it applies.
    pub failing: Vec<String>,
    /// Where it ends and why; `None` where it is one of the whole run.
    pub end: Option<String>,
    /// Whether the measurement is on its side; `None` where that is not known.
    pub respected: Option<bool>,
}

/// A requirement in print.
#[derive(Clone, Debug, PartialEq)]
pub struct RequirementRow {
    /// What is asked for.
    pub symbol: String,
    /// Where, and which constants were set to 1.
    pub definition: String,
    /// The number asked for.
    pub required: String,
    /// The run's own.
    pub actual: String,
    /// Whether it is met.
    pub met: bool,
}

impl Theory {
    /// What is said of an arm (of the first one that has anything said of it, where `arm` has not).
    pub fn new(experiment: &Experiment, history: &RunHistory, arm: usize, cursor: u64) -> Self {
        let said = |arm: &ArmHistory| arm.facts.as_ref().is_some_and(|f| !f.theory.is_empty());
        let arms = history.arms().iter().enumerate();
        let arms: Vec<(usize, String)> = arms
            .filter(|(_, arm)| said(arm))
            .map(|(i, arm)| (i, arm.label.clone()))
            .collect();
        let wanted = arms.iter().find(|(i, _)| *i == arm).or(arms.first());
        let shown = wanted.map(|(i, _)| *i);
        let arm = shown.and_then(|i| history.arms().get(i));
        let reports = arm.and_then(|arm| Some((arm, arm.facts.as_ref()?)));
        let papers = reports.map_or(Vec::new(), |(arm, facts)| {
            let reports = facts.theory.iter();
            let paper = |report| paper(report, arm, cursor);
            let mut papers: Vec<Paper> = reports.map(paper).collect();
            papers.sort_by_key(|p| !is_source(&experiment.preset.source.paper, &p.name));
            papers
        });
        Self {
            arms,
            arm: shown,
            papers,
        }
    }
}

/// Whether a preset's source is this paper: both name the first author first and end in the year.
fn is_source(source: &str, paper: &str) -> bool {
    let author = |text: &str| text.split([',', ' ']).next().map(str::to_owned);
    let year = |text: &str| text.rsplit(' ').next().map(str::to_owned);
    author(source) == author(paper) && year(source) == year(paper)
}

fn paper(report: &PaperReport, arm: &ArmHistory, cursor: u64) -> Paper {
    Paper {
        name: report.paper.clone(),
        assumptions: report
            .assumptions
            .iter()
            .map(|one| assumption(one, report))
            .collect(),
        bounds: report
            .bounds
            .iter()
            .filter_map(|b| bound(b, arm, cursor))
            .collect(),
        requirements: report.requirements.iter().map(requirement).collect(),
        since: report.since.map(|change| {
            format!("{change}: assumptions and sizes are those of the start and its step")
        }),
    }
}

/// Where two theorems of a paper limit the same quantity, its symbol is followed by the theorem's name,
/// with which the definition begins.
fn assumption(assumption: &Assumption, report: &PaperReport) -> AssumptionRow {
    let symbol = &assumption.symbol;
    let same = report
        .assumptions
        .iter()
        .filter(|other| other.symbol == *symbol);
    let theorem = assumption.definition.split_once(": ").map(|(name, _)| name);
    let symbol = match theorem.filter(|name| name.starts_with("Thm")) {
        Some(theorem) if same.count() > 1 => format!("{symbol}, {theorem}"),
        _ => symbol.clone(),
    };
    AssumptionRow {
        symbol,
        definition: assumption.definition.clone(),
        value: value(assumption.value),
        needed: needed(assumption.need),
        holds: assumption.holds(),
    }
}

/// What is needed, as people write it. Any number at all is written `finite`.
fn needed(need: Need) -> String {
    match need {
        Need::AtMost(f64::MAX) => "finite".to_owned(),
        Need::Above(limit) => format!("> {}", self::limit(limit)),
        Need::AtLeast(limit) => format!("≥ {}", self::limit(limit)),
        Need::AtMost(limit) => format!("≤ {}", self::limit(limit)),
        Need::Equal(limit) => format!("= {}", self::limit(limit)),
        Need::Within { number, room } => format!("{} ± {}", self::limit(number), value(room)),
    }
}

/// A number that was chosen, not measured: small powers of ten and whole numbers as such.
fn limit(value: f64) -> String {
    let exponent = value.log10().round();
    let is_power = value > 0.0 && (value / 10f64.powf(exponent) - 1.0).abs() < 1e-12;
    if is_power && (-300.0..0.0).contains(&exponent) {
        number::power_of_ten(exponent as i32)
    } else {
        self::value(value)
    }
}

/// A number, whole ones as such; what could not be computed is said.
fn value(value: f64) -> String {
    if value.is_nan() {
        "not computed".to_owned()
    } else if value.fract() == 0.0 && value.abs() < 1e5 {
        number::fixed(value, 0)
    } else {
        number::number(value, 3)
    }
}

/// How a measurement is held against a bound.
const ROUNDING: &str = "Held against the measurement to a millionth of the bound; of a training loss, what is below 4096·ε² of the loss at the start is rounding and counts as 0, against a bound of 0 what is below ε of it, with ε the precision of training. Under gradient flow the share is the tolerance where that is more than a millionth, and a loss may be at most (√bound + √(s/2)·e)², e = tolerance·a·‖V‖_F·(max|σ′(H)|·‖H‖_F + ‖σ(H)‖_F) at the start, the second term where V is trained: what one inner step may err by in the outputs.";

fn bound(bound: &Bound, arm: &ArmHistory, cursor: u64) -> Option<BoundRow> {
    let record = arm.at(cursor)?;
    let at = bound.curve.at(record.step, record.time);
    let reading = BoundReading {
        arm: 0,
        label: String::new(),
        bound: at,
        measured: at_or_before(arm, cursor, |r| r.get(bound.quantity)).map(|(_, v)| v),
        room: bound.accuracy.room(at),
        failing: bound.failing.clone(),
        ended: bound.ended_before(record.step).map(ToString::to_string),
    };
    let sign = if bound.upper { "≤" } else { "≥" };
    let title = bound.quantity.title();
    let statement = match reading.ended {
        Some(_) => format!("no bound on {title} here"),
        None => format!("{title} {sign} {}", value(reading.bound)),
    };
    Some(BoundRow {
        name: bound.name.clone(),
        definition: format!("{}\n{ROUNDING}", bound.definition),
        statement,
        end: bound.end.as_ref().map(ToString::to_string),
        measured: reading.measured.map_or("—".to_owned(), value),
        respected: reading.respected(bound.upper),
        failing: reading.failing,
    })
}

fn requirement(requirement: &Requirement) -> RequirementRow {
    let (required, actual) = (requirement.required, requirement.actual);
    let sign = if requirement.at_least { "≥" } else { "≤" };
    RequirementRow {
        symbol: requirement.symbol.clone(),
        definition: requirement.definition.clone(),
        required: format!("{sign} {}", value(required)),
        actual: value(actual),
        met: is_met(requirement),
    }
}

/// Whether the run's number is as asked for; never where one of the two is not known.
pub fn is_met(requirement: &Requirement) -> bool {
    if requirement.at_least {
        requirement.actual >= requirement.required
    } else {
        requirement.actual <= requirement.required
    }
}

/// Whether a requirement is about the step η or δ: an upper limit that is written so.
pub fn is_step(requirement: &Requirement) -> bool {
    !requirement.at_least && requirement.symbol.starts_with(['η', 'δ'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_theorems_limits_of_one_quantity_are_told_apart() {
        let one = |symbol: &str, definition: &str| Assumption {
            symbol: symbol.to_owned(),
            definition: definition.to_owned(),
            value: 1.0,
            need: Need::AtMost(2.0),
        };
        let report = PaperReport {
            assumptions: vec![
                one("h(w₀)", "Thm 1: at most"),
                one("h(w₀)", "Thm 2: at most"),
                one("μ_Φ", "Thm 3: positive"),
            ],
            ..PaperReport::default()
        };
        let rows = report.assumptions.iter().map(|a| assumption(a, &report));
        let symbols: Vec<String> = rows.map(|row| row.symbol).collect();
        assert_eq!(symbols, ["h(w₀), Thm 1", "h(w₀), Thm 2", "μ_Φ"]);
    }

    #[test]
    fn the_paper_of_a_preset_is_told_by_its_first_author_and_year() {
        let source = "Min, Tarmoun, Vidal, Mallada 2021";
        assert!(is_source(source, "Min et al. 2021"));
        assert!(!is_source(source, "Song et al. 2021"));
        assert!(!is_source(source, "Min et al. 2022"));
    }

    #[test]
    fn numbers_and_needs_are_written_plainly() {
        assert_eq!(value(f64::NAN), "not computed");
        assert_eq!(value(200.0), "200");
        assert_eq!(value(0.0), "0");
        assert_eq!(value(0.123_456), "0.123");
        assert_eq!(needed(Need::Above(0.0)), "> 0");
        assert_eq!(needed(Need::AtMost(0.5)), "≤ 0.500");
        assert_eq!(needed(Need::AtMost(1e-6)), "≤ 10⁻⁶");
        assert_eq!(needed(Need::AtMost(f64::MAX)), "finite");
        assert_eq!(needed(Need::Equal(1.0)), "= 1");
        let (number, room) = (1.0, 0.0123);
        assert_eq!(needed(Need::Within { number, room }), "1 ± 0.0123");
    }

    #[test]
    fn an_unknown_requirement_is_not_met() {
        let mut requirement = Requirement {
            symbol: "η ≤ λ₀/n²".to_owned(),
            definition: String::new(),
            required: 0.5,
            actual: 0.1,
            at_least: false,
        };
        assert!(is_met(&requirement) && is_step(&requirement));
        requirement.required = f64::NAN;
        assert!(!is_met(&requirement));
        requirement.at_least = true;
        assert!(!is_step(&requirement));
    }
}
