//! Which changes a run goes on with.

use crate::preset::set::set_in_part;
use crate::preset::{effect, effect_between, library, parse, set};
use crate::spec::Preset;
use crate::spec::field::{Effect, Field, LiveField, STEP, WIDTH};

fn with(preset: &Preset, path: &str, text: &str) -> Preset {
    set(preset, path, text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_run_goes_on_with_another_step_and_with_nothing_else() {
    let running = Preset::default();
    let step = with(&running, STEP.path, "0.125");
    assert_eq!(
        effect(STEP.path, &running, &step),
        Effect::Live(LiveField::Step)
    );
    let both = with(&step, WIDTH.path, "7");
    assert_eq!(effect(STEP.path, &running, &both), Effect::Restart);
    assert_eq!(effect(WIDTH.path, &running, &both), Effect::Restart);
    assert_eq!(effect(WIDTH.path, &running, &step), Effect::Restart);
    let sgd = with(&running, "train.method", "Sgd(step: 0.125, batch: 1)");
    assert_eq!(effect(STEP.path, &running, &sgd), Effect::Restart);
    assert_eq!(effect("title", &running, &running), Effect::Restart);
}

#[test]
fn a_step_that_an_axis_sets_is_no_arms_step() {
    let text = r#"(axes: [(field: "train.method.step", values: [0.1, 0.2])])"#;
    let running = parse(text).expect("it is a preset");
    let edited = with(&running, STEP.path, "0.3");
    assert_eq!(effect(STEP.path, &running, &edited), Effect::Restart);
    assert_eq!(effect_between(&running, &edited), Effect::Restart);
}

#[test]
fn what_is_taken_back_acts_as_what_was_done() {
    for name in library::names().step_by(3) {
        let running = library::load(name).expect("it is shipped").preset;
        assert_eq!(effect_between(&running, &running), Effect::Restart);
        for field in Field::all() {
            for value in ["0.0625", "3", "true"] {
                let Some(edited) = set_in_part(&running, field.path, value) else {
                    continue;
                };
                if edited == running {
                    continue;
                }
                let done = effect(field.path, &running, &edited);
                assert_eq!(effect_between(&running, &edited), done, "{}", field.path);
                assert_eq!(effect_between(&edited, &running), done, "{}", field.path);
                let can = matches!(field.effect, Effect::Live(_));
                assert!(can || done == Effect::Restart, "{}", field.path);
            }
        }
    }
}
