//! What follows from a preset's fields alone.

use crate::network::embedding_dimension;

use super::*;

impl Scaling {
    /// Whether the start is symmetrized where `init.symmetrize` is `Auto`: under NTK, so that
    /// f = 0 at the start whatever the width (Chen et al. 2022, App. I), and at every γ between it
    /// and ours, so that nothing but γ changes along the line.
    pub fn default_symmetrize(&self) -> bool {
        matches!(self, Self::Ntk | Self::Between(_))
    }
}

impl InitSpec {
    /// Whether the start is symmetrized under a scaling. Explicit weights are taken as they are.
    pub fn symmetrized(&self, scaling: &Scaling) -> bool {
        match self.symmetrize {
            Symmetrize::On => true,
            Symmetrize::Off => false,
            Symmetrize::Auto => self.weights.is_none() && scaling.default_symmetrize(),
        }
    }
}

/// Sizes of a dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataSizes {
    /// Input dimension d.
    pub d: usize,
    /// Training points n.
    pub n: usize,
    /// Test points.
    pub n_test: usize,
    /// Targets of one point.
    pub outputs: usize,
}

/// Pixels of an image of a digit, 28 × 28.
const MNIST_PIXELS: usize = 784;

impl DataSpec {
    /// Sizes of the dataset, `None` for a file, which has to be read for them.
    pub fn sizes(&self) -> Option<DataSizes> {
        match *self {
            Self::SignedPairs { d, n, n_test } => Some(DataSizes {
                d,
                n,
                n_test,
                outputs: 1,
            }),
            Self::Xor { d, n, n_test, .. } => Some(DataSizes {
                d,
                n,
                n_test,
                outputs: 1,
            }),
            Self::Moons { n, n_test, .. }
            | Self::Circles { n, n_test, .. }
            | Self::Spirals { n, n_test, .. } => Some(DataSizes {
                d: 2,
                n,
                n_test,
                outputs: 1,
            }),
            Self::Gaussian {
                d,
                n,
                n_test,
                outputs,
                ..
            }
            | Self::Sphere {
                d,
                n,
                n_test,
                outputs,
                ..
            }
            | Self::Linear {
                d,
                n,
                n_test,
                outputs,
                ..
            } => Some(DataSizes {
                d,
                n,
                n_test,
                outputs,
            }),
            Self::Mnist {
                ref classes,
                n,
                n_test,
                targets,
                ..
            } => {
                let outputs = if targets == Targets::OneHot {
                    classes.len()
                } else {
                    1
                };
                Some(DataSizes {
                    d: MNIST_PIXELS,
                    n,
                    n_test,
                    outputs,
                })
            }
            Self::File { .. } => None,
        }
    }
}

impl NetworkSpec {
    /// Dimension D of Φ(x) for x ∈ R^d, with the constant feature of a bias; `None` where it
    /// leaves the range of `usize`.
    pub fn embedding_dimension(&self, d: usize) -> Option<usize> {
        let dimension = embedding_dimension(self.embedding, self.width, d)?;
        dimension.checked_add(usize::from(self.bias))
    }
}
