//! The losses of outputs against targets, and the residuals that training follows.

use ndarray::{Array2, ArrayView1, ArrayView2};

use crate::network::Real;
use crate::spec::LossKind;

use super::shape::Shape;

/// Loss of a number of points without its factor s: ½‖f − Y‖_F², or −Σ y·log softmax(f). Both are
/// points × outputs.
pub fn total_loss(kind: LossKind, f: ArrayView2<'_, f64>, y: ArrayView2<'_, f64>) -> f64 {
    match kind {
        LossKind::Squared => {
            let squares = f.iter().zip(&y).map(|(f, y)| (f - y).powi(2));
            0.5 * squares.sum::<f64>()
        }
        LossKind::CrossEntropy => {
            let points = f.outer_iter().zip(y.outer_iter());
            points.map(|(f, y)| cross_entropy(f, y)).sum()
        }
    }
}

/// −Σ_p y_p log softmax(f)_p of one point.
fn cross_entropy(f: ArrayView1<'_, f64>, y: ArrayView1<'_, f64>) -> f64 {
    let normalizer = log_sum_exp(f);
    f.iter()
        .zip(y)
        // A target of 0 counts for nothing, even where its output is −∞.
        .filter(|(_, y)| **y != 0.0)
        .map(|(f, y)| y * (normalizer - f))
        .sum()
}

/// log Σ_p e^{f_p}, without overflow; NaN where an output is.
fn log_sum_exp(f: ArrayView1<'_, f64>) -> f64 {
    let largest =
        f.iter().copied().fold(
            f64::NEG_INFINITY,
            |m, x| {
                if x.is_nan() || x > m { x } else { m }
            },
        );
    if !largest.is_finite() {
        return f64::NAN;
    }
    largest + f.iter().map(|f| (f - largest).exp()).sum::<f64>().ln()
}

/// What a forward pass leaves at a number of points.
#[derive(Clone, Debug)]
pub struct Fit<R> {
    kind: LossKind,
    /// R, the derivative of the loss without its factor by f, outputs × points: f − Y, or
    /// softmax(f)·Σ_p y_p − Y.
    pub residual: Array2<R>,
    /// f, outputs × points; empty under the squared loss, where R has it.
    outputs: Array2<R>,
    /// −Σ y·log softmax(f); 0 under the squared loss.
    cross_entropy: f64,
}

impl<R: Real> Fit<R> {
    /// For a number of points, whose outputs are not known yet.
    pub fn new(kind: LossKind, outputs: usize, points: usize) -> Self {
        let kept = match kind {
            LossKind::Squared => (0, 0),
            LossKind::CrossEntropy => (outputs, points),
        };
        Self {
            kind,
            residual: Array2::zeros((outputs, points)),
            outputs: Array2::zeros(kept),
            cross_entropy: 0.0,
        }
    }

    /// Forgets the losses of points set before.
    pub fn clear(&mut self) {
        self.cross_entropy = 0.0;
    }

    /// Takes f, outputs × points, at the points from `first` on; `targets` gives the targets of each
    /// of them.
    pub fn set<'a>(
        &mut self,
        first: usize,
        f: &Array2<f64>,
        targets: impl Iterator<Item = ArrayView1<'a, R>>,
    ) {
        for ((k, y), f) in targets.enumerate().zip(f.columns()) {
            match self.kind {
                LossKind::Squared => {
                    for (p, y) in y.iter().enumerate() {
                        self.residual[[p, first + k]] = R::of(f[p] - y.double());
                    }
                }
                LossKind::CrossEntropy => {
                    self.set_cross_entropy(first + k, f, y.mapv(R::double).view());
                }
            }
        }
    }

    fn set_cross_entropy(&mut self, point: usize, f: ArrayView1<'_, f64>, y: ArrayView1<'_, f64>) {
        let normalizer = log_sum_exp(f);
        let total: f64 = y.sum();
        for (p, (f, y)) in f.iter().zip(y).enumerate() {
            self.residual[[p, point]] = R::of(total * (f - normalizer).exp() - y);
            self.outputs[[p, point]] = R::of(*f);
        }
        self.cross_entropy += cross_entropy(f, y);
    }

    /// Loss of the points without its factor.
    pub fn loss(&self) -> f64 {
        match self.kind {
            LossKind::Squared => 0.5 * self.squared_residual(),
            LossKind::CrossEntropy => self.cross_entropy,
        }
    }

    /// ‖R‖_F².
    pub fn squared_residual(&self) -> f64 {
        self.residual.iter().map(|r| r.double().powi(2)).sum()
    }

    /// f, points × outputs; `y` are the targets (points × outputs).
    pub fn outputs(&self, y: &Array2<R>) -> Array2<f64> {
        match self.kind {
            LossKind::Squared => {
                let mut f = self.residual.t().mapv(R::double);
                f.zip_mut_with(y, |f, y| *f += y.double());
                f
            }
            LossKind::CrossEntropy => self.outputs.t().mapv(R::double),
        }
    }

    /// Floats held.
    pub fn floats(&self) -> usize {
        self.residual.len() + self.outputs.len()
    }
}

