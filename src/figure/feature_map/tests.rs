//! What is drawn of the features.

use std::sync::Arc;

use super::*;
use crate::history::Role;

#[test]
fn the_extent_is_round_and_holds_the_largest_feature() {
    for largest in [1e-6, 0.03, 0.99, 1.0, 7.7, 9.9, 123.0] {
        let half = round_half(largest);
        assert!(
            half >= largest && half <= 1.76 * largest,
            "{largest} {half}"
        );
    }
    assert_eq!(round_half(0.0), 1.0);
    assert_eq!(round_half(f64::INFINITY), 1.0);
}

/// A run of these labels whose neurons all stand at (h, h) from the start on.
fn run(labels: &[&str], h: f32) -> RunHistory {
    let mut history = RunHistory::new(labels.iter().map(|label| (*label).to_owned()));
    for arm in 0..labels.len() {
        let sample = FeatureSample {
            points: vec![PointRef::Train(0), PointRef::Test(0)],
            signs: vec![1; 3].into(),
            values: vec![h; 6],
        };
        let record = Record {
            features: Some(Arc::new(sample)),
            ..Record::default()
        };
        history.push(arm, Arc::new(record));
    }
    history
}

#[test]
fn the_run_before_is_seen_under_the_arm_that_takes_its_place() {
    let (now, before) = (run(&["a", "b"], 0.5), run(&["b"], 0.25));
    let role = Role::Before { of: Some(1) };
    let guest = before.arms()[0].as_guest("before".to_owned(), role);
    let together = now.with_guests([guest]);
    let maps = |hidden: &[usize]| {
        let hidden = hidden.iter().copied().collect();
        let options = FeatureMapOptions {
            x1: None,
            x2: None,
            trails: false,
            same_scale: false,
            hidden: &hidden,
            cursor: 0,
        };
        FeatureMap::new(&together, &options, None)
    };
    let grey = |map: &FeatureMap| -> Vec<Vec<[f64; 2]>> {
        let figures = map.plots.iter().filter_map(|plot| plot.figure.as_ref());
        let layers = figures.map(|figure| figure.layers.iter());
        let of_before = |layer: &Layer| match layer {
            Layer::Scatter(dots) if dots.ink == Ink::Before => Some(dots.points.to_vec()),
            _ => None,
        };
        layers
            .map(|l| l.filter_map(of_before).flatten().collect())
            .collect()
    };
    let all = maps(&[]);
    let arms: Vec<usize> = all.plots.iter().map(|plot| plot.arm).collect();
    assert_eq!(arms, [0, 1], "no picture of its own");
    assert_eq!(grey(&all), [vec![], vec![[0.25, 0.25]; 3]]);
    assert!(grey(&maps(&[2])).iter().all(Vec::is_empty));
    let named = |map: FeatureMap| map.plots.iter().map(|p| p.has_before).collect::<Vec<_>>();
    assert_eq!(named(all), [false, true]);
    assert_eq!(named(maps(&[2])), [false, false]);
}

#[test]
fn the_run_before_is_never_cut() {
    let (now, before) = (run(&["a", "b"], 0.5), run(&["b"], 7.0));
    let role = Role::Before { of: Some(1) };
    let together = now.with_guests([before.arms()[0].as_guest("before".to_owned(), role)]);
    let extents = |same_scale, hidden: &[usize]| -> Vec<f64> {
        let hidden = hidden.iter().copied().collect();
        let options = FeatureMapOptions {
            x1: None,
            x2: None,
            trails: false,
            same_scale,
            hidden: &hidden,
            cursor: 0,
        };
        let first = FeatureMap::new(&together, &options, None);
        let again = FeatureMap::new(&together, &options, Some(&first));
        assert_eq!(first, again, "a figure kept from before says the same");
        let figures = first.plots.iter().filter_map(|plot| plot.figure.as_ref());
        figures.map(|figure| figure.x.range.high).collect()
    };
    let [own, wide] = [0.5, 7.0].map(round_half);
    assert_eq!(extents(true, &[]), [wide, wide]);
    assert_eq!(extents(false, &[]), [own, wide]);
    assert_eq!(extents(true, &[2]), [own, own]);
}
