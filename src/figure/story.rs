//! The words beside a run, with the run's own numbers in them.

use crate::claim::{ClaimResult, Verdict, evaluate, with_sweep};
use crate::history::RunHistory;
use crate::network::{Factor, Parameterization};
use crate::preset::{Arm, Experiment};
use crate::spec::{EmbeddingSpec, Layers, Preset};
use crate::sweep::{Plan, Table};

use crate::number;

use super::changed::modified;

/// What the story panel says.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Title.
    pub title: String,
    /// Paper and figure; empty where the preset names none.
    pub source: String,
    /// What differs from the shipped preset, whose title, source, sentence and claims these are;
    /// `None` where nothing does.
    pub modified: Option<String>,
    /// The one sentence to take away.
    pub takeaway: String,
    /// Names of the claims that it rests on.
    pub rests_on: Vec<String>,
    /// Definition of the network, a line each.
    pub formula: Vec<String>,
    /// Sizes shared by all arms, `n = 200`.
    pub sizes: Vec<String>,
    /// Constants of each arm.
    pub constants: Vec<ArmConstants>,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
    /// What to notice.
    pub notice: Vec<String>,
    /// Statements about the outcome.
    pub claims: Vec<ClaimResult>,
    /// Readings of the paper that had to be chosen.
    pub notes: Vec<String>,
    /// What the data are; empty before the run has started.
    pub data: String,
    /// Presets that were held against the shipped one, which takes as long as many frames may.
    known: Vec<Known>,
}

/// A preset, and what it has otherwise than the shipped one.
#[derive(Clone, Debug, PartialEq)]
struct Known {
    preset: Preset,
    words: Option<String>,
}

/// Presets of which this is remembered: the run's and its sweep's, before and after a change.
const REMEMBERED: usize = 4;

/// Constants of an arm in the papers' symbols, with their numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct ArmConstants {
    /// Name of the arm.
    pub label: String,
    /// `a = 1/m = 9.77·10⁻⁴` and the like.
    pub values: Vec<String>,
}

impl Story {
    /// The words and numbers of a run.
    pub fn new(experiment: &Experiment, history: &RunHistory) -> Self {
        Self::after(experiment, history, None)
    }

    /// The same; `before` is what was said before of the same run.
    pub fn after(experiment: &Experiment, history: &RunHistory, before: Option<&Self>) -> Self {
        let preset = &experiment.preset;
        let data = history
            .own_arms()
            .iter()
            .find_map(|a| a.facts.as_ref())
            .map(|f| f.data.clone());
        let mut story = Self {
            title: if preset.title.is_empty() {
                experiment.name.clone()
            } else {
                preset.title.clone()
            },
            source: preset.source.to_string(),
            modified: None,
            takeaway: preset.takeaway.clone(),
            rests_on: preset.rests_on.clone(),
            formula: formula(experiment),
            sizes: sizes(history),
            constants: experiment
                .arms
                .iter()
                .filter_map(|arm| constants(arm, history))
                .collect(),
            paragraphs: paragraphs(&preset.story),
            notice: preset.notice.clone(),
            claims: evaluate(experiment, history),
            notes: preset.notes.clone(),
            data: data.unwrap_or_default(),
            known: before.map_or_else(Vec::new, |before| before.known.clone()),
        };
        story.modified = story.modified_of(&experiment.name, &history.as_run(preset));
        story
    }

    /// What a preset has otherwise than the shipped one of this name.
    fn modified_of(&mut self, name: &str, preset: &Preset) -> Option<String> {
        if let Some(known) = self.known.iter().find(|known| known.preset == *preset) {
            return known.words.clone();
        }
        let words = modified(name, preset);
        self.known.truncate(REMEMBERED - 1);
        let known = Known {
            preset: preset.clone(),
            words: words.clone(),
        };
        self.known.insert(0, known);
        words
    }
}

impl Story {
    /// The same with the claims on the experiment's sweep held against its results.
    pub fn with_sweep(mut self, experiment: &Experiment, plan: &Plan, table: &Table) -> Self {
        self.claims = with_sweep(experiment, self.claims, (plan, table));
        // The run beside a sweep is one of its trials, with a seed of its own.
        self.modified = self.modified_of(&experiment.name, &plan.experiment().preset);
        self
    }

