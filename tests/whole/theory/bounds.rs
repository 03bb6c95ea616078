//! The program's own records never violate a bound whose assumptions all hold.

use std::collections::BTreeMap;

use widescope::observe::Record;
use widescope::theory::{Bound, Curve, PaperReport};

use super::cases;

const SEEDS: u64 = 3;

/// Part of a bound by which a record may exceed it: the rounding of the sums, and what the
/// integration of the flow to 10⁻¹¹ an inner step adds up to.
const TOLERANCE: f64 = 1e-7;

/// Part of a bound's first value that counts as 0.
const ZERO: f64 = 1e-14;

/// Bounds that have to apply to some of the drawn systems.
const MAIN: [(&str, &str); 30] = [
    ("A", "(14)"),
    ("A", "(33) path"),
    ("A", "(33) radius"),
    ("A", "Thm 1, rate"),
    ("A", "Lemma 2 path"),
    ("A", "Lemma 2 radius"),
    ("B", "(16)"),
    ("B", "Lemma 1"),
    ("B", "(50)"),
    ("B", "(61)"),
    ("C", "Thm 4.1"),
    ("C", "(8)"),
    ("C", "Lemma 3.2"),
    ("C", "Lemma 3.3"),
    ("C", "Thm 3.2"),
    ("C", "Thm 3.3"),
    ("C", "Lemma A.4"),
    ("D", "Thm 2.1"),
    ("D", "Thm 2.1 radius"),
    ("D", "Thm 2.1 path"),
    ("D", "(6.10) for Thm 2.1"),
    ("D", "(6.11) for Thm 2.1"),
    ("D", "Thm 6.2"),
    ("D", "(6.20) for Thm 2.3"),
    ("D", "(6.21) for Thm 2.3"),
    ("D", "(6.20) for Thm 2.5"),
    ("D", "(6.20) for Thm 6.3"),
    ("D", "(6.21) for Thm 6.3"),
    ("D", "Sec. 3"),
    ("E", "Thm 1"),
];

#[test]
fn bounds_that_apply_are_kept() {
    let mut applied: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for seed in 0..SEEDS {
        for system in cases::all(seed) {
            let (reports, records) = system.run();
            assert!(!reports.is_empty(), "{}", system.name);
            for bound in applying(&reports) {
                if let Err(violation) = violation(&bound, &records) {
                    panic!("{} (seed {seed}): {violation}", system.name);
                }
                *applied.entry((system.name, bound.name)).or_default() += 1;
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
    for paper in ["A", "B", "C", "D", "E"] {
        let systems = cases::all(0).into_iter();
        let caught = systems.filter(|system| system.name == paper).any(|system| {
            let (reports, records) = system.run();
            applying(&reports).into_iter().any(|mut bound| {
                let start = bound.curve.at(0, 0.0);
                bound.curve = Curve::Geometric { start, factor: 0.0 };
                violation(&bound, &records).is_err()
            })
        });
        assert!(caught, "{paper}");
    }
}

fn applying(reports: &[PaperReport]) -> Vec<Bound> {
    let bounds = reports.iter().flat_map(|r| r.bounds.iter());
    bounds.filter(|b| b.applies()).cloned().collect()
}

/// Compares a bound with every record of what it bounds.
fn violation(bound: &Bound, records: &[Record]) -> Result<(), String> {
    let (name, column) = (&bound.name, bound.quantity.column());
    for record in records {
        let got = record.get(bound.quantity);
        let got = got.unwrap_or_else(|| panic!("{name}: no {column} at step {}", record.step));
        let limit = bound.curve.at(record.step, record.time);
        let slack = TOLERANCE * limit.abs() + ZERO * bound.curve.at(0, 0.0).abs();
        let kept = if bound.upper {
            got <= limit + slack
        } else {
            got >= limit - slack
        };
        if !kept {
            let step = record.step;
            return Err(format!(
                "{name} at step {step}: {column} {got}, bound {limit}"
            ));
        }
    }
    Ok(())
}