/// Entries whose sums are held in registers.
const SUMS: usize = 8;

/// Sums of the blocks, outputs × points, added in order in double precision.
pub(super) fn total_of<'a, R: Real>(parts: impl Iterator<Item = ArrayView2<'a, R>>) -> Array2<f64> {
    let mut shape = (0, 0);
    let mut slices: Vec<&[R]> = Vec::new();
    for part in parts {
        shape = part.dim();
        match part.to_slice() {
            Some(slice) => slices.push(slice),
            None => unreachable!("sums are contiguous by construction"),
        }
    }
    let entries = shape.0 * shape.1;
    let mut total = Vec::with_capacity(entries);
    for first in (0..entries).step_by(SUMS) {
        let (mut sums, left) = ([0.0; SUMS], SUMS.min(entries - first));
        for slice in &slices {
            match slice[first..first + left].as_array::<SUMS>() {
                Some(all) => add(&mut sums, all),
                None => add(&mut sums, &slice[first..first + left]),
            }
        }
        total.extend_from_slice(&sums[..left]);
    }
    match Array2::from_shape_vec(shape, total) {
        Ok(total) => total,
        Err(_) => unreachable!("there is a sum for each entry"),
    }
}

#[inline(always)]
fn add<R: Real>(sums: &mut [f64], entries: &[R]) {
    for (sum, x) in sums.iter_mut().zip(entries) {
        *sum += x.double();
    }
}

/// Bytes of a [`Fit`] at all training points: f and R.
pub(super) fn held(shape: &Shape) -> u128 {
    shape.real * 2 * shape.sizes.n * shape.sizes.outputs
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn sums_of_blocks_add_up_at_any_number_of_points() {
        for (outputs, points) in [(1, 1), (1, 8), (2, 5), (3, 19)] {
            let part = |k: usize| {
                let entry = |(p, a): (usize, usize)| (100 * k + 10 * p + a) as f32;
                Array2::from_shape_fn((outputs, points), entry)
            };
            let parts = [part(1), part(2), part(3)];
            let total = total_of(parts.iter().map(|part| part.view()));
            let expected = (&parts[0] + &parts[1] + &parts[2]).mapv(f64::from);
            assert_eq!(total, expected);
        }
        assert_eq!(total_of::<f32>(std::iter::empty()).dim(), (0, 0));
    }

    #[test]
    fn cross_entropy_is_the_negative_log_likelihood_without_overflow() {
        let (f, y) = (
            array![[0.0, 3f64.ln()], [1000.0, 0.0]],
            array![[1.0, 0.0], [0.0, 1.0]],
        );
        let loss = total_loss(LossKind::CrossEntropy, f.view(), y.view());
        assert!((loss - (4f64.ln() + 1000.0)).abs() < 1e-12, "{loss}");
        let certain = array![[f64::NAN, 0.0]];
        let one = array![[1.0, 0.0]];
        assert!(total_loss(LossKind::CrossEntropy, certain.view(), one.view()).is_nan());
    }

    #[test]
    fn the_residual_is_the_derivative_of_the_loss() {
        let (f, y) = (
            array![[0.3, -2.0], [1.1, 0.4], [-0.5, 0.2]],
            array![[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]],
        );
        for kind in [LossKind::Squared, LossKind::CrossEntropy] {
            let fit = |f: &Array2<f64>| {
                let mut fit = Fit::<f64>::new(kind, 3, 2);
                fit.set(0, f, y.outer_iter());
                fit
            };
            let at = fit(&f);
            let direct = total_loss(kind, at.outputs(&y).view(), y.view());
            assert!((at.loss() - direct).abs() < 1e-14, "{kind:?}");
            for p in 0..3 {
                for k in 0..2 {
                    let moved = |by: f64| {
                        let mut f = f.clone();
                        f[[p, k]] += by;
                        fit(&f).loss()
                    };
                    let slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
                    assert!(
                        (slope - at.residual[[p, k]]).abs() < 1e-9,
                        "{kind:?} {slope}"
                    );
                }
            }
        }
    }
}
