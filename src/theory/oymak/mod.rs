//! Oymak, Soltanolkotabi: moderate overparameterization.

pub(super) mod law;
pub(super) mod needs;
pub(super) mod output;
pub(super) mod rates;
pub(super) mod separated;

use crate::network::Activation;
use crate::spec::Layers;
use crate::task::{Cancel, Cancelled};

use super::draft::{Draft, FROM_RANDOM_START, Failure, UNIT_TOLERANCE, is, only_descent};
use super::{Extremes, Need, PaperReport, RunStart, kappa, khatri_rao_gram, mu, slope_covariance};
use law::law;
use needs::{requirements, stochastic};
use output::output_layer;
use rates::{rates, theorem};
use separated::{separated, separation};

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
    let law = law(&mut draft, start);
    let setting = setting(&mut draft, start, &facts);
    let common = [setting.clone(), descent(&mut draft, start, &facts)].concat();
    draft.for_one_step(FROM_RANDOM_START, |draft| {
        let mut rates = rates(&facts, start.n()).into_iter();
        rates.try_for_each(|rate| theorem(draft, start, &facts, (&common, &law), &rate, cancel))
    })?;
    requirements(&mut draft, start, &facts);
    if facts.relu {
        separated(&mut draft, start, facts.separation, facts.squared_norm);
    }
    let setting = [setting, vec![law]].concat();
    draft.for_one_step(FROM_RANDOM_START, |draft| {
        stochastic(draft, start, &facts, &setting);
    });
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
    pub(super) covariance_min: f64,
    /// δ of Assumption 1.
    pub(super) separation: f64,
    /// |μ_φ|.
    pub(super) mu: f64,
    /// sup|φ'|.
    pub(super) slope: f64,
    /// sup|φ''|.
    pub(super) curvature: f64,
    /// σ_min(J(W_0)).
    pub(super) jacobian_min: f64,
    pub(super) v_norm: f64,
    pub(super) v_largest: f64,
}

impl Facts {
    fn of(start: &RunStart<'_>, cancel: &Cancel) -> Result<Self, Cancelled> {
        let (activation, gram) = (start.activation, start.gram);
        let mut facts = Self {
            relu: activation == Activation::Relu,
            khatri_rao_min: f64::NAN,
            squared_norm: f64::NAN,
            covariance_min: f64::NAN,
            separation: separation(gram, start.dimension),
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

/// What all theorems ask of the inputs and the activation, however W is trained.
fn setting(draft: &mut Draft, start: &RunStart<'_>, facts: &Facts) -> Vec<Failure> {
    let mut failing = vec![
        draft.assume(
            "max |‖xₐ‖ − 1|",
            "unit inputs (Thm 2.1, whose setting the others share)",
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
    failing
}

/// What the theorems on gradient descent ask of the method and its step.
fn descent(draft: &mut Draft, start: &RunStart<'_>, facts: &Facts) -> Vec<Failure> {
    let beta = facts.beta(start);
    let divisor = if facts.relu { 3.0 } else { 2.0 };
    let limit = 1.0 / (divisor * beta * beta);
    draft.assume(
        "σ_min(X∗X)",
        "smallest singular value of the Khatri–Rao product, √λ_min(XXᵀ ⊙ XXᵀ) (2.2); not computed for more than 1024 points",
        facts.khatri_rao_min.sqrt(),
        Need::Above(0.0),
    );
    draft.assume(
        "κ(X)",
        "√(d/n)·‖X‖/σ²_min(X∗X) (2.2), finite where σ_min(X∗X) > 0; of order 1 on generic data with n ≳ d",
        kappa(start.n(), start.dimension, facts.squared_norm, facts.khatri_rao_min),
        Need::AtMost(f64::MAX),
    );
    let step = draft.assume(
        "η",
        if facts.relu {
            "step on the summed loss, at most 1/(3β²), which is n/(3‖y‖²‖X‖²) for v of Thm 2.3 (β of Lemma 6.6)"
        } else {
            "step on the summed loss, at most 1/(2β²), which is n/(2B²‖y‖²‖X‖²) for v of Thm 2.1 (β of Lemma 6.6)"
        },
        start.step_on_half(),
        Need::AtMost(limit),
    );
    vec![step, only_descent(start.method)]
}
