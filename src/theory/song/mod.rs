//! Song, Ramezani-Kebrya, Pethick, Eftekhari, Cevher: subquadratic overparameterization.

pub(super) mod gap;

use crate::network::Activation;
use crate::spec::{Layers, Method, Quantity};
use crate::task::{Cancel, Cancelled};

use super::draft::{Draft, FROM_START, Failure, UNIT_TOLERANCE, is, only_descent, only_flow};
use super::{Curve, Extremes, Need, PaperReport, RunStart, khatri_rao_gram, slope_covariance};
use gap::{lazy_gap, requirements};

/// What Song et al. say about a run: `None` unless both layers are trained with equal steps and
/// a = b = 1.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub fn subquadratic(
    start: &RunStart<'_>,
    cancel: &Cancel,
) -> Result<Option<PaperReport>, Cancelled> {
    let speaks = start.layers == Layers::Both
        && is(start.a, 1.0)
        && is(start.b, 1.0)
        && is(start.hidden_step_factor, 1.0)
        && is(start.output_step_factor, 1.0);
    if !speaks {
        return Ok(None);
    }
    let facts = Facts::of(start, cancel)?;
    let mut draft = Draft::new("Song et al. 2021");
    let common = common(&mut draft, start, &facts);
    let is_flow = matches!(start.method, Method::GradientFlow { .. });
    flow(&mut draft, start, &facts, &common, is_flow);
    if !is_flow {
        draft.for_one_step(FROM_START, |draft| descent(draft, start, &facts, &common));
    }
    lazy_gap(&mut draft, start, &facts);
    requirements(&mut draft, start, &facts);
    Ok(Some(draft.finish()))
}

/// μ_Φ, ν_Φ and what they are made of (Lemma 3).
pub(super) struct Facts {
    /// σ_max(X).
    pub(super) x: f64,
    /// σ_max(V(0)).
    pub(super) v: f64,
    /// μ_Φ = σ_min(φ(W(0)X)).
    pub(super) mu: f64,
    /// ν_Φ = max|φ'|σ_max(X)σ_max(V(0)) + σ_max(φ(W(0)X)).
    pub(super) nu: f64,
    pub(super) slope: f64,
    pub(super) curvature: f64,
    /// σ_min(X∗X).
    pub(super) khatri_rao: f64,
    /// λ₀ = λ_min(H^∞) of Du et al. on the same points.
    pub(super) relu_covariance: f64,
    /// √h(w_0) = ‖f − Y‖_F.
    pub(super) misfit: f64,
}

impl Facts {
    fn of(start: &RunStart<'_>, cancel: &Cancel) -> Result<Self, Cancelled> {
        let unknown = Extremes::UNKNOWN;
        let (mut x, mut features, mut khatri_rao) = (unknown, unknown, unknown);
        let mut relu = unknown;
        if start.is_cheap() {
            x = Extremes::of(start.gram.clone(), cancel)?;
            features = Extremes::of(start.value_gram(cancel)?, cancel)?;
            khatri_rao = Extremes::of(khatri_rao_gram(start.gram), cancel)?;
            let covariance = slope_covariance(Activation::Relu, 1.0, start.gram);
            relu = Extremes::of(covariance, cancel)?;
        }
        let slope = start.activation.lipschitz();
        let v = Extremes::of(start.output_gram(), cancel)?.max.sqrt();
        Ok(Self {
            x: x.max.sqrt(),
            mu: features.min.sqrt(),
            nu: slope * x.max.sqrt() * v + features.max.sqrt(),
            v,
            slope,
            curvature: start.activation.curvature(),
            khatri_rao: khatri_rao.min.sqrt(),
            relu_covariance: relu.min,
            misfit: start.residual_norm(),
        })
    }

    /// β_Φ with χ_max = `chi`.
    pub(super) fn beta(&self, chi: f64) -> f64 {
        2f64.sqrt() * self.x * (self.slope + self.curvature * chi)
    }
}

fn common(draft: &mut Draft, start: &RunStart<'_>, facts: &Facts) -> Vec<Failure> {
    let limit = Need::AtMost(f64::MAX);
    let failing = vec![
        draft.assume("max|φ′|", "Assumption 2", facts.slope, limit),
        draft.assume(
            "max|φ″|",
            "twice differentiable (Assumption 2), so not ReLU",
            facts.curvature,
            limit,
        ),
        draft.assume(
            "max |‖xₐ‖ − 1|",
            "unit inputs (Assumption 2)",
            start.norm_deviation(),
            Need::AtMost(UNIT_TOLERANCE),
        ),
        draft.assume(
            "μ_Φ",
            "σ_min(φ(W(0)X)) (Lemma 3); not computed for more than 1024 points times outputs",
            facts.mu,
            Need::Above(0.0),
        ),
    ];
    draft.assume(
        "φ(0)",
        "0 simplifies the paper's orders (Assumption 2); the bounds on the actual start do without",
        start.activation.value(0.0),
        Need::Equal(0.0),
    );
    draft.assume(
        "‖Y‖",
        "at most 1 in the paper's orders (Assumption 2); the bounds on the actual start do without",
        start.target_norm(),
        Need::AtMost(1.0),
    );
    failing
}

