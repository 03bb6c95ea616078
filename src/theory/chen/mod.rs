//! Chen, Vanden-Eijnden, Bruna: feature learning with global convergence guarantees.

pub(super) mod embedding;

use std::f64::consts::PI;

use ndarray::Array2;

use crate::network::{Activation, ActiveInterval, LEAK};
use crate::spec::{Layers, Quantity};
use crate::task::{Cancel, Cancelled};

use super::draft::{Draft, Failure, UNIT_TOLERANCE, is, only_flow};
use super::entries::{entries, independent};
use super::tools::neurons::fold_blocks;
use super::{Curve, Extremes, Need, PaperReport, RunStart};
use embedding::embedding;

/// Failure probability δ in the required widths.
pub(super) const DELTA: f64 = 0.1;

/// What Chen et al. say about a run: `None` unless it has one output, a = 1/m, the step factor m,
/// and only W trained.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub fn feature_learning(
    start: &RunStart<'_>,
    cancel: &Cancel,
) -> Result<Option<PaperReport>, Cancelled> {
    let m = start.width as f64;
    let speaks = start.outputs() == 1
        && start.layers == Layers::Hidden
        && is(start.a, 1.0 / m)
        && is(start.hidden_step_factor, m);
    if !speaks {
        return Ok(None);
    }
    let facts = Facts::of(start, cancel)?;
    let mut draft = Draft::new("Chen, Vanden-Eijnden, Bruna 2022");
    let common = common(&mut draft, start, &facts);
    uniform_slope(&mut draft, start, &facts, &common);
    let lipschitz = draft.assume(
        "L_σ",
        "Lipschitz constant of σ (Assumption 2)",
        start.activation.lipschitz(),
        Need::AtMost(f64::MAX),
    );
    let mut failing = common;
    failing.push(lipschitz);
    active_neurons(&mut draft, start, &facts, &failing);
    theorem(&mut draft, start, &facts, &failing);
    embedding(&mut draft, start, cancel)?;
    Ok(Some(draft.finish()))
}

/// The Gram matrix G = b²ΦΦᵀ, the active interval and the start.
struct Facts {
    g: Extremes,
    g_least_diagonal: f64,
    g_largest_diagonal: f64,
    interval: ActiveInterval,
    /// ĉ, the largest |c_i|.
    c: f64,
    /// Share of neurons in the middle third of I, at the point where it is least (18).
    middle: f64,
    /// ½‖f − y‖² at the start.
    half_loss: f64,
}

impl Facts {
    fn of(start: &RunStart<'_>, cancel: &Cancel) -> Result<Self, Cancelled> {
        let g = start.gram.mapv(|x| start.b.powi(2) * x);
        let diagonal = g.diag().to_vec();
        let interval = start.activation.active_interval();
        Ok(Self {
            g_least_diagonal: diagonal.iter().copied().fold(f64::INFINITY, f64::min),
            g_largest_diagonal: diagonal.iter().copied().fold(0.0, f64::max),
            g: if start.is_small() {
                Extremes::of(g, cancel)?
            } else {
                Extremes::UNKNOWN
            },
            c: start.output_sizes().0,
            middle: middle_share(start, interval, cancel)?,
            half_loss: 0.5 * start.squared_residual,
            interval,
        })
    }

    fn length(&self) -> f64 {
        self.interval.right - self.interval.left
    }

    /// κ(λ_min(G), λ_max(G)) of (19).
    fn kappa(&self) -> f64 {
        9.0 * self.g.max / (2f64.sqrt() * self.g.min * self.interval.slope * self.length())
    }

    /// K(I, G_min, G_max) of Lemma 3.
    fn k(&self) -> f64 {
        let farthest = self.interval.left.abs().max(self.interval.right.abs());
        self.length() / (6.0 * (2.0 * PI * self.g_largest_diagonal).sqrt())
            * (-farthest.powi(2) / (2.0 * self.g_least_diagonal)).exp()
    }

    /// 2ĉ²λ_min(G)·slope²·share: the rate of the loss with that share of active neurons.
    fn rate(&self, slope: f64, share: f64) -> f64 {
        2.0 * self.c.powi(2) * self.g.min * slope.powi(2) * share
    }
}

/// min_a of the share of neurons with h_i(x_a) in the middle third of I.
fn middle_share(
    start: &RunStart<'_>,
    interval: ActiveInterval,
    cancel: &Cancel,
) -> Result<f64, Cancelled> {
    let left = (2.0 * interval.left + interval.right) / 3.0;
    let right = (interval.left + 2.0 * interval.right) / 3.0;
    let inside = |h: Array2<f64>, _| -> Vec<usize> {
        let columns = h.columns();
        columns
            .into_iter()
            .map(|h| h.iter().filter(|h| **h > left && **h < right).count())
            .collect()
    };
    let add = |mut sum: Vec<usize>, part: Vec<usize>| {
        sum.iter_mut().zip(part).for_each(|(s, p)| *s += p);
        sum
    };
    let counts = fold_blocks(start.neurons, cancel, vec![0; start.n()], inside, add)?;
    let least = counts.into_iter().min().unwrap_or(0);
    Ok(least as f64 / start.width as f64)
}

