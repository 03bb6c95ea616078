//! What to draw, without a toolkit: pure functions from an experiment and its history.

mod answers;
mod axis_marker;
mod bound;
mod changed;
mod clock;
mod contour;
mod decimate;
mod feature_map;
mod imbalance;
mod instants;
mod kernel_map;
mod labels;
mod layer;
mod looks;
mod loss;
mod range;
mod reading;
mod regime;
mod samples;
mod scale;
mod short_names;
mod spectrum;
mod status;
mod story;
mod summary;
mod surface;
mod sweep;
mod theory;
mod ticks;
mod trace;

pub use answers::{Answer, ArmAnswers};
pub use axis_marker::AxisMarker;
pub use bound::{BOUND_SHAFT, BoundKey, BoundReading, bound_keys, struck_arm};
pub use changed::{MODIFIED, changed, modified};
pub use clock::Clock;
pub use decimate::decimate;
pub use feature_map::{FeatureMap, FeatureMapOptions, FeaturePlot, before_dots, point_name};
pub use imbalance::{Imbalance, ImbalanceOptions, ImbalanceRow, ImbalanceView};
pub use kernel_map::{Beside, Image, KernelMap, KernelOptions, KernelPlot, KernelView};
pub use labels::spread;
pub use layer::{
    Axis, BoundLine, Cells, Dash, Figure, Fill, Ink, Intervals, Layer, Line, Mark, MarkShape,
    Palette, Rule, Scatter, Shaft,
};
pub use looks::{ArmLook, Hue, arm_looks};
pub use loss::{Loss, LossOptions, LossRow};
pub use range::Range;
pub use reading::{at_or_before, before_arm, pictured_arms, visible_arms};
pub use regime::{Lane, Measure, Reading, Reference, Regime, RegimeRow, Sentence};
pub use samples::{Samples, neuron_distances, trace_quantities};
pub use scale::Scale;
pub use short_names::{arm_name, short_names};
pub use spectrum::{Floored, Spectrum, SpectrumOptions, SpectrumRow, SpectrumView};
pub use status::{ArmStatus, RunStage, ending};
pub use story::{ArmConstants, Story, constants};
pub use summary::{
    SUMMARY_SHAFT, Summary, SummaryFit, SummaryOptions, SummaryRow, VariedField, arm_axes,
    summary_quantities,
};
pub use surface::{SurfaceMap, SurfaceOptions, SurfacePlot};
pub use sweep::{
    CurveRow, Curves, CurvesOptions, Phase, PhaseKey, PhaseOptions, cell_words, sweep_values,
    trial_words, value_definition, value_title,
};
pub use theory::{AssumptionRow, BoundRow, Paper, RequirementRow, Theory, is_met, is_step};
pub use ticks::{Tick, ticks};
pub use trace::{Trace, TraceOptions, TraceRow};
