//! Observables: what is measured of a network in training, one a file.

mod answers;
mod cost;
mod depth;
mod each;
mod facts;
mod kernel;
mod kernel_pass;
mod linear_frame;
mod movement;
mod observation;
mod observer;
mod output_pass;
mod record;
mod refusal;
mod saved_observer;
mod schedule;
mod surface;
mod test_pass;
mod twin;

pub use answers::Answers;
pub use cost::{Cost, KERNEL_PRODUCT, eigenvalue_work};
pub use depth::Depth;
pub use each::{IMAGE_POINTS, accuracy};
pub use facts::{Facts, Moved, Needs, Neurons, Pass, Training};
pub use kernel::footprint::KernelUse;
pub use kernel::{LayerKernels, cross_kernels, train_kernels};
pub use linear_frame::{doubles_held as frame_doubles, passing as frame_passing};
pub use movement::{MovedParts, Movement};
pub use observer::{CHEAP_KERNEL, LARGEST_KERNEL, Observer};
pub use record::{FeatureSample, KernelImage, Record};
pub use refusal::{At, Refusal};
pub use saved_observer::SavedObserver;
pub use schedule::next_due;
pub use surface::Surface;
pub use test_pass::{
    FeatureChoice, SAMPLED_NEURONS, TestPass, passing as test_pass_passing, test_pass,
};
pub use twin::LinearizedTwin;
pub(crate) use twin::model::KernelModel;

pub(crate) use twin::Mode;
