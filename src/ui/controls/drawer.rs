//! Whether the controls stand beside the panels.

use egui::Ui;

/// Width of the window in points from which the controls are shown without being asked for.
const ROOMY: f32 = 800.0;

/// Whether the controls stand beside the panels: in a window with room for both, until the user says
/// otherwise.
#[derive(Clone, Copy, Debug, Default)]
pub struct Drawer {
    /// What the user said last, and whether the window was roomy then.
    chosen: Option<(bool, bool)>,
    roomy: bool,
}

impl Drawer {
    /// Whether the controls are shown in a window of this size.
    pub fn is_open(&mut self, ui: &Ui) -> bool {
        self.roomy = ui.ctx().content_rect().width() >= ROOMY;
        self.get()
    }

    /// Shows the controls, or hides them. What is chosen in a small window does not hold in a large one.
    pub fn toggle(&mut self) {
        self.chosen = Some((!self.get(), self.roomy));
    }

    fn get(&self) -> bool {
        let chosen = self.chosen.filter(|(_, roomy)| *roomy == self.roomy);
        chosen.map_or(self.roomy, |(open, _)| open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_window_folds_the_controls_until_they_are_asked_for() {
        let mut drawer = Drawer {
            roomy: true,
            ..Drawer::default()
        };
        assert!(drawer.get());
        drawer.roomy = false;
        assert!(!drawer.get());
        drawer.toggle();
        assert!(drawer.get());
        drawer.roomy = true;
        assert!(drawer.get());
        drawer.toggle();
        assert!(!drawer.get());
        drawer.roomy = false;
        assert!(!drawer.get());
    }
}
