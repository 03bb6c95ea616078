//! Fields made to vary: as arms, as the x-axis of a sweep, as a side of its grid, and no more.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::fixture::{Scripted, Window, harness, record_run, set};
use crate::preset::{Experiment, Values, Variation, parse, to_ron};
use crate::spec::{AxisRange, PanelKind, Preset, Show};
use crate::ui::App;
use crate::ui::action::{Action, VaryAction};

const SMALL: &str = r#"(
    data: Gaussian(d: 4, n: 10, n_test: 5, labels: Normal(std: 1.0)),
    network: (width: 16),
    train: (stop: (steps: 20)),
    observe: (observables: [Loss, TestLoss]),
    panels: [Loss, Story],
    claims: [(name: "the loss ends below 9", expect: Value(of: "train_loss", at: End, at_most: 9.0))],
)"#;

/// A window of a run without arms that has records.
fn ready() -> (Window, Scripted) {
    let preset = parse(SMALL).unwrap_or_else(|error| panic!("{error}"));
    let experiment = Experiment::check(preset, "small", ".".into());
    let experiment = experiment.unwrap_or_else(|error| panic!("{error}"));
    let trainer = Scripted::default();
    let app = App::new(experiment, Box::new(trainer.clone()));
    let mut harness = harness(app, [1280.0, 1600.0]);
    record_run(&mut harness, &trainer, 1, &[0, 4]);
    (harness, trainer)
}

fn variation(field: &str, show: Show, typed: &str) -> Variation {
    Variation {
        field: field.to_owned(),
        show,
        values: Values::Typed(typed.to_owned()),
        trials: 3,
    }
}

fn ask(harness: &mut Window, action: VaryAction) {
    harness.state_mut().apply(Action::Vary(action));
    harness.run();
    let error = &harness.state().draft.error;
    assert_eq!(*error, None);
}

fn draft(harness: &Window) -> Preset {
    harness.state().draft.preset.clone()
}

fn arms(harness: &Window) -> Vec<String> {
    let arms = harness.state().experiment.arms.iter();
    arms.map(|arm| arm.label.clone()).collect()
}

/// Cells of the sweep, with its seeds all told.
fn cells(harness: &Window) -> (usize, usize) {
    let sweep = harness.state().sweep.as_ref().expect("a sweep");
    let plan = &sweep.plan;
    let seeds = (0..plan.units()).map(|number| plan.seed(plan.unit(number)));
    let seeds: std::collections::BTreeSet<u64> = seeds.collect();
    (plan.cells(), seeds.len())
}

fn panels(harness: &Window) -> Vec<PanelKind> {
    let places = harness.state().workspace.places();
    places.iter().map(|(kind, _)| *kind).collect()
}

#[test]
fn a_width_that_varies_as_arms_is_the_plain_axis_and_reads_back() {
    let (mut harness, trainer) = ready();
    let before = draft(&harness);
    let typed = variation("network.width", Show::Arms, "16, 256,1e3");
    ask(&mut harness, VaryAction::Apply(typed));
    assert_eq!(arms(&harness), ["m = 16", "m = 256", "m = 1000"]);
    assert_eq!(trainer.0.borrow().loads.len(), 2, "it runs");
    let varied = draft(&harness);
    assert_eq!(varied.sweep, None);
    let values: Vec<&str> = varied.axes[0].values.iter().map(|v| v.get_ron()).collect();
    assert_eq!(values, ["16", "256", "1000"]);
    assert_eq!(parse(&to_ron(&varied)), Ok(varied.clone()));
    // The claim is about the arm that is as the run was.
    assert!(to_ron(&varied).contains("arm: \"m = 16\""));
    ask(&mut harness, VaryAction::Remove("network.width".into()));
    assert_eq!(draft(&harness), before);
    harness.state_mut().apply(Action::Undo);
    assert_eq!(draft(&harness), varied);
    harness.state_mut().apply(Action::Undo);
    assert_eq!(draft(&harness), before);
}

