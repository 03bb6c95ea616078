//! What the panels show, without a toolkit.

use std::collections::BTreeSet;

use widescope::figure::{
    BoundReading, Clock, FeatureMap, FeatureMapOptions, Figure, Floored, Imbalance,
    ImbalanceOptions, ImbalanceView, Ink, KernelMap, KernelOptions, KernelView, Layer, Loss,
    LossOptions, Regime, RunStage, Spectrum, SpectrumOptions, SpectrumView, Story, Theory, Trace,
    TraceOptions,
};
use widescope::history::RunHistory;
use widescope::preset::library;
use widescope::spec::{PointRef, Quantity};

use crate::fake_run;

const THREE: [&str; 3] = ["Ours", "Ntk", "MeanField"];

fn spectrum_options(view: SpectrumView, hidden: &BTreeSet<usize>) -> SpectrumOptions<'_> {
    SpectrumOptions {
        view,
        clock: Clock::Steps,
        log_x: true,
        hidden,
        cursor: 1000,
        live: false,
        columns: 500,
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
        None,
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
    let options = spectrum_options(SpectrumView::Time, &none);
    let spectrum = Spectrum::new(&experiment, &history, &options, None);
    assert!(spectrum.held(&options).is_some());
    let linear = SpectrumOptions {
        log_x: false,
        ..options
    };
    assert!(spectrum.held(&linear).is_none());
    let by_rank = spectrum_options(SpectrumView::Step, &none);
    assert!(spectrum.held(&by_rank).is_none());
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
        FeatureMap::new(&history, &options, None)
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
    let map = FeatureMap::new(&history, &options, None);
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
    let map = FeatureMap::new(&history, &options, None);
    assert_eq!(map.x1, Some(PointRef::Train(0)));
    assert_eq!(map.x2, Some(PointRef::Train(1)));
}

#[test]
fn an_extent_kept_from_before_grows_with_new_records() {
    let experiment = fake_run::experiment(&["MeanField"]);
    let none = BTreeSet::new();
    let options = map_options(&none);
    let early = FeatureMap::new(&fake_run::history(&experiment, 1), &options, None);
    let history = fake_run::finished(&experiment);
    let grown = FeatureMap::new(&history, &options, Some(&early));
    let fresh = FeatureMap::new(&history, &options, None);
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
fn a_story_told_again_says_what_is_modified_as_if_told_first() {
    let sets = [("network.width".to_owned(), "64".to_owned())];
    let wide = library::load("lazy-vs-feature").expect("it is shipped");
    let narrow = library::load_with("lazy-vs-feature", &sets).expect("it takes it");
    let history = RunHistory::default();
    let mut told = Story::new(&wide, &history);
    assert_eq!(told.modified, None);
    for experiment in [&narrow, &wide, &narrow] {
        told = Story::after(experiment, &history, Some(&told));
        let modified = Story::new(experiment, &history).modified;
        assert_eq!(told.modified, modified);
    }
    assert_eq!(told.modified.as_deref(), Some("modified: m = 64"));
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

fn trace_options(quantity: Quantity, hidden: &BTreeSet<usize>) -> TraceOptions<'_> {
    TraceOptions {
        quantity,
        clock: Clock::Steps,
        log_x: true,
        log_y: true,
        bounds: true,
        hidden,
        pointed: None,
        cursor: 1000,
        live: false,
        columns: 500,
    }
}

fn imbalance_options(hidden: &BTreeSet<usize>) -> ImbalanceOptions<'_> {
    ImbalanceOptions {
        view: ImbalanceView::Step,
        trace: trace_options(Quantity::ImbalanceC, hidden),
    }
}

#[test]
fn c_is_marked_at_its_rank() {
    let experiment = fake_run::linear_experiment(&["balanced", "imbalanced"]);
    let (history, none) = (fake_run::linear(&experiment), BTreeSet::new());
    let imbalance = Imbalance::new(&experiment, &history, &imbalance_options(&none), None);
    assert!(imbalance.linear);
    let figure = imbalance.figure.expect("singular values were recorded");
    let ranks = figure.layers.iter().filter_map(|layer| match layer {
        Layer::Mark(mark) => Some(mark.at[0]),
        _ => None,
    });
    assert_eq!(ranks.collect::<Vec<_>>(), [100.0, 100.0]);
    let record = history.arms()[1].at(1000).expect("the run came there");
    assert_eq!(imbalance.rows[1].c, record.get(Quantity::ImbalanceC));
}

