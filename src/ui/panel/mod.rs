//! The panels. Each draws one view of the history at the cursor and returns what the user asked for.

use crate::history::RunHistory;
use crate::preset::{Experiment, PanelKind, PointRef};

use super::Theme;

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
    /// Colours.
    pub theme: &'a Theme,
}

/// View options of the panels that outlive a frame; plain data, remembered with the window.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelState {
    /// Whether the loss panel's step axis is logarithmic.
    pub loss_log_x: bool,
    /// Whether the loss panel's loss axis is logarithmic.
    pub loss_log_y: bool,
    /// Horizontal point of the feature map, where the user chose another than the preset's.
    pub x1: Option<PointRef>,
    /// Vertical point of the feature map, likewise.
    pub x2: Option<PointRef>,
    /// Arms hidden by the user, by index.
    pub hidden_arms: std::collections::BTreeSet<usize>,
}

impl Default for PanelState {
    fn default() -> Self {
        Self {
            loss_log_x: true,
            loss_log_y: true,
            x1: None,
            x2: None,
            hidden_arms: Default::default(),
        }
    }
}

/// Draws a panel into the space `ui` has, below its title.
pub fn panel_ui(ui: &mut egui::Ui, kind: PanelKind, input: PanelInput<'_>, state: &mut PanelState) {
    let _ = (input, state);
    ui.label(format!("{kind:?}"));
}
