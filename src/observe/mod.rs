//! Observables: what is measured of a network in training, one a file.

mod accuracy;
mod active_fraction;
mod alignment;
mod eigen;
mod feature_jacobian;
mod features;
mod gradient;
mod imbalance;
mod kernel;
mod kernel_image;
mod kernel_measures;
mod kernel_model;
mod linear;
mod linear_frame;
mod losses;
mod min_norm;
mod movement;
mod neuron_distances;
mod observer;
mod operator_norm;
mod quantity;
mod record;
mod saved_observer;
mod schedule;
mod test_pass;
mod twin;

pub use accuracy::accuracy;
pub use eigen::{SymmetricEigen, symmetric_eigen, symmetric_eigenvalues};
pub use features::Movement;
pub use kernel::{GROUPS, LayerKernels, cross_kernels, train_kernels};
pub use kernel_image::IMAGE_POINTS;
pub use observer::{CHEAP_KERNEL, LARGEST_KERNEL, Observer};
pub use quantity::Quantity;
pub use record::{FeatureSample, KernelImage, Record};
pub use saved_observer::SavedObserver;
pub use schedule::next_due;
pub use test_pass::{FeatureChoice, SAMPLED_NEURONS, TestPass, test_pass};
pub use twin::LinearizedTwin;

pub(crate) use kernel_model::KernelModel;
pub(crate) use twin::Mode;

/// ‖A‖_F.
fn frobenius(matrix: &ndarray::Array2<f64>) -> f64 {
    matrix.iter().map(|x| x * x).sum::<f64>().sqrt()
}