#[test]
fn what_was_not_measured_has_no_figure() {
    let experiment = fake_run::experiment(&THREE);
    let (history, none) = (fake_run::bare(&experiment), BTreeSet::new());
    let options = imbalance_options(&none);
    assert!(
        Imbalance::new(&experiment, &history, &options, None)
            .figure
            .is_none()
    );
    let kernels = KernelOptions {
        view: KernelView::Kernel,
        before: false,
        hidden: &none,
        cursor: 1000,
    };
    assert!(!KernelMap::new(&history, &kernels).is_measured());
    assert_eq!(Theory::new(&experiment, &history, 0, 1000).papers, []);
    let options = trace_options(Quantity::WeightDistance, &none);
    assert!(
        Trace::new(&experiment, &history, &options, None)
            .figure
            .is_none()
    );
}

#[test]
fn bounds_are_the_curves_of_the_reports() {
    let experiment = fake_run::experiment(&THREE);
    let (history, none) = (fake_run::finished(&experiment), BTreeSet::new());
    let options = trace_options(Quantity::MaxNeuronDistance, &none);
    let trace = Trace::new(&experiment, &history, &options, None);
    let [key] = trace.bounds.as_slice() else {
        panic!("one bound is on this quantity");
    };
    assert!(key.applies() && key.readings.iter().all(|r| r.bound == 3.2));
    let respected = |r: &BoundReading| r.respected(key.upper) == Some(true);
    assert!(key.readings.iter().all(respected));
    let figure = trace.figure.expect("it is measured");
    let bounds = figure.layers.iter().filter_map(|layer| match layer {
        Layer::Bound(bound) => Some(bound),
        _ => None,
    });
    // All arms share it, so it is drawn once, as two ends.
    let drawn: Vec<_> = bounds.collect();
    assert_eq!(drawn.len(), 1);
    let heights = drawn[0].line.points.iter().map(|p| p[1]);
    assert_eq!(heights.collect::<Vec<_>>(), [3.2f64.log10(); 2]);
    let axis = figure.y.range;
    assert!(
        axis.contains(3.2f64.log10()),
        "a bound near the data widens the axis"
    );
}

#[test]
fn a_bound_that_does_not_apply_is_struck() {
    let experiment = fake_run::experiment(&THREE);
    let (history, none) = (fake_run::finished(&experiment), BTreeSet::new());
    let options = LossOptions {
        clock: Clock::Time,
        log_x: false,
        log_y: true,
        bounds: true,
        hidden: &none,
        pointed: None,
        cursor: 1000,
        live: false,
        view: None,
        columns: 500,
    };
    let loss = Loss::new(&experiment, &history, &options, None);
    let applies: Vec<_> = loss
        .bounds
        .iter()
        .map(|k| (k.name.as_str(), k.applies()))
        .collect();
    assert_eq!(applies, [("Du Thm 3.2", true), ("Du Thm 4.1", false)]);
    for layer in &loss.figure.layers {
        let Layer::Bound(bound) = layer else { continue };
        assert_eq!(bound.struck, bound.line.name.ends_with("Thm 4.1"));
        assert_eq!(
            bound.struck,
            bound.detail.contains("does not apply: m = 1024")
        );
        assert_eq!(bound.struck, bound.line.ink == Ink::Ghost);
    }
    // Thm 3.2 of the first arm: ½·e^{−0.09 t}, a straight line on this axis.
    let line = loss
        .figure
        .layers
        .iter()
        .filter_map(Layer::line)
        .find(|l| l.name == "Ours, Du Thm 3.2");
    for [time, height] in &line.expect("it is drawn").points {
        let expected = (0.5f64.ln() - 0.09 * time) / std::f64::consts::LN_10;
        assert!(
            (height - expected).abs() < 1e-9,
            "{time} {height} {expected}"
        );
    }
}

#[test]
fn a_table_of_theory_says_what_holds() {
    let experiment = fake_run::experiment(&THREE);
    let history = fake_run::finished(&experiment);
    let theory = Theory::new(&experiment, &history, 1, 1000);
    assert_eq!(theory.arm, Some(1));
    let paper = &theory.papers[0];
    let holds: Vec<bool> = paper.assumptions.iter().map(|row| row.holds).collect();
    assert_eq!(holds, [true, true, false]);
    assert_eq!(paper.assumptions[2].value, "not computed");
    let met: Vec<bool> = paper.requirements.iter().map(|row| row.met).collect();
    assert_eq!(met, [false, false, true]);
    assert_eq!(paper.bounds[1].failing.len(), 2);
    assert_eq!(paper.bounds[2].statement, "largest neuron distance ≤ 3.20");
}

#[test]
fn a_time_leads_to_the_nearest_record() {
    let experiment = fake_run::experiment(&THREE);
    let history = fake_run::finished(&experiment);
    assert_eq!(Clock::Time.step_at(&history, 5.0), 1000);
    assert_eq!(Clock::Time.step_at(&history, -3.0), 0);
    assert_eq!(Clock::Steps.step_at(&history, 17.4), 17);
}
