//! The outputs of a small network at its training points, and what they leave.

use pulp::Simd;

use crate::network::Real;
use crate::simd::Aligned;

use super::tiles::Shape;

/// Targets and residual at the training points, in whole lines.
#[derive(Clone, Debug)]
pub(in crate::train) struct Points<R> {
    count: usize,
    a: R,
    /// −Y.
    targets: Aligned<R>,
    /// 1 at the points, 0 beyond.
    mask: Aligned<R>,
    /// Σ vσ(h).
    sums: Aligned<R>,
    residual: Aligned<R>,
    residual_before: Aligned<R>,
    squared_residual: R,
}

impl<R: Real> Points<R> {
    /// For the targets, with outputs a times Σ vσ(h).
    pub(in crate::train) fn new<'a>(
        targets: impl Iterator<Item = &'a R>,
        a: R,
        shape: Shape,
    ) -> Self {
        let zeros = Aligned::filled(R::zero(), shape.point_row);
        let mut points = Self {
            count: shape.points,
            a,
            targets: zeros.clone(),
            mask: zeros.clone(),
            sums: zeros.clone(),
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
    pub(in crate::train) fn floats(&self) -> usize {
        5 * self.residual.len()
    }

    /// R.
    pub(in crate::train) fn residual(&self) -> &[R] {
        &self.residual[..self.count]
    }

    /// ‖R‖², as summed on the way.
    pub(in crate::train) fn squared_residual(&self) -> f64 {
        self.squared_residual.double()
    }

    /// ‖R‖² before the last step.
    pub(in crate::train) fn squared_residual_before(&self) -> f64 {
        let residual = self.residual_before[..self.count].iter();
        residual.map(|r| r.double().powi(2)).sum()
    }

    /// Keeps the residual as that before the step that follows.
    pub(in crate::train) fn keep_residual(&mut self) {
        std::mem::swap(&mut self.residual, &mut self.residual_before);
    }

    /// Where Σ vσ(h) at the points goes before [`Self::compare`], in a whole row.
    pub(in crate::train) fn sums(&mut self) -> &mut [R] {
        &mut self.sums
    }

    /// Takes Σ vσ(h) of values σ(H), neurons × points.
    #[inline(always)]
    pub(in crate::train) fn add_up<S: Simd>(&mut self, simd: S, v: &[R], values: &[R]) {
        let (values, _) = R::vectors::<S>(values);
        let (sums, _) = R::vectors_mut::<S>(&mut self.sums);
        for (to, values) in sums.iter_mut().zip(values.chunks_exact(v.len())) {
            let mut sum = R::splat(simd, R::zero());
            for (v, value) in v.iter().zip(values) {
                sum = R::times_plus(simd, R::splat(simd, *v), *value, sum);
            }
            *to = sum;
        }
    }

    /// R = a·Σ vσ(h) − Y; multiplies σ'(H), neurons × points, by it.
    #[inline(always)]
    pub(in crate::train) fn compare<S: Simd>(&mut self, simd: S, slopes: &mut [R]) {
        let a = R::splat(simd, self.a);
        let mut squares = R::splat(simd, R::zero());
        let (residual, _) = R::vectors_mut::<S>(&mut self.residual);
        let sums = R::vectors::<S>(&self.sums).0.iter();
        let targets = R::vectors::<S>(&self.targets).0.iter();
        let masks = R::vectors::<S>(&self.mask).0.iter();
        for (((r, sum), target), mask) in residual.iter_mut().zip(sums).zip(targets).zip(masks) {
            *r = R::times(simd, R::times_plus(simd, a, *sum, *target), *mask);
            squares = R::times_plus(simd, *r, *r, squares);
        }
        let (slopes, _) = R::vectors_mut::<S>(slopes);
        let neurons = slopes.len() / residual.len();
        for (r, slopes) in residual.iter().zip(slopes.chunks_exact_mut(neurons)) {
            let r = *r;
            for slope in slopes {
                *slope = R::times(simd, *slope, r);
            }
        }
        self.squared_residual = R::total(simd, squares);
    }
}
