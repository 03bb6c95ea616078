//! Du, Zhai, Poczos, Singh: gradient descent provably optimizes over-parameterized networks.

pub(super) mod joint;

use ndarray::Array2;

use crate::network::Activation;
use crate::spec::{Method, Quantity};
use crate::task::{Cancel, Cancelled};

use super::draft::{
    Draft, FROM_RANDOM_START, Failure, UNIT_TOLERANCE, is, only_descent, only_flow,
};
use super::flips::{FlipShares, flip_shares};
use super::{Curve, Extremes, Need, PaperReport, RunStart, slope_covariance};
use joint::{joint, widths};

/// What Du et al. say about a run: `None` unless it is a ReLU network with one output,
/// a = 1/√m, b = 1, equal steps of the layers, and W trained.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub fn provable_descent(
    start: &RunStart<'_>,
    cancel: &Cancel,
) -> Result<Option<PaperReport>, Cancelled> {
    let m = start.width as f64;
    let both = start.layers.hidden() && start.layers.output();
    let speaks = start.activation == Activation::Relu
        && start.outputs() == 1
        && start.layers.hidden()
        && is(start.a, 1.0 / m.sqrt())
        && is(start.b, 1.0)
        && is(start.hidden_step_factor, 1.0)
        && (!both || is(start.output_step_factor, 1.0));
    if !speaks {
        return Ok(None);
    }
    let kernels = Kernels::of(start, cancel)?;
    let mut draft = Draft::new("Du, Zhai, Póczos, Singh 2019");
    let common = common(&mut draft, start, &kernels);
    match (both, start.method) {
        (true, _) => joint(&mut draft, start, &kernels, &common, cancel)?,
        (false, Method::GradientFlow { .. }) => flow(&mut draft, start, &kernels, &common, cancel)?,
        (false, _) => {
            let definition = "‖u(t) − y‖² ≤ e^{−λ₀t}·‖u(0) − y‖²";
            let mut failing = common.clone();
            failing.push(only_flow(start.method));
            let curve = exponential(start, kernels.limit.min);
            draft.bound(
                ("Thm 3.2", definition),
                Quantity::TrainLoss,
                curve,
                &failing,
            );
            let note = |draft: &mut Draft| descent(draft, start, &kernels, &common, cancel);
            draft.for_one_step(FROM_RANDOM_START, note)?;
        }
    }
    widths(&mut draft, start, kernels.limit.min, both);
    Ok(Some(draft.finish()))
}

/// Extreme eigenvalues of H^∞ and of H(0).
pub(super) struct Kernels {
    pub(super) limit: Extremes,
    pub(super) start: Extremes,
}

impl Kernels {
    fn of(start: &RunStart<'_>, cancel: &Cancel) -> Result<Self, Cancelled> {
        let mut kernels = Self {
            limit: Extremes::UNKNOWN,
            start: Extremes::UNKNOWN,
        };
        if start.is_small() {
            let limit = slope_covariance(Activation::Relu, 1.0, start.gram);
            kernels.limit = Extremes::of(limit, cancel)?;
        }
        if start.is_cheap() {
            kernels.start = Extremes::of(start.hidden_kernel(cancel)?, cancel)?;
        }
        Ok(kernels)
    }
}

/// Assumptions of every theorem.
fn common(draft: &mut Draft, start: &RunStart<'_>, kernels: &Kernels) -> Vec<Failure> {
    let (largest, smallest) = start.output_sizes();
    let size = (largest - 1.0).abs().max((smallest - 1.0).abs());
    let lambda = kernels.limit.min;
    let failing = vec![
        draft.assume(
            "max |‖xₐ‖ − 1|",
            "unit inputs (Thm 3.2)",
            start.norm_deviation(),
            Need::AtMost(UNIT_TOLERANCE),
        ),
        draft.assume(
            "max ||aᵣ| − 1|",
            "output weights ±1 at the start (Thm 3.2)",
            size,
            Need::AtMost(UNIT_TOLERANCE),
        ),
        draft.assume(
            "λ₀ = λ_min(H^∞)",
            "smallest eigenvalue of H^∞ = xₐ·x_b (π − arccos xₐ·x_b)/(2π) (Assumption 3.1); not computed for more than 1024 points",
            lambda,
            Need::Above(0.0),
        ),
    ];
    draft.assume(
        "λ_min(H(0))",
        "at least ¾λ₀ with high probability (Lemma 3.1)",
        kernels.start.min,
        Need::AtLeast(0.75 * lambda),
    );
    failing
}

pub(super) fn exponential(start: &RunStart<'_>, rate: f64) -> Curve {
    Curve::Exponential {
        start: start.loss(),
        rate,
    }
}

/// Radius k·√n‖y − u(0)‖/(√m·λ₀).
pub(super) fn radius(start: &RunStart<'_>, lambda: f64, k: f64) -> f64 {
    k * (start.n() as f64 / start.width as f64).sqrt() * start.residual_norm() / lambda
}

