//! Linear networks and the imbalance of their initialization (Min, Tarmoun, Vidal, Mallada 2021).

pub(super) mod random_start;

use ndarray::{Array2, s};

use crate::linalg::{symmetric_eigen, symmetric_eigenvalues};
use crate::network::Activation;
use crate::spec::{Layers, Quantity};
use crate::task::{Cancel, Cancelled};

use super::draft::{Draft, Failure, is, only_flow};
use super::tools::neurons::neuron_gram;
use super::{Curve, LARGEST_SIDE, Need, PaperReport, RunStart};
use random_start::random_start;

/// Eigenvalues of XXᵀ below this share of the largest count as zero: they are rounding.
const RANK_TOLERANCE: f64 = 1e-12;

/// What the paper on linear networks says about a run: `None` unless the activation is the identity
/// and both layers are trained with equal steps. h is the width and m the number of outputs here.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub fn imbalance(start: &RunStart<'_>, cancel: &Cancel) -> Result<Option<PaperReport>, Cancelled> {
    let speaks = start.activation == Activation::Identity
        && start.layers == Layers::Both
        && is(start.hidden_step_factor, start.output_step_factor);
    if !speaks {
        return Ok(None);
    }
    let facts = Facts::of(start, cancel)?.unwrap_or(Facts::UNKNOWN);
    let mut draft = Draft::new("Min, Tarmoun, Vidal, Mallada 2021");
    let failing = assumptions(&mut draft, start, &facts);
    let rate = 2.0 * start.hidden_step_factor * facts.sigma_min * facts.c;
    let curve = Curve::ExponentialTo {
        floor: 0.5 * start.loss_factor * facts.irreducible,
        start: 0.5 * start.loss_factor * (start.squared_residual - facts.irreducible).max(0.0),
        rate,
    };
    let definition = "‖E(t)‖_F² ≤ e^{−2σ_n(Σ_X)ct}·‖E(0)‖_F², c = σ_{n+m−1}(U₁ᵀU₁ − VᵀV), t = 2ηk/n for the averaged loss; what no weights can fit of Y is added to the loss";
    draft.bound(("Thm 1", definition), Quantity::TrainLoss, curve, &failing);
    random_start(&mut draft, start, &facts);
    Ok(Some(draft.finish()))
}

/// The data and the start in the basis of the data.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    /// Rank n of the data.
    pub(super) rank: usize,
    /// σ_n(Σ_X), the smallest nonzero eigenvalue of (ab)²ΦΦᵀ.
    pub(super) sigma_min: f64,
    /// σ₁(Σ_X), the largest.
    pub(super) sigma_max: f64,
    /// c = σ_{n+m−1} of the imbalance.
    c: f64,
    /// σ_{n+m} of the imbalance.
    pub(super) last: f64,
    /// ‖Y − P_X Y‖_F², P_X the projection on the columns of X.
    irreducible: f64,
}

impl Facts {
    const UNKNOWN: Self = Self {
        rank: 0,
        sigma_min: f64::NAN,
        sigma_max: f64::NAN,
        c: f64::NAN,
        last: f64::NAN,
        irreducible: f64::NAN,
    };

    /// `None` where the problem is too large for a start, or a decomposition fails.
    fn of(start: &RunStart<'_>, cancel: &Cancel) -> Result<Option<Self>, Cancelled> {
        if !start.is_cheap() || start.n() + start.outputs() > LARGEST_SIDE {
            return Ok(None);
        }
        let Some(eigen) = symmetric_eigen(start.gram.clone(), cancel)? else {
            return Ok(None);
        };
        let largest = eigen.values.last().copied().unwrap_or(0.0);
        let first = eigen
            .values
            .partition_point(|l| *l <= RANK_TOLERANCE * largest);
        let rank = eigen.values.len() - first;
        let basis = eigen.vectors.slice(s![.., first..]).to_owned();
        let roots: Vec<f64> = eigen.values[first..].iter().map(|l| l.sqrt()).collect();
        let Some(sigma) = eigen.values.get(first) else {
            return Ok(None);
        };
        let fitted = basis.t().dot(&start.y);
        let irreducible = start.target_norm().powi(2) - fitted.iter().map(|x| x * x).sum::<f64>();
        let Some(values) = imbalance_values(start, (&basis, &roots), cancel)? else {
            return Ok(None);
        };
        let place = rank + start.outputs();
        let value =
            |position: Option<usize>| position.and_then(|p| values.get(p).copied()).unwrap_or(0.0);
        Ok(Some(Self {
            rank,
            sigma_min: (start.a * start.b).powi(2) * sigma,
            sigma_max: (start.a * start.b).powi(2) * largest,
            c: value(place.checked_sub(2)),
            last: value(place.checked_sub(1)),
            // Nothing but rounding is left where the data have full row rank.
            irreducible: if rank == start.n() {
                0.0
            } else {
                irreducible.max(0.0)
            },
        }))
    }
}

