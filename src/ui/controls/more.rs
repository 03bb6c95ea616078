//! What more can be done with a line of a list.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{PopupCloseBehavior, Response, Ui};

/// The button with the menu of what more can be done. A click into a field of it leaves it open.
pub(super) fn more_ui(ui: &mut Ui, add: impl FnOnce(&mut Ui)) -> Response {
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    MenuButton::new("⋯").config(config).ui(ui, add).0
}
