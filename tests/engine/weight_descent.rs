//! Many steps in a row that leave no features behind, against one step after the other.

use widescope::network::{Activation, Factor, Parameterization, Real};
use widescope::spec::Layers;
use widescope::task::Cancel;
use widescope::train::{Trainer, Watch};

use crate::problem::{Setting, random};

const NOTHING: Watch = Watch {
    low: f64::NEG_INFINITY,
    high: f64::INFINITY,
};

/// Three blocks of neurons, the last one not whole, on a number of points that leaves a chunk not whole.
fn start<R: Real>(activation: Activation, outputs: usize, layers: Layers) -> Trainer<R> {
    let setting = Setting {
        seed: 3,
        m: 150,
        n: 33,
        n_test: 4,
        d: 7,
        outputs,
        activation,
        layers,
        parameterization: Parameterization {
            a: Factor::power(-0.5, 0.0),
            b: Factor::power(0.0, -0.5),
            hidden_step: Factor::constant(0.7),
            output_step: Factor::constant(1.5),
        },
        mean: true,
    };
    random(setting).trainer(0.3, false)
}

fn same<R: Real>(case: &str, one: &Trainer<R>, many: &Trainer<R>) {
    assert_eq!(one.steps_done(), many.steps_done(), "{case}");
    assert_eq!(one.hidden_weights(), many.hidden_weights(), "{case}");
    assert_eq!(one.residual(), many.residual(), "{case}");
    for (x, y) in one.blocks().iter().zip(many.blocks()) {
        assert_eq!(x.h, y.h, "{case}: H");
        assert_eq!(x.slope, y.slope, "{case}: σ'(H)");
    }
}

fn agree<R: Real>(activation: Activation, outputs: usize, layers: Layers) {
    let case = format!("{activation:?} {outputs} {layers:?}");
    let cancel = Cancel::new();
    let mut one = start::<R>(activation, outputs, layers);
    let mut many = one.clone();
    let first = one.loss();
    // Looks in between, as records are, change nothing.
    for steps in [2, 9, 1, 30] {
        for _ in 0..steps {
            one.step(&cancel).unwrap();
        }
        let target = many.steps_done() + steps;
        while many.steps_done() < target {
            let left = target - many.steps_done();
            many.descend(left, NOTHING, &cancel).unwrap();
        }
        same(&case, &one, &many);
    }
    assert!(one.loss() < first, "{case}");
}

#[test]
fn the_bits_are_those_of_single_steps() {
    for activation in Activation::ALL {
        for outputs in [1, 3] {
            agree::<f64>(activation, outputs, Layers::Hidden);
            agree::<f32>(activation, outputs, Layers::Hidden);
        }
    }
    agree::<f64>(Activation::Tanh, 2, Layers::Both);
}

#[test]
fn many_steps_are_done_in_a_row_where_v_is_held_only() {
    let cancel = Cancel::new();
    let mut held = start::<f32>(Activation::Tanh, 1, Layers::Hidden);
    let before_last = {
        let mut one = held.clone();
        (0..19).for_each(|_| one.step(&cancel).unwrap());
        one.loss()
    };
    let descended = held.descend(20, NOTHING, &cancel).unwrap();
    assert_eq!(
        (descended.steps, descended.loss_before),
        (20, Some(before_last))
    );
    let mut trained = start::<f32>(Activation::Tanh, 1, Layers::Both);
    assert_eq!(trained.descend(20, NOTHING, &cancel).unwrap().steps, 1);
}

#[test]
fn a_loss_that_is_watched_for_ends_the_row() {
    let cancel = Cancel::new();
    let mut trainer = start::<f64>(Activation::Tanh, 1, Layers::Hidden);
    let low = 0.8 * trainer.loss();
    let mut single = trainer.clone();
    let mut steps = 0;
    while single.loss() > low {
        single.step(&cancel).unwrap();
        steps += 1;
    }
    let watch = Watch { low, ..NOTHING };
    let mut done = 0;
    while trainer.loss() > low {
        done += trainer.descend(10_000, watch, &cancel).unwrap().steps;
    }
    assert!(steps > 5);
    assert_eq!(done, steps);
}
