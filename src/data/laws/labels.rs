//! Targets: laws to draw them from, and what given ones mean.

use ndarray::Array2;
use rand::Rng;
use rand_distr::{Distribution, Normal, Uniform};

use super::quadratic_net::QuadraticNet;
use crate::data::{DataError, LabelKind};
use crate::spec::Labels;

/// A checked law of targets, for the inputs of a dataset.
#[derive(Clone, Debug)]
pub(in crate::data) enum LabelLaw {
    Normal(Normal<f64>),
    Uniform(Uniform<f64>),
    QuadraticNet(QuadraticNet),
}

impl LabelLaw {
    /// # Errors
    /// A standard deviation that is not positive and finite, or an interval that is empty or not
    /// finite.
    pub(in crate::data) fn new(labels: Labels, d: usize, seed: u64) -> Result<Self, DataError> {
        match labels {
            Labels::Normal { std } => Normal::new(0.0, std)
                .ok()
                .filter(|_| std > 0.0)
                .map(Self::Normal)
                .ok_or_else(|| {
                    DataError::field("data.labels.std", std, "must be positive and finite")
                }),
            Labels::Uniform { low, high } => Uniform::new_inclusive(low, high)
                .ok()
                .filter(|_| low < high)
                .map(Self::Uniform)
                .ok_or_else(|| {
                    DataError::field(
                        "data.labels",
                        format!("Uniform(low: {low}, high: {high})"),
                        "low and high must be finite, with low below high",
                    )
                }),
            Labels::QuadraticNet {
                neurons,
                activation,
            } => Ok(Self::QuadraticNet(QuadraticNet::draw(
                neurons, activation, d, seed,
            ))),
        }
    }

    /// Targets of the points `x`, n × outputs. A law that is independent of x draws them from `rng`.
    pub(in crate::data) fn draw(
        &self,
        x: &Array2<f64>,
        outputs: usize,
        rng: &mut impl Rng,
    ) -> Array2<f64> {
        let shape = (x.nrows(), outputs);
        match self {
            Self::Normal(law) => Array2::from_shape_simple_fn(shape, || law.sample(rng)),
            Self::Uniform(law) => Array2::from_shape_simple_fn(shape, || law.sample(rng)),
            Self::QuadraticNet(net) => net.targets(x),
        }
    }
}

/// The law in words.
pub(in crate::data) fn describe(labels: Labels) -> String {
    match labels {
        Labels::Normal { std } => format!("y ~ N(0, {std}²) independent of x"),
        Labels::Uniform { low, high } => {
            format!("y uniform on [{low}, {high}], independent of x")
        }
        Labels::QuadraticNet {
            neurons,
            activation,
        } => format!(
            "y = 1/{neurons} Σᵢ cᵢ σ(⟨Wᵢ, vec(xxᵀ)⟩/d), σ = {activation:?}, W entries N(0, 1), cᵢ = ±1"
        ),
    }
}

/// What given targets mean: [`LabelKind::Signed`] where there is one output and every target is
/// ±1, [`LabelKind::OneHot`] where there are several and every row is one 1 among zeros,
/// [`LabelKind::Real`] otherwise.
pub(in crate::data) fn kind<'a>(targets: impl IntoIterator<Item = &'a Array2<f64>>) -> LabelKind {
    let (mut signed, mut one_hot) = (true, true);
    for row in targets.into_iter().flat_map(|y| y.rows()) {
        signed &= row.len() == 1 && row.iter().all(|&y| y.abs() == 1.0);
        let ones = row.iter().filter(|&&y| y == 1.0).count();
        let zeros = row.iter().filter(|&&y| y == 0.0).count();
        one_hot &= row.len() > 1 && ones == 1 && zeros == row.len() - 1;
    }
    if signed {
        LabelKind::Signed
    } else if one_hot {
        LabelKind::OneHot
    } else {
        LabelKind::Real
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn the_kind_is_read_from_every_row_of_both_sets() {
        let signed = array![[1.0], [-1.0]];
        let one_hot = array![[0.0, 1.0], [1.0, 0.0]];
        assert_eq!(kind([&signed]), LabelKind::Signed);
        assert_eq!(kind([&one_hot]), LabelKind::OneHot);
        assert_eq!(kind([&signed, &array![[0.5]]]), LabelKind::Real);
        assert_eq!(kind([&one_hot, &array![[1.0, 1.0]]]), LabelKind::Real);
        assert_eq!(kind([&array![[0.0], [1.0]]]), LabelKind::Real);
        assert_eq!(kind([&array![[0.0, 0.0]]]), LabelKind::Real);
    }

    #[test]
    fn laws_without_spread_or_with_non_finite_parameters_are_refused() {
        for std in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let error = LabelLaw::new(Labels::Normal { std }, 1, 1).unwrap_err();
            assert!(error.to_string().starts_with("data.labels.std = "));
        }
        for (low, high) in [
            (1.0, 1.0),
            (1.0, 0.0),
            (f64::NAN, 1.0),
            (0.0, f64::INFINITY),
            (-f64::MAX, f64::MAX),
        ] {
            assert!(LabelLaw::new(Labels::Uniform { low, high }, 1, 1).is_err());
        }
    }
}
