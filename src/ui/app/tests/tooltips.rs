//! Where tooltips of the controls stand.

use egui::accesskit::Role;
use egui::{Order, Rect, pos2};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT, Queryable};

use super::fixture::{MARGIN, Window, window};

/// Places of what has a tooltip in the controls, as far as they are seen.
fn places(node: Node<'_>, seen: Rect, found: &mut Vec<Rect>) {
    let role = node.accesskit_node().role();
    let is_control = matches!(role, Role::Slider | Role::SpinButton | Role::ComboBox);
    if is_control && seen.contains_rect(node.rect()) {
        found.push(node.rect());
    }
    node.children().for_each(|child| places(child, seen, found));
}

/// The tooltips on screen.
fn tooltips(window: &Window) -> Vec<Rect> {
    window.ctx.memory(|memory| {
        let layers = memory.areas().visible_layer_ids();
        let tooltips = layers
            .into_iter()
            .filter(|layer| layer.order == Order::Tooltip);
        tooltips
            .filter_map(|layer| memory.area_rect(layer.id))
            .collect()
    })
}

#[test]
fn tooltips_of_the_controls_hide_neither_them_nor_the_time_bar() {
    for size in [[1280.0, 720.0], [960.0, 600.0]] {
        let (mut window, _) = window(size);
        window.run();
        let controls = Rect::from_min_max(pos2(0.0, 40.0), pos2(256.0, size[1] - 44.0));
        let bar = Rect::from_min_max(pos2(0.0, size[1] - 44.0), pos2(size[0], size[1]));
        let [controls, bar] = [controls, bar].map(|rect| rect.translate(MARGIN));
        // Without the harness's margin, the controls end where they do in the window.
        let column = controls.with_max_x(256.0);
        let mut found = Vec::new();
        places(window.root(), controls, &mut found);
        // Above the fields stands the list of arms.
        let first = window
            .get_by_role_and_label(egui::Role::SpinButton, "points n")
            .rect();
        found.retain(|place| place.top() >= first.top());
        assert!(found.len() > 4, "{} controls at {size:?}", found.len());
        for place in found {
            window.hover_at(place.center());
            window.run_steps(40);
            let shown = tooltips(&window);
            assert!(!shown.is_empty(), "no tooltip at {place:?}");
            for tooltip in shown {
                assert!(!tooltip.intersects(bar), "{tooltip:?} over the time bar");
                assert!(!tooltip.intersects(column), "{tooltip:?} over the controls");
            }
            // The next one appears after its own delay.
            window.hover_at(pos2(0.5 * size[0], 20.0));
            window.run_steps(40);
        }
    }
}
