//! What a summary reads, leaves out and fits.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::history::{Outcome, Role, Settings, StopReason};
use crate::observe::Record;
use crate::preset::{ArmRef, parse};

const WIDTHS: &str = r#"(field: "network.width", values: [64, 256, 128, 512])"#;
const SCALINGS: &str = r#"(field: "scaling", values: [Ours, Ntk])"#;

fn experiment(axes: &[&str]) -> Experiment {
    let text = format!("(axes: [{}])", axes.join(", "));
    Experiment::check(parse(&text).unwrap(), "test", PathBuf::new()).unwrap()
}

fn width(experiment: &Experiment, arm: usize) -> f64 {
    experiment.arms[arm].preset.network.width as f64
}

/// A run of three records, in which each arm has this quantity at its second and third record and a
/// loss that halves.
fn history(experiment: &Experiment, value: impl Fn(usize, u64) -> Option<f64>) -> RunHistory {
    let mut history = RunHistory::new(experiment.arms.iter().map(|a| a.label.clone()));
    for arm in 0..experiment.arms.len() {
        for step in [0, 1, 2] {
            let mut record = Record {
                step,
                ..Record::default()
            };
            let loss = (1.0 + arm as f64) * 0.5_f64.powi(step as i32);
            record.scalars.insert(Quantity::TrainLoss, loss);
            if let Some(value) = value(arm, step) {
                record.scalars.insert(Quantity::TestLoss, value);
            }
            history.push(arm, Arc::new(record));
        }
        history.set_outcome(arm, Outcome::Finished(StopReason::Steps));
    }
    history
}

fn options<'a>(moment: SummaryMoment, hidden: &'a BTreeSet<usize>) -> SummaryOptions<'a> {
    SummaryOptions {
        quantity: Quantity::TestLoss,
        moment,
        field: None,
        log: [None; 2],
        hidden,
        cursor: 2,
    }
}

fn at_the_end(experiment: &Experiment, history: &RunHistory, hidden: &[usize]) -> Summary {
    let field = VariedField::first(experiment).map(|field| field.path);
    against(experiment, history, field, hidden)
}

fn against(
    experiment: &Experiment,
    history: &RunHistory,
    field: Option<&str>,
    hidden: &[usize],
) -> Summary {
    let hidden = hidden.iter().copied().collect();
    let options = SummaryOptions {
        field,
        ..options(SummaryMoment::End, &hidden)
    };
    Summary::new(experiment, history, &options, None)
}

proptest! {
    #[test]
    fn a_power_law_has_its_exponent_between_all_neighbours(power in -3.0..3.0_f64, scale in 1e-3..1e3_f64) {
        let experiment = experiment(&[WIDTHS]);
        let law = |arm, _| Some(scale * width(&experiment, arm).powf(power));
        let summary = at_the_end(&experiment, &history(&experiment, law), &[]);
        let [fit] = summary.fits.as_slice() else {
            panic!("{:?}", summary.fits)
        };
        prop_assert!((fit.line.slope - power).abs() < 1e-9, "{fit:?}");
        let is_power = |slope: f64| (slope - power).abs() < 1e-9;
        prop_assert!(fit.line.local.into_iter().all(is_power), "{fit:?}");
        // The line goes through the points it was fitted to.
        let line = summary.figure.as_ref().and_then(|f| f.layers[0].line().cloned()).unwrap();
        let ends = [line.points[0], *line.points.last().unwrap()];
        for (end, arm) in ends.into_iter().zip([0, 3]) {
            let at = summary.rows[arm].at.unwrap();
            let is_near = |d: usize| (end[d] - at[d]).abs() < 1e-9 * at[d].abs().max(1.0);
            prop_assert!(is_near(0) && is_near(1), "{end:?} {at:?}");
        }
    }
}

#[test]
fn an_arm_without_the_value_is_left_out_and_named() {
    let experiment = experiment(&[WIDTHS]);
    let but_one = |arm, _| (arm != 1).then(|| width(&experiment, arm));
    let summary = at_the_end(&experiment, &history(&experiment, but_one), &[]);
    let row = &summary.rows[1];
    assert_eq!((row.at, row.value), (None, None));
    assert_eq!(row.text, "has no test_loss at step 2");
    assert_eq!(summary.fits[0].line.points, 3);
    let not_a_number = |arm, _| Some(if arm == 1 { f64::NAN } else { 1.0 });
    let summary = at_the_end(&experiment, &history(&experiment, not_a_number), &[]);
    assert_eq!((summary.rows[1].at, summary.rows[1].value), (None, None));
}