    /// The claims that the sentence rests on and that fail in this run: it says nothing true of it then.
    pub fn broken(&self) -> impl Iterator<Item = &ClaimResult> {
        let fails = |claim: &&ClaimResult| {
            claim.verdict == Verdict::Fail && self.rests_on.contains(&claim.name)
        };
        self.claims.iter().filter(fails)
    }
}

/// Paragraphs of a text: parts between empty lines, with single line ends made spaces.
fn paragraphs(text: &str) -> Vec<String> {
    let whole = text.replace("\r\n", "\n");
    let parts = whole
        .split("\n\n")
        .map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "));
    parts.filter(|p| !p.is_empty()).collect()
}

fn formula(experiment: &Experiment) -> Vec<String> {
    let Some(preset) = experiment.arms.first().map(|a| &a.preset) else {
        return Vec::new();
    };
    let embedding = match preset.network.embedding {
        EmbeddingSpec::Identity => "Φ(x) = x",
        EmbeddingSpec::Quadratic => "Φ(x) = vec(xxᵀ)",
        EmbeddingSpec::RandomFeatures { .. } => "Φⱼ(x) = σ(zⱼᵀx/√d), zⱼ ~ N(0, I)",
        EmbeddingSpec::RandomLayers { .. } => "Φ(x): layers of random features σ(zⱼᵀx/√d)",
    };
    let activation = preset.network.activation;
    vec![
        "f(x) = a Σᵢ vᵢ σ(hᵢ(x))".to_owned(),
        "hᵢ(x) = b ⟨Wᵢ, Φ(x)⟩".to_owned(),
        embedding.to_owned(),
        format!("{} ({})", activation.formula(), activation.name()),
    ]
}

/// Sizes that all started arms share.
fn sizes(history: &RunHistory) -> Vec<String> {
    let facts: Vec<_> = history
        .own_arms()
        .iter()
        .filter_map(|a| a.facts.as_ref())
        .collect();
    let Some(first) = facts.first() else {
        return Vec::new();
    };
    let all = [
        ("n", first.n, facts.iter().all(|f| f.n == first.n)),
        (
            "test points",
            first.n_test,
            facts.iter().all(|f| f.n_test == first.n_test),
        ),
        ("d", first.d, facts.iter().all(|f| f.d == first.d)),
        (
            "D",
            first.embedding,
            facts.iter().all(|f| f.embedding == first.embedding),
        ),
        (
            "m",
            first.width,
            facts.iter().all(|f| f.width == first.width),
        ),
        (
            "outputs",
            first.outputs,
            facts.iter().all(|f| f.outputs == first.outputs),
        ),
    ];
    let shared = all
        .into_iter()
        .filter(|(name, value, same)| *same && !(*name == "outputs" && *value == 1));
    shared
        .map(|(name, value, _)| format!("{name} = {}", number::count(value as u64)))
        .collect()
}

/// The constants of an arm; `None` before it has started.
pub fn constants(arm: &Arm, history: &RunHistory) -> Option<ArmConstants> {
    let facts = history.arms().get(arm.index)?.facts.as_ref()?;
    let Parameterization {
        a,
        b,
        hidden_step,
        output_step,
    } = arm.preset.scaling.parameterization();
    let step = arm.preset.train.method.step();
    let delta = step.map(|step| step * facts.step_unit);
    let layers: Layers = arm.preset.train.layers;
    let widths: Vec<usize> = history
        .own_arms()
        .iter()
        .filter_map(|h| h.facts.as_ref())
        .map(|f| f.width)
        .collect();
    let mut values = Vec::new();
    if facts.width > 0 && widths.iter().any(|m| *m != facts.width) {
        values.push(format!("m = {}", number::count(facts.width as u64)));
    }
    // At infinite width a power of m has no number.
    if facts.width > 0 {
        values.push(equation("a", &factor_text(a), facts.a));
        values.push(equation("b", &factor_text(b), facts.b));
    }
    values.push(format!(
        "ω₁ = {}, ω₂ = {}",
        number::number(facts.omega1, 3),
        number::number(facts.omega2, 3)
    ));
    let trained = [
        (layers.hidden(), "W", hidden_step, facts.hidden_step_factor),
        (layers.output(), "V", output_step, facts.output_step_factor),
    ];
    for (_, name, power, factor) in trained.into_iter().filter(|(trained, ..)| *trained) {
        // Least squares has no step.
        if let Some(delta) = delta {
            let symbol = format!("step of {name}");
            values.push(equation(&symbol, &times_delta(power), factor * delta));
        }
    }
    if let Some(limit) = facts.stable_step {
        values.push(format!("stable for δ < {}", number::number(limit, 3)));
    }
    Some(ArmConstants {
        label: arm.label.clone(),
        values,
    })
}

