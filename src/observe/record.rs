//! What was measured at one step of one arm.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::preset::PointRef;

use super::Quantity;

/// What was measured at one step of one arm.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Number of updates done before the measurement.
    pub step: u64,
    /// Time t: Σ δ over the steps on the summed loss, Σ δ/n on the mean.
    pub time: f64,
    /// Scalars in the order of [`Quantity::ALL`]; absent ones are not measured at this step.
    /// A value may be NaN or infinite where the run diverged; it is shown as such.
    pub scalars: BTreeMap<Quantity, f64>,
    /// Singular values of the n·outputs × p Jacobian, descending.
    pub singular_values: Option<Arc<[f64]>>,
    /// Eigenvalues of JJᵀ, descending.
    pub ntk_eigenvalues: Option<Arc<[f64]>>,
    /// Hidden features of some neurons at some points.
    pub features: Option<Arc<FeatureSample>>,
}

/// Hidden features h_i(x) of a fixed sample of neurons at a fixed choice of points.
#[derive(Clone, Debug, PartialEq)]
pub struct FeatureSample {
    /// The points, the preset's x1 and x2 first.
    pub points: Vec<PointRef>,
    /// Sign of v_i (of the first output) of each sampled neuron at the start: −1, 0 or 1.
    pub signs: Arc<[i8]>,
    /// Features, points × neurons, row by row.
    pub values: Vec<f32>,
}

impl FeatureSample {
    /// Features of the sampled neurons at a point, or `None` where it is not among the points.
    pub fn at(&self, point: PointRef) -> Option<&[f32]> {
        let neurons = self.signs.len();
        let row = self.points.iter().position(|p| *p == point)?;
        self.values.get(row * neurons..(row + 1) * neurons)
    }
}

impl Record {
    /// The scalar, or `None` where it was not measured.
    pub fn get(&self, quantity: Quantity) -> Option<f64> {
        self.scalars.get(&quantity).copied()
    }

    /// Notes a scalar.
    pub fn set(&mut self, quantity: Quantity, value: f64) {
        self.scalars.insert(quantity, value);
    }

    /// Notes a scalar where there is one.
    pub fn set_known(&mut self, quantity: Quantity, value: Option<f64>) {
        if let Some(value) = value {
            self.set(quantity, value);
        }
    }

    /// Bytes the record holds, roughly, for bounded histories.
    pub fn bytes(&self) -> usize {
        let spectra = self.singular_values.as_ref().map_or(0, |s| s.len())
            + self.ntk_eigenvalues.as_ref().map_or(0, |s| s.len());
        let features = self.features.as_ref().map_or(0, |f| 4 * f.values.len());
        size_of::<Self>() + 48 * self.scalars.len() + 8 * spectra + features
    }
}
