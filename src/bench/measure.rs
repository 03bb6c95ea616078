//! Problems timed.

use std::panic::resume_unwind;
use std::time::{Duration, Instant};

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::operations::{Form, evaluation_flops, step_flops_of};
use super::{Benchmark, Measurement, Unit, experiment, gemm_peak};
use crate::experiment::{ArmRun, Chunk, Engine, Estimate, Networks};
use crate::history::RunError;
use crate::preset::{Experiment, PresetError};
use crate::spec::Precision;
use crate::task::Cancel;

/// Time between two looks at the clock, as between two looks of the worker at its commands.
const CHUNK: Duration = Duration::from_millis(10);

/// How much is timed, and with what.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Float width of the network.
    pub precision: Precision,
    /// Length of a repeat; a step that takes longer is done once.
    pub time: Duration,
    /// Repeats after one that is not counted.
    pub repeats: usize,
}

/// Why a problem can't be timed.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// Its sizes are no preset's.
    #[error("{0}")]
    Sizes(#[from] PresetError),
    /// Its run could not start, or was cancelled.
    #[error(transparent)]
    Run(#[from] RunError),
    /// Its run ended while it was timed.
    #[error("the run ended at step {step}: {outcome}")]
    Ended {
        /// Last step.
        step: u64,
        /// How it ended.
        outcome: String,
    },
    /// The system gives no more threads.
    #[error("can't start a thread: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// Times a problem on the threads of the rayon pool it is called on. The highest rate of matrix
/// products is measured right before.
///
/// # Errors
/// Sizes no preset may have, and a run that can't start, ends, or is cancelled.
pub fn measure(
    benchmark: Benchmark,
    effort: Effort,
    cancel: &Cancel,
) -> Result<Measurement, BenchError> {
    match benchmark {
        Benchmark::D1 { .. } => trials(benchmark, effort, cancel),
        Benchmark::J => evaluations(effort, cancel),
        _ => steps(benchmark, effort, cancel),
    }
}

/// One run on all threads.
fn steps(benchmark: Benchmark, effort: Effort, cancel: &Cancel) -> Result<Measurement, BenchError> {
    let experiment = experiment(benchmark, effort.precision, 1)?;
    let gemm_peak = gemm_peak(effort.precision, effort.time);
    // On a thread of the pool, as a session does it.
    let mut run = rayon::scope(|_| started(&experiment, cancel))?;
    let figures = repeated(effort, |time| {
        rayon::scope(|_| steps_a_second(&mut run, time, cancel))
    })?;
    let (form, flops) = operations(&experiment, &run);
    Ok(Measurement {
        benchmark,
        precision: effort.precision,
        threads: rayon::current_num_threads(),
        form,
        unit: Unit::Steps,
        figures,
        flops,
        flops_in: effort.precision,
        gemm_peak,
    })
}

/// A trial a thread, each on a pool of its own of one thread, as a sweep carries them out; their rates
/// are added up.
fn trials(
    benchmark: Benchmark,
    effort: Effort,
    cancel: &Cancel,
) -> Result<Measurement, BenchError> {
    let threads = rayon::current_num_threads();
    let gemm_peak = gemm_peak(effort.precision, effort.time);
    let mut trials = (1..=threads as u64)
        .map(|seed| Trial::start(benchmark, effort.precision, seed, cancel))
        .collect::<Result<Vec<_>, BenchError>>()?;
    let figures = repeated(effort, |time| added_up(&mut trials, time, cancel))?;
    let (form, flops) = trials.first().map_or((Form::Weights, 0.0), |trial| {
        operations(&trial.experiment, &trial.run)
    });
    Ok(Measurement {
        benchmark,
        precision: effort.precision,
        threads,
        form,
        unit: Unit::TrialSteps,
        figures,
        flops,
        flops_in: effort.precision,
        gemm_peak,
    })
}

/// A run with a pool of its own.
struct Trial {
    experiment: Experiment,
    pool: ThreadPool,
    run: ArmRun,
}

impl Trial {
    fn start(
        benchmark: Benchmark,
        precision: Precision,
        seed: u64,
        cancel: &Cancel,
    ) -> Result<Self, BenchError> {
        let experiment = experiment(benchmark, precision, seed)?;
        let pool = ThreadPoolBuilder::new().num_threads(1).build()?;
        let run = pool.install(|| started(&experiment, cancel))?;
        Ok(Self {
            experiment,
            pool,
            run,
        })
    }
}

/// The sum of the rates of all trials, which run at the same time.
fn added_up(trials: &mut [Trial], time: Duration, cancel: &Cancel) -> Result<f64, BenchError> {
    std::thread::scope(|scope| {
        let trials: Vec<_> = trials
            .iter_mut()
            .map(|Trial { pool, run, .. }| {
                scope.spawn(|| pool.install(|| steps_a_second(run, time, cancel)))
            })
            .collect();
        let mut sum = 0.0;
        for trial in trials {
            sum += trial.join().unwrap_or_else(|panic| resume_unwind(panic))?;
        }
        Ok(sum)
    })
}

/// Seconds of all singular values of the Jacobian, by the very measurement of a run's record.
fn evaluations(effort: Effort, cancel: &Cancel) -> Result<Measurement, BenchError> {
    let experiment = experiment(Benchmark::J, effort.precision, 1)?;
    let flops_in = Precision::F64;
    let gemm_peak = gemm_peak(flops_in, effort.time);
    let mut run = rayon::scope(|_| started(&experiment, cancel))?;
    let figures = repeated(effort, |_| {
        rayon::scope(|_| {
            let began = Instant::now();
            run.measure(cancel)?;
            Ok(began.elapsed().as_secs_f64())
        })
    })?;
    let facts = run.facts();
    Ok(Measurement {
        benchmark: Benchmark::J,
        precision: effort.precision,
        threads: rayon::current_num_threads(),
        form: Form::Kernel,
        unit: Unit::Seconds,
        figures,
        flops: evaluation_flops(facts.width, facts.n),
        flops_in,
        gemm_peak,
    })
}

/// The figures of all repeats, after one that is not counted: it fills the caches.
pub(super) fn repeated(
    effort: Effort,
    mut figure: impl FnMut(Duration) -> Result<f64, BenchError>,
) -> Result<Vec<f64>, BenchError> {
    figure(effort.time / 4)?;
    (0..effort.repeats.max(1))
        .map(|_| figure(effort.time))
        .collect()
}

/// The only arm of an experiment, started as a trial of a sweep is: the training of the whole run, bit
/// by bit, without the theory on it.
///
/// # Errors
/// Where the run would take more than half of the free memory, or can't start.
fn started(experiment: &Experiment, cancel: &Cancel) -> Result<ArmRun, BenchError> {
    Estimate::of(experiment)?.refuse_if_too_big_now()?;
    let arm = experiment.arms.first();
    let arm = arm.ok_or_else(|| RunError::Refused("the experiment has no arm".to_owned()))?;
    let (preset, folder) = (&arm.preset, &experiment.folder);
    let data = Networks.data(&preset.data, preset.seed, folder, cancel)?;
    let observed = &preset.observe.observables;
    let run = ArmRun::start_measuring(arm, &data, folder, observed, cancel, &mut Vec::new())?;
    Ok(run)
}

/// Advances a run for about `time`, in chunks as the window's worker does; gives steps a second.
pub(super) fn steps_a_second(
    run: &mut ArmRun,
    time: Duration,
    cancel: &Cancel,
) -> Result<f64, BenchError> {
    let mut chunk = Chunk::lasting(CHUNK.min(time));
    let (first, began) = (run.step(), Instant::now());
    loop {
        let (step, at) = (run.step(), Instant::now());
        run.advance(step + chunk.steps(), cancel, &mut Vec::new())?;
        if let Some(outcome) = run.outcome() {
            let (step, outcome) = (run.step(), outcome.to_string());
            return Err(BenchError::Ended { step, outcome });
        }
        chunk.learn(run.step() - step, at.elapsed());
        let elapsed = began.elapsed();
        if elapsed >= time {
            return Ok((run.step() - first) as f64 / elapsed.as_secs_f64());
        }
    }
}

/// Where a run iterates, and the operations of its step.
fn operations(experiment: &Experiment, run: &ArmRun) -> (Form, f64) {
    let facts = run.facts();
    let form = Form::of(run.representation(), facts.sample_space);
    (form, step_flops_of(form, &experiment.preset, facts))
}

#[cfg(test)]
mod tests {
    use super::super::LISTED;
    use super::*;

    const BRIEF: Effort = Effort {
        precision: Precision::F32,
        time: Duration::ZERO,
        repeats: 1,
    };

    /// Where a problem iterates, once it has run a few steps.
    fn few_steps(benchmark: Benchmark) -> Form {
        let measured = measure(benchmark, BRIEF, &Cancel::new());
        let measured = measured.unwrap_or_else(|error| panic!("{benchmark}: {error}"));
        assert!(
            measured.min() > 0.0 && measured.figures.len() == 1,
            "{measured:?}"
        );
        assert!(measured.share_of_peak() > 0.0, "{measured:?}");
        measured.form
    }

    #[test]
    fn every_kind_of_problem_runs_a_few_steps_in_its_form() {
        let wide = |benchmark: &Benchmark| match benchmark {
            Benchmark::B3 { width } | Benchmark::C1 { width } | Benchmark::E1 { width } => {
                *width > 2000
            }
            _ => false,
        };
        let narrow = LISTED.into_iter().filter(|benchmark| !wide(benchmark));
        let forms: Vec<Form> = narrow.map(few_steps).collect();
        let [_, _, b3, _, _, _, e1, a1, j] = forms[..] else {
            panic!("{forms:?}");
        };
        assert_eq!(
            [b3, e1, a1, j],
            [Form::Features, Form::Reduced, Form::Weights, Form::Kernel]
        );
    }

    #[test]
    fn every_listed_name_is_a_run_that_can_be_estimated() {
        for benchmark in LISTED {
            let experiment = experiment(benchmark, Precision::F64, 1);
            let experiment = experiment.unwrap_or_else(|error| panic!("{benchmark}: {error}"));
            let estimate = Estimate::of(&experiment);
            assert!(estimate.is_ok(), "{benchmark}: {estimate:?}");
        }
    }

    /// The wide ones too: `cargo test --release --lib every_listed_name_runs -- --ignored`.
    #[test]
    #[ignore = "minutes"]
    fn every_listed_name_runs_a_few_steps() {
        for benchmark in LISTED {
            few_steps(benchmark);
        }
    }

    #[test]
    fn a_problem_larger_than_the_memory_is_refused() {
        // H, H0, σ'(H) and C of 2²⁰ neurons at a thousand points: 32 GiB. It fits where 64 are free.
        let huge = Benchmark::C1 { width: 1 << 20 };
        let experiment = experiment(huge, Precision::F64, 1).unwrap();
        if Estimate::of(&experiment)
            .unwrap()
            .refuse_if_too_big_now()
            .is_ok()
        {
            return;
        }
        let refused = started(&experiment, &Cancel::new());
        assert!(matches!(refused, Err(BenchError::Sizes(_))));
    }

    #[test]
    fn a_cancelled_measurement_ends() {
        let cancel = Cancel::new();
        cancel.cancel();
        for name in ["B1-64", "D1-3,3", "J"] {
            let error = measure(name.parse().unwrap(), BRIEF, &cancel).unwrap_err();
            assert!(
                matches!(error, BenchError::Run(RunError::Cancelled(_))),
                "{error}"
            );
        }
    }
}
