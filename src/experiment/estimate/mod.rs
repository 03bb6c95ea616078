//! Memory and work of an experiment, estimated before anything is allocated.

pub(super) mod arm;
#[cfg(test)]
mod tests;

use crate::data;
use crate::history::DEFAULT_BUDGET;
use crate::preset::{Arm, Experiment, PresetError};
use crate::spec::{DataSizes, DataSpec};
use crate::train::BLOCK;

use super::plan::ArmPlan;
use arm::ArmEstimate;

/// Memory and work of an experiment.
#[derive(Clone, Debug)]
pub struct Estimate {
    /// Most bytes held at one time.
    pub bytes: u64,
    /// Floating-point operations of one step of every arm.
    pub flops_per_step: f64,
    /// Each arm by itself, in order.
    pub arms: Vec<ArmEstimate>,
    plans: Vec<ArmPlan>,
    data_bytes: u64,
    /// Most bytes of a teacher in training, which is over before the arms begin.
    teacher_bytes: u64,
    threads: usize,
    keeps_everything: bool,
    saves: bool,
}

impl Estimate {
    /// The estimate for an experiment in the window, where the history has its budget. The sizes
    /// of a [`crate::spec::DataSpec::File`] are had by reading it.
    ///
    /// # Errors
    /// A file that can't be read as a dataset, and dimensions that no machine holds.
    pub fn of(experiment: &Experiment) -> Result<Self, PresetError> {
        Self::with_sizes(experiment, |arm| sizes_of(experiment, arm))
    }

    /// As [`Estimate::of`], with the sizes of each arm's data as given.
    ///
    /// # Errors
    /// What `sizes` refuses, and dimensions that no machine holds.
    pub fn with_sizes(
        experiment: &Experiment,
        sizes: impl Fn(&Arm) -> Result<DataSizes, PresetError>,
    ) -> Result<Self, PresetError> {
        let sizes = experiment
            .arms
            .iter()
            .map(sizes)
            .collect::<Result<Vec<_>, _>>()?;
        let plans = experiment
            .arms
            .iter()
            .zip(&sizes)
            .map(|(arm, sizes)| ArmPlan::of(arm, *sizes));
        let plans = plans.collect::<Result<Vec<_>, _>>()?;
        let data_bytes = data_bytes(experiment, &sizes);
        let mut estimate = Self {
            bytes: 0,
            flops_per_step: 0.0,
            arms: plans.iter().map(ArmPlan::estimate).collect(),
            plans,
            data_bytes,
            teacher_bytes: teacher_bytes(experiment, &sizes),
            threads: rayon::current_num_threads(),
            keeps_everything: false,
            saves: false,
        };
        estimate.flops_per_step = estimate.arms.iter().map(|arm| arm.flops_per_step).sum();
        estimate.bytes = estimate.sum(&estimate.arms);
        Ok(estimate)
    }

    /// The estimate for a run that keeps every record and the final weights, as `run` does.
    pub fn keeping_everything(mut self) -> Self {
        self.keeps_everything = true;
        self.bytes = self.sum(&self.arms);
        self
    }

    /// The estimate for a run that writes checkpoints or goes on from one.
    pub fn saving(mut self) -> Self {
        self.saves = true;
        self.bytes = self.sum(&self.arms);
        self
    }

    /// Refuses a run that would need more than half of the free memory.
    ///
    /// # Errors
    /// [`PresetError::TooBig`] with the estimate and the largest width that would fit.
    pub fn refuse_if_too_big(&self, available_bytes: u64) -> Result<(), PresetError> {
        let allowed = available_bytes / 2;
        if self.bytes <= allowed {
            return Ok(());
        }
        let widest = self
            .plans
            .iter()
            .map(|plan| plan.asked.network.width)
            .max()
            .unwrap_or(0);
        let fits = self.widest_fit(widest, allowed);
        Err(PresetError::TooBig {
            field: if fits.is_some() {
                "network.width"
            } else {
                "data.n"
            },
            value: match fits {
                Some(_) => widest.to_string(),
                None => self
                    .plans
                    .iter()
                    .map(|plan| plan.asked.data.n)
                    .max()
                    .unwrap_or(0)
                    .to_string(),
            },
            needed: in_words(self.bytes),
            allowed: in_words(allowed),
            remedy: match fits {
                Some(width) => format!("; allowed: up to {width}"),
                None => "; allowed: fewer points, for no width would fit".to_owned(),
            },
        })
    }

    /// [`Estimate::refuse_if_too_big`] for the memory that is free now; where the system does not
    /// say how much that is, nothing is refused.
    ///
    /// # Errors
    /// As [`Estimate::refuse_if_too_big`].
    pub fn refuse_if_too_big_now(&self) -> Result<(), PresetError> {
        available_memory().map_or(Ok(()), |available| self.refuse_if_too_big(available))
    }

