//! The focus of the keyboard: Tab goes through the window as the eye does, and a ring shows where it is.
//!
//! The toolkit goes from widget to widget as they are made. Bars are made before what they leave room for, and
//! what stands at a right end before what is left of it; so the order is found anew from their places.

use egui::accesskit::{Action, ActionRequest, TreeId};
use egui::{
    Context, CornerRadius, Event, FocusDirection, Id, Key, LayerId, Modifiers, Popup, Rect, Stroke,
    StrokeKind, WidgetRect,
};

use super::theme::Theme;

/// Width of the ring in points.
const RING: f32 = 2.0;

/// Parts of the window, in the order in which Tab goes through them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The bar at the top.
    Top,
    /// The controls.
    Controls,
    /// Messages over the panels.
    Messages,
    /// A panel with its title, by its number from the first.
    Panel(usize),
    /// The bar at the bottom.
    Time,
}

/// Where the parts of the window end among its widgets, in the order in which they are made.
#[derive(Clone, Debug, Default)]
struct Ends {
    ends: Vec<(usize, Option<Part>)>,
    /// Widgets of a part that are made among others.
    single: Vec<(Id, Part)>,
}

impl Ends {
    fn id() -> Id {
        Id::unique("ends of the parts of the window")
    }

    /// The part of a widget made after so many others.
    fn part(&self, index: usize, id: Id) -> Option<Part> {
        let mut ends = self.ends.iter();
        let part = ends
            .find(|(end, _)| index < *end)
            .and_then(|(_, part)| *part);
        let mut single = self.single.iter();
        part.or_else(|| single.find(|(own, _)| *own == id).map(|(_, part)| *part))
    }
}

/// Says that what was made since the last end, or the start of the frame, is this part of the window; where it is
/// none, Tab leaves it out: edges to be dragged, for one.
pub fn ends(context: &Context, part: Option<Part>) {
    let made = context.viewport(|v| v.this_pass.widgets.get_layer(LayerId::background()).count());
    context.data_mut(|data| {
        let ends: &mut Ends = data.get_temp_mut_or_default(Ends::id());
        ends.ends.push((made, part));
    });
}

/// Says that a widget is of this part, wherever it was made.
pub fn is_of(context: &Context, widget: Id, part: Part) {
    context.data_mut(|data| {
        let ends: &mut Ends = data.get_temp_mut_or_default(Ends::id());
        ends.single.push((widget, part));
    });
}

/// Begins a frame: the focus goes on where Tab was pressed since the last one. What is unfolded or asks for an
/// answer keeps the toolkit's own order.
pub fn go_on(context: &Context) {
    let ends = context.data_mut(|data| data.remove_temp::<Ends>(Ends::id()));
    let asked = context.input(|input| {
        let is_tab = |modifiers: Modifiers| {
            let tabs = input.num_presses(Key::Tab);
            tabs > 0 && input.modifiers.matches_exact(modifiers)
        };
        [is_tab(Modifiers::NONE), is_tab(Modifiers::SHIFT)]
    });
    let is_covered =
        Popup::is_any_open(context) || context.memory(|memory| memory.top_modal_layer().is_some());
    if is_covered || !asked.contains(&true) {
        return;
    }
    let order = order(context, &ends.unwrap_or_default());
    let now = context.memory(|memory| memory.focused());
    let at = now.and_then(|id| order.iter().position(|other| *other == id));
    let next = match (at, asked[0]) {
        (None, _) if now.is_some() => return,
        (None, true) => 0,
        (None, false) => order.len().saturating_sub(1),
        (Some(at), true) => (at + 1) % order.len(),
        (Some(at), false) => (at + order.len() - 1) % order.len(),
    };
    let Some(next) = order.get(next).copied() else {
        return;
    };
    context.memory_mut(|memory| {
        memory.move_focus(FocusDirection::None);
        memory.request_focus(next);
    });
    // What was scrolled out of sight comes back.
    let request = ActionRequest {
        action: Action::ScrollIntoView,
        target_tree: TreeId::ROOT,
        target_node: next.accesskit_id(),
        data: None,
    };
    let is_hidden = context
        .viewport(|v| v.prev_pass.widgets.get(next).copied())
        .is_some_and(|widget| widget.interact_rect != widget.rect);
    if is_hidden {
        context.input_mut(|input| input.events.push(Event::AccessKitActionRequest(request)));
    }
}

