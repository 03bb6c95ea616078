//! The switches of a plot's axes, in the corner above it.

use egui::{Align, Layout, Rect, Ui, UiBuilder};

use crate::figure::Clock;
use crate::ui::Theme;

use super::choice::word_ui;

/// Least width of a corner in which the clock can be chosen beside the axis's name.
const ROOM: f32 = 250.0;

/// What can be switched.
pub struct Switches<'a> {
    /// The clock shown, and the one the user chose.
    pub clock: Option<(Clock, &'a mut Option<Clock>)>,
    pub log_x: Option<&'a mut bool>,
    pub log_y: Option<&'a mut bool>,
}

impl Switches<'_> {
    /// Draws the switches from the right end of the corner on.
    pub fn show(self, ui: &mut Ui, corner: Rect, theme: &Theme) {
        let layout = Layout::right_to_left(Align::Min);
        let mut ui = ui.new_child(UiBuilder::new().max_rect(corner).layout(layout));
        ui.spacing_mut().item_spacing.x = 2.0;
        let ui = &mut ui;
        if let Some(log_y) = self.log_y {
            toggle_ui(ui, theme, log_y, "log y", "Logarithmic vertical axis");
        }
        if let Some(log_x) = self.log_x {
            let tooltip = "Logarithmic horizontal axis; step 0 has a place of its own at the left";
            toggle_ui(ui, theme, log_x, "log x", tooltip);
        }
        if let Some((shown, chosen)) = self.clock.filter(|_| corner.width() >= ROOM) {
            let mut time = shown == Clock::Time;
            let tooltip = format!(
                "Off, the axis shows the {}. On, the {}. On from the start where the arms take steps of different length.",
                Clock::Steps.definition(),
                Clock::Time.definition()
            );
            toggle_ui(ui, theme, &mut time, Clock::Time.title(), &tooltip);
            let clock = if time { Clock::Time } else { Clock::Steps };
            if clock != shown {
                *chosen = Some(clock);
            }
        }
    }
}

fn toggle_ui(ui: &mut Ui, theme: &Theme, on: &mut bool, name: &str, tooltip: &str) {
    if word_ui(ui, theme, name, *on, tooltip) {
        *on = !*on;
    }
}
