//! The network that names the images of a dataset anew before a run, so that a network can fit them.

mod learning;
mod lesson;
mod naming;
mod problem;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, PoisonError};

use ndarray::Array2;

use crate::data::Dataset;
use crate::history::RunError;
use crate::preset::Experiment;
use crate::spec::{DataSpec, TeacherSpec};
use crate::task::Cancel;

use learning::learn;

pub(in crate::experiment) use lesson::Lesson;

/// Lessons kept for runs on the same data; each is two bytes an image.
const KEPT_LESSONS: usize = 16;

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
    if let Some(changed) = &lesson.changed {
        data.description += &format!(
            "; it names them by its weights with {} in place of {}, which changes the names of {} \
             training images and {} test images",
            teacher.naming_activation().name(),
            teacher.activation.name(),
            changed.train,
            changed.test,
        );
    }
    data
}

fn set_classes(y: &mut Array2<f64>, classes: &[usize]) {
    for (mut y, class) in y.outer_iter_mut().zip(classes) {
        for (p, y) in y.iter_mut().enumerate() {
            *y = if p == *class { 1.0 } else { 0.0 };
        }
    }
}