#[test]
fn an_arm_that_goes_on_has_no_end_but_a_step() {
    let experiment = experiment(&[WIDTHS]);
    let law = |arm, step| Some(width(&experiment, arm) + step as f64);
    let mut running = RunHistory::new(experiment.arms.iter().map(|a| a.label.clone()));
    let finished = history(&experiment, law);
    for (arm, of) in finished.arms().iter().enumerate() {
        let records = of.records().iter().take(if arm == 2 { 2 } else { 3 });
        records.for_each(|record| running.push(arm, record.clone()));
    }
    let none = BTreeSet::new();
    let read = |moment| Summary::new(&experiment, &running, &options(moment, &none), None).rows;
    let ends = read(SummaryMoment::End);
    assert!(ends.iter().all(|row| row.text == "has not ended"));
    // The third arm is at step 1, so that is where all are read.
    for (arm, row) in read(SummaryMoment::Shown).iter().enumerate() {
        assert_eq!(row.value, law(arm, 1));
    }
}

#[test]
fn moments_are_those_of_the_history() {
    let experiment = experiment(&[WIDTHS]);
    let bump = |arm, step| Some(width(&experiment, arm) * [1.0, 7.0, 3.0][step as usize]);
    let history = history(&experiment, bump);
    // The fourth arm comes down to a loss of 1 only: the others are there earlier.
    let equal = Moment::FirstBelow(Quantity::TrainLoss, 1.0);
    let none = BTreeSet::new();
    for (moment, same) in [
        (SummaryMoment::Shown, Moment::Step(2)),
        (SummaryMoment::End, Moment::End),
        (SummaryMoment::Largest, Moment::Peak),
        (SummaryMoment::EqualLoss, equal),
    ] {
        let summary = Summary::new(&experiment, &history, &options(moment, &none), None);
        for (row, arm) in summary.rows.iter().zip(&experiment.arms) {
            let arm = ArmRef {
                index: arm.index,
                name: String::new(),
            };
            let reading = read(&history, Quantity::TestLoss, &arm, &same).unwrap();
            assert_eq!(row.value, Some(reading.value), "{moment:?} {}", row.label);
        }
    }
}

#[test]
fn hidden_arms_neither_show_nor_count() {
    let experiment = experiment(&[WIDTHS]);
    let law = |arm, _| {
        Some(if arm == 1 {
            1e9
        } else {
            width(&experiment, arm)
        })
    };
    let summary = at_the_end(&experiment, &history(&experiment, law), &[1]);
    assert_eq!(summary.rows[1].at, None);
    assert!((summary.fits[0].line.slope - 1.0).abs() < 1e-9);
    let all = at_the_end(&experiment, &history(&experiment, law), &[0, 1, 2, 3]);
    assert!(all.figure.is_none() && all.fits.is_empty());
}

#[test]
fn arms_that_differ_in_another_field_have_lines_of_their_own() {
    let experiment = experiment(&[WIDTHS, SCALINGS]);
    let power = |arm: usize| [0.5, -1.0][arm % 2];
    let law = |arm, _| Some(width(&experiment, arm).powf(power(arm)));
    let summary = at_the_end(&experiment, &history(&experiment, law), &[]);
    let found: Vec<(&str, f64)> = summary
        .fits
        .iter()
        .map(|fit| (fit.name.as_str(), (fit.line.slope * 1e6).round() / 1e6))
        .collect();
    assert_eq!(found, [("Ours", 0.5), ("Ntk", -1.0)]);
}

