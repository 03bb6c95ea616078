//! What to draw, without a toolkit: pure functions from an experiment and its history.

mod decimate;
mod feature_map;
mod labels;
mod layer;
mod loss;
pub mod number;
mod range;
mod reading;
mod regime;
mod scale;
mod spectrum;
mod status;
mod story;
mod ticks;

pub use decimate::decimate;
pub use feature_map::{FeatureMap, FeatureMapOptions, FeaturePlot, point_name};
pub use labels::spread;
pub use layer::{Axis, Dash, Figure, Ink, Layer, Line, Mark, Rule, Scatter, Shaft};
pub use loss::{Loss, LossOptions, LossRow};
pub use range::Range;
pub use reading::{at_or_before, visible_arms};
pub use regime::{Lane, Measure, Reading, Reference, Regime, RegimeRow};
pub use scale::Scale;
pub use spectrum::{Floored, Spectrum, SpectrumOptions, SpectrumRow, SpectrumView};
pub use status::{ArmStatus, RunStage, ending};
pub use story::{ArmConstants, Story};
pub use ticks::{Tick, ticks};
