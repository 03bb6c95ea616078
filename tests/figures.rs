//! What the panels show, without a toolkit.

#[path = "support/fake_run.rs"]
mod fake_run;

use std::collections::BTreeSet;

use widescope::figure::{
    FeatureMap, FeatureMapOptions, Figure, Floored, Regime, RunStage, Spectrum, SpectrumOptions,
    SpectrumView, Story,
};
use widescope::history::RunHistory;
use widescope::observe::Quantity;
use widescope::preset::PointRef;

const THREE: [&str; 3] = ["Ours", "Ntk", "MeanField"];

fn spectrum_options(view: SpectrumView, hidden: &BTreeSet<usize>) -> SpectrumOptions<'_> {
    SpectrumOptions {
        view,
        log_x: true,
        hidden,
        cursor: 1000,
        live: false,
        columns: 500,
        held: None,
    }
}

fn map_options(hidden: &BTreeSet<usize>) -> FeatureMapOptions<'_> {
    FeatureMapOptions {
        x1: None,
        x2: None,
        trails: false,
        same_scale: false,
        hidden,
        cursor: 1000,
        held: None,
    }
}

fn ranges(figure: &Option<Figure>) -> Vec<f64> {
    let figure = figure.as_ref().expect("features were recorded");
    let (x, y) = (figure.x.range, figure.y.range);
    vec![x.low, x.high, y.low, y.high]
}

#[test]
fn extreme_singular_values_are_those_of_the_record_shown() {
    let experiment = fake_run::experiment(&THREE);
    let (history, none) = (fake_run::finished(&experiment), BTreeSet::new());
    let spectrum = Spectrum::new(
        &experiment,
        &history,
        &spectrum_options(SpectrumView::Step, &none),
    );
    for (arm, row) in history.arms().iter().zip(&spectrum.rows) {
        let record = arm.at(1000).expect("the run came to step 1000");
        let values = record.singular_values.as_ref().expect("a spectrum");
        assert_eq!(row.max, values.first().copied());
        assert_eq!(row.counts.map(|[all, _]| all), Some(values.len()));
    }
    let resolved = spectrum
        .rows
        .iter()
        .map(|r| matches!(r.min, Some(Floored::Resolved(_))));
    assert_eq!(resolved.collect::<Vec<_>>(), [true, true, false]);
    assert_eq!(spectrum.rows[2].condition, None);
}

#[test]
fn extents_of_spectra_are_kept_within_a_view_only() {
    let experiment = fake_run::experiment(&THREE);
    let (history, none) = (fake_run::finished(&experiment), BTreeSet::new());
    let spectrum = Spectrum::new(
        &experiment,
        &history,
        &spectrum_options(SpectrumView::Time, &none),
    );
    assert!(spectrum.held(SpectrumView::Time, true).is_some());
    assert!(spectrum.held(SpectrumView::Time, false).is_none());
    assert!(spectrum.held(SpectrumView::Step, true).is_none());
}

#[test]
fn the_cursor_does_not_move_the_axes_of_a_feature_map() {
    let experiment = fake_run::experiment(&THREE);
    let (history, none) = (fake_run::finished(&experiment), BTreeSet::new());
    let at = |cursor| {
        let options = FeatureMapOptions {
            cursor,
            ..map_options(&none)
        };
        FeatureMap::new(&history, &options)
    };
    let (start, end) = (at(0), at(fake_run::STEPS));
    for (a, b) in start.plots.iter().zip(&end.plots) {
        assert_eq!(ranges(&a.figure), ranges(&b.figure));
    }
    assert_ne!(ranges(&end.plots[0].figure), ranges(&end.plots[2].figure));
}

#[test]
fn arms_share_an_extent_where_asked_to() {
    let experiment = fake_run::experiment(&THREE);
    let (history, none) = (fake_run::finished(&experiment), BTreeSet::new());
    let options = FeatureMapOptions {
        same_scale: true,
        ..map_options(&none)
    };
    let map = FeatureMap::new(&history, &options);
    assert_eq!(ranges(&map.plots[0].figure), ranges(&map.plots[2].figure));
}

#[test]
fn a_point_that_was_not_recorded_falls_back_to_the_presets() {
    let experiment = fake_run::experiment(&THREE);
    let (history, none) = (fake_run::finished(&experiment), BTreeSet::new());
    let options = FeatureMapOptions {
        x1: Some(PointRef::Train(99)),
        x2: Some(PointRef::Train(1)),
        ..map_options(&none)
    };
    let map = FeatureMap::new(&history, &options);
    assert_eq!(map.x1, Some(PointRef::Train(0)));
    assert_eq!(map.x2, Some(PointRef::Train(1)));
}

#[test]
fn an_extent_kept_from_before_grows_with_new_records() {
    let experiment = fake_run::experiment(&["MeanField"]);
    let none = BTreeSet::new();
    let early = FeatureMap::new(&fake_run::history(&experiment, 1), &map_options(&none));
    let history = fake_run::finished(&experiment);
    let held = FeatureMapOptions {
        held: Some(&early),
        ..map_options(&none)
    };
    let grown = FeatureMap::new(&history, &held);
    let fresh = FeatureMap::new(&history, &map_options(&none));
    assert_eq!(
        ranges(&grown.plots[0].figure),
        ranges(&fresh.plots[0].figure)
    );
}

#[test]
fn the_regime_reads_every_measure_of_every_arm() {
    let experiment = fake_run::experiment(&THREE);
    let history = fake_run::finished(&experiment);
    let regime = Regime::new(&history, &BTreeSet::new(), 1000, None);
    let quantities: Vec<Quantity> = regime.rows.iter().map(|r| r.measure.quantity).collect();
    assert_eq!(quantities[0], Quantity::NtkChange);
    assert_eq!(quantities[4], Quantity::LazyGapTest);
    assert!(regime.rows.iter().all(|r| r.lanes.len() == 3));
    let bounds = regime.rows.iter().map(|r| r.lanes[0].reference.is_some());
    assert_eq!(
        bounds.collect::<Vec<_>>(),
        [false, true, false, false, false]
    );
}

#[test]
fn the_story_has_the_runs_numbers_in_its_formulas() {
    let experiment = fake_run::experiment(&THREE);
    let story = Story::new(&experiment, &fake_run::finished(&experiment));
    assert!(story.sizes.contains(&"n = 200".to_owned()));
    let values: Vec<&str> = story
        .constants
        .iter()
        .map(|c| c.values[0].as_str())
        .collect();
    assert_eq!(values[0], "a = 1/m = 9.77·10⁻⁴");
    assert_eq!(values[1], "a = 1/√m = 0.0312");
    let before = Story::new(&experiment, &fake_run::empty_history(&experiment));
    assert!(before.constants.is_empty() && before.data.is_empty());
}

#[test]
fn the_stage_of_a_run_is_told_by_its_records() {
    let experiment = fake_run::experiment(&THREE);
    assert_eq!(RunStage::of(&RunHistory::default()), RunStage::Empty);
    assert_eq!(
        RunStage::of(&fake_run::empty_history(&experiment)),
        RunStage::Starting
    );
    assert_eq!(
        RunStage::of(&fake_run::diverged(&experiment)),
        RunStage::Measured
    );
}
