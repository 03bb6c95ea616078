//! Tangent kernels of the arms side by side.

use std::sync::Arc;

use egui::{FontId, Id, Rect, Sense, TextStyle, Ui, UiBuilder, pos2, vec2};

use crate::figure::{KernelMap, KernelPlot, KernelView, arm_name};
use crate::number;
use crate::spec::{PanelKind, Quantity};
use crate::ui::action::Action;
use crate::ui::elide::elided;
use crate::ui::fonts;

use super::parts::cache::{cached, key};
use super::parts::choice::word_ui;
use super::parts::kernel_image::image_ui;
use super::parts::lack::Lack;
use super::parts::side_by_side::SideBySide;
use super::parts::stage::{absent_text, message_ui};
use super::row::{Panel, Shows};
use super::{PanelInput, PanelState};

/// The panel.
pub(super) const ROW: Panel = Panel {
    kind: PanelKind::Kernel,
    key: "kernel",
    title: "Kernel",
    description: "The tangent kernel of each arm as an image, or its change since the start.",
    shows: Shows::Run,
    least: Panel::LEAST,
    lack: |input| UNMEASURED.unless(input, |r| r.kernel.is_some()),
    draw: kernel_ui,
};

/// Height of an arm's title above its image.
const TITLE: f32 = 18.0;
/// Height of its numbers under the title.
const NUMBERS: f32 = 18.0;
/// Width an image needs beside itself for its colour bar.
const BESIDE: f32 = 80.0;

/// How the images are laid out.
const LAYOUT: SideBySide = SideBySide {
    gap: 12.0,
    gain: 1.1,
    side: |cell| (cell.x - BESIDE).min(cell.y - TITLE - NUMBERS),
};

/// What is said where there is nothing to draw.
const UNMEASURED: Lack = Lack {
    title: "No kernel was recorded",
    remedy: "Add KernelImage to the preset's observables.",
};

/// Draws the kernel panel.
fn kernel_ui(ui: &mut Ui, input: PanelInput<'_>, state: &mut PanelState, _: &mut Vec<Action>) {
    let id = ui.scope_id().with("kernel");
    let options = (state.kernel, &state.shared.hidden_arms, input.cursor);
    let map = cached(ui, id, input.history, &options, |options, _| {
        let (view, hidden, cursor) = *options;
        KernelMap::new(input.history, view, hidden, cursor)
    });
    if map.plots.is_empty() {
        return Lack::ALL_HIDDEN_ELSEWHERE.show(ui, input.theme);
    }
    if !map.is_measured() {
        return UNMEASURED.show(ui, input.theme);
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for view in KernelView::ALL {
            let on = state.kernel == view;
            if word_ui(ui, input.theme, view.title(), on, view.definition()) {
                state.kernel = view;
            }
        }
    });
    let space = ui.available_size();
    let plots = LAYOUT.chosen_ui(
        ui,
        (input.theme, &mut state.shared.shown_arm),
        (&map.plots, space),
        |plot: &KernelPlot| (plot.arm, &plot.label),
        "Shows the kernel of this arm: here is room for one",
    );
    let area = ui.available_rect_before_wrap();
    for (plot, rect) in plots.iter().zip(LAYOUT.places(area, plots.len())) {
        let builder = UiBuilder::new()
            .max_rect(rect)
            .id_salt(("kernel", plot.arm));
        plot_ui(
            &mut ui.new_child(builder),
            id.with(plot.arm),
            input,
            (map.view, plot),
        );
    }
    ui.advance_cursor_after_rect(area);
}

fn plot_ui(ui: &mut Ui, id: Id, input: PanelInput<'_>, (view, plot): (KernelView, &KernelPlot)) {
    let rect = ui.max_rect();
    title_ui(
        ui,
        id,
        Rect::from_min_size(rect.min, vec2(rect.width(), TITLE)),
        input,
        plot,
    );
    let below = rect.with_min_y(rect.top() + TITLE + NUMBERS);
    let Some(image) = &plot.image else {
        let mut ui = ui.new_child(UiBuilder::new().max_rect(below));
        let detail = absent_text(
            input,
            (plot.arm, &plot.status),
            [
                "No kernel at this step yet.",
                "The kernel of infinite width was not recorded as an image.",
            ],
        );
        return message_ui(&mut ui, input.theme, "", &detail);
    };
    let start = input.history.arms().get(plot.arm).and_then(|a| a.first());
    let made_of = key(&(view, plot.step, input.theme.dark, start.map(Arc::as_ptr)));
    image_ui(ui, input.theme, below, (id, made_of), (view, image));
}

/// The arm's name, and under it how far its kernel has changed and how it is aligned.
fn title_ui(ui: &mut Ui, id: Id, rect: Rect, input: PanelInput<'_>, plot: &KernelPlot) {
    let theme = input.theme;
    let body = TextStyle::Body.resolve(ui.style());
    let strong = FontId::new(body.size, fonts::semibold());
    let (label, color) = (
        arm_name(input.experiment, &plot.label),
        theme.arm_text(plot.arm),
    );
    let name = elided(ui, label, &strong, color, rect.width());
    ui.painter().galley(rect.left_top(), name, color);
    let value = |v: Option<f64>| v.map_or("—".to_owned(), |v| number::number(v, 3));
    let text = format!(
        "‖ΔK‖/‖K₀‖ {}   align. {}",
        value(plot.change),
        value(plot.alignment)
    );
    let font = TextStyle::Small.resolve(ui.style());
    let numbers = Rect::from_min_size(rect.left_bottom(), vec2(rect.width(), NUMBERS));
    let galley = ui.painter().layout_no_wrap(text, font, theme.weak_text);
    let at = pos2(numbers.left(), numbers.top());
    ui.painter()
        .with_clip_rect(numbers)
        .galley(at, galley, theme.weak_text);
    let step = plot.step.map_or(String::new(), |s| {
        format!("Kernel at step {}\n", number::count(s))
    });
    let line = |q: Quantity, v| format!("{} = {}: {}", q.title(), value(v), q.definition());
    let tooltip = format!(
        "{}\n{step}{}\n{}",
        plot.label,
        line(Quantity::NtkChange, plot.change),
        line(Quantity::KernelAlignment, plot.alignment)
    );
    ui.interact(rect.union(numbers), id.with("title"), Sense::hover())
        .on_hover_text(tooltip);
}
