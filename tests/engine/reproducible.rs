//! The same bits for any number of threads.

use widescope::data::LabelKind;
use widescope::network::{Activation, Scaling};
use widescope::observe::{Observer, Record};
use widescope::preset::{Layers, ObserveSpec};
use widescope::train::Cancel;

use crate::problem::{Setting, random};

fn measured(threads: usize) -> Record {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    pool.install(|| {
        let setting = Setting {
            seed: 9,
            m: 1500,
            n: 30,
            n_test: 10,
            d: 40,
            outputs: 1,
            activation: Activation::Gelu,
            layers: Layers::Both,
            parameterization: Scaling::Ours.parameterization(),
            mean: true,
        };
        let mut trainer = random::<f32>(setting).trainer(0.5, true);
        let cancel = Cancel::new();
        let observables = ObserveSpec::default().observables;
        let mut observer = Observer::new(&trainer, &observables, LabelKind::Real, &cancel).unwrap();
        for _ in 0..40 {
            trainer.step(&cancel).unwrap();
            observer.advance_twin(0.5, 1);
        }
        observer.measure(&trainer, 0.0, &cancel).unwrap()
    })
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    let one = measured(1);
    assert!(one.scalars.len() > 10);
    for threads in [2, 3, 8] {
        let many = measured(threads);
        for (quantity, value) in &one.scalars {
            assert_eq!(
                value.to_bits(),
                many.scalars[quantity].to_bits(),
                "{quantity:?}"
            );
        }
        assert_eq!(one.singular_values, many.singular_values);
        assert_eq!(one.features, many.features);
    }
}
