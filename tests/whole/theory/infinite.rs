//! The arm of infinite width: wide networks tend to it, and what has no limit is refused.

use std::path::PathBuf;

use widescope::experiment::{Progress, run_all};
use widescope::history::EventKind;
use widescope::network::{Activation, Scaling};
use widescope::preset::Experiment;
use widescope::spec::{
    Costly, DataSpec, Layers, LossOver, Method, NetworkKind, Observable, Precision, Preset,
    Quantity, Schedule,
};
use widescope::task::Cancel;

fn preset(activation: Activation, layers: Layers, width: Option<usize>) -> Preset {
    let mut preset = Preset {
        title: "Limit".to_owned(),
        precision: Precision::F64,
        data: DataSpec::SignedPairs {
            d: 6,
            n: 12,
            n_test: 20,
        },
        scaling: Scaling::Ntk,
        ..Preset::default()
    };
    preset.network.activation = activation;
    match width {
        Some(width) => preset.network.width = width,
        None => preset.network.kind = NetworkKind::InfiniteWidth,
    }
    preset.loss.over = LossOver::Mean;
    preset.train.layers = layers;
    preset.train.method = Method::GradientDescent { step: 1.0 };
    preset.train.stop.steps = 200;
    preset.observe.schedule = Schedule::Every(20);
    preset.observe.costly = Costly::EveryRecord;
    preset.observe.observables = vec![Observable::Loss, Observable::TestLoss];
    preset
}

/// Training and test loss at every record.
fn curves(preset: Preset) -> Vec<[f64; 2]> {
    let experiment = Experiment::check(preset, "limit", PathBuf::new()).unwrap();
    let mut curves = Vec::new();
    run_all(&experiment, &Cancel::new(), &mut |progress| {
        if let Progress::Event(EventKind::Recorded { record, .. }) = progress {
            let value = |quantity| record.get(quantity).unwrap();
            curves.push([value(Quantity::TrainLoss), value(Quantity::TestLoss)]);
        }
    })
    .unwrap();
    curves
}

/// Largest difference of the losses, as a share of the training loss at the start.
fn distance(x: &[[f64; 2]], y: &[[f64; 2]]) -> f64 {
    assert_eq!(x.len(), y.len());
    let pairs = x.iter().zip(y);
    let start = y[0][0];
    let differences = pairs.flat_map(|(x, y)| (0..2).map(|i| (x[i] - y[i]).abs() / start));
    differences.fold(0.0, f64::max)
}

#[test]
fn wide_networks_tend_to_the_limit() {
    for (activation, layers) in [
        (Activation::Relu, Layers::Hidden),
        (Activation::Tanh, Layers::Both),
        (Activation::Softplus, Layers::Output),
    ] {
        let limit = curves(preset(activation, layers, None));
        assert!(
            limit.len() == 11 && limit[10][0] < 0.9 * limit[0][0],
            "{limit:?}"
        );
        let narrow = distance(&curves(preset(activation, layers, Some(64))), &limit);
        let wide = distance(&curves(preset(activation, layers, Some(16_384))), &limit);
        // The kernel of a start is off by 1/√m, here 1/128 of its size.
        assert!(
            wide < 0.03 && wide < 0.5 * narrow,
            "{activation:?} {layers:?}: {wide}, narrow {narrow}"
        );
    }
}

/// The kernel of the limit is the same at every γ below 1.
#[test]
fn between_ntk_and_ours_wide_networks_tend_to_the_limit_of_ntk() {
    let at = |gamma, width| {
        let mut preset = preset(Activation::Relu, Layers::Both, width);
        preset.scaling = Scaling::Between(gamma);
        curves(preset)
    };
    let ntk = curves(preset(Activation::Relu, Layers::Both, None));
    assert!(distance(&at(0.6, None), &ntk) < 1e-9);
    let (narrow, wide) = (at(0.6, Some(64)), at(0.6, Some(16_384)));
    let (narrow, wide) = (distance(&narrow, &ntk), distance(&wide, &ntk));
    assert!(
        wide < 0.03 && wide < 0.5 * narrow,
        "{wide}, narrow {narrow}"
    );
}

#[test]
fn the_flow_is_the_limit_of_small_steps() {
    let mut small = preset(Activation::Gelu, Layers::Hidden, None);
    small.train.method = Method::GradientDescent { step: 0.001 };
    small.train.stop.steps = 200_000;
    small.observe.schedule = Schedule::Every(20_000);
    let mut flow = preset(Activation::Gelu, Layers::Hidden, None);
    flow.train.method = Method::GradientFlow {
        step: 1.0,
        tolerance: 1e-6,
    };
    assert!(distance(&curves(small), &curves(flow)) < 1e-3);
}

#[test]
fn what_has_no_limit_is_refused_by_name() {
    for scaling in [Scaling::Ours, Scaling::MeanField, Scaling::Standard] {
        let mut preset = preset(Activation::Relu, Layers::Hidden, None);
        preset.scaling = scaling;
        let error = Experiment::check(preset, "limit", PathBuf::new()).unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains("scaling") && text.contains("InfiniteWidth"),
            "{text}"
        );
    }
    let mut preset = preset(Activation::Relu, Layers::Hidden, None);
    preset.init.weights = Some("start.npz".to_owned());
    assert!(Experiment::check(preset, "limit", PathBuf::new()).is_err());
}