#[test]
fn numbers_lie_in_order_on_a_logarithmic_axis_and_names_side_by_side() {
    let widths = experiment(&[WIDTHS]);
    let one = |_, _| Some(1.0);
    let summary = at_the_end(&widths, &history(&widths, one), &[]);
    assert_eq!((summary.symbol.as_str(), summary.log[0]), ("m", Some(true)));
    let place = |row: &SummaryRow| row.at.unwrap()[0];
    let places: Vec<f64> = summary.rows.iter().map(place).collect();
    assert_eq!(places, [64.0, 256.0, 128.0, 512.0].map(f64::log10));
    let scalings = experiment(&[SCALINGS]);
    let summary = at_the_end(&scalings, &history(&scalings, one), &[]);
    assert_eq!((summary.log[0], summary.fits.len()), (None, 0));
    let places: Vec<f64> = summary.rows.iter().map(place).collect();
    assert_eq!(places, [0.0, 1.0]);
    let alone = experiment(&[]);
    let summary = at_the_end(&alone, &history(&alone, one), &[]);
    assert_eq!(summary.symbol, "arm");
    assert_eq!(summary.rows[0].x, alone.arms[0].label);
}

/// Two axes made one by hand: the width goes with the scaling.
const ONE: &str = r#"(field: "scaling", values: [Ours, Ours, Ours, Ntk, Ntk, Ntk],
    names: ["a", "b", "c", "d", "e", "f"],
    linked: [(field: "network.width", values: [64, 128, 256, 64, 128, 256])])"#;

#[test]
fn of_fields_that_vary_together_the_one_that_tells_the_most_arms_apart_comes_first() {
    let first = |axes: &[&str]| {
        let experiment = experiment(axes);
        VariedField::first(&experiment).map(|field| field.path.to_owned())
    };
    assert_eq!(first(&[ONE]).as_deref(), Some("network.width"));
    assert_eq!(first(&[SCALINGS, WIDTHS]).as_deref(), Some("scaling"));
    let both = r#"(field: "network.width", values: [8, 16], linked: [(field: "init.w_std", values: [1.0, 0.5])])"#;
    assert_eq!(first(&[both]).as_deref(), Some("network.width"));
    let numbers = r#"(field: "scaling", values: [Ours, Ntk], linked: [(field: "network.width", values: [8, 16])])"#;
    assert_eq!(first(&[numbers]).as_deref(), Some("scaling"));
    assert_eq!(first(&[]), None);
}

#[test]
fn arms_of_one_axis_have_a_line_for_each_value_of_the_field_that_is_not_along_it() {
    let experiment = experiment(&[ONE]);
    let power = |arm: usize| [0.5, -1.0][arm / 3];
    let law = |arm, _| Some(width(&experiment, arm).powf(power(arm)));
    let history = history(&experiment, law);
    let summary = at_the_end(&experiment, &history, &[]);
    assert_eq!(summary.symbol, "m");
    let places: Vec<f64> = summary.rows.iter().map(|row| row.at.unwrap()[0]).collect();
    let widths = [64.0, 128.0, 256.0].map(f64::log10);
    assert_eq!(places, [widths, widths].concat());
    let found: Vec<f64> = summary
        .fits
        .iter()
        .map(|fit| (fit.line.slope * 1e6).round() / 1e6)
        .collect();
    assert_eq!(found, [0.5, -1.0]);
    let names = against(&experiment, &history, Some("scaling"), &[]);
    assert_eq!(names.rows[3].at.unwrap()[0], 1.0);
    // A field that only goes with the one along the axis makes no groups.
    let linked = r#"(field: "network.width", values: [64, 128, 256], linked: [(field: "init.w_std", power: (factor: 8.0, exponent: -0.5))])"#;
    let linked = self::experiment(&[linked]);
    let law = |arm, _| Some(width(&linked, arm).powf(2.0));
    let summary = at_the_end(&linked, &self::history(&linked, law), &[]);
    assert_eq!((summary.fits.len(), summary.fits[0].line.points), (1, 3));
}

#[test]
fn a_value_is_called_as_the_first_arm_that_has_it() {
    let copies =
        r#"(field: "scaling", values: [Ntk, Ntk, MeanField], names: ["NTK", "NTK copy", "MF"])"#;
    let experiment = experiment(&[copies]);
    let summary = at_the_end(&experiment, &history(&experiment, |_, _| Some(1.0)), &[]);
    let names: Vec<&str> = summary.rows.iter().map(|row| row.x.as_str()).collect();
    assert_eq!(names, ["NTK", "NTK", "MF"]);
}