/// `a = 1/m = 9.77·10⁻⁴`; the number alone where the expression is the number.
fn equation(symbol: &str, expression: &str, value: f64) -> String {
    let value = number::number(value, 3);
    if expression.chars().any(char::is_alphabetic) {
        format!("{symbol} = {expression} = {value}")
    } else {
        format!("{symbol} = {value}")
    }
}

/// The factor times δ.
fn times_delta(factor: Factor) -> String {
    match factor_text(factor).as_str() {
        "1" => "δ".to_owned(),
        text => format!("{text}·δ"),
    }
}

/// c·m^p·D^q as people write it: `1/m`, `1/√D`, `mD`, `2/m`.
fn factor_text(factor: Factor) -> String {
    let (mut over, mut under) = (String::new(), String::new());
    for (symbol, power) in [("m", factor.m), ("D", factor.d)] {
        let side = if power > 0.0 { &mut over } else { &mut under };
        side.push_str(&power_text(symbol, power.abs()));
    }
    let constant = if factor.c == 1.0 {
        String::new()
    } else {
        number::number(factor.c, 3)
    };
    let over = match (constant.is_empty(), over.is_empty()) {
        (true, true) => "1".to_owned(),
        (true, false) => over,
        (false, true) => constant,
        (false, false) => format!("{constant}·{over}"),
    };
    match under.chars().count() {
        0 => over,
        1 => format!("{over}/{under}"),
        2 if under.starts_with('√') => format!("{over}/{under}"),
        _ => format!("{over}/({under})"),
    }
}

fn power_text(symbol: &str, power: f64) -> String {
    if power == 0.0 {
        String::new()
    } else if power == 1.0 {
        symbol.to_owned()
    } else if power == 0.5 {
        format!("√{symbol}")
    } else if power.fract() == 0.0 && power < 100.0 {
        format!("{symbol}{}", number::superscript(power as i32))
    } else {
        format!("{symbol}^{}", number::number(power, 3))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Scaling;

    #[test]
    fn the_scalings_are_written_as_in_the_papers() {
        let text = |s: Scaling| {
            let p = s.parameterization();
            [
                factor_text(p.a),
                factor_text(p.b),
                times_delta(p.hidden_step),
            ]
        };
        assert_eq!(text(Scaling::Ours), ["1/m", "1/√D", "m·δ"]);
        assert_eq!(text(Scaling::Ntk), ["1/√m", "1/√D", "δ"]);
        assert_eq!(text(Scaling::MeanField), ["1/m", "1/D", "mD·δ"]);
        assert_eq!(text(Scaling::Standard), ["1", "1", "δ"]);
    }

    #[test]
    fn other_factors_are_written_with_their_constant() {
        assert_eq!(
            factor_text(Factor {
                c: 2.0,
                m: -1.0,
                d: -1.0
            }),
            "2.00/(mD)"
        );
        assert_eq!(
            factor_text(Factor {
                c: 1.0,
                m: 2.0,
                d: 0.0
            }),
            "m²"
        );
        assert_eq!(
            factor_text(Factor {
                c: 1.0,
                m: -0.25,
                d: 0.0
            }),
            "1/(m^0.250)"
        );
    }

    #[test]
    fn paragraphs_are_joined_over_line_ends() {
        assert_eq!(paragraphs("one\n  two\n\n\nthree\n"), ["one two", "three"]);
        assert!(paragraphs(" \n\n ").is_empty());
    }
}
