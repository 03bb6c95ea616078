//! The outputs of a small network at its training points, and what they leave.

use pulp::Simd;

use crate::network::Real;
use crate::simd::{Aligned, Lanes};

use super::small_softplus::{TOGETHER, softplus};
use super::small_tiles::Shape;

/// Targets and residual at the training points, in whole lines.
#[derive(Clone, Debug)]
pub(super) struct Points<R> {
    count: usize,
    /// a, or a·ln 2 where σ is computed in units of ln 2.
    a: R,
    /// −Y.
    targets: Aligned<R>,
    /// 1 at the points, 0 beyond.
    mask: Aligned<R>,
    residual: Aligned<R>,
    residual_before: Aligned<R>,
    squared_residual: R,
}

impl<R: Real> Points<R> {
    /// For the targets, with outputs a times Σ vσ(h).
    pub(super) fn new<'a>(targets: impl Iterator<Item = &'a R>, a: R, shape: Shape) -> Self {
        let zeros = Aligned::filled(R::zero(), shape.point_row);
        let mut points = Self {
            count: shape.points,
            a,
            targets: zeros.clone(),
            mask: zeros.clone(),
            residual: zeros.clone(),
            residual_before: zeros,
            squared_residual: R::nan(),
        };
        for (a, y) in targets.enumerate() {
            (points.targets[a], points.mask[a]) = (-*y, R::one());
        }
        points
    }

    /// Floats held.
    pub(super) fn floats(&self) -> usize {
        4 * self.residual.len()
    }

    /// R.
    pub(super) fn residual(&self) -> &[R] {
        &self.residual[..self.count]
    }

    /// ‖R‖², as summed on the way.
    pub(super) fn squared_residual(&self) -> f64 {
        self.squared_residual.double()
    }

    /// ‖R‖² before the last step.
    pub(super) fn squared_residual_before(&self) -> f64 {
        let residual = self.residual_before[..self.count].iter();
        residual.map(|r| r.double().powi(2)).sum()
    }

    /// Keeps the residual as that before the step that follows.
    pub(super) fn keep_residual(&mut self) {
        std::mem::swap(&mut self.residual, &mut self.residual_before);
    }

    /// R = aVσ(H) − Y; multiplies σ'(H) by it. Both are neurons × points.
    #[inline(always)]
    pub(super) fn compare<S: Simd>(&mut self, simd: S, v: &[R], values: &[R], slopes: &mut [R]) {
        let (values, _) = R::vectors::<S>(values);
        let (slopes, _) = R::vectors_mut::<S>(slopes);
        let mut view = View::of(simd, self);
        let vectors = view.targets.len();
        for c in 0..vectors {
            let mut sum = R::splat(simd, R::zero());
            for (v, value) in v.iter().zip(values.iter().skip(c).step_by(vectors)) {
                sum = R::times_plus(simd, R::splat(simd, *v), *value, sum);
            }
            view.compare(simd, c, sum, slopes);
        }
        self.squared_residual = R::total(simd, view.squares);
    }
}

impl Points<f32> {
    /// The same of softplus for H·log₂e (neurons × points), whose values are used as they are computed;
    /// gives σ'(H), multiplied.
    #[inline(always)]
    pub(super) fn compare_softplus<S: Simd>(
        &mut self,
        simd: S,
        v: &[f32],
        h: &[f32],
        slopes: &mut [f32],
    ) {
        let (h, _) = f32::vectors::<S>(h);
        let (slopes, _) = f32::vectors_mut::<S>(slopes);
        let mut view = View::of(simd, self);
        let vectors = view.targets.len();
        for c in 0..vectors {
            let mut sum = simd.splat_f32s(0.0);
            let mut at = c;
            let together = v.chunks_exact(TOGETHER);
            let rest = together.remainder();
            for v in together {
                sum = add_softplus::<S, TOGETHER>(simd, v, h, slopes, (at, vectors), sum);
                at += TOGETHER * vectors;
            }
            for v in rest.chunks_exact(1) {
                sum = add_softplus::<S, 1>(simd, v, h, slopes, (at, vectors), sum);
                at += vectors;
            }
            view.compare(simd, c, sum, slopes);
        }
        self.squared_residual = simd.reduce_sum_f32s(view.squares);
    }
}

/// Adds vσ(h) of a few neurons at the points of a vector, and keeps σ'; given are the place of the
/// first neuron's vector, and their distance.
#[inline(always)]
fn add_softplus<S: Simd, const U: usize>(
    simd: S,
    v: &[f32],
    h: &[S::f32s],
    slopes: &mut [S::f32s],
    (at, distance): (usize, usize),
    mut sum: S::f32s,
) -> S::f32s {
    let h: [S::f32s; U] = std::array::from_fn(|u| h[at + u * distance]);
    let (value, slope) = softplus(simd, h);
    for u in 0..U {
        slopes[at + u * distance] = slope[u];
        sum = simd.mul_add_e_f32s(simd.splat_f32s(v[u]), value[u], sum);
    }
    sum
}

/// The same as vectors, for one level.
struct View<'a, R: Real, S: Simd> {
    a: R::Vector<S>,
    targets: &'a [R::Vector<S>],
    mask: &'a [R::Vector<S>],
    residual: &'a mut [R::Vector<S>],
    /// Sums of R² so far.
    squares: R::Vector<S>,
}

impl<'a, R: Real, S: Simd> View<'a, R, S> {
    #[inline(always)]
    fn of(simd: S, points: &'a mut Points<R>) -> Self {
        Self {
            a: R::splat(simd, points.a),
            targets: R::vectors::<S>(&points.targets).0,
            mask: R::vectors::<S>(&points.mask).0,
            residual: R::vectors_mut::<S>(&mut points.residual).0,
            squares: R::splat(simd, R::zero()),
        }
    }

    /// R at the points of a vector, given Vσ(H) there; multiplies σ' there by it.
    #[inline(always)]
    fn compare(&mut self, simd: S, c: usize, sum: R::Vector<S>, slopes: &mut [R::Vector<S>]) {
        let residual = R::times_plus(simd, self.a, sum, self.targets[c]);
        let residual = R::times(simd, residual, self.mask[c]);
        self.residual[c] = residual;
        self.squares = R::times_plus(simd, residual, residual, self.squares);
        let vectors = self.targets.len();
        let mut at = c;
        while at < slopes.len() {
            slopes[at] = R::times(simd, slopes[at], residual);
            at += vectors;
        }
    }
}