#[test]
fn guests_stand_hollow_at_their_own_values_and_move_nothing_of_the_runs_own() {
    let now = experiment(&[WIDTHS]);
    let law = |arm, _| Some(width(&now, arm).powf(0.5));
    let alone = history(&now, law);
    let narrow = r#"(field: "network.width", values: [16, 256])"#;
    let before = Arc::new(experiment(&[narrow]));
    let older = history(&before, |arm, _| Some([1e-3, 1e5][arm]));
    let other = Arc::new(experiment(&[]));
    let guest = |of: &Arc<Experiment>, arms: &RunHistory, index: usize, role| {
        let settings = Settings {
            experiment: Arc::clone(of),
            index,
        };
        let label = format!("guest {index}");
        arms.arms()[index]
            .as_guest(label, role)
            .with_settings(settings)
    };
    let role = |of| Role::Before { of };
    let pinned = guest(&other, &history(&other, |_, _| Some(2.0)), 0, Role::Pinned);
    let guests = [
        pinned,
        guest(&before, &older, 0, role(None)),
        guest(&before, &older, 1, role(Some(1))),
    ];
    let together = alone.with_guests(guests);
    let plain = at_the_end(&now, &alone, &[]);
    let all = at_the_end(&now, &together, &[]);
    assert_eq!(all.fits, plain.fits);
    let own = |summary: &Summary| -> Vec<_> {
        let rows = summary.rows.iter().take(4);
        rows.map(|row| {
            (
                row.label.clone(),
                row.x.clone(),
                row.value,
                row.text.clone(),
            )
        })
        .collect()
    };
    assert_eq!(own(&all), own(&plain));
    let place = |row: usize| all.rows[row].at.map(|at| at[0]);
    let standard = other.arms[0].preset.network.width as f64;
    assert_eq!(
        [4, 5, 6].map(place),
        [standard, 16.0, 256.0].map(|m| Some(m.log10()))
    );
    assert!(all.rows[4..].iter().all(|row| row.is_guest));
    let shapes: Vec<MarkShape> = all
        .figure
        .iter()
        .flat_map(|figure| &figure.layers)
        .filter_map(|layer| match layer {
            Layer::Mark(mark) => Some(mark.shape),
            _ => None,
        })
        .collect();
    assert_eq!(
        shapes,
        [[MarkShape::Disc; 4].as_slice(), &[MarkShape::Ring; 3]].concat()
    );
    // At equal loss the run's own arms decide where all are read.
    let none = BTreeSet::new();
    let equal = |history| {
        Summary::new(
            &now,
            history,
            &options(SummaryMoment::EqualLoss, &none),
            None,
        )
    };
    assert_eq!(own(&equal(&together)), own(&equal(&alone)));
    let hidden = at_the_end(&now, &together, &[4, 5, 6]);
    assert_eq!(hidden.rows[5].at, None);
}

#[test]
fn hes_start_is_marked_where_the_arms_vary_the_ratio_of_the_sizes() {
    let ratios = r#"(field: "init.omega_ratio", values: [0.1, 1.0, 10.0])"#;
    let sized = |width: &str| {
        let text = format!(
            "(scaling: Standard, network: (width: {width}), init: (w_std: 0.1, output: Gaussian(0.2)), axes: [{ratios}])"
        );
        Experiment::check(parse(&text).unwrap(), "test", PathBuf::new()).unwrap()
    };
    let law = |arm, _| Some(1.0 + arm as f64);
    let shown = |experiment: &Experiment| at_the_end(experiment, &history(experiment, law), &[]);
    let rules = |summary: &Summary| {
        let layers = summary.figure.as_ref().unwrap().layers.iter();
        let rules = layers.filter_map(|layer| match layer {
            Layer::Rule(rule) => Some(rule.at),
            _ => None,
        });
        rules.collect::<Vec<f64>>()
    };
    // ω₂² = 2/m at ω₁ω₂ = 0.02.
    for (width, m) in [("100", 100.0_f64), ("400", 400.0)] {
        let summary = shown(&sized(width));
        let at = summary.marker.as_ref().unwrap().at;
        assert!((at - (2.0 / m / 0.02).log10()).abs() < 1e-12, "{at}");
        assert_eq!(rules(&summary), [at]);
    }
    // 2/m = 2·10⁻⁵ is off the axis, which ends half a decade below 0.1.
    let off = shown(&sized("100000"));
    assert!(off.marker.is_none() && rules(&off).is_empty());
    let widths = shown(&experiment(&[WIDTHS]));
    assert!(widths.marker.is_none() && rules(&widths).is_empty());
}