/// Singular values of U₁ᵀU₁ − VᵀV, descending, from an (n + m)-square problem.
///
/// With B = \[U₁; V\] and S = diag(I_n, −I_m) the imbalance is BᵀSB; its nonzero eigenvalues are those
/// of P^{1/2}SP^{1/2}, P = BBᵀ. U₁ = Λ^{−1/2}Qᵀ·XU with XXᵀ = QΛQᵀ, and XU = Hᵀ/b.
fn imbalance_values(
    start: &RunStart<'_>,
    (basis, roots): (&Array2<f64>, &[f64]),
    cancel: &Cancel,
) -> Result<Option<Vec<f64>>, Cancelled> {
    let features = neuron_gram(start.neurons, cancel, |h, _| (h.clone(), h))?;
    let mixed = neuron_gram(start.neurons, cancel, |h, v| (h, v.reversed_axes()))?;
    let (rank, outputs) = (roots.len(), start.outputs());
    let inner = basis.t().dot(&features).dot(basis) / start.b.powi(2);
    let cross = basis.t().dot(&mixed) / start.b;
    let products = start.output_gram();
    let side = rank + outputs;
    let p = Array2::from_shape_fn((side, side), |(i, j)| match (i < rank, j < rank) {
        (true, true) => inner[[i, j]] / (roots[i] * roots[j]),
        (true, false) => cross[[i, j - rank]] / roots[i],
        (false, true) => cross[[j, i - rank]] / roots[j],
        (false, false) => products[[i - rank, j - rank]],
    });
    let Some(eigen) = symmetric_eigen(p, cancel)? else {
        return Ok(None);
    };
    let halves = eigen.values.iter().map(|l| l.max(0.0).sqrt());
    let scaled = &eigen.vectors * &ndarray::Array1::from_iter(halves);
    let root = scaled.dot(&eigen.vectors.t());
    let mut signed = root.clone();
    signed.slice_mut(s![rank.., ..]).mapv_inplace(|x| -x);
    let values = symmetric_eigenvalues(root.dot(&signed), cancel)?;
    Ok(values.map(|values| {
        let mut sizes: Vec<f64> = values.into_iter().map(f64::abs).collect();
        sizes.sort_by(|x, y| y.total_cmp(x));
        sizes
    }))
}

fn assumptions(draft: &mut Draft, start: &RunStart<'_>, facts: &Facts) -> Vec<Failure> {
    let least = (facts.rank + start.outputs()) as f64 - 1.0;
    let failing = vec![
        draft.assume(
            "h",
            "width at least m + n − 1, n the rank of the data (Thm 1)",
            start.width as f64,
            Need::AtLeast(least),
        ),
        draft.assume(
            "c",
            "σ_{n+m−1}(U₁(0)ᵀU₁(0) − V(0)ᵀV(0)) (10); not computed for more than 1024 points",
            facts.c,
            Need::Above(0.0),
        ),
        only_flow(start.method),
    ];
    draft.assume(
        "D",
        "more dimensions than points, so that solutions are many (Sec. 3); Thm 1 does without (App. B)",
        start.dimension as f64,
        Need::Above(facts.rank as f64),
    );
    failing
}
