//! The menu of the presets.

use std::collections::BTreeSet;

use egui::Role;
use egui_kittest::kittest::Queryable;

use super::fixture::window;

#[test]
fn the_gallery_is_searched_and_opened_by_keys() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    harness.run();
    harness.get_by_label_contains("lazy-vs-feature ▾").click();
    harness.run();
    // Of the list far more than a few are seen.
    let titles = harness
        .state()
        .gallery
        .cards
        .iter()
        .map(|card| card.title.clone());
    let titles: BTreeSet<String> = titles.collect();
    let screen = harness.ctx.content_rect();
    let is_seen = |title: &&String| {
        let mut rows = harness.query_all_by_role_and_label(Role::Button, title.as_str());
        rows.any(|row| screen.contains_rect(row.rect()))
    };
    assert!(titles.iter().filter(is_seen).count() >= 12);
    // The field has the focus, so that typing searches at once.
    harness.event(egui::Event::Text("chen table".into()));
    harness.run();
    harness.key_press(egui::Key::ArrowDown);
    harness.run();
    let found = harness.state().gallery.found("chen table");
    assert!(found.len() > 1);
    let second = found[1].name.clone();
    harness.key_press(egui::Key::Enter);
    harness.run();
    let loads = &trainer.0.borrow().loads;
    assert_eq!(loads.last().map(|(e, _)| e.name.clone()), Some(second));
}
