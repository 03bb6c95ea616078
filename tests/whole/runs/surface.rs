//! The output over the plane of the data, against the formula of the network written out.

use std::path::Path;

use ndarray::Array2;
use widescope::data::Plane;
use widescope::experiment::FinalState;

use super::whole;

const WIDTH: usize = 40;

/// f(x) = a·Σ vᵢ max(0, b·(⟨wᵢ, x⟩ + βᵢ)) at the inputs of the plane.
fn outputs(plane: &Plane, state: &FinalState, (a, b): (f64, f64)) -> Vec<f64> {
    let x: Array2<f64> = plane.inputs();
    let at = |x: ndarray::ArrayView1<'_, f64>| {
        let mut f = 0.0;
        for i in 0..WIDTH {
            let mut h = state.w[[i, x.len()]];
            for (j, x) in x.iter().enumerate() {
                h += state.w[[i, j]] * x;
            }
            f += state.v[[0, i]] * (b * h).max(0.0);
        }
        a * f
    };
    x.outer_iter().map(at).collect()
}

#[test]
fn the_surface_is_the_output_of_the_network_in_both_representations() {
    let mut ends = Vec::new();
    for representation in ["WeightSpace", "SampleSpace"] {
        let width = WIDTH.to_string();
        let sets = [
            ("precision", "F64"),
            ("network.width", width.as_str()),
            ("network.embedding", "Identity"),
            ("network.bias", "true"),
            ("data", "Xor(d: 5, n: 30, n_test: 9, noise: 0.2)"),
            ("train.stop.steps", "60"),
            ("train.representation", representation),
            (
                "observe.observables",
                "[Loss, TestLoss, Accuracy, LazyGap, DecisionSurface(grid: 12)]",
            ),
        ];
        let experiment = whole::preset("lazy-vs-feature", &sets, Path::new("."));
        let (data, start) = whole::start(&experiment);
        let (records, end) = whole::run(&experiment);
        let end = end.final_state.expect("the run ends");
        assert_eq!(end.f_test.dim(), (9, 1));
        let factors = (1.0 / WIDTH as f64, 1.0 / 6.0_f64.sqrt());
        let surface = |record: usize| records[record].surface.clone().expect("it is costly");
        for (record, state) in [(0, &start), (records.len() - 1, &end)] {
            let surface = surface(record);
            assert_eq!(*surface.plane, Plane::of(&data, 12).unwrap());
            let expected = outputs(&surface.plane, state, factors);
            assert_eq!(surface.values.len(), expected.len());
            for (got, expected) in surface.values.iter().zip(&expected) {
                let off = (f64::from(*got) - expected).abs();
                assert!(off < 1e-6 * (1.0 + expected.abs()), "{got} {expected}");
            }
        }
        let (first, last) = (surface(0), surface(records.len() - 1));
        let moved = last.values.iter().zip(&first.values);
        assert!(moved.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max) > 0.05);
        let f_test: Vec<f32> = end.f_test.iter().map(|f| *f as f32).collect();
        assert_eq!(last.test, f_test);
        ends.push(last);
    }
    for (a, b) in ends[0].values.iter().zip(&ends[1].values) {
        assert!((a - b).abs() < 1e-6 * (1.0 + a.abs()), "{a} {b}");
    }
}

#[test]
fn looking_at_the_plane_changes_nothing_else_that_is_recorded() {
    let records = |observables: &str| {
        let sets = [
            ("network.width", "96"),
            ("data", "Spirals(n: 40, n_test: 25, noise: 0.1)"),
            ("train.stop.steps", "40"),
            ("observe.costly", "EveryRecord"),
            ("observe.observables", observables),
        ];
        let experiment = whole::preset("lazy-vs-feature", &sets, Path::new("."));
        whole::run(&experiment).0
    };
    let plain = "Loss, TestLoss, Accuracy, LazyGap, FeatureMap(x1: Train(0), x2: Test(3))";
    let without = records(&format!("[{plain}]"));
    let with = records(&format!("[{plain}, DecisionSurface(grid: 9)]"));
    assert_eq!(without.len(), with.len());
    for (without, with) in without.iter().zip(&with) {
        assert_eq!(without.scalars, with.scalars);
        assert_eq!(without.features, with.features);
        assert!(without.surface.is_none() && with.surface.is_some());
    }
}

/// At infinite width the start is 0 everywhere, and training follows the kernel.
#[test]
fn the_limit_of_infinite_width_has_a_surface_too() {
    let sets = [
        ("network.kind", "InfiniteWidth"),
        ("network.embedding", "Identity"),
        ("network.bias", "true"),
        ("scaling", "Ntk"),
        ("data", "Moons(n: 40, n_test: 60, noise: 0.1)"),
        ("train.stop.steps", "2000"),
        (
            "observe.observables",
            "[Loss, TestLoss, Accuracy, DecisionSurface(grid: 16)]",
        ),
    ];
    let experiment = whole::preset("lazy-vs-feature", &sets, Path::new("."));
    let (records, _) = whole::run(&experiment);
    let surface = |record: usize| records[record].surface.clone().expect("it is recorded");
    assert!(surface(0).values.iter().all(|f| *f == 0.0));
    let last = surface(records.len() - 1);
    assert_eq!(last.values.len(), 256);
    // In the cell of a training point the output has its sign, but for the few cells that both classes share.
    let cell = |x: f32| {
        let share = 0.5 * (f64::from(x) / last.plane.half + 1.0);
        (share * 16.0) as usize
    };
    let is_right = |p: &&[f32; 3]| last.values[cell(p[0]) * 16 + cell(p[1])] * p[2] > 0.0;
    let right = last.plane.train.iter().filter(is_right).count();
    assert!(right >= 36, "{right} of 40");
}
