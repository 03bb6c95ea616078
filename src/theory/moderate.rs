//! Oymak, Soltanolkotabi: moderate overparameterization.

use crate::network::Activation;
use crate::observe::Quantity;
use crate::preset::Layers;
use crate::train::{Cancel, Cancelled};

use super::draft::{Draft, Failure, UNIT_TOLERANCE, is, only_descent};
use super::flips::most_flips;
use super::moderate_needs::{requirements, stochastic};
use super::moderate_output::output_layer;
use super::{Curve, Extremes, Need, PaperReport, RunStart, khatri_rao_gram, mu, slope_covariance};

/// What Oymak and Soltanolkotabi say about a run: `None` unless it has one output, a = b = 1, and one
/// layer trained.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub fn moderate(start: &RunStart<'_>, cancel: &Cancel) -> Result<Option<PaperReport>, Cancelled> {
    let speaks = start.outputs() == 1
        && is(start.a, 1.0)
        && is(start.b, 1.0)
        && start.layers != Layers::Both
        && is(start.hidden_step_factor, 1.0);
    if !speaks {
        return Ok(None);
    }
    let mut draft = Draft::new("Oymak, Soltanolkotabi 2020");
    if start.layers == Layers::Output {
        output_layer(&mut draft, start, cancel)?;
        return Ok(Some(draft.finish()));
    }
    let facts = Facts::of(start, cancel)?;
    let common = common(&mut draft, start, &facts);
    let rates = [
        Rate {
            name: if facts.relu { "Thm 2.3" } else { "Thm 2.1" },
            root_lambda: facts.mu * facts.khatri_rao_min.sqrt(),
            symbol: "|μ_φ|·σ_min(X∗X)",
        },
        Rate {
            name: if facts.relu { "Thm 6.3" } else { "Thm 6.2" },
            root_lambda: facts.covariance_min.sqrt(),
            symbol: "√λ(X)",
        },
    ];
    for rate in rates {
        theorem(&mut draft, start, &facts, &common, &rate, cancel)?;
    }
    requirements(&mut draft, start, &facts);
    stochastic(&mut draft, start, &facts);
    Ok(Some(draft.finish()))
}

/// What the theorems ask of the data, the activation and the weights.
pub(super) struct Facts {
    pub(super) relu: bool,
    /// σ_min(X∗X)².
    pub(super) khatri_rao_min: f64,
    /// ‖X‖².
    pub(super) squared_norm: f64,
    /// λ(X) = λ_min(Σ(X)).
    covariance_min: f64,
    /// |μ_φ|.
    pub(super) mu: f64,
    /// sup|φ'|.
    pub(super) slope: f64,
    /// sup|φ''|.
    pub(super) curvature: f64,
    /// σ_min(J(W_0)).
    jacobian_min: f64,
    v_norm: f64,
    v_largest: f64,
}

impl Facts {
    fn of(start: &RunStart<'_>, cancel: &Cancel) -> Result<Self, Cancelled> {
        let (activation, gram) = (start.activation, start.gram);
        let mut facts = Self {
            relu: activation == Activation::Relu,
            khatri_rao_min: f64::NAN,
            squared_norm: f64::NAN,
            covariance_min: f64::NAN,
            mu: mu(activation).abs(),
            slope: activation.lipschitz(),
            curvature: activation.curvature(),
            jacobian_min: f64::NAN,
            v_norm: start.output_gram()[[0, 0]].sqrt(),
            v_largest: start.output_sizes().0,
        };
        if start.is_cheap() {
            facts.khatri_rao_min = Extremes::of(khatri_rao_gram(gram), cancel)?.min;
            facts.squared_norm = Extremes::of(gram.clone(), cancel)?.max;
            let covariance = slope_covariance(activation, 1.0, gram);
            facts.covariance_min = Extremes::of(covariance, cancel)?.min;
            let kernel = start.hidden_kernel(cancel)?;
            facts.jacobian_min = Extremes::of(kernel, cancel)?.min.sqrt();
        }
        Ok(facts)
    }

    /// β = √k·B‖v‖_∞‖X‖ of Lemma 6.6.
    fn beta(&self, start: &RunStart<'_>) -> f64 {
        (start.width as f64 * self.squared_norm).sqrt() * self.slope * self.v_largest
    }
}

/// A lower bound on √λ(X), and the theorem that uses it.
struct Rate {
    name: &'static str,
    root_lambda: f64,
    symbol: &'static str,
}

