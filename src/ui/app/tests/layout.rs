//! At every size nothing of the bars and controls is cut or overlaps, and every panel is there.

use egui::Rect;
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};

use super::fixture::{MARGIN, experiment, harness, history, window};
use crate::ui::App;
use crate::ui::action::{Action, KeptAction};
use crate::ui::kept::Side;
use crate::ui::tiles::Workspace;
use crate::worker::{Activity, RunId, Snapshot};

/// Sizes of the window: the least allowed, a projector, a desktop.
const SIZES: [[f32; 2]; 3] = [[960.0, 600.0], [1280.0, 720.0], [1600.0, 1000.0]];

/// The longest that is ever said in the time bar.
fn busiest(size: [f32; 2]) -> Harness<'static, App> {
    let (mut harness, trainer) = window(size);
    // What panels scroll out of sight would be taken for a part of the bar below.
    harness.state_mut().workspace = Workspace::new(&[], None);
    trainer.record(1, &[0, 5, 999_999_999]);
    harness.run();
    // Two runs are kept, and compared.
    let kept = [
        KeptAction::Pin,
        KeptAction::Pin,
        KeptAction::Compare(Some([Side::Now, Side::Pin(1)])),
    ];
    for action in kept {
        harness.state_mut().apply(Action::Kept(action));
    }
    trainer.0.borrow_mut().snapshot = Snapshot {
        run: RunId(1),
        activity: Activity::Playing,
        step: 999_999_999,
        last_step: 1_000_000_000_000,
        steps_per_second: 12_345.0,
        estimated_bytes: 123_000_000_000,
        ..Snapshot::default()
    };
    harness.run();
    harness
}

/// Widgets of the time bar that stand below the controls.
const TRANSPORT: [&str; 5] = ["To the start", "Play", "Pause", "To the end", "Speed"];

/// Widgets without children: the words they show, and their place.
fn leaves(node: Node<'_>, found: &mut Vec<(String, Rect)>) {
    let inner = node.accesskit_node();
    let words = inner
        .label()
        .or_else(|| inner.value())
        .filter(|words| !words.is_empty());
    if let (None, Some(words), Some(_)) = (node.children().next(), words, inner.bounding_box()) {
        found.push((words, node.rect().translate(-MARGIN)));
    }
    node.children().for_each(|child| leaves(child, found));
}

#[test]
fn bars_and_controls_neither_overlap_nor_leave_the_window() {
    for size in SIZES {
        let harness = busiest(size);
        let window = Rect::from_min_size(egui::Pos2::ZERO, size.into());
        let mut found = Vec::new();
        leaves(harness.root(), &mut found);
        let controls = Rect::from_min_max(egui::pos2(0.0, 40.0), egui::pos2(256.0, size[1] - 44.0));
        let in_bar = |place: &Rect| place.bottom() <= 40.0 || place.top() >= size[1] - 44.0;
        let left = |place: &Rect| place.right() <= 256.0 && place.top() > 40.0;
        // The button that varies a field is seen under the pointer only, over the field's mark.
        found.retain(|(words, _)| !words.starts_with("Vary "));
        // What the controls' scroll area hides is not on screen.
        found.retain(
            |(words, place)| match left(place) && !TRANSPORT.contains(&words.as_str()) {
                true => controls.contains_rect(*place),
                false => in_bar(place),
            },
        );
        assert!(found.len() > 25, "{} widgets at {size:?}", found.len());
        for (i, (words, place)) in found.iter().enumerate() {
            assert!(
                window.contains_rect(*place),
                "{words} leaves the window at {size:?}: {place:?}"
            );
            for (other, beside) in &found[i + 1..] {
                let common = place.intersect(*beside);
                let overlap = common.is_positive() && common.width() > 1.0 && common.height() > 1.0;
                assert!(
                    !overlap,
                    "{words} {place:?} and {other} {beside:?} overlap at {size:?}"
                );
            }
        }
    }
}

#[test]
fn every_panel_has_a_title_and_room() {
    for size in SIZES {
        let experiment = experiment();
        let history = history(&experiment, 12_400);
        let mut harness = harness(App::with_history(experiment, history), size);
        harness.run();
        let titles = ["LOSS", "SPECTRUM", "FEATURE MAP", "REGIME", "STORY"];
        for title in titles {
            harness.get_by_label(title);
        }
        let shown = harness.state().workspace.places();
        assert_eq!(shown.len(), if size[0] < 1500.0 { 3 } else { 5 });
        let area = |place: &Rect| place.width() * place.height();
        let all: f32 = shown.iter().map(|(_, place)| area(place)).sum();
        let (hero, place) = &shown[0];
        assert_eq!(Some(*hero), harness.state().experiment.preset.hero);
        assert!(
            area(place) >= 0.5 * all,
            "{hero:?} has {place:?} at {size:?}"
        );
        for (kind, place) in shown {
            assert!(
                place.width() > 230.0 && place.height() > 200.0,
                "{kind:?} has {place:?} at {size:?}"
            );
        }
    }
}