/// Theorem 1 and Lemma 2, for gradient flow.
///
/// With ‖∇h‖ ≥ μ√h within ρ = μ/(2β) of the start, √h falls by at least μ/2 per unit of path, so the
/// path is at most 2√h₀/μ and h ≤ h₀e^{−μ²τ}, τ the time of flow on h = ‖f − Y‖².
fn flow(draft: &mut Draft, start: &RunStart<'_>, facts: &Facts, common: &[Failure], is_flow: bool) {
    let path = 2.0 * facts.misfit / facts.mu;
    let beta = facts.beta(facts.v + path);
    let mut failing = common.to_vec();
    failing.push(draft.assume(
        "h(w₀)",
        "Thm 1: at most μ_Φ⁴/(16β_Φ²), so that the flow ends within μ_Φ/(2β_Φ) of its start: (9) with the constant its proof gives; χ_max in β_Φ from the path length",
        facts.misfit.powi(2),
        Need::AtMost(facts.mu.powi(4) / (16.0 * beta * beta)),
    ));
    failing.push(only_flow(start.method));
    let curve = Curve::Exponential {
        start: start.loss(),
        rate: 0.5 * facts.mu.powi(2),
    };
    let definition = "h ≤ h(w₀)·e^{−μ_Φ²τ}, τ = t/2 the time of the flow on h = ‖f − Y‖² (Thm 1 with the rate that its proof gives)";
    draft.bound(
        ("Thm 1, rate", definition),
        Quantity::TrainLoss,
        curve,
        &failing,
    );
    if is_flow {
        lengths(draft, ("Lemma 2", "2√h(w₀)/μ_Φ"), path, &failing);
    }
}

/// Theorem 2 for gradient descent, its constants worked out: with r = f − Y and J the Jacobian,
/// ‖r₊‖ ≤ ‖r‖ − (η/2)‖Jᵀr‖²/‖r‖ where η·9ν²/2 ≤ 1 and 4ηβ‖r‖ ≤ 1.
fn descent(draft: &mut Draft, start: &RunStart<'_>, facts: &Facts, common: &[Failure]) {
    let eta = 0.5 * start.step_on_half();
    let path = 8.0 * facts.misfit / facts.mu;
    let beta = facts.beta(facts.v + path);
    let mut failing = common.to_vec();
    failing.push(draft.assume(
        "h(w₀)",
        "Thm 2: at most μ_Φ⁴/(256β_Φ²), so that gradient descent stays within μ_Φ/(2β_Φ) of its start: (9) with the constant its proof gives; χ_max in β_Φ from the path length",
        facts.misfit.powi(2),
        Need::AtMost(facts.mu.powi(4) / (256.0 * beta * beta)),
    ));
    failing.push(draft.assume(
        "η·max(9ν_Φ²/2, 2β_Φ‖∇f(z₀)‖)",
        "step on h = ‖f − Y‖²: (13) with the constants its proof gives",
        eta * (4.5 * facts.nu.powi(2)).max(4.0 * beta * facts.misfit),
        Need::AtMost(1.0),
    ));
    failing.push(only_descent(start.method));
    let curve = Curve::Geometric {
        start: start.loss(),
        factor: (1.0 - eta * facts.mu.powi(2) / 8.0).powi(2),
    };
    let definition = "h(wᵢ) ≤ (1 − Cηα_fμ_Φ²)^i·h(w₀) (14), with (1 − ημ_Φ²/8)² for the bracket, η the step on h = ‖f − Y‖²";
    draft.bound(("(14)", definition), Quantity::TrainLoss, curve, &failing);
    lengths(draft, ("(33)", "8√h(w₀)/μ_Φ"), path, &failing);
    draft.at_most(
        "η ≲ 1/(β_Φ‖∇f(z₀)‖ + β_fμ_Φ² + β_fν_Φ²)",
        "step of Thm 2 (13) on h = ‖f − Y‖², β_f = 2, the unknown constant set to 1",
        1.0 / (2.0 * beta * facts.misfit + 2.0 * facts.mu.powi(2) + 2.0 * facts.nu.powi(2)),
        eta,
    );
}

fn lengths(draft: &mut Draft, (name, formula): (&str, &str), path: f64, failing: &[Failure]) {
    let curve = Curve::Constant(path);
    let definition = format!("Σ‖W_{{τ+1}} − W_τ‖_F ≤ {formula}, the path of both layers");
    draft.bound(
        (&format!("{name} path"), &definition),
        Quantity::PathLength,
        curve,
        failing,
    );
    let definition = format!("‖W − W(0)‖_F ≤ {formula}");
    draft.bound(
        (&format!("{name} radius"), &definition),
        Quantity::WeightDistance,
        curve,
        failing,
    );
}
