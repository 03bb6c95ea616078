//! Products with a matrix of two values.

use pulp::Simd;

use super::SubsetSums;
use super::look_up::LookUp;

use multiplied::Multiplied;

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
mod looked_up;
mod multiplied;

/// H + L ← H + L + X·diag(w)·S·diag(f) for several S, whose entries are 1 or ℓ. H is the sum as it is rounded, and L
/// what is lost by that, so that no number of small steps is.
///
/// The terms of four columns of X are added up first, then these sums in order, every entry by itself:
/// whether they are looked up does not show, nor do the other S.
#[derive(Debug)]
pub struct SubsetProduct<'a, R> {
    /// X·diag(w), rows × inner.
    pub x: &'a SubsetSums<R>,
    /// The matrices S, and where their products go.
    pub parts: Vec<SubsetPart<'a, R>>,
}

/// One of the matrices of a [`SubsetProduct`]. Rows of S, H and L are contiguous, one after the other, as many
/// floats each as there are `factors`.
#[derive(Debug)]
pub struct SubsetPart<'a, R> {
    /// S, inner × width.
    pub s: &'a [R],
    /// f, of every column.
    pub factors: Vec<R>,
    /// H, rows × width.
    pub sum: &'a mut [R],
    /// L, rows × width.
    pub lost: &'a mut [R],
}

impl<R: LookUp> SubsetProduct<'_, R> {
    /// Carries out the products, unless somebody who is asked several times a millisecond says that they are not
    /// wanted any more.
    pub fn run(mut self, is_over: &dyn Fn() -> bool) {
        self.parts.retain(|part| part.width() > 0);
        if self.x.are_looked_up() {
            return self.look_up(is_over);
        }
        let (x, level) = (self.x, self.x.level());
        for part in self.parts {
            if is_over() {
                return;
            }
            level.run(Multiplied { x, part });
        }
    }

    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    fn look_up(mut self, is_over: &dyn Fn() -> bool) {
        let Some(simd) = super::level::avx512() else {
            unreachable!("sums are looked up where the processor can");
        };
        simd.vectorize(looked_up::LookedUp {
            simd,
            x: self.x,
            parts: &mut self.parts,
            is_over,
        });
    }

    #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
    fn look_up(self, _: &dyn Fn() -> bool) {
        unreachable!("sums are looked up where the processor can");
    }
}

impl<R: LookUp> SubsetPart<'_, R> {
    fn width(&self) -> usize {
        self.factors.len()
    }

    /// Adds the sums of a row's columns, whole vectors.
    #[inline(always)]
    fn add<S: Simd, const N: usize>(
        &mut self,
        simd: S,
        [row, column]: [usize; 2],
        sums: [R::Vector<S>; N],
    ) {
        let size = N * R::count::<S>();
        let place = row * self.width() + column;
        let place = place..place + size;
        let (factors, _) = R::vectors::<S>(&self.factors[column..column + size]);
        let (sum, _) = R::vectors_mut::<S>(&mut self.sum[place.clone()]);
        let (lost, _) = R::vectors_mut::<S>(&mut self.lost[place]);
        for (c, step) in sums.into_iter().enumerate() {
            let step = R::times_plus(simd, factors[c], step, lost[c]);
            (sum[c], lost[c]) = added::<R, S>(simd, sum[c], step);
        }
    }
}

/// H + L rounded, and what is lost.
#[inline(always)]
fn added<R: LookUp, S: Simd>(
    simd: S,
    sum: R::Vector<S>,
    step: R::Vector<S>,
) -> (R::Vector<S>, R::Vector<S>) {
    let rounded = R::plus(simd, sum, step);
    let taken = R::minus(simd, rounded, sum);
    (rounded, R::minus(simd, step, taken))
}

#[cfg(test)]
mod tests;
