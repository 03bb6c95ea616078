//! The training of a teacher.

use ndarray::Array2;
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};

use crate::data::Dataset;
use crate::experiment::start::biases::uniform_output_biases;
use crate::history::RunError;
use crate::network::InitialWeights;
use crate::observe::accuracy;
use crate::random::stream::{Stream, rng};
use crate::spec::TeacherSpec;
use crate::task::Cancel;
use crate::train::{Batches, Storage, Trainer};

use super::lesson::Lesson;
use super::naming::lesson;
use super::problem::problem;

/// Trains the teacher until few enough training images are named wrongly.
pub(super) fn learn(
    data: &Dataset,
    teacher: &TeacherSpec,
    seed: u64,
    cancel: &Cancel,
) -> Result<Lesson, RunError> {
    let seed: u64 = rng(seed, Stream::Teacher, 0).random();
    let problem = problem(data, teacher.bias, teacher.activation);
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
            return Ok(lesson(trainer, data, teacher, epoch, cancel)?);
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