/// What takes the focus of the last frame's window, as the eye goes: part by part, in each from top to bottom, and
/// what stands beside each other from left to right.
fn order(context: &Context, ends: &Ends) -> Vec<Id> {
    let stops: Vec<(Part, WidgetRect)> = context.viewport(|v| {
        let widgets = v.prev_pass.widgets.get_layer(LayerId::background());
        let stops = widgets.enumerate().filter(|(_, widget)| is_stop(widget));
        stops
            .filter_map(|(index, widget)| Some((ends.part(index, widget.id)?, *widget)))
            .collect()
    });
    let mut parts: Vec<Part> = stops.iter().map(|(part, _)| *part).collect();
    parts.sort();
    parts.dedup();
    let ids = |part: Part| {
        let own = stops.iter().filter(move |(of, _)| *of == part);
        by_eye(own.map(|(_, widget)| (widget.id, widget.rect)).collect())
    };
    parts.into_iter().flat_map(ids).collect()
}

fn is_stop(widget: &WidgetRect) -> bool {
    widget.enabled && widget.visible && widget.sense.is_focusable() && widget.rect.is_positive()
}

/// From top to bottom, and from left to right what has its middle beside the first of a row.
fn by_eye(mut stops: Vec<(Id, Rect)>) -> Vec<Id> {
    stops.sort_by(|(_, a), (_, b)| a.top().total_cmp(&b.top()));
    let mut order = Vec::new();
    while let Some((_, first)) = stops.first().copied() {
        let is_beside = |rect: &Rect| rect.center().y <= first.bottom();
        let (mut row, rest): (Vec<_>, Vec<_>) =
            stops.into_iter().partition(|(_, rect)| is_beside(rect));
        row.sort_by(|(_, a), (_, b)| a.left().total_cmp(&b.left()));
        order.extend(row.into_iter().map(|(id, _)| id));
        stops = rest;
    }
    order
}

/// Ends a frame: a ring in the accent colour around what has the focus.
pub fn ring(context: &Context, theme: &Theme) {
    // The response would take the focus from what got it in the frame of a click elsewhere.
    let focused = context.memory(|memory| memory.focused());
    let drawn = |id| context.viewport(|v| v.this_pass.widgets.get(id).copied());
    let Some(widget) = focused.and_then(drawn) else {
        return;
    };
    // Where a part of it is out of sight, so is that of its ring.
    let seen = if widget.interact_rect == widget.rect {
        context.content_rect()
    } else {
        widget.interact_rect.expand(RING)
    };
    let inside = context.content_rect().shrink(RING);
    let around = widget.rect.expand(1.0).intersect(inside);
    context
        .layer_painter(widget.layer_id)
        .with_clip_rect(seen)
        .rect_stroke(
            around,
            CornerRadius::same(3),
            Stroke::new(RING, theme.accent),
            StrokeKind::Outside,
        );
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;

    #[test]
    fn the_eye_goes_down_the_rows_and_along_each() {
        let at = |name: &str, left: f32, top: f32, height: f32| {
            let rect = Rect::from_min_size(pos2(left, top), vec2(30.0, height));
            (Id::unique(name), rect)
        };
        // The last of the first row is lower than it, and its middle beside; a plot lies below.
        let stops = vec![
            at("plot", 0.0, 60.0, 200.0),
            at("right", 90.0, 10.0, 20.0),
            at("left", 0.0, 13.0, 16.0),
            at("middle", 40.0, 12.0, 24.0),
        ];
        let names = ["left", "middle", "right", "plot"].map(Id::unique);
        assert_eq!(by_eye(stops), names);
    }
}
