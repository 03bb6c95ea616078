//! Sweeps made of formulas: results of the shape real ones have.

use widescope::preset::{Experiment, parse};
use widescope::sweep::{Plan, Table, TrialEnd, TrialResult, Unit};
use widescope::ui::SweepView;

/// Width against dimension; success begins near kd = n.
pub const GRID: &str = r#"(
    observe: (observables: [Loss]),
    panels: [Loss, Story],
    title: "When does a network fit pure noise?",
    data: Sphere(d: 12, n: 30, n_test: 0, labels: Normal(std: 1.0)),
    network: (width: 12, activation: Softplus),
    scaling: Standard,
    init: (output: SignedHalves),
    train: (method: GradientDescent(step: 0.15), stop: (steps: 4000, relative_error: 0.0025)),
    axes: [
        (field: "network.width", range: Linear(from: 1, to: 12, count: 12), show: Grid),
        (field: "data.d", range: Linear(from: 1, to: 12, count: 12), show: Grid),
    ],
    sweep: (
        trials: 5,
        measures: [(name: "final_error", of: "relative_error", at: End)],
        lines: [
            (name: "kd = n", powers: [("network.width", 1), ("data.d", 1), ("data.n", -1)]),
            (name: "kd = 2n", powers: [("network.width", 1), ("data.d", 1), ("data.n", -1)], equals: 2.0),
        ],
    ),
)"#;

/// Three arms over a logarithmic width and a dimension.
pub const ARMS: &str = r#"(
    observe: (observables: [Loss]),
    panels: [Loss, Story],
    title: "Three activations",
    data: Sphere(d: 12, n: 40, n_test: 0, labels: Normal(std: 1.0)),
    network: (width: 12, activation: Softplus),
    scaling: Standard,
    init: (output: SignedHalves),
    train: (method: GradientDescent(step: 0.15), stop: (steps: 4000, relative_error: 0.0025)),
    axes: [
        (field: "network.activation", values: [Softplus, Relu, Tanh]),
        (field: "network.width", values: [2, 4, 8, 16, 32, 64, 128], show: Grid),
        (field: "data.d", values: [2, 4, 6, 8], show: Grid),
    ],
    sweep: (
        trials: 4,
        value: Steps,
        lines: [(name: "kd = n", powers: [("network.width", 1), ("data.d", 1), ("data.n", -1)])],
    ),
)"#;

/// Final errors of three arms against the width.
pub const CURVES: &str = r#"(
    observe: (observables: [Loss]),
    panels: [Loss, Story],
    title: "Wider is nearer",
    data: Sphere(d: 12, n: 40, n_test: 0, labels: Normal(std: 1.0)),
    network: (width: 12, activation: Softplus),
    scaling: Standard,
    init: (output: SignedHalves),
    train: (method: GradientDescent(step: 0.15), stop: (steps: 4000)),
    axes: [
        (field: "network.activation", values: [Softplus, Relu, Tanh]),
        (field: "network.width", values: [16, 32, 64, 128, 256, 512], show: XAxis),
    ],
    sweep: (
        trials: 6,
        measures: [(name: "movement", of: "relative_error", at: End)],
        value: Measure("movement"),
    ),
)"#;

/// The sweep of a preset, without results.
pub fn plan(text: &str) -> Plan {
    let preset = parse(text).unwrap_or_else(|error| panic!("{error}"));
    let experiment = Experiment::check(preset, "fake", ".".into());
    let experiment = experiment.unwrap_or_else(|error| panic!("{error}"));
    Plan::of(&experiment).expect("a sweep")
}

/// The trials that `keep` keeps, each with the result of the formulas.
pub fn view(text: &str, keep: impl Fn(usize) -> bool) -> SweepView {
    let plan = plan(text);
    let mut table = Table::new(&plan);
    for number in (0..plan.units()).filter(|number| keep(*number)) {
        table.insert(result(&plan, plan.unit(number)));
    }
    SweepView::recorded(plan, table)
}

/// Between 0 and 1, without a pattern.
fn noise(unit: Unit) -> f64 {
    let mixed = (unit.cell as u64 * 1_000_003 + u64::from(unit.trial) * 7919)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 11) as f64 / (1_u64 << 53) as f64
}

fn result(plan: &Plan, unit: Unit) -> TrialResult {
    let cell = plan.cell(unit.cell);
    let x = plan.x().values[cell.x].number.unwrap_or(1.0);
    let y = plan.y().and_then(|axis| axis.values[cell.y].number);
    let luck = noise(unit) - 0.5;
    let size = (x * y.unwrap_or(1.0) / 40.0) * (1.0 + 0.3 * cell.arm as f64);
    let reached = size.ln() + 0.6 * luck > 0.1;
    let steps = if reached {
        (60.0 + 900.0 / size.powf(1.2) * (1.0 + luck)) as u64
    } else {
        4000
    };
    let error = (2.0 + cell.arm as f64) * x.powf(-0.5) * (0.4 * luck).exp();
    TrialResult {
        unit,
        seed: plan.seed(unit),
        end: if reached {
            TrialEnd::Reached
        } else {
            TrialEnd::Steps
        },
        steps,
        values: vec![Some(error); plan.spec().measures.len()],
    }
}
