//! The network that names the images of a dataset anew before a run, so that a network can fit them.

use std::sync::{Arc, Mutex, PoisonError};

use ndarray::{Array2, ArrayView1};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};

use crate::data::Dataset;
use crate::network::InitialWeights;
use crate::observe::{accuracy, test_pass};
use crate::preset::Experiment;
use crate::random::stream::{Stream, rng};
use crate::spec::{DataSpec, Layers, LossKind, TeacherSpec};
use crate::task::Cancel;
use crate::train::{Batches, Problem, Storage, Trainer};

use super::biases::uniform_output_biases;
use super::setup::of_width;
use crate::history::RunError;

/// Lessons kept for runs on the same data; each is two bytes an image.
const KEPT_LESSONS: usize = 16;

/// What a teacher leaves: the classes it names, and how it was trained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::experiment) struct Lesson {
    train: Vec<usize>,
    test: Vec<usize>,
    epochs: u64,
    /// Share of the training images it names as they are.
    train_accuracy: f64,
    /// Of the test images, where there are any.
    test_accuracy: Option<f64>,
}

/// A lesson with the data and the seed it belongs to.
type Kept = (DataSpec, u64, Arc<Lesson>);

/// Lessons of this process, the newest last, so that a restart on the same data trains no teacher.
static LESSONS: Mutex<Vec<Kept>> = Mutex::new(Vec::new());

/// `data` of `spec` with the classes that the spec's teacher names; as they are where it has none.
/// The same spec and seed give the same targets, bit for bit.
///
/// # Errors
/// [`RunError::Refused`] where the teacher does not reach the accuracy asked for,
/// [`RunError::Cancelled`] once `cancel` is raised.
pub(in crate::experiment) fn taught(
    data: Dataset,
    spec: &DataSpec,
    seed: u64,
    cancel: &Cancel,
) -> Result<Dataset, RunError> {
    let DataSpec::Mnist {
        teacher: Some(teacher),
        ..
    } = spec
    else {
        return Ok(data);
    };
    let lesson = match kept(spec, seed) {
        Some(lesson) => lesson,
        None => {
            let lesson = Arc::new(learn(&data, teacher, seed, cancel)?);
            keep(spec, seed, Arc::clone(&lesson));
            lesson
        }
    };
    Ok(renamed(data, teacher, &lesson))
}

fn kept(spec: &DataSpec, seed: u64) -> Option<Arc<Lesson>> {
    let lessons = LESSONS.lock().unwrap_or_else(PoisonError::into_inner);
    let same = |(of, by, _): &&Kept| of == spec && *by == seed;
    let found = lessons.iter().find(same);
    found.map(|(_, _, lesson)| Arc::clone(lesson))
}

fn keep(spec: &DataSpec, seed: u64, lesson: Arc<Lesson>) {
    let mut lessons = LESSONS.lock().unwrap_or_else(PoisonError::into_inner);
    lessons.retain(|(of, by, _)| of != spec || *by != seed);
    if lessons.len() == KEPT_LESSONS {
        lessons.remove(0);
    }
    lessons.push((spec.clone(), seed, lesson));
}

/// The lessons that arms of an experiment were given, each with the first arm that got it. Of more
/// than are kept the oldest are missing; their teachers would be trained again, to the same end.
pub(in crate::experiment) fn lessons_of(experiment: &Experiment) -> Vec<(usize, Arc<Lesson>)> {
    let mut lessons: Vec<(usize, Arc<Lesson>)> = Vec::new();
    for (index, arm) in experiment.arms.iter().enumerate() {
        if let Some(lesson) = kept(&arm.preset.data, arm.preset.seed)
            && !lessons.iter().any(|(_, known)| Arc::ptr_eq(known, &lesson))
        {
            lessons.push((index, lesson));
        }
    }
    lessons
}

/// Has lessons of [`lessons_of`] the same experiment known, so that no teacher is trained for them.
pub(in crate::experiment) fn remember(experiment: &Experiment, lessons: Vec<(usize, Arc<Lesson>)>) {
    for (index, lesson) in lessons {
        if let Some(arm) = experiment.arms.get(index) {
            keep(&arm.preset.data, arm.preset.seed, lesson);
        }
    }
}

/// The data with the lesson's classes, and its story in the description.
fn renamed(mut data: Dataset, teacher: &TeacherSpec, lesson: &Lesson) -> Dataset {
    set_classes(&mut data.y, &lesson.train);
    set_classes(&mut data.y_test, &lesson.test);
    let percent = |share: f64| format!("{:.2} %", 100.0 * share);
    let of_test = lesson.test_accuracy.map_or_else(String::new, |share| {
        format!(" and {} of the test images", percent(share))
    });
    data.description += &format!(
        "; named anew by a teacher ({} neurons, {}, He start, cross-entropy, SGD with η = {} and \
         batches of {}, {} epochs), who names {} of the training images{of_test} as they are",
        teacher.width,
        teacher.activation.name(),
        teacher.step,
        teacher.batch,
        lesson.epochs,
        percent(lesson.train_accuracy),
    );
    data
}

