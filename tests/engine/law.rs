//! What the papers say of the regimes, measured.

use widescope::data::LabelKind;
use widescope::network::{Activation, Scaling};
use widescope::observe::{Observer, Record};
use widescope::spec::{Layers, ObserveSpec, Quantity};
use widescope::task::Cancel;

use crate::problem::{Setting, random};

/// A record after training to a tenth of the initial loss.
fn trained(scaling: Scaling, m: usize) -> Record {
    let setting = Setting {
        seed: 21,
        m,
        n: 12,
        n_test: 0,
        d: 20,
        outputs: 1,
        activation: Activation::Tanh,
        layers: Layers::Hidden,
        parameterization: scaling.parameterization(),
        mean: false,
    };
    let mut random = random::<f64>(setting);
    random.v.mapv_inplace(f64::signum);
    let cancel = Cancel::new();
    let mut trainer = random.trainer(1.0, true);
    let observables = ObserveSpec::default().observables;
    let mut observer = Observer::new(&trainer, &observables, LabelKind::Real, &cancel).unwrap();
    let step = 0.2 * observer.stable_step(&trainer).unwrap();
    trainer.set_step_size(step);
    let target = 0.1 * trainer.loss();
    while trainer.loss() > target {
        trainer.step(&cancel).unwrap();
        observer.advance_twin(step, 1);
    }
    observer.measure(&trainer, 0.0, &cancel).unwrap()
}

#[test]
fn features_freeze_with_the_width_under_ntk_and_not_under_the_others() {
    let movement = |scaling, m| trained(scaling, m).get(Quantity::FeatureMovement).unwrap();
    // NTK: movement falls as 1/√m, so by 4 from m to 16m.
    let ratio = movement(Scaling::Ntk, 4096) / movement(Scaling::Ntk, 256);
    assert!((0.15..0.4).contains(&ratio), "NTK: {ratio}");
    let ratio = movement(Scaling::Ours, 4096) / movement(Scaling::Ours, 256);
    assert!((0.7..1.4).contains(&ratio), "ours: {ratio}");
}

#[test]
fn the_lazy_gap_closes_with_the_width_under_ntk() {
    let gap = |m| {
        trained(Scaling::Ntk, m)
            .get(Quantity::LazyGapTrain)
            .unwrap()
    };
    assert!(gap(4096) < 0.5 * gap(256));
}

#[test]
fn movement_is_at_least_its_bound() {
    for scaling in [Scaling::Ours, Scaling::Ntk] {
        let record = trained(scaling, 512);
        let (moved, bound) = (
            record.get(Quantity::FeatureMovement).unwrap(),
            record.get(Quantity::FeatureMovementBound).unwrap(),
        );
        assert!(
            bound > 0.0 && moved >= bound,
            "{scaling:?}: {moved} {bound}"
        );
    }
}
