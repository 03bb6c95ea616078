//! The control of the noise of the data.

use egui::Role;
use egui_kittest::kittest::Queryable;

use super::fixture::{Window, harness};
use crate::history::RunHistory;
use crate::preset::{Experiment, parse};
use crate::ui::App;

fn shown(data: &str) -> Window {
    let preset = parse(&format!("(data: {data})")).expect("a preset");
    let experiment = Experiment::check(preset, "test", ".".into()).expect("it is valid");
    let app = App::with_history(experiment, RunHistory::default());
    let mut window = harness(app, [1280.0, 1600.0]);
    window.run();
    window
}

#[test]
fn laws_in_a_plane_have_a_control_of_their_noise_and_others_have_none() {
    for law in ["Moons", "Circles", "Spirals", "Xor"] {
        let window = shown(&format!("{law}(n: 40, n_test: 10, noise: 0.125)"));
        let number = window.get_by_role_and_label(Role::SpinButton, "noise");
        assert_eq!(number.value().as_deref(), Some("0.125"), "{law}");
    }
    let window = shown("SignedPairs(d: 5, n: 40, n_test: 10)");
    assert!(
        window
            .query_by_role_and_label(Role::SpinButton, "noise")
            .is_none()
    );
}

#[test]
fn the_noise_is_changed_by_its_control() {
    let mut window = shown("Moons(n: 40, n_test: 10, noise: 0.125)");
    let number = window.get_by_role_and_label(Role::SpinButton, "noise");
    number.set_value_accesskit(0.25);
    window.run();
    let text = crate::preset::text_at(&window.state().draft.preset, "data.noise");
    assert_eq!(text.as_deref(), Some("0.25"));
}
