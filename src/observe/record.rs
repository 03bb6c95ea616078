//! What was measured at one step of one arm.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Answers, Surface};
use crate::spec::{PointRef, Quantity};

/// What was measured at one step of one arm.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
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
    /// Of a linear network the singular values of U₁ᵀU₁ − VᵀV, descending; of a homogeneous
    /// activation ‖w_r‖² − ‖v_r‖² of a sample of neurons, in their order.
    pub imbalance: Option<Arc<[f64]>>,
    /// ‖w_r(t) − w_r(0)‖ of a sample of neurons, in their order.
    pub neuron_distances: Option<Arc<[f32]>>,
    /// The tangent kernel.
    pub kernel: Option<Arc<KernelImage>>,
    /// The output over the plane of the data.
    pub surface: Option<Arc<Surface>>,
    /// What the network takes the first test points for.
    pub answers: Option<Answers>,
}

/// A tangent kernel for looking at: of many points an evenly spaced choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KernelImage {
    /// Training points shown, in the order of the rows; of several outputs the first is shown.
    pub points: Arc<[usize]>,
    /// K(x_a, x_b), row by row.
    pub values: Vec<f32>,
}

/// Hidden features h_i(x) of a fixed sample of neurons at a fixed choice of points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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

    /// Takes what another record of the same step has.
    pub(super) fn take(&mut self, other: Self) {
        let Self {
            step: _,
            time: _,
            scalars,
            singular_values,
            ntk_eigenvalues,
            features,
            imbalance,
            neuron_distances,
            kernel,
            surface,
            answers,
        } = other;
        self.scalars.extend(scalars);
        self.singular_values = singular_values.or(self.singular_values.take());
        self.ntk_eigenvalues = ntk_eigenvalues.or(self.ntk_eigenvalues.take());
        self.features = features.or(self.features.take());
        self.imbalance = imbalance.or(self.imbalance.take());
        self.neuron_distances = neuron_distances.or(self.neuron_distances.take());
        self.kernel = kernel.or(self.kernel.take());
        self.surface = surface.or(self.surface.take());
        self.answers = answers.or(self.answers.take());
    }

    /// Bytes the record holds, roughly, for bounded histories.
    pub fn bytes(&self) -> usize {
        let spectra = self.singular_values.as_ref().map_or(0, |s| s.len())
            + self.ntk_eigenvalues.as_ref().map_or(0, |s| s.len());
        let features = self.features.as_ref().map_or(0, |f| 4 * f.values.len());
        let imbalance = self.imbalance.as_ref().map_or(0, |s| 8 * s.len());
        let neurons = self.neuron_distances.as_ref().map_or(0, |d| 4 * d.len());
        let kernel = self.kernel.as_ref().map_or(0, |k| 4 * k.values.len());
        let surface = self
            .surface
            .as_ref()
            .map_or(0, |s| 4 * (s.values.len() + s.test.len()));
        let answers = self.answers.as_ref().map_or(0, |a| a.count());
        let scalars = 48 * self.scalars.len();
        let images = features + kernel + surface;
        size_of::<Self>() + scalars + 8 * spectra + images + imbalance + neurons + answers
    }
}
