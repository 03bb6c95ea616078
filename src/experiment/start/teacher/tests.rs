//! Tests of teachers.

use super::*;
use crate::observe::accuracy;

fn spec(epochs: u64, train_error: f64) -> DataSpec {
    let text = format!(
        "(data: Mnist(classes: [0, 1, 2], n: 120, n_test: 60, targets: OneHot, \
         pixels: Standardized, teacher: Some((width: 64, step: 0.05, batch: 16, \
         bias: true, epochs: {epochs}, train_error: {train_error}))))"
    );
    crate::preset::parse(&text).unwrap().data
}

fn of(spec: &DataSpec, seed: u64) -> Result<Dataset, RunError> {
    let data = crate::data::load(spec, seed, std::path::Path::new(".")).unwrap();
    taught(data, spec, seed, &Cancel::new())
}

#[test]
fn the_teacher_fits_the_training_images_and_renames_the_test_images() {
    let spec = spec(60, 0.0);
    let plain = crate::data::load(&spec, 3, std::path::Path::new(".")).unwrap();
    let data = of(&spec, 3).unwrap();
    assert_eq!(data.y, plain.y, "no training error means the same classes");
    assert_eq!((&data.x, &data.x_test), (&plain.x, &plain.x_test));
    let named = accuracy(&data.y_test, &plain.y_test, data.labels).unwrap();
    assert!((0.8..1.0).contains(&named), "{named}");
    assert!(data.y_test.outer_iter().all(|y| y.sum() == 1.0));
    assert!(data.description.contains("teacher"), "{}", data.description);
}

#[test]
fn lessons_are_the_same_for_any_number_of_threads_and_differ_by_seed() {
    let spec = spec(60, 0.0);
    let DataSpec::Mnist {
        teacher: Some(teacher),
        ..
    } = &spec
    else {
        panic!("no teacher")
    };
    let data = crate::data::load(&spec, 3, std::path::Path::new(".")).unwrap();
    let lesson = |threads, seed| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap()
            .install(|| learn(&data, teacher, seed, &Cancel::new()).unwrap())
    };
    assert_eq!(lesson(1, 3), lesson(4, 3));
    assert_ne!(lesson(1, 3), lesson(1, 4));
}

#[test]
fn an_accuracy_not_reached_is_refused_with_its_value() {
    let refused = of(&spec(1, 0.0), 5).unwrap_err().to_string();
    assert!(refused.contains("data.teacher.epochs = 1"), "{refused}");
    assert!(of(&spec(1, 0.9), 5).is_ok());
}

#[test]
fn training_is_abandoned_on_request() {
    let (spec, cancel) = (spec(60, 0.0), Cancel::new());
    cancel.cancel();
    let data = crate::data::load(&spec, 77, std::path::Path::new(".")).unwrap();
    let abandoned = taught(data, &spec, 77, &cancel);
    assert!(matches!(abandoned, Err(RunError::Cancelled(_))));
}

/// A teacher whose training leaves many images close to the border of two classes, so that another
/// activation names some of them otherwise.
fn with(activation: &str, naming: &str, bias: bool) -> DataSpec {
    let text = format!(
        "(data: Mnist(classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], n: 200, n_test: 300, targets: OneHot, \
         pixels: Standardized, teacher: Some((width: 32, activation: {activation}, \
         naming_activation: {naming}, bias: {bias}, step: 0.05, batch: 16, epochs: 60))))"
    );
    crate::preset::parse(&text).unwrap().data
}

fn lesson_of(spec: &DataSpec) -> Lesson {
    let DataSpec::Mnist {
        teacher: Some(teacher),
        ..
    } = spec
    else {
        panic!("no teacher")
    };
    let data = crate::data::load(spec, 3, std::path::Path::new(".")).unwrap();
    learn(&data, teacher, 3, &Cancel::new()).unwrap()
}

#[test]
fn a_teacher_that_names_with_another_activation_counts_the_names_that_this_changes() {
    for bias in [false, true] {
        let own = lesson_of(&with("Relu", "None", bias));
        let other = lesson_of(&with("Relu", "Some(Gelu)", bias));
        assert_eq!(own.changed, None);
        assert_eq!(other.epochs, own.epochs, "the training is the same");
        let changed = other.changed.unwrap();
        let differing = |a: &[usize], b: &[usize]| a.iter().zip(b).filter(|(a, b)| a != b).count();
        assert_eq!(changed.train, differing(&own.train, &other.train));
        assert_eq!(changed.test, differing(&own.test, &other.test));
        // Borders of the classes move, and the classes stay what they are.
        assert!((1..60).contains(&changed.test), "{changed:?}");
        assert!(other.train_accuracy > 0.9, "{other:?}");
    }
}

#[test]
fn naming_with_the_activation_of_the_training_changes_no_name() {
    for bias in [false, true] {
        let own = lesson_of(&with("Relu", "None", bias));
        let same = lesson_of(&with("Relu", "Some(Relu)", bias));
        assert_eq!(same.changed, Some(lesson::Changed { train: 0, test: 0 }));
        assert_eq!((same.train, same.test), (own.train, own.test));
    }
}

#[test]
fn the_description_says_how_many_names_the_other_activation_changes() {
    let spec = with("Relu", "Some(Gelu)", true);
    let changed = lesson_of(&spec).changed.unwrap();
    let description = of(&spec, 3).unwrap().description;
    let told = format!(
        "GELU in place of ReLU, which changes the names of {} training images and {} test images",
        changed.train, changed.test
    );
    assert!(description.ends_with(&told), "{description}");
    let plain = of(&with("Relu", "None", true), 3).unwrap().description;
    assert!(!plain.contains("in place of"), "{plain}");
}