fn common(draft: &mut Draft, start: &RunStart<'_>, facts: &Facts) -> Vec<Failure> {
    let (largest, smallest) = start.output_sizes();
    let failing = vec![
        draft.assume(
            "min|cᵢ|/max|cᵢ|",
            "all |cᵢ| equal to ĉ (Assumption 1)",
            smallest / largest,
            Need::AtLeast(1.0 - UNIT_TOLERANCE),
        ),
        draft.assume(
            "λ_min(G)",
            "smallest eigenvalue of G = b²ΦΦᵀ (Thm 1); not computed for more than 1024 points",
            facts.g.min,
            Need::Above(0.0),
        ),
        only_flow(start.method),
    ];
    entries(
        draft,
        start,
        ("ω1", "entries of W(0) standard normal (Assumption 3)"),
        start.omega1,
        start.width * start.dimension,
    );
    // The bounds are checked on the weights themselves, however they were drawn; the widths are not.
    let asked = "Assumption 3: the widths count these alone";
    independent(draft, start, asked);
    failing
}

/// (16): activations whose slope stays away from 0 on all of R.
fn uniform_slope(draft: &mut Draft, start: &RunStart<'_>, facts: &Facts, common: &[Failure]) {
    let slope = match start.activation {
        Activation::Identity => 1.0,
        Activation::LeakyRelu => LEAK,
        _ => 0.0,
    };
    let mut failing = common.to_vec();
    failing.push(draft.assume(
        "inf|σ′|",
        "slope away from 0 on all of R, for (16): identity and leaky ReLU (not the cubic, whose slope is 0 at 0)",
        slope,
        Need::Above(0.0),
    ));
    let curve = Curve::Exponential {
        start: start.loss(),
        rate: facts.rate(slope, 1.0),
    };
    let definition = "L(t) ≤ L(0)·e^{−2ĉ²λ_min(G)K²t}, K = inf|σ′|";
    draft.bound(("(16)", definition), Quantity::TrainLoss, curve, &failing);
}

/// Lemma 1 and (50) with the start's own η̃⁰ and L⁰.
fn active_neurons(draft: &mut Draft, start: &RunStart<'_>, facts: &Facts, common: &[Failure]) {
    let left = facts.middle.powf(1.5) - facts.kappa() * facts.half_loss.sqrt() / facts.c;
    let mut failing = common.to_vec();
    failing.push(draft.assume(
        "(η̃⁰)^{3/2} − κ√L⁰/ĉ",
        "share of neurons that stay active (Lemma 1 (19) at L = 0), κ = 9λ_max(G)/(√2·λ_min(G)·K_σ′·(I_r − I_l)); the printed κ has the interval's length and a factor 2 in the wrong places",
        left,
        Need::Above(0.0),
    ));
    let share = left.max(0.0).powf(2.0 / 3.0);
    let definition = "η(t) ≥ ((η̃⁰)^{3/2} − κ√L⁰/ĉ)^{2/3}, from (19) with L(t) ≥ 0";
    let curve = Curve::Constant(share);
    draft.lower_bound(
        ("Lemma 1", definition),
        Quantity::ActiveFraction,
        curve,
        &failing,
    );
    let curve = Curve::Exponential {
        start: start.loss(),
        rate: facts.rate(facts.interval.slope, share),
    };
    let definition =
        "L(t) ≤ L(0)·e^{−2ĉ²λ_min(G)K_σ′²ηt}, η the least share of active neurons of Lemma 1 (50)";
    draft.bound(("(50)", definition), Quantity::TrainLoss, curve, &failing);
}

/// Theorem 1 with the constants of Appendix E: (58) and (61).
fn theorem(draft: &mut Draft, start: &RunStart<'_>, facts: &Facts, common: &[Failure]) {
    let (k, y) = (facts.k(), start.target_norm());
    let c2 =
        3.0 * facts.g.max / (2f64.sqrt() * facts.length() * facts.interval.slope * facts.g.min);
    let least_c = 6.0 * c2 * y / k.powf(1.5);
    let mut failing = common.to_vec();
    failing.push(draft.assume(
        "ĉ",
        "at least 6C₂‖y‖/K^{3/2} (58), C₂ = λ_max(G)/(√2·ξ·K_σ′·λ_min(G)), ξ = (I_r − I_l)/3; the printed 3√2 takes √(2L) for √L",
        facts.c,
        Need::AtLeast(least_c),
    ));
    failing.push(draft.assume(
        "η̃⁰",
        "share of neurons in the middle of I, above K = (I_r − I_l)/(6√(2πG_max))·e^{−max(I_l², I_r²)/(2G_min)} (Lemma 3, its density corrected)",
        facts.middle,
        Need::Above(k),
    ));
    failing.push(draft.assume(
        "L⁰",
        "½‖f − y‖² at the start, at most ‖y‖² (Lemma 2)",
        facts.half_loss,
        Need::AtMost(y * y),
    ));
    let curve = Curve::Exponential {
        start: start.loss(),
        rate: facts.rate(facts.interval.slope, k * 2f64.powf(-2.0 / 3.0)),
    };
    let definition = "L(t) ≤ L(0)·exp(−2^{1/3}·λ_min(G)·K_σ′²·K·ĉ²·t)";
    draft.bound(("(61)", definition), Quantity::TrainLoss, curve, &failing);
    let n = start.n() as f64;
    draft.at_least(
        "m ≥ log(n/δ)/(2K²)",
        "width of Lemma 3 with failure probability δ = 0.1",
        (n / DELTA).ln() / (2.0 * k * k),
        start.independent_neurons() as f64,
    );
    draft.at_least(
        "m ≥ C(1 + ĉ²)log(n/δ)",
        "width of Thm 1 with δ = 0.1, the unknown constant set to 1",
        (1.0 + facts.c.powi(2)) * (n / DELTA).ln(),
        start.independent_neurons() as f64,
    );
}
