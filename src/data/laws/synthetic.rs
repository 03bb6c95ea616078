//! The papers' synthetic laws.

use ndarray::Array2;
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};

use super::labels;
use super::labels::LabelLaw;
use crate::data::dataset::Points;
use crate::data::{DataError, Dataset, LabelKind, limits};
use crate::random::stream;
use crate::random::stream::Stream;
use crate::spec::Labels;

/// Joint law of input and target.
#[derive(Clone, Copy, Debug)]
pub(in crate::data) enum Law {
    /// Chen et al. 2022, App. I.3, (93)–(96).
    SignedPairs,
    /// x ~ N(0, I).
    Gaussian(Labels),
    /// x uniform on the unit sphere.
    Sphere(Labels),
}

/// Input dimension and numbers of points.
#[derive(Clone, Copy, Debug)]
pub(in crate::data) struct Sizes {
    pub d: usize,
    pub n: usize,
    pub n_test: usize,
    pub outputs: usize,
}

/// Draws both sets. The first points of a larger set are those of a smaller one, and the two sets
/// come from different streams, so that neither depends on the other's size.
///
/// # Errors
/// Sizes out of range, or parameters that are no law.
pub(in crate::data) fn generate(law: Law, sizes: Sizes, seed: u64) -> Result<Dataset, DataError> {
    check(law, sizes)?;
    let law_of_y = match law {
        Law::SignedPairs => None,
        Law::Gaussian(labels) | Law::Sphere(labels) => Some(LabelLaw::new(labels, sizes.d, seed)?),
    };
    let points = |n, inputs, targets| {
        let x = draw_inputs(law, n, sizes.d, &mut stream::rng(seed, inputs, 0));
        let y = match &law_of_y {
            Some(law_of_y) => law_of_y.draw(&x, sizes.outputs, &mut stream::rng(seed, targets, 0)),
            None => signs(&x),
        };
        Points { x, y }
    };
    let train = points(sizes.n, Stream::TrainInputs, Stream::TrainLabels);
    let test = points(sizes.n_test, Stream::TestInputs, Stream::TestLabels);
    let kind = match law {
        Law::SignedPairs => LabelKind::Signed,
        Law::Gaussian(_) | Law::Sphere(_) => LabelKind::Real,
    };
    Ok(Dataset::of(train, test, kind, describe(law, sizes)))
}

fn check(law: Law, sizes: Sizes) -> Result<(), DataError> {
    let Sizes {
        d,
        n,
        n_test,
        outputs,
    } = sizes;
    let least = match law {
        Law::SignedPairs => 2,
        Law::Gaussian(_) | Law::Sphere(_) => 1,
    };
    if d < least {
        return Err(DataError::field("data.d", d, format!("at least {least}")));
    }
    if n == 0 {
        return Err(DataError::field("data.n", n, "at least 1"));
    }
    limits::check("data.n", n, d.saturating_add(outputs))?;
    limits::check("data.n_test", n_test, d.saturating_add(outputs))
}

fn draw_inputs(law: Law, n: usize, d: usize, rng: &mut impl Rng) -> Array2<f64> {
    let mut x = Array2::zeros((n, d));
    if n == 0 {
        return x;
    }
    for mut row in x.rows_mut() {
        // A freshly allocated array is in standard order, so its rows are slices.
        if let Some(row) = row.as_slice_mut() {
            match law {
                Law::SignedPairs => fill_signed_pair(row, rng),
                Law::Gaussian(_) => fill_normal(row, rng),
                Law::Sphere(_) => fill_sphere(row, rng),
            }
        }
    }
    x
}

/// (x₁, x₂) is one of (1, 0), (−1, 0), (0, 1), (0, −1), each with probability ¼; the other
/// coordinates are uniform on [−1, 1].
fn fill_signed_pair(row: &mut [f64], rng: &mut impl Rng) {
    let pair: [f64; 2] = match rng.random_range(0..4u32) {
        0 => [1.0, 0.0],
        1 => [-1.0, 0.0],
        2 => [0.0, 1.0],
        _ => [0.0, -1.0],
    };
    let (head, tail) = row.split_at_mut(2);
    head.copy_from_slice(&pair);
    for x in tail {
        *x = rng.random_range(-1.0..=1.0);
    }
}

fn fill_normal(row: &mut [f64], rng: &mut impl Rng) {
    for x in row {
        *x = StandardNormal.sample(rng);
    }
}

fn fill_sphere(row: &mut [f64], rng: &mut impl Rng) {
    loop {
        fill_normal(row, rng);
        let norm = row.iter().map(|x| x * x).sum::<f64>().sqrt();
        // A vector this short has lost its direction to rounding; it has no measurable probability.
        if norm > f64::MIN_POSITIVE.sqrt() {
            row.iter_mut().for_each(|x| *x /= norm);
            return;
        }
    }
}

/// y = 1 where x₁ = ±1, y = −1 where x₂ = ±1.
fn signs(x: &Array2<f64>) -> Array2<f64> {
    let column = x.column(0);
    let y = column.mapv(|x1| if x1 == 0.0 { -1.0 } else { 1.0 });
    y.insert_axis(ndarray::Axis(1))
}

fn describe(law: Law, sizes: Sizes) -> String {
    let Sizes {
        d,
        n,
        n_test,
        outputs,
    } = sizes;
    let text = match law {
        Law::SignedPairs => "(x₁, x₂, y) is (±1, 0, 1) or (0, ±1, −1), each with probability ¼; \
             x₃, …, x_d uniform on [−1, 1] (Chen et al. 2022, App. I.3)"
            .to_owned(),
        Law::Gaussian(y) => format!("x ~ N(0, I); {}", labels::describe(y)),
        Law::Sphere(y) => format!("x uniform on the unit sphere; {}", labels::describe(y)),
    };
    let outputs = if outputs == 1 {
        String::new()
    } else {
        format!(", {outputs} targets a point")
    };
    format!("{text}; d = {d}, n = {n}, {n_test} test points{outputs}")
}

#[cfg(test)]
mod tests;
