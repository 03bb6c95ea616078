//! What a panel says while there is nothing to draw.

use egui::{Align2, FontId, RichText, TextStyle, Ui, vec2};

use crate::figure::{ArmStatus, RunStage};
use crate::spec::NetworkKind;
use crate::ui::{Theme, fonts};

use crate::ui::panel::input::PanelInput;

/// Says why there is nothing to draw yet.
pub fn stage_ui(ui: &mut Ui, stage: RunStage, input: PanelInput<'_>) {
    let theme = input.theme;
    match stage {
        RunStage::Empty => message_ui(
            ui,
            theme,
            "No experiment runs",
            "Choose a preset, or drop a file on the window.",
        ),
        RunStage::Starting => {
            let arms = input.history.own_arms().len();
            let detail = if arms == 1 {
                "Drawing data and weights, linearizing the network at its start.".to_owned()
            } else {
                format!(
                    "Drawing data and weights, linearizing the network at its start: {arms} arms."
                )
            };
            message_ui(ui, theme, "Starting", &detail);
        }
        RunStage::Failed => failed_ui(ui, input),
        RunStage::Measured => {}
    }
}

/// A short title with a sentence under it, in the middle of the space there is.
pub fn message_ui(ui: &mut Ui, theme: &Theme, title: &str, detail: &str) {
    let rect = ui.available_rect_before_wrap();
    let width = (rect.width() - 32.0).clamp(40.0, 420.0);
    let size = TextStyle::Body.resolve(ui.style()).size;
    let heading = FontId::new(size, fonts::semibold());
    let painter = ui.painter().with_clip_rect(rect);
    let title = painter.layout(title.to_owned(), heading, theme.weak_text, width);
    let detail = painter.layout(
        detail.to_owned(),
        FontId::proportional(size),
        theme.weak_text,
        width,
    );
    let height = title.size().y + 6.0 + detail.size().y;
    let top = rect.center() - vec2(0.0, 0.5 * height);
    for (galley, down) in [(&title, 0.0), (&detail, title.size().y + 6.0)] {
        let corner = Align2::CENTER_TOP
            .anchor_size(top + vec2(0.0, down), galley.size())
            .min;
        painter.galley(corner, galley.clone(), theme.weak_text);
    }
}

/// Why an arm has no picture: `infinite` at infinite width, else its state where it has ended, else
/// `yet`.
pub fn absent_text(
    input: PanelInput<'_>,
    (arm, status): (usize, &ArmStatus),
    [yet, infinite]: [&str; 2],
) -> String {
    let kind = input
        .experiment
        .arms
        .get(arm)
        .map(|a| a.preset.network.kind);
    if kind == Some(NetworkKind::InfiniteWidth) {
        return infinite.to_owned();
    }
    let text = status.text();
    if text.is_empty() {
        yet.to_owned()
    } else {
        text
    }
}

fn failed_ui(ui: &mut Ui, input: PanelInput<'_>) {
    ui.add_space(8.0);
    ui.label(
        RichText::new("Nothing could be run")
            .family(fonts::semibold())
            .color(input.theme.error),
    );
    for arm in input.history.own_arms() {
        let Some(outcome) = &arm.outcome else {
            continue;
        };
        ui.label(format!("{}: {outcome}", arm.label));
    }
}
