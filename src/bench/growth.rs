//! How time and memory of a run grow with its width, its points and the threads.

use std::hint::black_box;
use std::time::Instant;

use super::measure::{BenchError, Effort, repeated, steps_a_second};
use super::memory::peak_memory;
use crate::experiment::{ArmRun, Engine, Estimate, Networks};
use crate::history::RunError;
use crate::preset::{Experiment, PresetError, parse};
use crate::spec::Precision;
use crate::task::Cancel;

/// Size of a run whose growth is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GrowthSize {
    /// Width m.
    pub width: usize,
    /// Points n.
    pub points: usize,
}

/// What a run of this size took.
#[derive(Clone, Copy, Debug)]
pub struct GrowthPoint {
    /// Its size.
    pub size: GrowthSize,
    /// Threads.
    pub threads: usize,
    /// Seconds from the first allocation to the first record.
    pub start_seconds: f64,
    /// Seconds of a step, the median of the repeats.
    pub step_seconds: f64,
    /// Bytes the program says beforehand that it holds at most.
    pub estimated_bytes: u64,
    /// Most bytes this process has held so far, the program itself among them; `None` where the
    /// system does not say.
    pub peak_bytes: Option<u64>,
}

/// The run: ReLU on n points of the sphere of R¹⁰⁰⁰ with a = 1/√m, as in Du et al. 2019, with the
/// observables of the default preset that such data have, recorded at its start and its end.
///
/// # Errors
/// Sizes that no preset may have.
pub fn growing(size: GrowthSize, precision: Precision) -> Result<Experiment, PresetError> {
    let GrowthSize { width, points } = size;
    let text = format!(
        "(precision: {precision:?}, data: Sphere(d: 1000, n: {points}, labels: Normal(std: 1.0)), \
         network: (width: {width}, activation: Relu), \
         scaling: Custom(a: (m: -0.5), b: (), step_factor: ()), \
         train: (method: GradientDescent(step: 0.5), stop: (steps: 1000000000000)), \
         observe: (schedule: Every(1000000000000), observables: [Loss, LazyGap, FeatureMovement, \
         NtkChange, JacobianSpectrum, Distances, PatternChanges]), panels: [Loss, Story])"
    );
    Experiment::check(parse(&text)?, "growth", ".".into())
}

/// Carries such a run out in this process, on the threads of the rayon pool it is called on: its start,
/// steps, a record and the final weights. The memory is that of the process, so each size wants one of its own.
///
/// # Errors
/// As [`super::measure`].
pub fn grow(size: GrowthSize, effort: Effort, cancel: &Cancel) -> Result<GrowthPoint, BenchError> {
    let experiment = growing(size, effort.precision)?;
    let estimate = Estimate::of(&experiment)?.keeping_everything();
    estimate.refuse_if_too_big_now()?;
    let estimated_bytes = estimate.bytes;
    let began = Instant::now();
    let mut run = rayon::scope(|_| started(&experiment, cancel))?;
    let start_seconds = began.elapsed().as_secs_f64();
    let mut rates = repeated(effort, |time| {
        rayon::scope(|_| steps_a_second(&mut run, time, cancel))
    })?;
    rates.sort_by(f64::total_cmp);
    let median = rates.get(rates.len() / 2).copied().unwrap_or(f64::NAN);
    rayon::scope(|_| run.measure(cancel))?;
    // What a run ends with: the weights in double precision, which the estimate counts.
    drop(black_box(run.final_state()));
    Ok(GrowthPoint {
        size,
        threads: rayon::current_num_threads(),
        start_seconds,
        step_seconds: 1.0 / median,
        estimated_bytes,
        peak_bytes: peak_memory(),
    })
}

/// The only arm, started as a run's is: with theory and with all that is observed.
fn started(experiment: &Experiment, cancel: &Cancel) -> Result<ArmRun, RunError> {
    let arm = experiment.arms.first();
    let arm = arm.ok_or_else(|| RunError::Refused("the experiment has no arm".to_owned()))?;
    let (preset, folder) = (&arm.preset, &experiment.folder);
    let data = Networks.data(&preset.data, preset.seed, folder, cancel)?;
    ArmRun::start(arm, &data, folder, cancel, &mut Vec::new())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_small_run_is_timed_and_its_memory_estimated() {
        let effort = Effort {
            precision: Precision::F32,
            time: Duration::ZERO,
            repeats: 1,
        };
        let size = GrowthSize {
            width: 16,
            points: 10,
        };
        let point = grow(size, effort, &Cancel::new()).unwrap();
        assert!(point.step_seconds > 0.0 && point.start_seconds > 0.0);
        assert!(point.estimated_bytes > 16 * 10 * 4);
        assert_eq!(point.peak_bytes.is_some(), cfg!(target_os = "linux"));
    }
}
