//! Observables: what is measured of a network in training, one a file.

mod accuracy;
mod active_fraction;
mod feature_jacobian;
mod gradient;
mod imbalance;
mod kernel;
mod linear;
mod losses;
mod movement;
mod observer;
mod record;
mod saved_observer;
mod schedule;
mod test_pass;
mod twin;

pub use accuracy::accuracy;
pub use kernel::footprint::KernelUse;
pub use kernel::image::IMAGE_POINTS;
pub use kernel::{LayerKernels, cross_kernels, train_kernels};
pub use linear::frame::{doubles_held as frame_doubles, passing as frame_passing};
pub use movement::features::{MovedParts, Movement};
pub use observer::{CHEAP_KERNEL, Depth, LARGEST_KERNEL, Observer};
pub use record::{FeatureSample, KernelImage, Record};
pub use saved_observer::SavedObserver;
pub use schedule::next_due;
pub use test_pass::{
    FeatureChoice, SAMPLED_NEURONS, TestPass, passing as test_pass_passing, test_pass,
};
pub use twin::LinearizedTwin;
pub(crate) use twin::model::KernelModel;

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
