//! What an arm's trainer holds, and which observables its data are too large for.

use crate::history::RunError;
use crate::observe::{CHEAP_KERNEL, LARGEST_KERNEL};
use crate::spec::{Method, Observable, StepUnit};
use crate::train::Storage;

use super::asked::Asked;

/// Largest n at which ΦΦᵀ is held even where nothing observed is made of it, for the papers' theory.
const CHEAP_GRAM: usize = 4096;

impl Asked {
    /// What the trainer holds.
    pub(super) fn storage(&self, is_reduced: bool) -> Storage {
        let needs_kernel = self.step_unit == StepUnit::StableStep;
        let is_on_batches = matches!(self.method, Method::Sgd { .. });
        let is_large = self.side() > CHEAP_KERNEL;
        let needs = |of: fn(Observable) -> bool| self.observables.iter().any(|o| of(*o));
        if self.sample_space(is_reduced) {
            Storage::SampleSpace
        } else if is_on_batches
            && is_large
            // The few neurons that are left have few features.
            && !is_reduced
            && !needs_kernel
            && !needs(Observable::needs_features)
        {
            Storage::WeightsOnly
        } else if self.data.n <= CHEAP_GRAM || needs_kernel || needs(Observable::needs_gram) {
            Storage::WeightSpace
        } else {
            Storage::WithoutGram
        }
    }

    /// Whether tangent kernels are made of the network.
    pub(super) fn has_kernels(&self, storage: Storage) -> bool {
        let is_cheap = self.side() <= CHEAP_KERNEL;
        let is_wanted = self.observables.iter().any(|o| o.needs_kernel());
        let is_wanted = is_wanted || self.step_unit == StepUnit::StableStep;
        storage.has_gram() && (is_cheap || is_wanted)
    }

    /// Rows of the tangent kernel.
    fn side(&self) -> usize {
        self.data.n.saturating_mul(self.data.outputs)
    }

    /// Refuses observables, and a unit of the step, of which the data are too large; by name and with the
    /// largest n.
    pub(super) fn refuse_large(&self) -> Result<(), RunError> {
        let (n, outputs, side) = (self.data.n, self.data.outputs, self.side());
        if self.step_unit == StepUnit::StableStep && side > LARGEST_KERNEL {
            return Err(RunError::Refused(format!(
                "train.step_unit: StableStep needs a tangent kernel of side {side}, of n = {n} points with \
                 {outputs} outputs; allowed: a side of at most {LARGEST_KERNEL}, or Delta"
            )));
        }
        for observable in &self.observables {
            let (what, side) = if observable.needs_kernel() {
                ("tangent kernel", side)
            } else if observable.needs_gram() {
                ("Gram matrix", n)
            } else {
                continue;
            };
            if side > LARGEST_KERNEL {
                let largest = LARGEST_KERNEL / (side / n.max(1)).max(1);
                return Err(RunError::Refused(format!(
                    "observe.observables: {observable:?} needs a {what} of side {side}, of n = {n} points \
                     with {outputs} outputs; allowed: a side of at most {LARGEST_KERNEL}, so n up to \
                     {largest}, or observables without it"
                )));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::Experiment;
    use crate::spec::{DataSizes, Preset, Representation};

    const SGD: Method = Method::Sgd {
        step: 0.1,
        batch: 10,
        order: crate::spec::BatchOrder::Shuffled,
    };

    fn asked(unit: StepUnit, observables: &[Observable], n: usize, outputs: usize) -> Asked {
        let experiment = Experiment::check(Preset::default(), "storage", ".".into()).unwrap();
        let data = DataSizes {
            d: 10,
            n,
            n_test: 0,
            outputs,
        };
        Asked {
            step_unit: unit,
            observables: observables.to_vec(),
            ..Asked::of(&experiment.arms[0], data).unwrap()
        }
    }

    fn on_batches(unit: StepUnit, observables: &[Observable], n: usize) -> Storage {
        let asked = Asked {
            method: SGD,
            representation: Representation::WeightSpace,
            ..asked(unit, observables, n, 10)
        };
        asked.storage(false)
    }

    #[test]
    fn large_data_on_batches_hold_no_features_unless_they_are_observed() {
        let of = |observables: &[Observable], n| on_batches(StepUnit::Delta, observables, n);
        assert_eq!(of(&[Observable::Distances], 60_000), Storage::WeightsOnly);
        let observed = [Observable::FeatureMovement];
        assert_eq!(of(&observed, 60_000), Storage::WithoutGram);
        assert_eq!(of(&[Observable::NtkChange], 500), Storage::WeightSpace);
        assert_eq!(of(&[], 100), Storage::WeightSpace);
        let stable = on_batches(StepUnit::StableStep, &[], 800);
        assert_eq!(stable, Storage::WeightSpace);
    }

    #[test]
    fn kernels_of_large_data_are_refused_by_name_with_the_largest_n() {
        let refused = |unit, observables: &[Observable], n, outputs| {
            asked(unit, observables, n, outputs).refuse_large()
        };
        let of = |observable, n| refused(StepUnit::Delta, &[observable], n, 10);
        let text = of(Observable::LazyGap, 60_000).unwrap_err().to_string();
        assert!(
            text.contains("LazyGap") && text.contains("n up to 819"),
            "{text}"
        );
        let text = of(Observable::Gradient, 9000).unwrap_err().to_string();
        assert!(text.contains("n up to 8192"), "{text}");
        assert!(of(Observable::Distances, 60_000).is_ok());
        assert!(of(Observable::Gradient, 8192).is_ok());
        let text = refused(StepUnit::StableStep, &[], 9000, 1).unwrap_err();
        assert!(text.to_string().contains("StableStep"), "{text}");
    }
}
