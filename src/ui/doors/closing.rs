//! The question that is asked once before changes are lost.

use egui::{Context, Frame, Id, Modal};

use crate::ui::door_action::Leave;

/// Asks what becomes of changes that are not saved; the answer, once there is one.
pub fn question(context: &Context, name: &str) -> Option<Leave> {
    let frame = Frame::popup(&context.global_style()).inner_margin(20);
    let modal = Modal::new(Id::unique("closing"))
        .frame(frame)
        .show(context, |ui| {
            ui.set_width(380.0);
            ui.heading("Save the changes?");
            ui.add_space(6.0);
            ui.label(format!("{name} was changed and not saved."));
            ui.add_space(12.0);
            let mut answer = None;
            ui.horizontal(|ui| {
                let mut button = |words: &str, tooltip: &str, leave: Leave| {
                    if ui.button(words).on_hover_text(tooltip).clicked() {
                        answer = Some(leave);
                    }
                };
                button(
                    "Save",
                    "Write the preset into its file, then close",
                    Leave::Save,
                );
                button("Discard", "Close, and give the changes up", Leave::Discard);
                button("Cancel", "Keep the window open (Esc)", Leave::Stay);
            });
            answer
        });
    match modal.inner {
        None if modal.should_close() => Some(Leave::Stay),
        answer => answer,
    }
}
