//! The same bits for any number of threads.

use widescope::data::LabelKind;
use widescope::network::{Activation, Scaling};
use widescope::observe::{Observer, Record};
use widescope::spec::{Layers, ObserveSpec};
use widescope::task::Cancel;
use widescope::train::Batches;

use crate::problem::{Setting, random};

fn measured(
    threads: usize,
    activation: Activation,
    batches: Option<Batches>,
    with_path: bool,
) -> (Record, Option<f64>) {
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
            activation,
            layers: Layers::Both,
            parameterization: Scaling::Ours.parameterization(),
            mean: true,
        };
        let mut trainer = random::<f32>(setting).trainer(0.5, true);
        if with_path {
            trainer.measure_path();
        }
        let cancel = Cancel::new();
        let observables = ObserveSpec::default().observables;
        let mut observer = Observer::new(&trainer, &observables, LabelKind::Real, &cancel).unwrap();
        let mut batches = batches;
        for step in 0..40 {
            if let Some(batches) = &mut batches {
                let points = batches.at(step);
                trainer.batch_step(points, 0.2, &cancel).unwrap();
                observer.advance_twin_batch(0.5, 0.2, points);
            } else {
                trainer.step(&cancel).unwrap();
                observer.advance_twin(0.5, 1);
            }
        }
        trainer.refresh(&cancel).unwrap();
        let record = observer.measure(&trainer, 0.0, &cancel).unwrap();
        (record, trainer.path_length())
    })
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    let on_batches = Some(Batches::shuffled(30, 7, 4));
    for (activation, batches, with_path) in [
        (Activation::Gelu, None, true),
        (Activation::Gelu, on_batches, true),
        (Activation::Relu, None, false),
        (Activation::Relu, None, true),
    ] {
        let (one, path) = measured(1, activation, batches.clone(), with_path);
        assert_eq!(path.is_some(), with_path);
        assert!(one.scalars.len() > 10);
        for threads in [2, 3, 8] {
            let (many, path_of_many) = measured(threads, activation, batches.clone(), with_path);
            assert_eq!(path.map(f64::to_bits), path_of_many.map(f64::to_bits));
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
}
