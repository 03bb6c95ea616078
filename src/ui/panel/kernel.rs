//! Tangent kernels of the arms side by side.

use std::sync::Arc;

use egui::{FontId, Id, Rect, Sense, TextStyle, Ui, UiBuilder, vec2};

use crate::figure::{KernelMap, KernelOptions, KernelPlot, KernelView, arm_name};
use crate::number;
use crate::spec::{PanelKind, Quantity};
use crate::ui::action::Action;
use crate::ui::elide::elided;
use crate::ui::fonts;
use crate::ui::glossary::BEFORE;

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

/// The same with a second line of numbers, those of the run before.
const WITH_BEFORE: SideBySide = SideBySide {
    side: |cell| (cell.x - BESIDE).min(cell.y - TITLE - 2.0 * NUMBERS),
    ..LAYOUT
};

/// What the switch to the run before means.
const OF_BEFORE: &str = "Shows the kernels of the run before in the place of those of the arms that took its place, in the same colours: now and before can be held against each other";

/// What is said where there is nothing to draw.
const UNMEASURED: Lack = Lack {
    title: "No kernel was recorded",
    remedy: "Add KernelImage to the preset's observables.",
};

/// Draws the kernel panel.
fn kernel_ui(ui: &mut Ui, input: PanelInput<'_>, state: &mut PanelState, _: &mut Vec<Action>) {
    let id = ui.scope_id().with("kernel");
    let options = KernelOptions {
        view: state.kernel,
        before: state.kernel_before,
        hidden: &state.shared.hidden_arms,
        cursor: input.cursor,
    };
    let map = cached(ui, id, input.history, &options, |options, _| {
        KernelMap::new(input.history, options)
    });
    if map.plots.is_empty() {
        return Lack::ALL_HIDDEN_ELSEWHERE.show(ui, input.theme);
    }
    if !map.is_measured() {
        return UNMEASURED.show(ui, input.theme);
    }
    views_ui(ui, input, state, &map);
    let space = ui.available_size();
    let layout = match map.plots.iter().any(|plot| plot.beside.is_some()) {
        true => WITH_BEFORE,
        false => LAYOUT,
    };
    let plots = layout.chosen_ui(
        ui,
        (input.theme, &mut state.shared.shown_arm),
        (&map.plots, space),
        |plot: &KernelPlot| (plot.place, &plot.label),
        "Shows the kernel of this arm: here is room for one",
    );
    let area = ui.available_rect_before_wrap();
    for (plot, rect) in plots.iter().zip(layout.places(area, plots.len())) {
        let builder = UiBuilder::new()
            .max_rect(rect)
            .id_salt(("kernel", plot.place));
        plot_ui(
            &mut ui.new_child(builder),
            id.with(plot.place),
            input,
            (map.view, plot),
        );
    }
    ui.advance_cursor_after_rect(area);
}

/// What is shown, and of which run.
fn views_ui(ui: &mut Ui, input: PanelInput<'_>, state: &mut PanelState, map: &KernelMap) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for view in KernelView::ALL {
            let on = state.kernel == view;
            if word_ui(ui, input.theme, view.title(), on, view.definition()) {
                state.kernel = view;
            }
        }
        if map.has_before {
            ui.add_space(8.0);
            if word_ui(ui, input.theme, BEFORE.0, state.kernel_before, OF_BEFORE) {
                state.kernel_before = !state.kernel_before;
            }
        }
    });
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
    let lines = if plot.beside.is_some() { 2.0 } else { 1.0 };
    let below = rect.with_min_y(rect.top() + TITLE + lines * NUMBERS);
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
    let colours = image.range.map(f32::to_bits);
    let of = (plot.step, start.map(Arc::as_ptr));
    let made_of = key(&(view, of, input.theme.dark, colours));
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
    let own = [plot.change, plot.alignment].map(value);
    let beside = plot
        .beside
        .map(|b| (b.name, [b.change, b.alignment].map(value)));
    let [change, alignment] = &own;
    let mut lines = vec![format!("‖ΔK‖/‖K₀‖ {change}   align. {alignment}")];
    // In the order of those above it: a narrow picture has no room for their symbols twice.
    let other = beside
        .iter()
        .map(|(name, [change, alignment])| format!("{name} {change}   align. {alignment}"));
    lines.extend(other);
    let font = TextStyle::Small.resolve(ui.style());
    let numbers = vec2(rect.width(), lines.len() as f32 * NUMBERS);
    let numbers = Rect::from_min_size(rect.left_bottom(), numbers);
    let painter = ui.painter().with_clip_rect(numbers);
    for (index, line) in lines.into_iter().enumerate() {
        let at = numbers.left_top() + vec2(0.0, index as f32 * NUMBERS);
        let galley = painter.layout_no_wrap(line, font.clone(), theme.weak_text);
        painter.galley(at, galley, theme.weak_text);
    }
    let step = plot.step.map_or(String::new(), |s| {
        format!("Kernel at step {}\n", number::count(s))
    });
    let line = |(at, quantity): (usize, Quantity)| {
        let of = |numbers: &[String; 2]| numbers.get(at).cloned().unwrap_or_default();
        let other = beside
            .as_ref()
            .map(|(name, numbers)| format!(" ({name} {})", of(numbers)));
        let (title, definition) = (quantity.title(), quantity.definition());
        format!(
            "{title} = {}{}: {definition}",
            of(&own),
            other.unwrap_or_default()
        )
    };
    let quantities = [Quantity::NtkChange, Quantity::KernelAlignment];
    let quantities = quantities.into_iter().enumerate().map(line);
    let quantities = quantities.collect::<Vec<_>>().join("\n");
    let tooltip = format!("{}\n{step}{quantities}", plot.label);
    ui.interact(rect.union(numbers), id.with("title"), Sense::hover())
        .on_hover_text(tooltip);
}
