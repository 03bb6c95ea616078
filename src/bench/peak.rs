//! The rate of matrix products that this machine reaches: what other rates are a share of.

use std::time::{Duration, Instant};

use faer::linalg::matmul::matmul;
use faer::{Accum, Mat, Par};
use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, Axis};
use rayon::prelude::*;

use crate::network::Real;
use crate::spec::Precision;

/// Sides of the square products that are tried: the best one depends on the caches.
const SIDES: [usize; 3] = [512, 1024, 2048];

/// The highest rate, in GFLOP/s (2·side³ operations a product), of square products on all threads of
/// the rayon pool it is called on: those of ndarray, by rows on each thread, and those of faer.
///
/// Each library and side is timed for about a sixth of `time`; larger sides are left out where a single
/// product takes longer than that.
pub fn gemm_peak(precision: Precision, time: Duration) -> f64 {
    match precision {
        Precision::F32 => peak::<f32>(time),
        Precision::F64 => peak::<f64>(time),
    }
}

fn peak<R: Real + faer::traits::ComplexField>(time: Duration) -> f64 {
    let share = time / (2 * SIDES.len() as u32);
    // The measuring thread is one of the pool's, as that of a run is.
    rayon::scope(|_| {
        let mut highest = 0.0f64;
        for side in SIDES {
            let ndarray = fastest(share, rows_on_each_thread::<R>(side));
            let faer = fastest(share, on_all_threads::<R>(side));
            let seconds = ndarray.min(faer);
            highest = highest.max(2.0 * (side as f64).powi(3) / seconds / 1e9);
            if seconds > share.as_secs_f64() {
                break;
            }
        }
        highest
    })
}

/// Seconds of the fastest of the products done in `time`, of one at least, after one not counted.
fn fastest(time: Duration, mut product: impl FnMut()) -> f64 {
    product();
    let (began, mut best) = (Instant::now(), f64::INFINITY);
    loop {
        let one = Instant::now();
        product();
        best = best.min(one.elapsed().as_secs_f64());
        if began.elapsed() >= time {
            return best;
        }
    }
}

fn entry(i: usize, j: usize) -> f64 {
    ((i * 7 + j * 3) % 16) as f64 / 16.0 - 0.5
}

fn rows_on_each_thread<R: Real>(side: usize) -> impl FnMut() {
    let a = Array2::from_shape_fn((side, side), |(i, j)| R::of(entry(i, j)));
    let mut c = Array2::<R>::zeros((side, side));
    let b = a.clone();
    move || {
        let rows = side.div_ceil(rayon::current_num_threads());
        c.axis_chunks_iter_mut(Axis(0), rows)
            .into_par_iter()
            .zip(a.axis_chunks_iter(Axis(0), rows))
            .for_each(|(mut c, a)| general_mat_mul(R::one(), &a, &b, R::zero(), &mut c));
    }
}

fn on_all_threads<R: Real + faer::traits::ComplexField>(side: usize) -> impl FnMut() {
    let a = Mat::<R>::from_fn(side, side, |i, j| R::of(entry(i, j)));
    let mut c = Mat::<R>::zeros(side, side);
    let b = a.clone();
    move || {
        let threads = Par::rayon(rayon::current_num_threads());
        matmul(c.as_mut(), Accum::Replace, &a, &b, R::one(), threads);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_widths_have_a_rate() {
        for precision in [Precision::F32, Precision::F64] {
            let rate = gemm_peak(precision, Duration::ZERO);
            // Wrong units would be off by a factor of 10⁹ or more.
            assert!((1e-3..1e6).contains(&rate), "{precision:?}: {rate}");
        }
    }
}