    /// The largest width ≤ `widest` that every wider arm could be narrowed to so that the run fits.
    fn widest_fit(&self, widest: usize, allowed: u64) -> Option<usize> {
        let fits = |width: usize| {
            let arms: Vec<ArmEstimate> = self
                .plans
                .iter()
                .map(|plan| plan.at_most(width).estimate())
                .collect();
            self.sum(&arms) <= allowed
        };
        let (mut low, mut high) = (0, widest);
        // fits(low) or low = 0; not fits(high).
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if fits(middle) {
                low = middle
            } else {
                high = middle
            }
        }
        (low > 0).then_some(low)
    }

    fn sum(&self, arms: &[ArmEstimate]) -> u64 {
        let records = total(arms.iter().map(|arm| arm.record_bytes));
        let saved = arms.iter().map(|arm| arm.saved_bytes);
        let saved = if self.saves { total(saved) } else { 0 };
        let training = self.training(arms).saturating_add(saved);
        let working = training.max(self.teacher_bytes);
        let training = self.data_bytes.saturating_add(working);
        if self.keeps_everything {
            let finishing = self.data_bytes.saturating_add(finishing(arms));
            training.max(finishing).saturating_add(records)
        } else {
            training.saturating_add(records.min(DEFAULT_BUDGET as u64))
        }
    }

    /// All arms hold their memory at once; what is needed only for a moment is needed by as many
    /// arms as there are threads.
    fn training(&self, arms: &[ArmEstimate]) -> u64 {
        let mut passing: Vec<u64> = arms.iter().map(|arm| arm.passing_bytes).collect();
        passing.sort_unstable_by(|a, b| b.cmp(a));
        let passing = passing.into_iter().take(self.threads.max(1));
        total(arms.iter().map(|arm| arm.held_bytes).chain(passing))
    }
}

/// Most bytes at the end, where the arms in order turn into their results.
fn finishing(arms: &[ArmEstimate]) -> u64 {
    let at = |i: usize| {
        let (done, open) = arms.split_at(i);
        let making = open
            .first()
            .map(|arm| arm.result_bytes.saturating_add(arm.finishing_bytes));
        let results = done.iter().map(|arm| arm.result_bytes);
        total(
            results
                .chain(open.iter().map(|arm| arm.held_bytes))
                .chain(making),
        )
    };
    let most = (0..arms.len()).map(at).max().unwrap_or(0);
    most.max(writing(arms))
}

/// Most bytes while the files are written: all results, and what one arm began with.
fn writing(arms: &[ArmEstimate]) -> u64 {
    let beginning = arms.iter().map(|arm| arm.beginning_bytes).max();
    total(arms.iter().map(|arm| arm.result_bytes).chain(beginning))
}

fn total(bytes: impl Iterator<Item = u64>) -> u64 {
    bytes.fold(0, u64::saturating_add)
}

/// Memory the program may still get, in bytes; `None` where the system does not say.
pub fn available_memory() -> Option<u64> {
    data::free_memory()
}

/// Sizes of an arm's data; those of a file are had by reading it.
pub(super) fn sizes_of(experiment: &Experiment, arm: &Arm) -> Result<DataSizes, PresetError> {
    if let Some(sizes) = arm.preset.data.sizes() {
        return Ok(sizes);
    }
    let dataset = data::load(&arm.preset.data, arm.preset.seed, &experiment.folder)
        .map_err(|error| PresetError::Data(error.to_string()))?;
    Ok(dataset.sizes())
}

/// Bytes of the images of MNIST and their labels, unpacked once for the whole program.
const MNIST_BYTES: u64 = 70_000 * 785;

/// Bytes of the datasets, each held once for all arms that share it, in double precision.
fn data_bytes(experiment: &Experiment, sizes: &[DataSizes]) -> u64 {
    let arms = &experiment.arms;
    let is_mnist = |arm: &Arm| matches!(arm.preset.data, DataSpec::Mnist { .. });
    let mut sum = if arms.iter().any(is_mnist) {
        MNIST_BYTES
    } else {
        0
    };
    for (i, (arm, sizes)) in arms.iter().zip(sizes).enumerate() {
        let is_same = |other: &&Arm| {
            other.preset.data == arm.preset.data && other.preset.seed == arm.preset.seed
        };
        if arms.iter().take(i).find(is_same).is_none() {
            let points = sizes.n.saturating_add(sizes.n_test) as u64;
            let numbers = points.saturating_mul(sizes.d.saturating_add(sizes.outputs) as u64);
            sum = sum.saturating_add(numbers.saturating_mul(8));
        }
    }
    sum
}

/// Most bytes that a teacher in training holds: Φ in single precision; W(0) in double precision, W
/// and its start; outputs and residuals; and its batch's and the test images' features.
fn teacher_bytes(experiment: &Experiment, sizes: &[DataSizes]) -> u64 {
    let of = |(arm, sizes): (&Arm, &DataSizes)| match &arm.preset.data {
        DataSpec::Mnist {
            teacher: Some(teacher),
            ..
        } => {
            let [d, n, n_test, outputs, width] =
                [sizes.d, sizes.n, sizes.n_test, sizes.outputs, teacher.width].map(|x| x as u64);
            let embedding = d + u64::from(teacher.bias);
            let points = (n + n_test) * (4 * embedding + 28 * outputs);
            let weights = width * (16 * embedding + 24 * outputs + 8 * teacher.batch as u64);
            let block = (BLOCK as u64).min(width);
            let threads = rayon::current_num_threads() as u64;
            let features = 8 * threads * block * n_test;
            let sums = 8 * width.div_ceil(block) * n_test * outputs;
            points + weights + features + sums + 8 * n
        }
        _ => 0,
    };
    experiment.arms.iter().zip(sizes).map(of).max().unwrap_or(0)
}

/// A number of bytes as people say it: `812 MiB`, `3.4 GiB`.
pub fn in_words(bytes: u64) -> String {
    const GIB: f64 = (1_u64 << 30) as f64;
    let gib = bytes as f64 / GIB;
    if gib >= 100.0 {
        format!("{gib:.0} GiB")
    } else if gib >= 1.0 {
        format!("{gib:.1} GiB")
    } else {
        format!("{} MiB", bytes.div_ceil(1 << 20))
    }
}
