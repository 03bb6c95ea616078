//! The panels. Each draws one view of the history at the cursor; what the user changes goes to
//! [`PanelState`].

mod curves;
mod feature_map;
mod imbalance;
mod kernel;
mod loss;
mod parts;
mod phase;
mod regime;
mod spectrum;
mod story;
mod theory;
mod weights;

use crate::figure::{Clock, ImbalanceView, KernelView, RunStage, SpectrumView};
use crate::history::RunHistory;
use crate::preset::Experiment;
use crate::spec::{PanelKind, PointRef};

use super::action::SweepAction;
use super::{SweepView, Theme};
pub use parts::sweep_choice::SweepChoice;
pub use weights::WeightsView;

/// What a panel draws from.
#[derive(Clone, Copy, Debug)]
pub struct PanelInput<'a> {
    /// The experiment that runs.
    pub experiment: &'a Experiment,
    /// What it recorded so far.
    pub history: &'a RunHistory,
    /// Step shown: the newest record or an earlier one chosen with the scrubber.
    pub cursor: u64,
    /// Whether the cursor follows the run.
    pub live: bool,
    /// The sweep of the preset.
    pub sweep: Option<&'a SweepView>,
    /// Colours.
    pub theme: &'a Theme,
}

/// View options of the panels that outlive a frame; plain data, remembered with the window.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelState {
    /// Whether step axes are logarithmic.
    pub loss_log_x: bool,
    /// Whether the loss panel's loss axis is logarithmic.
    pub loss_log_y: bool,
    /// What runs along the axes over time, where the user chose it.
    pub clock: Option<Clock>,
    /// Whether the theory's bounds are drawn.
    pub bounds: bool,
    /// Whether the value axes of the weights and imbalance panels are logarithmic.
    pub trace_log_y: bool,
    /// What the weights panel shows, where the user chose it.
    pub weights_view: Option<WeightsView>,
    /// What the imbalance panel shows.
    pub imbalance_view: ImbalanceView,
    /// What the kernel panel shows.
    pub kernel_view: KernelView,
    /// Arm of the panels that show one arm only.
    pub shown_arm: usize,
    /// What the spectrum panel shows.
    pub spectrum_view: SpectrumView,
    /// Horizontal point of the feature map, where the user chose another than the preset's.
    pub x1: Option<PointRef>,
    /// Vertical point of the feature map, likewise.
    pub x2: Option<PointRef>,
    /// Whether the feature map draws the paths of some neurons.
    pub trails: bool,
    /// Whether the feature maps of all arms share one extent.
    pub same_scale: bool,
    /// What the panels of a sweep show.
    pub sweep_choice: SweepChoice,
    /// What the user asked of the sweep in a panel; whoever owns it takes it.
    pub sweep_action: Option<SweepAction>,
    /// Arms hidden by the user, by index.
    pub hidden_arms: std::collections::BTreeSet<usize>,
    /// Step the user dragged to in a panel; whoever owns the cursor takes it.
    pub seek: Option<u64>,
}

impl Default for PanelState {
    fn default() -> Self {
        Self {
            loss_log_x: true,
            loss_log_y: true,
            clock: None,
            bounds: true,
            trace_log_y: true,
            weights_view: None,
            imbalance_view: ImbalanceView::default(),
            kernel_view: KernelView::default(),
            shown_arm: 0,
            spectrum_view: SpectrumView::default(),
            x1: None,
            x2: None,
            trails: false,
            same_scale: false,
            sweep_choice: SweepChoice::default(),
            sweep_action: None,
            hidden_arms: Default::default(),
            seek: None,
        }
    }
}

impl PanelState {
    /// What runs along the axes over time: what the user chose, else what suits the run.
    fn clock(&self, input: PanelInput<'_>) -> Clock {
        self.clock
            .unwrap_or_else(|| Clock::natural(input.experiment, input.history))
    }
}

/// Draws a panel into the space `ui` has, below its title.
pub fn panel_ui(ui: &mut egui::Ui, kind: PanelKind, input: PanelInput<'_>, state: &mut PanelState) {
    if !shows_the_run(kind) {
        return whole_ui(ui, kind, input, state);
    }
    let stage = RunStage::of(input.history);
    if stage != RunStage::Measured {
        return parts::stage::stage_ui(ui, stage, input);
    }
    whole_ui(ui, kind, input, state);
}

/// Whether a panel has nothing to show before the run has.
fn shows_the_run(kind: PanelKind) -> bool {
    !matches!(
        kind,
        PanelKind::Story | PanelKind::Phase | PanelKind::Curves
    )
}

fn whole_ui(ui: &mut egui::Ui, kind: PanelKind, input: PanelInput<'_>, state: &mut PanelState) {
    match kind {
        PanelKind::Loss => loss::loss_ui(ui, input, state),
        PanelKind::Spectrum => spectrum::spectrum_ui(ui, input, state),
        PanelKind::FeatureMap => feature_map::feature_map_ui(ui, input, state),
        PanelKind::Regime => regime::regime_ui(ui, input, state),
        PanelKind::Imbalance => imbalance::imbalance_ui(ui, input, state),
        PanelKind::Kernel => kernel::kernel_ui(ui, input, state),
        PanelKind::Weights => weights::weights_ui(ui, input, state),
        PanelKind::Theory => theory::theory_ui(ui, input, state),
        PanelKind::Phase => phase::phase_ui(ui, input, state),
        PanelKind::Curves => curves::curves_ui(ui, input, state),
        PanelKind::Story => story::story_ui(ui, input),
    }
}
