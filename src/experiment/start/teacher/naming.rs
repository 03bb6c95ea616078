//! The names that a trained teacher gives.

use ndarray::{Array2, ArrayView1};

use crate::data::Dataset;
use crate::network::{Activation, InitialWeights};
use crate::observe::{accuracy, test_pass};
use crate::spec::TeacherSpec;
use crate::task::{Cancel, Cancelled};
use crate::train::{Storage, Trainer};

use super::lesson::{Changed, Lesson};
use super::problem::problem;

/// What a teacher leaves that was trained for so many epochs.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub(super) fn lesson(
    trainer: Trainer<f32>,
    data: &Dataset,
    teacher: &TeacherSpec,
    epochs: u64,
    cancel: &Cancel,
) -> Result<Lesson, Cancelled> {
    let own = named(&trainer, data, epochs, cancel)?;
    let Some(activation) = teacher.naming_activation else {
        return Ok(own);
    };
    let other = evaluated_with(activation, trainer, data, teacher, cancel)?;
    let mut lesson = named(&other, data, epochs, cancel)?;
    lesson.changed = Some(Changed {
        train: differing(&own.train, &lesson.train),
        test: differing(&own.test, &lesson.test),
    });
    Ok(lesson)
}

/// The names by the network as it is.
fn named(
    trainer: &Trainer<f32>,
    data: &Dataset,
    epochs: u64,
    cancel: &Cancel,
) -> Result<Lesson, Cancelled> {
    let (f, f_test) = (trainer.outputs(), test_pass(trainer, None, cancel)?.f_test);
    Ok(Lesson {
        train: classes(&f),
        test: classes(&f_test),
        epochs,
        train_accuracy: accuracy(&f, &data.y, data.labels).unwrap_or(0.0),
        test_accuracy: accuracy(&f_test, &data.y_test, data.labels),
        changed: None,
    })
}

/// A network with the same weights and biases and another activation.
fn evaluated_with(
    activation: Activation,
    trainer: Trainer<f32>,
    data: &Dataset,
    teacher: &TeacherSpec,
    cancel: &Cancel,
) -> Result<Trainer<f32>, Cancelled> {
    let (w, v) = (trainer.hidden_weights(), trainer.output_weights());
    let c = trainer.output_bias();
    // The first network's inputs go before the second one's are made.
    drop(trainer);
    let problem = problem(data, teacher.bias, activation);
    let (w, storage) = (InitialWeights::Given(w), Storage::WeightsOnly);
    let other = Trainer::with_storage(problem, w, &v, teacher.step, storage, cancel)?;
    Ok(match c {
        Some(c) => other.with_output_bias(&c),
        None => other,
    })
}

/// Number of images that two lists name differently.
fn differing(a: &[usize], b: &[usize]) -> usize {
    a.iter().zip(b).filter(|(a, b)| a != b).count()
}

/// The class of the largest output of each row, the first of equals.
fn classes(f: &Array2<f64>) -> Vec<usize> {
    let largest = |row: ArrayView1<'_, f64>| {
        let first = (0, f64::NEG_INFINITY);
        let best = row.iter().enumerate().fold(
            first,
            |best, (p, f)| {
                if *f > best.1 { (p, *f) } else { best }
            },
        );
        best.0
    };
    f.outer_iter().map(largest).collect()
}
