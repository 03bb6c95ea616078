//! The theory between NTK and ours: it speaks where a paper's factors and start are met.

use std::path::Path;

use widescope::data::load;
use widescope::experiment::ArmRun;
use widescope::preset::{Experiment, parse};
use widescope::task::Cancel;
use widescope::theory::PaperReport;

const CHEN: &str =
    "network: (width: 400, activation: Tanh), train: (layers: Hidden, stop: (steps: 1))";
const MIN: &str = "network: (width: 40, activation: Identity), \
                   train: (layers: Both, method: GradientFlow(step: 0.1, tolerance: 1e-6), stop: (steps: 1))";
const DRAWN: &str = "neurons drawn/m";

fn reports(scaling: &str, symmetrize: &str, fields: &str) -> Vec<PaperReport> {
    let text = format!(
        "(precision: F64, data: Sphere(d: 6, n: 5, n_test: 0, labels: Uniform(low: -0.5, high: 0.5)), \
         scaling: {scaling}, init: (symmetrize: {symmetrize}), {fields}, observe: (observables: [Loss]))"
    );
    let preset = parse(&text).unwrap_or_else(|e| panic!("{e}: {text}"));
    let (here, cancel) = (Path::new("."), Cancel::new());
    let experiment = Experiment::check(preset, "test", here.to_owned()).expect("it is valid");
    let arm = &experiment.arms[0];
    let data = load(&arm.preset.data, arm.preset.seed, here).expect("data");
    let run = ArmRun::start(arm, &data, here, &cancel, &mut Vec::new());
    run.expect("it starts").facts().theory.to_vec()
}

fn of<'a>(reports: &'a [PaperReport], paper: &str) -> Option<&'a PaperReport> {
    reports
        .iter()
        .find(|report| report.paper.starts_with(paper))
}

#[test]
fn the_ends_of_the_line_are_told_what_ntk_and_ours_are_told() {
    for (named, between) in [("Ntk", "Between(0.5)"), ("Ours", "Between(1.0)")] {
        for symmetrize in ["On", "Off"] {
            for fields in [CHEN, MIN] {
                let expected = reports(named, symmetrize, fields);
                let got = reports(between, symmetrize, fields);
                assert_eq!(format!("{got:?}"), format!("{expected:?}"), "{between}");
            }
        }
    }
    assert!(!reports("Ours", "Off", CHEN).is_empty());
    assert!(!reports("Ntk", "Off", MIN).is_empty());
}

#[test]
fn chen_speaks_at_the_end_alone_and_counts_the_neurons_drawn_there() {
    for scaling in ["Between(0.5)", "Between(0.75)", "Between(0.999)", "Ntk"] {
        assert_eq!(
            of(&reports(scaling, "Off", CHEN), "Chen"),
            None,
            "{scaling}"
        );
    }
    let drawn = |symmetrize: &str| {
        let reports = reports("Between(1.0)", symmetrize, CHEN);
        let chen = of(&reports, "Chen").expect("its scaling is met").clone();
        let share = chen.assumptions.iter().find(|a| a.symbol == DRAWN);
        let widths = chen
            .requirements
            .iter()
            .filter(|r| r.symbol.starts_with("m ≥"));
        let widths: Vec<f64> = widths.map(|r| r.actual).collect();
        assert_eq!(widths.len(), 2);
        (share.map(|a| (a.value, a.holds())), widths)
    };
    assert_eq!(drawn("Off"), (None, vec![400.0; 2]));
    // Half of the neurons of a symmetrized start repeat the others.
    for symmetrize in ["Auto", "On"] {
        assert_eq!(drawn(symmetrize), (Some((0.5, false)), vec![200.0; 2]));
    }
}

#[test]
fn a_theorem_on_independent_neurons_is_struck_through_where_half_of_them_repeat() {
    let repeated = |scaling: &str, symmetrize: &str| {
        let reports = reports(scaling, symmetrize, MIN);
        let min = of(&reports, "Min").expect("the layers have equal steps");
        let theorem = min
            .bounds
            .iter()
            .find(|b| b.name == "Thm 2")
            .expect("Thm 2");
        theorem.failing.iter().any(|f| f.starts_with(DRAWN))
    };
    for scaling in ["Between(0.5)", "Between(0.75)", "Between(1.0)", "Ntk"] {
        assert!(repeated(scaling, "Auto"), "{scaling}");
        assert!(!repeated(scaling, "Off"), "{scaling}");
    }
    assert!(!repeated("Ours", "Auto") && repeated("Ours", "On"));
}
