//! With the Tab key alone: through the whole window as the eye goes, with a ring around every stop.

use egui::accesskit::Role;
use egui::{Id, Key, Modifiers, Rect, Shape, pos2};
use egui_kittest::Node;
use egui_kittest::kittest::NodeT;

use super::fixture::{MARGIN, Window, experiment, harness, history, restarted};
use crate::ui::{App, Theme};

const SIZE: [f32; 2] = [1600.0, 1000.0];

/// Where the focus is.
#[derive(Debug)]
struct Stop {
    id: Id,
    name: Option<String>,
    rect: Rect,
}

/// The name that a screen reader says of what has the focus; the words of a label are its value.
fn name_of_focused(node: Node<'_>) -> Option<Option<String>> {
    let inner = node.accesskit_node();
    let name = || match inner.role() {
        Role::Label => inner.value(),
        _ => inner.label(),
    };
    let inside = node.children().find_map(name_of_focused);
    let named = || name().filter(|name| !name.trim().is_empty());
    inside.or_else(|| inner.is_focused().then(named))
}

fn stop(harness: &Window) -> Option<Stop> {
    let id = harness.ctx.memory(|memory| memory.focused())?;
    let rect = harness.ctx.read_response(id)?.rect;
    Some(Stop {
        id,
        name: name_of_focused(harness.root()).flatten(),
        rect,
    })
}

fn press(harness: &mut Window, modifiers: Modifiers) {
    harness.key_press_modifiers(modifiers, Key::Tab);
    harness.run();
}

/// Goes round once; what `look` says of each stop and the one before.
fn walk(harness: &mut Window, mut look: impl FnMut(&Window, Option<Id>, &Stop)) -> Vec<Stop> {
    let mut stops: Vec<Stop> = Vec::new();
    loop {
        press(harness, Modifiers::NONE);
        let stop = stop(harness).expect("Tab gives the focus");
        if stops.first().is_some_and(|first| first.id == stop.id) {
            return stops;
        }
        assert!(
            stops.len() < 400,
            "Tab does not come back to the first stop"
        );
        assert!(
            stops.iter().all(|other| other.id != stop.id),
            "{stop:?} comes twice"
        );
        look(harness, stops.last().map(|last| last.id), &stop);
        stops.push(stop);
    }
}

/// Rings in the accent colour that are drawn around a place.
fn rings(harness: &Window, rect: Rect) -> usize {
    let accent = Theme::dark().accent;
    let is_ring = |shape: &Shape| match shape {
        Shape::Rect(ring) => {
            let around = ring.rect.contains_rect(rect.shrink(3.0))
                && rect.expand(3.0).contains_rect(ring.rect);
            around && ring.stroke.color == accent && ring.stroke.width >= 2.0
        }
        _ => false,
    };
    let shapes = harness.output().shapes.iter();
    shapes.filter(|clipped| is_ring(&clipped.shape)).count()
}

/// The part of the window that a place is in: top bar, controls, panels from the first on, time bar.
fn region(harness: &Window, rect: Rect) -> usize {
    let at = rect.center() - MARGIN;
    let places = harness.state().workspace.places();
    if at.y < 40.0 {
        0
    } else if at.y > SIZE[1] - 44.0 {
        100
    } else if at.x < 256.0 {
        1
    } else {
        let inside = |place: &Rect| place.translate(-MARGIN).contains(at);
        2 + places
            .iter()
            .position(|(_, place)| inside(place))
            .expect("a panel is there")
    }
}

fn windows() -> [Window; 2] {
    let experiment = experiment();
    let history = history(&experiment, 12_400);
    let mut recorded = harness(App::with_history(experiment, history), SIZE);
    recorded.run();
    [recorded, restarted().0]
}

#[test]
fn tab_goes_round_the_window_as_the_eye_does() {
    let [mut window, _] = windows();
    let mut last = 0;
    let stops = walk(&mut window, |harness, before, stop| {
        let here = region(harness, stop.rect);
        assert!(here >= last, "{stop:?} in {here} after {last}");
        let before = before.filter(|_| here == last);
        last = here;
        // What is scrolled moves between two stops, so both are looked at in one frame.
        let Some(before) = before.and_then(|id| harness.ctx.read_response(id)) else {
            return;
        };
        let (a, b) = (before.rect, stop.rect);
        let is_beside = b.center().y <= a.bottom() && a.center().y <= b.bottom();
        assert!(b.center().y > a.top(), "{stop:?} stands above {a:?}");
        assert!(
            !is_beside || b.left() >= a.left(),
            "{stop:?} stands left of {a:?}"
        );
    });
    let regions: Vec<usize> = stops.iter().map(|s| region(&window, s.rect)).collect();
    for region in [0, 1, 2, 3, 4, 100] {
        assert!(regions.contains(&region), "no stop in {region}");
    }
    assert!(stops.len() > 30, "{}", stops.len());
}

#[test]
fn every_stop_has_a_ring_and_a_name_and_is_in_sight() {
    let [_, mut window] = windows();
    walk(&mut window, |harness, before, stop| {
        let name = stop.name.as_deref();
        assert!(
            name.is_some(),
            "a stop without a name: {stop:?} after {before:?}"
        );
        assert_eq!(rings(harness, stop.rect), 1, "{stop:?}");
        let seen = harness
            .ctx
            .read_response(stop.id)
            .expect("it is drawn")
            .interact_rect;
        let all = Rect::from_min_size(pos2(0.0, 0.0), SIZE.into()).translate(MARGIN);
        assert!(
            seen.is_positive() && all.contains_rect(seen),
            "{stop:?} is out of sight"
        );
        let left = before.and_then(|id| harness.ctx.read_response(id));
        assert!(
            left.is_none_or(|left| rings(harness, left.rect) == 0),
            "{before:?}"
        );
    });
}

#[test]
fn shift_and_tab_go_back() {
    let [mut window, _] = windows();
    let steps = |window: &mut Window, modifiers, count: usize| -> Vec<Id> {
        let mut step = || {
            press(window, modifiers);
            stop(window).expect("Tab gives the focus").id
        };
        (0..count).map(|_| step()).collect()
    };
    let mut on = steps(&mut window, Modifiers::NONE, 12);
    let back = steps(&mut window, Modifiers::SHIFT, 11);
    on.pop();
    on.reverse();
    assert_eq!(on, back);
}

#[test]
fn arrows_move_the_scrubber_that_has_the_focus() {
    let [mut window, _] = windows();
    for _ in 0..400 {
        press(&mut window, Modifiers::NONE);
        if name_of_focused(window.root()).flatten().as_deref() == Some("Step shown") {
            break;
        }
    }
    let scrubber = stop(&window).expect("Tab gives the focus").id;
    let end = window.state().shown.history.last_step();
    let before = window.state().shown.history.previous_step(end);
    let shown = |window: &Window| window.state().cursor.step(&window.state().shown.history);
    assert_eq!(shown(&window), end);
    // The arrows act from the frame after the one in which the focus came.
    window.key_press(Key::ArrowLeft);
    window.run();
    assert_eq!(Some(shown(&window)), before);
    assert_eq!(
        stop(&window).map(|stop| stop.id),
        Some(scrubber),
        "the focus stays"
    );
    window.key_press(Key::ArrowRight);
    window.run();
    assert_eq!(shown(&window), end);
}
