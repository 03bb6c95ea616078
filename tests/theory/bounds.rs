//! A bound whose assumptions all hold is never violated by the run.

use std::collections::BTreeMap;

use widescope::preset::Method;
use widescope::theory::{Bound, PaperReport};
use widescope::train::Cancel;

use super::cases;
use super::flow::Weights;
use super::system::{System, squared};

const SEEDS: u64 = 3;

/// Main bounds that have to apply to some of the drawn systems.
const MAIN: [(&str, &str); 16] = [
    ("A", "(14)"),
    ("A", "(33) path"),
    ("A", "Thm 1, rate"),
    ("A", "Lemma 2 radius"),
    ("B", "(16)"),
    ("B", "Lemma 1"),
    ("B", "(50)"),
    ("B", "(61)"),
    ("C", "Thm 4.1"),
    ("C", "(8)"),
    ("C", "Lemma 3.2"),
    ("C", "Thm 3.2"),
    ("C", "Thm 3.3"),
    ("D", "Thm 6.2"),
    ("D", "Thm 2.1"),
    ("E", "Thm 1"),
];

#[test]
fn bounds_that_apply_are_kept() {
    let mut applied: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for seed in 0..SEEDS {
        for system in cases::all(seed) {
            let reports = system.reports();
            assert!(!reports.is_empty(), "{}", system.name);
            let bounds: Vec<Bound> = applying(&reports);
            for bound in &bounds {
                *applied
                    .entry((system.name, bound.name.clone()))
                    .or_default() += 1;
            }
            if let Err(violation) = violation(&system, &bounds) {
                panic!("{} (seed {seed}): {violation}", system.name);
            }
        }
    }
    for (paper, name) in MAIN {
        assert!(
            applied.contains_key(&(paper, name.to_owned())),
            "{paper} {name} never applied; applied: {applied:?}"
        );
    }
}

/// The test above can fail: with their curves cut to 0 after the start, bounds that apply are violated
/// by runs of these papers.
#[test]
fn bounds_that_are_too_strong_are_caught() {
    for paper in ["A", "B", "C", "E"] {
        let caught = (0..SEEDS).flat_map(cases::all).any(|system| {
            let mut bounds = applying(&system.reports());
            bounds.iter_mut().for_each(|bound| {
                bound.curve = widescope::theory::Curve::Geometric {
                    start: bound.curve.at(0, 0.0),
                    factor: 0.0,
                }
            });
            system.name == paper && violation(&system, &bounds).is_err()
        });
        assert!(caught, "{paper}");
    }
}

fn applying(reports: &[PaperReport]) -> Vec<Bound> {
    let bounds = reports.iter().flat_map(|r| r.bounds.iter());
    bounds.filter(|b| b.applies()).cloned().collect()
}

/// Runs the system and compares every bound with what it bounds.
fn violation(system: &System, bounds: &[Bound]) -> Result<(), String> {
    if bounds.is_empty() {
        return Ok(());
    }
    let mut at = Weights {
        w: system.w.clone(),
        v: system.v.clone(),
    };
    let step = system.method.step().unwrap();
    let is_flow = matches!(system.method, Method::GradientFlow { .. });
    let mut trainer = system.trainer();
    let (mut path, mut time) = (0.0, 0.0);
    for k in 0..=system.steps {
        compare(system, bounds, (k, time), &at, path)?;
        let next = if is_flow {
            system.flow(at.clone(), step, 20)
        } else {
            trainer.step(&Cancel::new()).unwrap();
            Weights {
                w: trainer.hidden_weights(),
                v: trainer.output_weights(),
            }
        };
        path += squared(&(&next.w - &at.w)).sqrt();
        time += step * system.problem.loss_factor;
        at = next;
    }
    Ok(())
}

fn compare(
    system: &System,
    bounds: &[Bound],
    (k, time): (u64, f64),
    at: &Weights,
    path: f64,
) -> Result<(), String> {
    for bound in bounds {
        let Some(got) = system.measure(bound.quantity, &at.w, &at.v, path) else {
            continue;
        };
        let limit = bound.curve.at(k, time);
        // Rounding of the sums, and of the flow's integration (relative 1e-9 here).
        let slack = 1e-7 * limit.abs() + 1e-12;
        let kept = if bound.upper {
            got <= limit + slack
        } else {
            got >= limit - slack
        };
        if !kept {
            let name = &bound.name;
            let quantity = bound.quantity.column();
            return Err(format!(
                "{name} at step {k}: {quantity} {got}, bound {limit}"
            ));
        }
    }
    Ok(())
}
