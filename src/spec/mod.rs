//! The preset as it is written in RON: plain data, every field with a default.
//!
//! The field names here are the paths of `--set` (for example `network.width`, `train.stop.steps`).

mod axis;
mod claim;
mod data;
mod defaults;
pub mod field;
mod measured;
mod moment;
mod network;
mod observe;
mod point;
mod preset;
mod resolve;
mod summary;
mod sweep;
mod teacher;
mod train;
mod view;
mod wrong;

pub use crate::fit::Statistic;
pub use crate::network::{Activation, EmbeddingSpec, EmbeddingWidth, Factor, Scaling};
pub use axis::{AxisRange, AxisSpec, LinkedField, PowerLaw, Show};
pub use claim::{CellRef, ClaimSpec, Direction, Expectation, SweepExpectation};
pub use data::{DataSpec, Labels, LinearInputs, Pixels, Targets};
pub use measured::{Curve, Observable, Quantity, QuantityFacts};
pub use moment::{CountedIn, Moment};
pub use network::{BiasInit, InitSpec, NetworkKind, NetworkSpec, OutputInit, Symmetrize};
pub use observe::{Costly, ObserveSpec, PanelKind, Schedule};
pub use point::PointRef;
pub use preset::{FORMAT, Lasts, Needs, Precision, Preset, Source};
pub use resolve::DataSizes;
pub use summary::{SummaryMoment, SummarySpec};
pub use sweep::{Draws, LineSpec, MeasureSpec, SweepSpec, SweepValue};
pub use teacher::TeacherSpec;
pub use train::{
    BatchOrder, Layers, LossKind, LossOver, LossSpec, Method, Representation, StepChange, StepUnit,
    StopSpec, TrainSpec,
};
pub use view::{Place, SummarySwitches, SweepSwitches, Switches, ViewSpec};
pub use wrong::{WrongKind, WrongSpec};