fn common(draft: &mut Draft, start: &RunStart<'_>, facts: &Facts) -> Vec<Failure> {
    let beta = facts.beta(start);
    let divisor = if facts.relu { 3.0 } else { 2.0 };
    let limit = 1.0 / (divisor * beta * beta);
    let mut failing = vec![
        draft.assume(
            "max |‖xₐ‖ − 1|",
            "unit inputs (Thm 2.1)",
            start.norm_deviation(),
            Need::AtMost(UNIT_TOLERANCE),
        ),
        draft.assume(
            "sup|φ′|",
            "bounded slope B (Thm 2.1)",
            facts.slope,
            Need::AtMost(f64::MAX),
        ),
    ];
    if !facts.relu {
        failing.push(draft.assume(
            "sup|φ″|",
            "bounded curvature (Thm 2.1; ReLU has its own Thm 2.3)",
            facts.curvature,
            Need::AtMost(f64::MAX),
        ));
    }
    draft.assume(
        "σ_min(X∗X)",
        "smallest singular value of the Khatri–Rao product, √λ_min(XXᵀ ⊙ XXᵀ) (2.2); not computed for more than 1024 points",
        facts.khatri_rao_min.sqrt(),
        Need::Above(0.0),
    );
    let size = start.target_norm() / ((start.width * start.n()) as f64).sqrt();
    draft.assume(
        "max|v|·√(kn)/‖y‖",
        "entries of v are ±‖y‖/√(kn) (Thm 2.1); the bounds here take v as it is",
        facts.v_largest / size,
        Need::Equal(1.0),
    );
    failing.push(draft.assume(
        "η",
        if facts.relu {
            "step on the summed loss, at most 1/(3β²), which is n/(3‖y‖²‖X‖²) for v of Thm 2.3 (β of Lemma 6.6)"
        } else {
            "step on the summed loss, at most 1/(2β²), which is n/(2B²‖y‖²‖X‖²) for v of Thm 2.1 (β of Lemma 6.6)"
        },
        start.step_on_half(),
        Need::AtMost(limit),
    ));
    failing.push(only_descent(start.method));
    failing
}

/// A rate, a radius and (smooth activations) a path length, with α = ‖v‖√λ/(2√2) for √λ = `rate`'s.
///
/// The theorem's unknown constant c in the width is replaced by what its proof uses it for:
/// σ_min(J(W_0)) ≥ 2α, and a Jacobian that keeps α on the way, both checked on the weights.
fn theorem(
    draft: &mut Draft,
    start: &RunStart<'_>,
    facts: &Facts,
    common: &[Failure],
    rate: &Rate,
    cancel: &Cancel,
) -> Result<(), Cancelled> {
    let misfit = start.residual_norm();
    let alpha = facts.v_norm * rate.root_lambda / 8f64.sqrt();
    let mut failing = common.to_vec();
    failing.push(draft.assume(
        "σ_min(J(W₀))",
        format!(
            "at least 2α = ‖v‖·{}/√2 (Lemma 6.7; for {})",
            rate.symbol, rate.name
        ),
        facts.jacobian_min,
        Need::AtLeast(2.0 * alpha),
    ));
    failing.push(draft.assume(
        "α",
        format!("‖v‖·{}/√8, for {}", rate.symbol, rate.name),
        alpha,
        Need::Above(0.0),
    ));
    failing.push(if facts.relu {
        let flips = most_flips(start, 3.0 * misfit / alpha, cancel)? as f64;
        draft.assume(
            "‖X‖·‖v‖_∞·√q",
            format!("q the most signs that can change at one point within 3‖f(W₀) − y‖/α of W₀: the Jacobian moves by at most α/3 (Lemma 6.9, checked on the weights; for {})", rate.name),
            facts.squared_norm.sqrt() * facts.v_largest * flips.sqrt(),
            Need::AtMost(alpha / 3.0),
        )
    } else {
        let lipschitz = facts.curvature * facts.v_largest * facts.squared_norm.sqrt();
        draft.assume(
            "4L‖f(W₀) − y‖",
            format!("at most α², L = sup|φ″|·‖v‖_∞·‖X‖ (6.13) (Lemma 6.8; for {})", rate.name),
            4.0 * lipschitz * misfit,
            Need::AtMost(alpha * alpha),
        )
    });
    draw(draft, start, (facts.relu, alpha), rate, &failing);
    Ok(())
}

fn draw(
    draft: &mut Draft,
    start: &RunStart<'_>,
    (relu, alpha): (bool, f64),
    rate: &Rate,
    failing: &[Failure],
) {
    let eta = start.step_on_half();
    let misfit = start.residual_norm();
    // Per step on the unsquared norm, as printed; the loss takes the square.
    let (share, text) = if relu {
        (eta * alpha * alpha, "‖f(W_τ) − y‖ ≤ (1 − ηα²)^τ‖f(W₀) − y‖")
    } else {
        (
            0.5 * eta * alpha * alpha,
            "‖f(W_τ) − y‖ ≤ (1 − ηα²/2)^τ‖f(W₀) − y‖",
        )
    };
    let curve = Curve::Geometric {
        start: start.loss(),
        factor: (1.0 - share).powi(2),
    };
    let definition = format!(
        "{text}, α = ‖v‖·{}/√8 (drawn on the loss, so squared)",
        rate.symbol
    );
    draft.bound(
        (rate.name, &definition),
        Quantity::TrainLoss,
        curve,
        failing,
    );
    let (factor, text) = if relu { (3.0, "3") } else { (4.0, "4") };
    let radius = factor * misfit / alpha;
    let name = format!("{} radius", rate.name);
    let definition = format!(
        "‖W_τ − W₀‖_F ≤ {text}‖f(W₀) − y‖/α, α = ‖v‖·{}/√8",
        rate.symbol
    );
    let curve = Curve::Constant(radius);
    draft.bound(
        (&name, &definition),
        Quantity::WeightDistance,
        curve,
        failing,
    );
    if !relu {
        let name = format!("{} path", rate.name);
        let definition = format!(
            "Σ‖W_{{τ+1}} − W_τ‖_F ≤ 4‖f(W₀) − y‖/α, α = ‖v‖·{}/√8",
            rate.symbol
        );
        draft.bound((&name, &definition), Quantity::PathLength, curve, failing);
    }
}
