//! The preset as it is written in RON: plain data, every field with a default.
//!
//! The field names here are the paths of `--set` (for example `network.width`, `train.stop.steps`).

mod axis;
mod claim;
mod data;
mod network;
mod observe;
mod preset;
mod sweep;
mod sweep_claim;
mod teacher;
mod train;

pub use axis::{AxisRange, AxisSpec, LinkedField, PowerLaw, Show};
pub use claim::{ClaimSpec, Clock, Direction, Expectation, Moment};
pub use data::{DataSpec, Labels, LinearInputs, Pixels, Targets};
pub use network::{
    BiasInit, EmbeddingSpec, EmbeddingWidth, InitSpec, NetworkKind, NetworkSpec, OutputInit,
    Symmetrize,
};
pub use observe::{Costly, Observable, ObserveSpec, PanelKind, PointRef, Schedule};
pub use preset::{FORMAT, Lasts, Precision, Preset, Source};
pub use sweep::{Draws, LineSpec, MeasureSpec, Statistic, SweepSpec, SweepValue};
pub use sweep_claim::{CellRef, SweepExpectation};
pub use teacher::TeacherSpec;
pub use train::{
    BatchOrder, Layers, LossKind, LossOver, LossSpec, Method, Representation, StepUnit, StopSpec,
    TrainSpec,
};

pub use crate::network::{Factor, Scaling};
