//! Which steps are stable on this data, and which the papers' theorems allow.

use egui::{Label, RichText, Sense, Ui};

use super::beside::Beside as _;
use super::field::Form;
use crate::figure::is_step;
use crate::history::{ArmFacts, ArmHistory};
use crate::number;
use crate::number::rounded_down;
use crate::preset::Arm;
use crate::spec::field::STEP;
use crate::spec::{Method, StepChange};
use crate::theory::{PaperReport, Requirement};
use crate::ui::run_view::RunView;

/// What the stable step is.
const STABLE: &str = "2/(s·λ_max(K₀)), K₀ with the steps of the layers inside and s the factor of the loss: above it even the linearized network diverges. Of several arms the smallest.";

/// A paper's own limit of the step, sufficient but not necessary.
struct Limit {
    paper: String,
    text: String,
    step: f64,
}

/// Writes the changes on the way, the stable step and the papers' limits below the control; a warning where the step is
/// above the stable one, a quiet word where it is only above a paper's.
pub(super) fn show(ui: &mut Ui, form: &Form<'_>) {
    changes_ui(ui, form);
    let method = form.preset().train.method;
    let varied = form.varied(STEP.path);
    let Some(step) = method.step().filter(|_| !varied) else {
        return;
    };
    let arms = form.input.run.history.arms();
    let facts = || {
        arms.iter()
            .filter_map(|arm: &ArmHistory| arm.facts.as_ref())
    };
    let in_unit = |f: &ArmFacts| Some(f.stable_step? / f.step_unit);
    let stable = facts().filter_map(in_unit).reduce(f64::min);
    let flow = matches!(method, Method::GradientFlow { .. });
    if let Some(stable) = stable.filter(|_| !flow) {
        stable_ui(ui, form, step, stable);
    }
    let limits = limits(form.input.run);
    if let Some(limit) = limits.iter().min_by(|a, b| a.step.total_cmp(&b.step)) {
        limits_ui(ui, form, (step, &limits), limit);
    }
}

/// The control holds the first step; which ones follow.
fn changes_ui(ui: &mut Ui, form: &Form<'_>) {
    let changes = &form.preset().train.changes;
    let [first, others @ ..] = changes.as_slice() else {
        return;
    };
    let line = |change: &StepChange| {
        let step = number::compact(change.step);
        format!("{step} from step {} on", change.at)
    };
    let more = match others.len() {
        0 => String::new(),
        count => format!(", {count} more"),
    };
    let lines: Vec<String> = changes.iter().map(line).collect();
    let tooltip = format!(
        "Changes of the step on the way, which are a part of this preset (train.changes):\n{}",
        lines.join("\n")
    );
    let text = RichText::new(format!("then {}{more}", line(first)));
    let color = form.input.theme.weak_text;
    note_ui(ui, text.small().color(color), &tooltip);
}

fn stable_ui(ui: &mut Ui, form: &Form<'_>, step: f64, stable: f64) {
    let theme = form.input.theme;
    let limit = number::compact(rounded_down(stable, 3));
    let (text, color) = if step > stable {
        (
            format!("above the stable step {limit}: diverges"),
            theme.warning,
        )
    } else {
        (format!("stable up to {limit}"), theme.weak_text)
    };
    note_ui(ui, RichText::new(text).small().color(color), STABLE);
}

fn limits_ui(ui: &mut Ui, form: &Form<'_>, (step, limits): (f64, &[Limit]), least: &Limit) {
    let line = |limit: &Limit| {
        let sign = if step <= limit.step {
            "within"
        } else {
            "above"
        };
        let value = number::compact(rounded_down(limit.step, 3));
        format!("{}, {}: δ ≤ {value}; {sign}", limit.paper, limit.text)
    };
    let lines: Vec<String> = limits.iter().map(line).collect();
    let tooltip = format!(
        "Steps for which the papers prove convergence on this data, constants set to 1. They are \
         sufficient, not necessary: larger ones often train.\n{}",
        lines.join("\n")
    );
    let text = if step <= least.step {
        "within the papers' steps".to_owned()
    } else {
        format!(
            "proofs ask for ≤ {}",
            number::compact(rounded_down(least.step, 3))
        )
    };
    let color = form.input.theme.weak_text;
    note_ui(ui, RichText::new(text).small().color(color), &tooltip);
}

fn note_ui(ui: &mut Ui, text: RichText, tooltip: &str) {
    ui.add(Label::new(text).wrap().sense(Sense::hover()))
        .on_hover_beside(tooltip);
}

/// The limits of all arms, of each paper's requirement the smallest.
fn limits(run: &RunView) -> Vec<Limit> {
    let mut limits: Vec<Limit> = Vec::new();
    for limit in run.experiment.arms.iter().flat_map(|arm| of_arm(run, arm)) {
        let same = |l: &&mut Limit| l.paper == limit.paper && l.text == limit.text;
        match limits.iter_mut().find(same) {
            Some(known) => known.step = known.step.min(limit.step),
            None => limits.push(limit),
        }
    }
    limits
}

/// The limits of an arm, on the step δ of its run: papers count the step on losses of their own, so
/// that the limit is as many times the run's δ as it is the step they count.
fn of_arm(run: &RunView, arm: &Arm) -> Vec<Limit> {
    let facts = run
        .history
        .arms()
        .get(arm.index)
        .and_then(|a| a.facts.as_ref());
    let (Some(facts), Some(delta)) = (facts, arm.preset.train.method.step()) else {
        return Vec::new();
    };
    let limit = |paper: &str, asked: &Requirement| Limit {
        paper: paper.to_owned(),
        text: asked.symbol.clone(),
        step: delta * asked.required / asked.actual,
    };
    let of_paper = |report: &PaperReport| {
        let about_step = report.requirements.iter().filter(|r| is_step(r));
        let limits = about_step.map(|asked| limit(&report.paper, asked));
        limits.collect::<Vec<Limit>>()
    };
    let all = facts.theory.iter().flat_map(of_paper);
    all.filter(|l| l.step.is_finite() && l.step > 0.0).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::history::ArmFacts;
    use crate::preset::library;

    #[test]
    fn a_papers_limit_is_carried_to_the_runs_own_step() {
        let experiment = library::load("lazy-vs-feature").expect("it is shipped");
        let delta = experiment.arms[0].preset.train.method.step();
        let delta = delta.expect("gradient descent has a step");
        let asked = Requirement {
            symbol: "η ≤ λ₀/n²".to_owned(),
            definition: String::new(),
            // The paper counts the step on the sum: a quarter of what the run has.
            required: 0.25 * delta / 600.0,
            actual: delta / 600.0,
            at_least: false,
        };
        let report = PaperReport {
            paper: "a paper".to_owned(),
            requirements: vec![asked],
            ..PaperReport::default()
        };
        let mut run = RunView::recorded(Arc::new(experiment), Default::default());
        let labels = run.experiment.arms.iter().map(|arm| arm.label.clone());
        run.history = crate::history::RunHistory::new(labels);
        let facts = ArmFacts {
            theory: [report].into(),
            ..crate::ui::app::facts("first")
        };
        run.history.set_facts(0, Some(facts));
        let limits = limits(&run);
        assert_eq!(limits.len(), 1);
        assert!((limits[0].step - 0.25 * delta).abs() < 1e-12);
    }
}
