//! What the user chose to see in the panels: plain data, from which the window and a picture draw the same.

mod feature_map;
mod log_axis;
mod loss;
mod shared;
mod summary;
mod sweep;
mod switches;
mod time_axis;
mod weights;

use crate::figure::{ImbalanceView, KernelView, SpectrumView};

pub use feature_map::FeatureMapChoice;
pub use log_axis::LogAxis;
pub use loss::LossChoice;
pub use shared::SharedChoice;
pub use summary::SummaryChoice;
pub use sweep::SweepChoice;
pub use time_axis::TimeAxis;
pub use weights::{NEURONS_MEANING, WeightsView};

/// View options of the panels that outlive a frame; plain data, remembered with the window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PanelState {
    /// What several panels of the run show alike.
    pub shared: SharedChoice,
    /// What the panels of a sweep show.
    pub sweep: SweepChoice,
    /// Loss panel.
    pub loss: LossChoice,
    /// Spectrum panel.
    pub spectrum: SpectrumView,
    /// Feature map panel.
    pub feature_map: FeatureMapChoice,
    /// Imbalance panel.
    pub imbalance: ImbalanceView,
    /// Kernel panel.
    pub kernel: KernelView,
    /// Whether it shows the run before in the place of the arms.
    pub kernel_before: bool,
    /// Whether the data panel shows the start beside the step shown.
    pub start_beside: bool,
    /// Whether it shows training images where there are test images too.
    pub training_digits: bool,
    /// Weights panel, where the user chose it.
    pub weights: Option<WeightsView>,
    /// Summary panel.
    pub summary: SummaryChoice,
}

impl PanelState {
    /// Forgets what was chosen of an experiment's arms, points and sweep, before another is shown.
    pub fn leave_experiment(&mut self) {
        self.shared.hidden_arms.clear();
        self.shared.time.clock = None;
        self.sweep = SweepChoice::default();
        self.feature_map.x1 = None;
        self.feature_map.x2 = None;
        self.summary.quantity = None;
        self.summary.moment = None;
        self.summary.field = None;
    }
}
