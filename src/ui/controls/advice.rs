//! Which steps are stable on this data, and which the papers' theorems allow.

use egui::{Label, RichText, Sense, Ui};

use super::field::Form;
use crate::experiment::ArmFacts;
use crate::figure::is_step;
use crate::history::ArmHistory;
use crate::preset::Method;
use crate::theory::PaperReport;
use crate::ui::number;

/// What the stable step is.
const STABLE: &str = "2/(s·λ_max(K₀)), K₀ with the steps of the layers inside and s the factor of the loss: above it even the linearized network diverges. Of several arms the smallest.";

/// A paper's own limit of the step, sufficient but not necessary.
struct Limit {
    paper: String,
    text: String,
    step: f64,
}

/// Writes the stable step and the papers' limits below the control; a warning where the step is
/// above the stable one, a quiet word where it is only above a paper's.
pub(super) fn show(ui: &mut Ui, form: &Form<'_>) {
    let method = form.preset().train.method;
    let varied = form.varied("train.method.step");
    let Some(step) = method.step().filter(|_| !varied) else {
        return;
    };
    let arms = form.input.run.history.arms();
    let facts = || {
        arms.iter()
            .filter_map(|arm: &ArmHistory| arm.facts.as_ref())
    };
    let stable = facts().filter_map(|f| f.stable_step).reduce(f64::min);
    let flow = matches!(method, Method::GradientFlow { .. });
    if let Some(stable) = stable.filter(|_| !flow) {
        stable_ui(ui, form, step, stable);
    }
    let limits = limits(facts());
    if let Some(limit) = limits.iter().min_by(|a, b| a.step.total_cmp(&b.step)) {
        limits_ui(ui, form, (step, &limits), limit);
    }
}

fn stable_ui(ui: &mut Ui, form: &Form<'_>, step: f64, stable: f64) {
    let theme = form.input.theme;
    let limit = number::compact(rounded(stable));
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
        let value = number::compact(rounded(limit.step));
        format!("{}: {} = {value}, {sign}", limit.paper, limit.text)
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
        format!("proofs ask for ≤ {}", number::compact(rounded(least.step)))
    };
    let color = form.input.theme.weak_text;
    note_ui(ui, RichText::new(text).small().color(color), &tooltip);
}

fn note_ui(ui: &mut Ui, text: RichText, tooltip: &str) {
    ui.add(Label::new(text).wrap().sense(Sense::hover()))
        .on_hover_text(tooltip);
}

/// The limits of all arms, of each paper's requirement the smallest.
fn limits<'a>(facts: impl Iterator<Item = &'a ArmFacts>) -> Vec<Limit> {
    let mut limits: Vec<Limit> = Vec::new();
    let reports = facts.flat_map(|facts| facts.theory.iter());
    for limit in reports.flat_map(limits_of) {
        let same = |l: &&mut Limit| l.paper == limit.paper && l.text == limit.text;
        match limits.iter_mut().find(same) {
            Some(known) => known.step = known.step.min(limit.step),
            None => limits.push(limit),
        }
    }
    limits
}

fn limits_of(report: &PaperReport) -> impl Iterator<Item = Limit> {
    let about_step = report.requirements.iter().filter(|r| is_step(r));
    let known = about_step.filter(|r| r.required.is_finite());
    known.map(|requirement| Limit {
        paper: report.paper.clone(),
        text: requirement.symbol.clone(),
        step: requirement.required,
    })
}

/// Three significant digits, towards zero.
fn rounded(value: f64) -> f64 {
    let unit = 10f64.powf(value.abs().log10().floor() - 2.0);
    if unit.is_normal() {
        (value / unit).floor() * unit
    } else {
        value
    }
}