/// ‖ΔH‖_F when only neurons within the shares may flip: |H_ab(t) − H_ab(0)| ≤ |⟨x_a, x_b⟩|(S_a + S_b),
/// S_a alone where a = b, and never more than 1 of it.
pub(super) fn kernel_change(start: &RunStart<'_>, shares: &FlipShares) -> f64 {
    let change = Array2::from_shape_fn(start.gram.raw_dim(), |(i, j)| {
        let either = if i == j {
            shares.0[i]
        } else {
            (shares.0[i] + shares.0[j]).min(1.0)
        };
        start.gram[[i, j]] * either
    });
    frobenius(&change)
}

pub(super) fn frobenius(matrix: &Array2<f64>) -> f64 {
    matrix.iter().map(|x| x * x).sum::<f64>().sqrt()
}

pub(super) const FLIPS: &str =
    "S_a the share of neurons with |wᵣ(0)·xₐ| ≤ R′, the only ones whose sign can change within R′";

/// Theorem 3.2 and Lemmas 3.2–3.4 under gradient flow.
fn flow(
    draft: &mut Draft,
    start: &RunStart<'_>,
    kernels: &Kernels,
    common: &[Failure],
    cancel: &Cancel,
) -> Result<(), Cancelled> {
    let lambda = kernels.limit.min;
    let radius = radius(start, lambda, 2.0);
    let change = kernel_change(start, &flip_shares(start, radius, cancel)?);
    let mut failing = common.to_vec();
    failing.push(draft.assume(
        "λ_min(H(0)) − ‖ΔH‖_F",
        format!("H keeps half of λ₀ while the weights stay within R′ (Lemmas 3.2, 3.4, checked on the weights): ΔH_ab = xₐ·x_b (S_a + S_b), {FLIPS}"),
        kernels.start.min - change,
        Need::Above(0.5 * lambda),
    ));
    failing.push(only_flow(start.method));
    let definition = "‖u(t) − y‖² ≤ e^{−λ₀t}·‖u(0) − y‖²";
    let curve = exponential(start, lambda);
    draft.bound(
        ("Thm 3.2", definition),
        Quantity::TrainLoss,
        curve,
        &failing,
    );
    let definition = "‖wᵣ(t) − wᵣ(0)‖ ≤ R′ = 2√n‖y − u(0)‖/(√m·λ₀); the printed R′ drops a factor 2 of the integral of e^{−λ₀s/2}";
    radius_bounds(draft, ("Lemma 3.3", definition), (radius, change), &failing);
    Ok(())
}

/// Theorem 4.1 and (8) under gradient descent.
fn descent(
    draft: &mut Draft,
    start: &RunStart<'_>,
    kernels: &Kernels,
    common: &[Failure],
    cancel: &Cancel,
) -> Result<(), Cancelled> {
    let (lambda, n, eta) = (kernels.limit.min, start.n() as f64, start.step_on_half());
    let radius = radius(start, lambda, 4.0);
    let shares = flip_shares(start, radius, cancel)?;
    let change = kernel_change(start, &shares);
    let lost = Array2::from_shape_fn(start.gram.raw_dim(), |(i, j)| {
        start.gram[[i, j]] * shares.0[i]
    });
    let share_norm = shares.0.iter().map(|s| s * s).sum::<f64>().sqrt();
    let left =
        kernels.start.min - change - frobenius(&lost) - n.sqrt() * share_norm - 0.5 * eta * n * n;
    let mut failing = common.to_vec();
    failing.push(draft.assume(
        "λ_min(H(0)) − ‖ΔH‖_F − ‖H^⊥‖_F − √n‖S‖ − ηn²/2",
        format!("one step keeps its share of the rate (proof of Thm 4.1, checked on the weights with R′ of (8)): ΔH_ab = xₐ·x_b (S_a + S_b), H^⊥_ab = xₐ·x_b S_a, {FLIPS}"),
        left,
        Need::Above(0.25 * lambda),
    ));
    failing.push(only_descent(start.method));
    let curve = Curve::Geometric {
        start: start.loss(),
        factor: 1.0 - 0.5 * eta * lambda,
    };
    let definition = "‖u(k) − y‖² ≤ (1 − ηλ₀/2)^k·‖u(0) − y‖², η the step on the summed loss";
    draft.bound(
        ("Thm 4.1", definition),
        Quantity::TrainLoss,
        curve,
        &failing,
    );
    let definition = "‖wᵣ(k) − wᵣ(0)‖ ≤ R′ = 4√n‖y − u(0)‖/(√m·λ₀)";
    radius_bounds(draft, ("(8)", definition), (radius, change), &failing);
    draft.at_most(
        "η = O(λ₀/n²)",
        "step of Thm 4.1, the unknown constant set to 1",
        lambda / (n * n),
        eta,
    );
    Ok(())
}

fn radius_bounds(
    draft: &mut Draft,
    distance: (&str, &str),
    (radius, change): (f64, f64),
    failing: &[Failure],
) {
    let curve = Curve::Constant(radius);
    draft.bound(distance, Quantity::MaxNeuronDistance, curve, failing);
    let definition = "‖H(t) − H(0)‖₂ ≤ ‖ΔH‖_F, ΔH_ab = xₐ·x_b (S_a + S_b), S_a the share of neurons with |wᵣ(0)·xₐ| ≤ R′ (the lemma bounds it by λ₀/4 in probability)";
    let curve = Curve::Constant(change);
    draft.bound(
        ("Lemma 3.2", definition),
        Quantity::NtkChangeOperator,
        curve,
        failing,
    );
}