#[test]
fn a_width_along_the_x_axis_makes_a_sweep_with_its_cells_seeds_and_panel() {
    let (mut harness, trainer) = ready();
    let before = draft(&harness);
    assert!(!panels(&harness).contains(&PanelKind::Curves));
    let along = Variation {
        values: Values::Range(AxisRange::Log {
            from: 8.0,
            to: 128.0,
            count: 5,
        }),
        trials: 4,
        ..variation("network.width", Show::XAxis, "")
    };
    ask(&mut harness, VaryAction::Apply(along.clone()));
    record_run(&mut harness, &trainer, 2, &[0]);
    assert_eq!(cells(&harness), (5, 20));
    let axis = &harness.state().experiment.sweep_axes[0];
    let widths: Vec<Option<f64>> = axis.values.iter().map(|v| v.number).collect();
    assert_eq!(widths, [8.0, 16.0, 32.0, 64.0, 128.0].map(Some));
    assert!(panels(&harness).contains(&PanelKind::Curves));
    let swept = draft(&harness);
    assert_eq!(Variation::of(&swept, "network.width"), Some(along));
    let measures = &swept.sweep.as_ref().expect("a sweep").measures;
    assert_eq!(measures[0].of, "test_loss");
    assert_eq!(parse(&to_ron(&swept)), Ok(swept.clone()));
    harness.state_mut().apply(Action::Undo);
    harness.run();
    assert_eq!(draft(&harness), before);
    assert!(harness.state().sweep.is_none());
    assert!(!panels(&harness).contains(&PanelKind::Curves));
}

#[test]
fn the_field_that_a_sweep_varies_becomes_the_other_side_of_a_grid() {
    let (mut harness, _) = ready();
    let alone = variation("data.n", Show::Grid, "5, 10").edit(&draft(&harness));
    let error = alone.expect_err("a grid has two sides").to_string();
    assert!(error.contains("x-axis first"), "{error}");
    let first = variation("network.width", Show::XAxis, "8, 16, 32");
    ask(&mut harness, VaryAction::Apply(first));
    let swept = draft(&harness);
    let second = variation("data.n", Show::XAxis, "5, 10").edit(&swept);
    assert!(second.is_err(), "one x-axis");
    let second = variation("data.n", Show::Grid, "5, 10");
    ask(&mut harness, VaryAction::Apply(second));
    assert_eq!(cells(&harness), (6, 18));
    assert!(panels(&harness).contains(&PanelKind::Phase));
    ask(&mut harness, VaryAction::Remove("data.n".into()));
    assert_eq!(draft(&harness), swept);
    assert!(panels(&harness).contains(&PanelKind::Curves));
    // As arms instead: each width has its curve no more.
    let arms_of = variation("network.width", Show::Arms, "8, 16, 32");
    ask(&mut harness, VaryAction::Apply(arms_of));
    assert_eq!(arms(&harness), ["m = 8", "m = 16", "m = 32"]);
    assert!(harness.state().sweep.is_none());
}

#[test]
fn the_sheet_says_what_comes_of_the_values_and_what_is_wrong_with_them() {
    let (mut harness, _) = ready();
    harness.get_by_label("Vary width m").click();
    harness.run();
    // The own value and one more stand there to begin with.
    harness.get_by_label("2 arms: m = 16, m = 64");
    let values = harness.get_by_label("Values");
    values.focus();
    values.type_text(", wide");
    harness.run();
    harness.get_by_label_contains("wide is not allowed");
    harness.key_press_modifiers(Modifiers::NONE, Key::Backspace);
    for _ in 0..5 {
        harness.key_press(Key::Backspace);
    }
    harness.get_by_label("Values").type_text(", 99");
    harness.run();
    harness.get_by_label("3 arms: m = 16, m = 64, m = 99");
    harness.get_by_label("x-axis").click();
    harness.run();
    harness.get_by_label("3 cells × 3 seeds = 9 trials: m = 16, m = 64, m = 99");
    harness.get_by_label("arms").click();
    harness.run();
    harness.get_by_label("Vary").click();
    harness.run();
    assert_eq!(arms(&harness), ["m = 16", "m = 64", "m = 99"]);
    assert!(harness.state().vary.is_none());
    // Keys of the window are none of the sheet's.
    harness
        .state_mut()
        .apply(Action::Vary(VaryAction::Open("network.width".into())));
    harness.run();
    harness.get_by_label("Don't vary");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.state().vary.is_none());
}

#[test]
fn what_varies_with_another_field_is_not_parted_from_it() {
    let (mut harness, _) = ready();
    let linked = r#"[(field: "network.width", values: [8, 16], linked: [(field: "init.w_std", values: [1.0, 0.5])])]"#;
    set(&mut harness, "claims", "[]");
    set(&mut harness, "axes", linked);
    let preset = draft(&harness);
    for (field, typed) in [
        ("network.width", "8, 32"),
        ("init.w_std", "1.0, 2.0"),
        ("network.bias", "true"),
    ] {
        assert!(variation(field, Show::Arms, typed).edit(&preset).is_err());
    }
    let same = variation("network.width", Show::Arms, "8, 16").edit(&preset);
    assert_eq!(same.and_then(|edit| edit.applied(&preset)), Ok(preset));
}