fn set_classes(y: &mut Array2<f64>, classes: &[usize]) {
    for (mut y, class) in y.outer_iter_mut().zip(classes) {
        for (p, y) in y.iter_mut().enumerate() {
            *y = if p == *class { 1.0 } else { 0.0 };
        }
    }
}

/// Trains the teacher until few enough training images are named wrongly.
fn learn(
    data: &Dataset,
    teacher: &TeacherSpec,
    seed: u64,
    cancel: &Cancel,
) -> Result<Lesson, RunError> {
    let seed: u64 = rng(seed, Stream::Teacher, 0).random();
    let problem = problem(data, teacher);
    let (n, embedding, outputs) = (problem.n(), problem.embedding(), problem.outputs());
    let w = hidden_weights(teacher, data.x.ncols(), embedding, seed);
    let v = output_weights(teacher, outputs, seed);
    let (w, storage) = (InitialWeights::Given(w), Storage::WeightsOnly);
    let mut trainer = Trainer::with_storage(problem, w, &v, teacher.step, storage, cancel)?;
    if teacher.bias {
        trainer = trainer.with_output_bias(&uniform_output_biases(teacher.width, outputs, seed));
    }
    let mut batches = Batches::shuffled(n, teacher.batch, seed);
    let mut right = 0.0;
    for epoch in 1..=teacher.epochs {
        right = one_epoch(&mut trainer, &mut batches, data, cancel)?;
        if 1.0 - right <= teacher.train_error {
            let f_test = test_pass(&trainer, None, cancel)?.f_test;
            return Ok(Lesson {
                train: classes(&trainer.outputs()),
                test: classes(&f_test),
                epochs: epoch,
                train_accuracy: right,
                test_accuracy: accuracy(&f_test, &data.y_test, data.labels),
            });
        }
    }
    Err(RunError::Refused(format!(
        "data.teacher: after data.teacher.epochs = {} the teacher names {:.3} % of the training \
         images wrongly; data.teacher.train_error = {} is asked for: allow more epochs, another \
         data.teacher.step or a larger data.teacher.train_error",
        teacher.epochs,
        100.0 * (1.0 - right),
        teacher.train_error,
    )))
}

/// Trains for one pass over the images; gives the share of them named rightly after it.
fn one_epoch(
    trainer: &mut Trainer<f32>,
    batches: &mut Batches,
    data: &Dataset,
    cancel: &Cancel,
) -> Result<f64, RunError> {
    for _ in 0..batches.steps_per_epoch() {
        let points = batches.at(trainer.steps_done());
        let loss = trainer.batch_step(points, 1.0 / points.len().max(1) as f64, cancel)?;
        if !loss.is_finite() {
            return Err(RunError::Refused(format!(
                "data.teacher.step: {} is not allowed, the teacher diverges with it; allowed: a \
                 smaller one",
                trainer.step_size()
            )));
        }
    }
    trainer.refresh(cancel)?;
    let right = accuracy(&trainer.outputs(), &data.y, data.labels);
    Ok(right.unwrap_or(0.0))
}

fn problem(data: &Dataset, teacher: &TeacherSpec) -> Problem<f32> {
    let (n, n_test) = (data.x.nrows(), data.x_test.nrows());
    Problem {
        phi: of_width(&data.x, teacher.bias),
        phi_test: of_width(&data.x_test, teacher.bias),
        y: data.y.mapv(|y| y as f32),
        y_test: data.y_test.mapv(|y| y as f32),
        activation: teacher.activation,
        a: 1.0,
        b: 1.0,
        loss: LossKind::CrossEntropy,
        loss_factor: 1.0 / n.max(1) as f64,
        test_loss_factor: 1.0 / n_test.max(1) as f64,
        hidden_step_factor: 1.0,
        output_step_factor: 1.0,
        layers: Layers::Both,
    }
}

/// W(0): the first d columns N(0, 2/d), the column of the biases uniform on ±1/√d.
fn hidden_weights(teacher: &TeacherSpec, d: usize, embedding: usize, seed: u64) -> Array2<f64> {
    let size = (d.max(1) as f64).sqrt();
    let mut w = Array2::zeros((teacher.width, embedding));
    for (i, mut row) in w.outer_iter_mut().enumerate() {
        let mut rng = rng(seed, Stream::HiddenWeights, i as u64);
        for (j, w) in row.iter_mut().enumerate() {
            *w = if j < d {
                let z: f64 = StandardNormal.sample(&mut rng);
                std::f64::consts::SQRT_2 / size * z
            } else {
                rng.random_range(-1.0 / size..=1.0 / size)
            };
        }
    }
    w
}

/// V(0), entries N(0, 2/m).
fn output_weights(teacher: &TeacherSpec, outputs: usize, seed: u64) -> Array2<f64> {
    let std = (2.0 / teacher.width.max(1) as f64).sqrt();
    let mut rng = rng(seed, Stream::OutputWeights, 0);
    Array2::from_shape_simple_fn((outputs, teacher.width), || {
        let z: f64 = StandardNormal.sample(&mut rng);
        std * z
    })
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
