//! Two classes that no line parts: moons, circles, spirals, and the exclusive or.

use std::f64::consts::{PI, TAU};

use ndarray::Array2;
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};

use crate::data::dataset::Points;
use crate::data::{DataError, Dataset, LabelKind, limits};
use crate::random::stream;
use crate::random::stream::Stream;

/// Angle over which a spiral winds: one and a half turns.
const WINDING: f64 = 3.0 * PI;

/// Where the points lie before noise. Point a has label +1 where a is even and −1 where it is odd, so that the
/// classes are balanced; all points are drawn alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::data) enum Place {
    /// With t uniform on [0, π]: (cos t − ½, sin t − ¼) of label +1, (½ − cos t, ¼ − sin t) of −1.
    Moons,
    /// With t uniform on [0, 2π]: ½·(cos t, sin t) of label +1, (cos t, sin t) of −1.
    Circles,
    /// With u uniform on [0, 1] and t = 3π·√u: y·√u·(cos t, sin t).
    Spirals,
    /// s uniform on {−1, 1}^d with s₁s₂ = −y: the label is +1 where exactly one of the two is.
    Xor {
        /// Coordinates d, at least 2.
        d: usize,
    },
}

/// A law of two classes: places, and the noise N(0, noise²) that is added to every coordinate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::data) struct Planar {
    pub place: Place,
    /// Standard deviation of the noise.
    pub noise: f64,
    pub n: usize,
    pub n_test: usize,
}

/// Draws both sets, noise in both. The first points of a larger set are those of a smaller one, the two sets come
/// from different streams, and another noise leaves the places before it as they are.
///
/// # Errors
/// Sizes or a noise out of range.
pub(in crate::data) fn generate(law: &Planar, seed: u64) -> Result<Dataset, DataError> {
    check(law)?;
    let points = |n, inputs| draw(law, n, &mut stream::rng(seed, inputs, 0));
    let train = points(law.n, Stream::TrainInputs);
    let test = points(law.n_test, Stream::TestInputs);
    Ok(Dataset::of(train, test, LabelKind::Signed, describe(law)))
}

fn check(law: &Planar) -> Result<(), DataError> {
    let d = law.place.dimension();
    if d < 2 {
        return Err(DataError::field("data.d", d, "at least 2"));
    }
    if law.n == 0 {
        return Err(DataError::field("data.n", law.n, "at least 1"));
    }
    if !(law.noise.is_finite() && law.noise >= 0.0) {
        let allowed = "a finite number, at least 0";
        return Err(DataError::field("data.noise", law.noise, allowed));
    }
    limits::check("data.n", law.n, d.saturating_add(1))?;
    limits::check("data.n_test", law.n_test, d.saturating_add(1))
}

fn draw(law: &Planar, n: usize, rng: &mut impl Rng) -> Points {
    let mut x = Array2::zeros((n, law.place.dimension()));
    let label = |a: usize| if a.is_multiple_of(2) { 1.0 } else { -1.0 };
    let y = Array2::from_shape_fn((n, 1), |(a, _)| label(a));
    for (a, mut row) in x.outer_iter_mut().enumerate() {
        // A freshly allocated array is in standard order, so its rows are slices.
        if let Some(row) = row.as_slice_mut() {
            law.place.fill(row, label(a), rng);
            for x in row {
                let z: f64 = StandardNormal.sample(rng);
                *x += law.noise * z;
            }
        }
    }
    Points { x, y }
}

impl Place {
    fn dimension(self) -> usize {
        match self {
            Self::Moons | Self::Circles | Self::Spirals => 2,
            Self::Xor { d } => d,
        }
    }

    /// A place of label y.
    fn fill(self, row: &mut [f64], y: f64, rng: &mut impl Rng) {
        match self {
            Self::Moons => {
                let (sin, cos) = (PI * rng.random::<f64>()).sin_cos();
                row.copy_from_slice(&[y * (cos - 0.5), y * (sin - 0.25)]);
            }
            Self::Circles => {
                let (sin, cos) = (TAU * rng.random::<f64>()).sin_cos();
                let radius = if y > 0.0 { 0.5 } else { 1.0 };
                row.copy_from_slice(&[radius * cos, radius * sin]);
            }
            Self::Spirals => {
                let radius = rng.random::<f64>().sqrt();
                let (sin, cos) = (WINDING * radius).sin_cos();
                row.copy_from_slice(&[y * radius * cos, y * radius * sin]);
            }
            Self::Xor { .. } => {
                for s in row.iter_mut() {
                    *s = if rng.random::<bool>() { 1.0 } else { -1.0 };
                }
                row[1] = -y * row[0];
            }
        }
    }
}

fn describe(law: &Planar) -> String {
    let text = match law.place {
        Place::Moons => {
            "moons: (cos t − ½, sin t − ¼) of label +1 and (½ − cos t, ¼ − sin t) of −1, \
             t uniform on [0, π]"
        }
        Place::Circles => {
            "circles: ½·(cos t, sin t) of label +1 and (cos t, sin t) of −1, t uniform on [0, 2π]"
        }
        Place::Spirals => {
            "spirals: y·√u·(cos t, sin t) with t = 3π·√u of label y = ±1, u uniform on [0, 1]"
        }
        Place::Xor { .. } => {
            "exclusive or: s uniform on {−1, 1}^d, of label +1 where s₁ and s₂ differ and −1 where \
             they agree"
        }
    };
    let Planar {
        noise, n, n_test, ..
    } = law;
    let d = law.place.dimension();
    format!(
        "{text}, as many of each label; N(0, {noise}²) added to every coordinate; d = {d}, n = {n}, \
         {n_test} test points"
    )
}

#[cfg(test)]
mod tests;
