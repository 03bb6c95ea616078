//! Linear regression as in the experiments on linear networks.

use faer::Mat;
use ndarray::Array2;
use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

use super::synthetic::Sizes;
use crate::data::dataset::Points;
use crate::data::{DataError, Dataset, LabelKind, limits};
use crate::random::stream;
use crate::random::stream::Stream;
use crate::spec::LinearInputs;

/// A linear regression y = Θᵀx + ε (linear networks and imbalance, App. A).
#[derive(Clone, Copy, Debug)]
pub(in crate::data) struct Regression {
    pub inputs: LinearInputs,
    /// Rank of the training inputs, from 1 to min(n, d).
    pub rank: usize,
    /// Standard deviation of ε.
    pub noise: f64,
    pub sizes: Sizes,
}

/// Draws Θ with entries N(0, 1/d), the inputs and the noise, each from its own stream.
///
/// # Errors
/// Sizes or a rank out of range, and inputs whose singular values can't be had.
pub(in crate::data) fn generate(regression: &Regression, seed: u64) -> Result<Dataset, DataError> {
    check(regression)?;
    let Sizes {
        d,
        n,
        n_test,
        outputs,
    } = regression.sizes;
    let scale = 1.0 / (d as f64).sqrt();
    let theta = normal(d, outputs, &mut stream::rng(seed, Stream::Teacher, 0)) * scale;
    let x = train_inputs(regression, seed)?;
    let noise = normal(n, outputs, &mut stream::rng(seed, Stream::TrainLabels, 0));
    let y = x.dot(&theta) + noise * regression.noise;
    let x_test = normal(n_test, d, &mut stream::rng(seed, Stream::TestInputs, 0)) * scale;
    let y_test = x_test.dot(&theta);
    Ok(Dataset::of(
        Points { x, y },
        Points {
            x: x_test,
            y: y_test,
        },
        LabelKind::Real,
        describe(regression),
    ))
}

fn check(regression: &Regression) -> Result<(), DataError> {
    let Sizes {
        d,
        n,
        n_test,
        outputs,
    } = regression.sizes;
    if d == 0 || n == 0 {
        let (field, value) = if d == 0 { ("data.d", d) } else { ("data.n", n) };
        return Err(DataError::field(field, value, "at least 1"));
    }
    if !(1..=n.min(d)).contains(&regression.rank) {
        let allowed = format!("from 1 to {}", n.min(d));
        return Err(DataError::field("data.rank", regression.rank, allowed));
    }
    limits::check("data.n", n, d.saturating_add(outputs))?;
    limits::check("data.n_test", n_test, d.saturating_add(outputs))?;
    limits::check("data.outputs", outputs, d)
}

/// Entries N(0, 1/d), or the orthogonal factor of a normal matrix; a lower rank is that of a product
/// of two normal matrices.
fn train_inputs(regression: &Regression, seed: u64) -> Result<Array2<f64>, DataError> {
    let Sizes { d, n, .. } = regression.sizes;
    let rank = regression.rank;
    let rng = &mut stream::rng(seed, Stream::TrainInputs, 0);
    let x = if rank == n.min(d) {
        normal(n, d, rng)
    } else {
        let left = normal(n, rank, rng);
        left.dot(&normal(rank, d, rng)) / (rank as f64).sqrt()
    };
    match regression.inputs {
        LinearInputs::Gaussian => Ok(x / (d as f64).sqrt()),
        LinearInputs::Orthonormal => orthogonal_factor(&x, rank).ok_or_else(|| {
            let allowed = "numbers whose singular values can be computed; try another seed";
            DataError::field("data.n", n, allowed)
        }),
    }
}

/// UVᵀ of the leading `rank` terms of the singular value decomposition U diag(s) Vᵀ.
fn orthogonal_factor(x: &Array2<f64>, rank: usize) -> Option<Array2<f64>> {
    let matrix = Mat::from_fn(x.nrows(), x.ncols(), |i, j| x[[i, j]]);
    let svd = matrix.thin_svd().ok()?;
    let product = svd.U().subcols(0, rank) * svd.V().subcols(0, rank).transpose();
    Some(Array2::from_shape_fn(x.dim(), |(i, j)| product[(i, j)]))
}

fn normal(rows: usize, columns: usize, rng: &mut impl Rng) -> Array2<f64> {
    Array2::from_shape_simple_fn((rows, columns), || StandardNormal.sample(rng))
}

fn describe(regression: &Regression) -> String {
    let Regression {
        inputs,
        rank,
        noise,
        sizes,
    } = regression;
    let Sizes {
        d,
        n,
        n_test,
        outputs,
    } = sizes;
    let inputs = match inputs {
        LinearInputs::Gaussian => "entries of X ~ N(0, 1/d)",
        LinearInputs::Orthonormal => "all singular values of X are 1",
    };
    format!(
        "y = Θᵀx + ε, Θ ~ N(0, 1/d), ε ~ N(0, {noise}²), {inputs}, rank {rank}; d = {d}, n = {n}, \
         {outputs} targets a point, {n_test} test points with x ~ N(0, I/d) and no noise"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(inputs: LinearInputs, rank: usize, noise: f64) -> Dataset {
        let sizes = Sizes {
            d: 30,
            n: 12,
            n_test: 5,
            outputs: 2,
        };
        let regression = Regression {
            inputs,
            rank,
            noise,
            sizes,
        };
        generate(&regression, 3).unwrap()
    }

    fn singular_values(x: &Array2<f64>) -> Vec<f64> {
        let matrix = Mat::from_fn(x.nrows(), x.ncols(), |i, j| x[[i, j]]);
        matrix.singular_values().unwrap()
    }

    #[test]
    fn orthonormal_inputs_have_singular_values_one_up_to_their_rank() {
        for rank in [12, 4] {
            let values = singular_values(&data(LinearInputs::Orthonormal, rank, 0.0).x);
            let (ones, zeros) = values.split_at(rank);
            assert!(ones.iter().all(|s| (s - 1.0).abs() < 1e-12), "{values:?}");
            assert!(zeros.iter().all(|s| s.abs() < 1e-12), "{values:?}");
        }
    }

    #[test]
    fn gaussian_inputs_have_rows_of_about_unit_norm_and_the_rank_asked_for() {
        let full = data(LinearInputs::Gaussian, 12, 0.0).x;
        let mean = full.iter().map(|x| x * x).sum::<f64>() / 12.0;
        // χ² with 360 degrees of freedom over 12·30: standard deviation √(2/360) ≈ 0.075.
        assert!((mean - 1.0).abs() < 0.4, "{mean}");
        let values = singular_values(&data(LinearInputs::Gaussian, 3, 0.0).x);
        assert!(values[2] > 0.1 && values[3] < 1e-12, "{values:?}");
    }

    #[test]
    fn noise_is_added_to_the_training_targets_alone() {
        let (quiet, noisy) = (
            data(LinearInputs::Gaussian, 12, 0.0),
            data(LinearInputs::Gaussian, 12, 0.5),
        );
        assert_eq!(quiet.y_test, noisy.y_test);
        let deviation = (&noisy.y - &quiet.y).iter().map(|e| e * e).sum::<f64>() / 24.0;
        // 24 draws of variance ¼: standard deviation of the mean square √(2/24)/4 ≈ 0.07.
        assert!((deviation - 0.25).abs() < 0.3, "{deviation}");
    }
}
