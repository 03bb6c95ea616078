//! Observables: what is measured of a network in training, one a file.

mod accuracy;
mod active_fraction;
mod alignment;
mod eigen;
mod feature_jacobian;
mod feature_sums;
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
mod pattern_sum;
mod quantity;
mod record;
mod reflection_panel;
mod saved_observer;
mod schedule;
mod symmetric_sum;
mod test_pass;
mod tile_columns;
mod tridiagonal;
mod tridiagonal_form;
mod twin;

pub use accuracy::accuracy;
pub use eigen::{SymmetricEigen, symmetric_eigen, symmetric_eigenvalues};
pub use features::{MovedParts, Movement};
pub use kernel::{LayerKernels, cross_kernels, train_kernels};
pub use kernel_image::IMAGE_POINTS;
pub use observer::{CHEAP_KERNEL, Depth, LARGEST_KERNEL, Observer};
pub use quantity::Quantity;
pub use record::{FeatureSample, KernelImage, Record};
pub use saved_observer::SavedObserver;
pub use schedule::next_due;
pub use symmetric_sum::{GROUPS, STRIP};
pub use test_pass::{FeatureChoice, SAMPLED_NEURONS, TestPass, test_pass};
pub use twin::LinearizedTwin;

pub(crate) use kernel_model::KernelModel;
pub(crate) use twin::Mode;

/// ‖A‖_F.
fn frobenius(matrix: &ndarray::Array2<f64>) -> f64 {
    let squared = match matrix.as_slice_memory_order() {
        Some(entries) => {
            let entries = ndarray::ArrayView1::from(entries);
            entries.dot(&entries)
        }
        None => matrix.iter().map(|x| x * x).sum(),
    };
    squared.sqrt()
}
