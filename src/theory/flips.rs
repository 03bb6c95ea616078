//! Neurons whose sign pattern can change while the weights stay near their start.

use ndarray::Array2;

use crate::task::{Cancel, Cancelled};

use super::RunStart;
use super::tools::neurons::fold_blocks;

/// Most features that are sorted.
const LARGEST_SORT: usize = 1 << 21;

/// For each training point the share of neurons whose sign can change.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FlipShares(pub(super) Vec<f64>);

/// Shares of neurons with |h_r(x_a)| ≤ b·‖Φ_a‖·radius at the start: if ‖w_r − w_r(0)‖ ≤ radius, no
/// other neuron's sign changes at x_a. All 1 where the radius is not known.
pub(super) fn flip_shares(
    start: &RunStart<'_>,
    radius: f64,
    cancel: &Cancel,
) -> Result<FlipShares, Cancelled> {
    if !radius.is_finite() {
        return Ok(FlipShares(vec![1.0; start.n()]));
    }
    let reach: Vec<f64> = start
        .gram
        .diag()
        .iter()
        .map(|q| start.b * q.max(0.0).sqrt() * radius)
        .collect();
    let count = |h: Array2<f64>, _| -> Vec<usize> {
        let columns = h.columns().into_iter().zip(&reach);
        columns
            .map(|(h, reach)| h.iter().filter(|h| h.abs() <= *reach).count())
            .collect()
    };
    let add = |mut sum: Vec<usize>, part: Vec<usize>| {
        sum.iter_mut().zip(part).for_each(|(s, p)| *s += p);
        sum
    };
    let counts = fold_blocks(start.neurons, cancel, vec![0; start.n()], count, add)?;
    let m = start.width as f64;
    Ok(FlipShares(
        counts.into_iter().map(|c| c as f64 / m).collect(),
    ))
}

/// max_{r,a} |h_r(x_a)| at the start.
pub(super) fn largest_feature(start: &RunStart<'_>, cancel: &Cancel) -> Result<f64, Cancelled> {
    let largest = |h: Array2<f64>, _| h.iter().fold(0.0, |m: f64, h| m.max(h.abs()));
    fold_blocks(start.neurons, cancel, 0.0, largest, f64::max)
}

/// The largest number of neurons, over the training points, whose sign can change at one point while
/// ‖W − W(0)‖_F ≤ radius: Σ over the changed ones of h_r(x_a)² is at most (b‖Φ_a‖·radius)². All where
/// the radius is not known or there are too many features to sort.
pub(super) fn most_flips(
    start: &RunStart<'_>,
    radius: f64,
    cancel: &Cancel,
) -> Result<usize, Cancelled> {
    if !radius.is_finite() || start.width.saturating_mul(start.n()) > LARGEST_SORT {
        return Ok(start.width);
    }
    let squares = |h: Array2<f64>, _| -> Vec<Vec<f64>> {
        let columns = h.columns();
        columns
            .into_iter()
            .map(|h| h.iter().map(|h| h * h).collect())
            .collect()
    };
    let add = |mut all: Vec<Vec<f64>>, part: Vec<Vec<f64>>| {
        all.iter_mut().zip(part).for_each(|(a, p)| a.extend(p));
        all
    };
    let by_point = fold_blocks(
        start.neurons,
        cancel,
        vec![Vec::new(); start.n()],
        squares,
        add,
    )?;
    let budget = |q: f64| start.b.powi(2) * q.max(0.0) * radius.powi(2);
    let points = by_point.into_iter().zip(start.gram.diag());
    let flips = points.map(|(squares, q)| within(squares, budget(*q)));
    Ok(flips.max().unwrap_or(0))
}

/// How many of the smallest numbers add up to at most `budget`.
fn within(mut numbers: Vec<f64>, budget: f64) -> usize {
    numbers.sort_by(f64::total_cmp);
    let mut sum = 0.0;
    let kept = numbers.iter().take_while(|x| {
        sum += **x;
        sum <= budget
    });
    kept.count()
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn the_smallest_numbers_within_a_budget() {
        assert_eq!(within(vec![3.0, 1.0, 2.0], 3.0), 2);
        assert_eq!(within(vec![3.0, 1.0], 0.5), 0);
    }
}
