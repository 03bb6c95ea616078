//! The switches of a plot's axes, in the corner above it.

use egui::{Align, Layout, Rect, Ui, UiBuilder};

use crate::figure::Clock;
use crate::ui::Theme;

use super::bounds::bounds_switch_ui;
use super::choice::word_ui;
use super::log_axis::LogAxis;
use super::time_axis::TimeAxis;

/// Least width of a corner in which the clock can be chosen beside the axis's name.
const ROOM: f32 = 250.0;

/// Width that the switch of the bounds takes.
const BOUNDS: f32 = 48.0;

/// The corner above a plot; switches stand in it from its right end on.
pub struct Corner<'a> {
    ui: Ui,
    theme: &'a Theme,
    width: f32,
}

impl<'a> Corner<'a> {
    /// An empty corner.
    pub fn new(ui: &mut Ui, rect: Rect, theme: &'a Theme) -> Self {
        let layout = Layout::right_to_left(Align::Min);
        // The switches stay the same widgets, and keep the focus, whatever comes and goes above the plot.
        let id = ui.unique_id().with("corner");
        let builder = UiBuilder::new().max_rect(rect).layout(layout);
        let mut ui = ui.new_child(builder.scope_id(id));
        ui.spacing_mut().item_spacing.x = 2.0;
        let width = rect.width();
        Self { ui, theme, width }
    }

    /// The switch of an axis that is shown logarithmic or not; nothing where it can't be both.
    pub fn log_ui(&mut self, name: &str, tooltip: &str, shown: Option<bool>, axis: &mut LogAxis) {
        if let Some(on) = shown
            && word_ui(&mut self.ui, self.theme, name, on, tooltip)
        {
            axis.0 = Some(!on);
        }
    }

    /// The switch of the vertical axis.
    pub fn log_y_ui(&mut self, shown: Option<bool>, axis: &mut LogAxis) {
        self.log_ui("log y", "Logarithmic vertical axis", shown, axis);
    }

    /// The switch of a horizontal axis that is not the run's.
    pub fn log_x_ui(&mut self, shown: Option<bool>, axis: &mut LogAxis) {
        self.log_ui("log x", "Logarithmic horizontal axis", shown, axis);
    }

    /// The switch of the bounds.
    pub fn bounds_ui(&mut self, on: &mut bool) {
        bounds_switch_ui(&mut self.ui, self.theme, on);
        self.width -= BOUNDS;
    }

    /// The switches of the axis over the run, which shows `clock`.
    pub fn time_ui(&mut self, clock: Clock, axis: &mut TimeAxis) {
        let tooltip = "Logarithmic horizontal axis; step 0 has a place of its own at the left";
        self.log_ui("log x", tooltip, Some(axis.is_log()), &mut axis.log);
        if self.width < ROOM {
            return;
        }
        let is_time = clock == Clock::Time;
        let tooltip = format!(
            "Off, the axis shows the {}. On, the {}. On from the start where the arms take steps of different length.",
            Clock::Steps.definition(),
            Clock::Time.definition()
        );
        if word_ui(
            &mut self.ui,
            self.theme,
            Clock::Time.title(),
            is_time,
            &tooltip,
        ) {
            let other = if is_time { Clock::Steps } else { Clock::Time };
            axis.clock = Some(other);
        }
    }
}
