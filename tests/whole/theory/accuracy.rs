//! Bounds against the records of gradient flow at a tolerance that shows.

use widescope::network::Activation;
use widescope::observe::Record;
use widescope::spec::{Method, Quantity};
use widescope::theory::{Bound, Curve, PaperReport};

use super::cases::feature_learning;
use super::system::{System, seeded};

/// The identity under the scaling ours with V = ±c, down to where the loss is the integrator's own
/// error.
fn flow(c: f64, tolerance: f64) -> System {
    let mut system = feature_learning(Activation::Identity, c, 0.3, &mut seeded(3));
    system.method = Method::GradientFlow {
        step: 5.0 / (c * c),
        tolerance,
    };
    system.steps = 200;
    system
}

fn bound_of(reports: &[PaperReport], name: &str) -> Bound {
    let mut bounds = reports.iter().flat_map(|report| &report.bounds);
    let bound = bounds.find(|bound| bound.name == name).expect("the bound");
    assert!(bound.applies(), "{name}: {:?}", bound.failing);
    bound.clone()
}

/// The largest amount by which the loss lies beyond the bound, `room` allowed for.
fn excess(bound: &Bound, records: &[Record], room: impl Fn(f64) -> f64) -> f64 {
    let excess = records.iter().map(|record| {
        let loss = record.get(Quantity::TrainLoss).expect("the loss");
        let limit = bound.curve.at(record.step, record.time);
        loss - limit - room(limit)
    });
    excess.fold(f64::NEG_INFINITY, f64::max)
}

#[test]
fn what_an_inner_step_errs_by_is_no_violation() {
    for (c, name) in [(1.0, "(16)"), (100.0, "(50)")] {
        let tolerance = 1e-8;
        let system = flow(c, tolerance);
        let (reports, records) = system.run();
        let bound = bound_of(&reports, name);
        let beyond = excess(&bound, &records, |limit| 1e-6 * limit);
        assert!(
            beyond > 0.0,
            "{name}: the tolerance does not show, {beyond:e}"
        );
        let kept = excess(&bound, &records, |limit| bound.accuracy.room(limit));
        assert!(kept <= 0.0, "{name}: {kept:e}");
        // (s/2)·(tolerance·a‖V‖‖H‖)², with s = 1/n, a = 1/m, ‖V‖² = c²m and σ' = 1.
        let [n, m] = [system.y.nrows() as f64, system.w.nrows() as f64];
        let features = system.w.dot(&system.x.t()) / (system.x.ncols() as f64).sqrt();
        let square = features.iter().map(|h| h * h).sum::<f64>();
        let expected = 0.5 / n * (tolerance * c).powi(2) / m * square;
        let off = bound.accuracy.integration / expected - 1.0;
        assert!(off.abs() < 1e-9, "{off:e}");
    }
}

/// A bound that falls by a hundredth faster than the loss is beyond what is allowed for.
#[test]
fn what_is_allowed_for_hides_no_slower_rate() {
    let (reports, records) = flow(1.0, 1e-8).run();
    let mut bound = bound_of(&reports, "(16)");
    let Curve::Exponential { start, rate } = bound.curve else {
        panic!("{:?}", bound.curve);
    };
    let rate = 1.01 * rate;
    bound.curve = Curve::Exponential { start, rate };
    let kept = excess(&bound, &records, |limit| bound.accuracy.room(limit));
    assert!(kept > 0.0, "{kept:e}");
}
