//! Shares of success over (k, d) at n = 50, held against those of an independent program that drew its
//! own data and weights: per cell and together, as binomials.

use statrs::distribution::{ContinuousCDF, Discrete, Hypergeometric, Normal};
use widescope::preset::{Experiment, library, set};
use widescope::sweep::{Plan, SweepEvent, Table, TrialEnd, run_sweep};
use widescope::task::Cancel;

/// Chance at which draws of one law are told apart wrongly, in all cells together.
const LEVEL: f64 = 1e-3;

/// A cell of the independent program.
struct Cell {
    k: u64,
    d: u64,
    trials: u64,
    successes: u64,
}

fn oracle(activation: &str) -> Vec<Cell> {
    let text = include_str!("../oracle/D_success_n50.json");
    let document: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let cells = document["cells"].as_array().expect("a list").iter();
    let number = |cell: &serde_json::Value, key: &str| cell[key].as_u64().expect("a number");
    cells
        .filter(|cell| cell["activation"] == activation)
        .map(|cell| Cell {
            k: number(cell, "k"),
            d: number(cell, "d"),
            trials: number(cell, "trials"),
            successes: number(cell, "successes"),
        })
        .collect()
}

/// The shipped diagram at n = 50 over these k and d.
fn plan(preset: &str, k: &[u64], d: &[u64], trials: u64) -> Plan {
    let axes = format!(
        "[(field: \"network.width\", values: {k:?}, show: Grid), \
          (field: \"data.d\", values: {d:?}, show: Grid)]"
    );
    let trials = trials.to_string();
    let sets = [
        ("claims", "[]"),
        ("data.n", "50"),
        ("axes", axes.as_str()),
        ("sweep.trials", trials.as_str()),
    ];
    let shipped = library::load(preset).expect(preset).preset;
    let preset = sets.iter().fold(shipped, |preset, (path, value)| {
        set(&preset, path, value).unwrap_or_else(|error| panic!("{error}"))
    });
    let experiment = Experiment::check(preset, "n50", ".".into()).expect("a preset");
    Plan::of(&experiment).expect("a sweep")
}

/// Chance of a split at least as uneven as (a of n) and (b of m), if both have one share: Fisher's
/// exact test.
fn fisher(a: u64, n: u64, b: u64, m: u64) -> f64 {
    let law = Hypergeometric::new(n + m, a + b, n).expect("a law");
    let seen = law.pmf(a);
    let all = (0..=n.min(a + b)).map(|i| law.pmf(i));
    all.filter(|p| *p <= seen * (1.0 + 1e-9)).sum()
}

fn hold(preset: &str, activation: &str, k: &[u64], d: &[u64], trials: u64) {
    let plan = plan(preset, k, d, trials);
    let mut table = Table::new(&plan);
    let all: Vec<usize> = (0..plan.units()).collect();
    run_sweep(
        &plan,
        Table::new(&plan),
        &all,
        2,
        &Cancel::new(),
        &mut |event| {
            if let SweepEvent::Done(result) = event {
                table.insert(result);
            }
        },
    )
    .expect("a sweep");
    let cells = oracle(activation);
    let (mut compared, mut surplus, mut variance) = (0, 0.0, 0.0);
    for theirs in cells
        .iter()
        .filter(|c| k.contains(&c.k) && d.contains(&c.d))
    {
        let at = |values: &[u64], x| values.iter().position(|v| *v == x).expect("a value");
        let cell = widescope::sweep::Cell {
            arm: 0,
            x: at(k, theirs.k),
            y: at(d, theirs.d),
        };
        let ours = table.of_cell(plan.index(cell));
        let ours = ours.filter(|r| r.end == TrialEnd::Reached).count() as u64;
        let chance = fisher(ours, trials, theirs.successes, theirs.trials);
        assert!(
            chance > LEVEL / cells.len() as f64,
            "k = {}, d = {}: {ours} of {trials} here, {} of {} there, by chance {chance:e}",
            theirs.k,
            theirs.d,
            theirs.successes,
            theirs.trials
        );
        // Together: the difference of the shares, weighted by what tells.
        let (n, m) = (trials as f64, theirs.trials as f64);
        let share = (ours + theirs.successes) as f64 / (n + m);
        surplus += ours as f64 / n - theirs.successes as f64 / m;
        variance += share * (1.0 - share) * (1.0 / n + 1.0 / m);
        compared += 1;
    }
    assert_eq!(compared, k.len() * d.len());
    let z = if variance > 0.0 {
        surplus / variance.sqrt()
    } else {
        0.0
    };
    let chance = 2.0 * Normal::standard().cdf(-f64::abs(z));
    assert!(
        chance > LEVEL,
        "{activation}: together {z:.2} standard errors apart"
    );
    println!("{activation}: {compared} cells, together {z:.2} standard errors apart");
}

#[test]
fn a_split_by_chance_is_told_from_one_that_is_not() {
    assert!(fisher(10, 20, 3, 5) > 0.5);
    assert!(fisher(20, 20, 0, 5) < 1e-4);
    assert!((fisher(3, 4, 1, 4) - 0.485_714).abs() < 1e-5);
}

#[test]
fn shares_of_success_at_the_edge_are_those_of_the_independent_program() {
    hold(
        "oymak-fig2-softplus-n100",
        "softplus",
        &[6, 10],
        &[8, 12],
        5,
    );
}

/// The whole grid, a few minutes on two cores: `cargo test --release --test whole sweep_oracle -- --ignored`.
#[test]
#[ignore = "minutes"]
fn shares_of_success_over_the_whole_grid_are_those_of_the_independent_program() {
    let values: Vec<u64> = (1..=10).map(|i| 2 * i).collect();
    hold("oymak-fig2-softplus-n100", "softplus", &values, &values, 20);
    hold("oymak-fig2-relu-n100", "relu", &values, &values, 20);
}
