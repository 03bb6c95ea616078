//! What an arm's trainer holds, and which observables its data are too large for.

use crate::observe::{CHEAP_KERNEL, LARGEST_KERNEL};
use crate::spec::{Method, Observable, StepUnit};
use crate::train::Storage;

use crate::history::RunError;

/// Largest n at which ΦΦᵀ is held even where nothing observed is made of it, for the papers' theory.
const CHEAP_GRAM: usize = 4096;

/// What the trainer of an arm holds.
pub(super) fn storage(
    sample_space: bool,
    (method, unit): (Method, StepUnit),
    observables: &[Observable],
    (n, outputs): (usize, usize),
) -> Storage {
    let needs_kernel = unit == StepUnit::StableStep;
    let is_on_batches = matches!(method, Method::Sgd { .. });
    let is_large = n.saturating_mul(outputs) > CHEAP_KERNEL;
    let needs = |of: fn(Observable) -> bool| observables.iter().any(|o| of(*o));
    if sample_space {
        Storage::SampleSpace
    } else if is_on_batches && is_large && !needs_kernel && !needs(Observable::needs_features) {
        Storage::WeightsOnly
    } else if n <= CHEAP_GRAM || needs_kernel || needs(Observable::needs_gram) {
        Storage::WeightSpace
    } else {
        Storage::WithoutGram
    }
}

/// Whether tangent kernels are made of an arm's network.
pub(super) fn has_kernels(
    storage: Storage,
    unit: StepUnit,
    observables: &[Observable],
    (n, outputs): (usize, usize),
) -> bool {
    let is_cheap = n.saturating_mul(outputs) <= CHEAP_KERNEL;
    let is_wanted = observables.iter().any(|o| o.needs_kernel()) || unit == StepUnit::StableStep;
    storage.has_gram() && (is_cheap || is_wanted)
}

/// Refuses observables, and a unit of the step, of which the data are too large; by name and with the
/// largest n.
pub(super) fn refuse_large(
    unit: StepUnit,
    observables: &[Observable],
    (n, outputs): (usize, usize),
) -> Result<(), RunError> {
    let side = n.saturating_mul(outputs);
    if unit == StepUnit::StableStep && side > LARGEST_KERNEL {
        return Err(RunError::Refused(format!(
            "train.step_unit: StableStep needs a tangent kernel of side {side}, of n = {n} points with \
             {outputs} outputs; allowed: a side of at most {LARGEST_KERNEL}, or Delta"
        )));
    }
    for observable in observables {
        let (what, side) = if observable.needs_kernel() {
            ("tangent kernel", n.saturating_mul(outputs))
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

#[cfg(test)]
mod tests {
    use super::*;

    const SGD: Method = Method::Sgd {
        step: 0.1,
        batch: 10,
        order: crate::spec::BatchOrder::Shuffled,
    };

    #[test]
    fn large_data_on_batches_hold_no_features_unless_they_are_observed() {
        let of = |observables: &[Observable], n| {
            storage(false, (SGD, StepUnit::Delta), observables, (n, 10))
        };
        assert_eq!(of(&[Observable::Distances], 60_000), Storage::WeightsOnly);
        let observed = [Observable::FeatureMovement];
        assert_eq!(of(&observed, 60_000), Storage::WithoutGram);
        assert_eq!(of(&[Observable::NtkChange], 500), Storage::WeightSpace);
        assert_eq!(of(&[], 100), Storage::WeightSpace);
        let stable = storage(false, (SGD, StepUnit::StableStep), &[], (800, 10));
        assert_eq!(stable, Storage::WeightSpace);
    }

    #[test]
    fn kernels_of_large_data_are_refused_by_name_with_the_largest_n() {
        let refused =
            refuse_large(StepUnit::Delta, &[Observable::LazyGap], (60_000, 10)).unwrap_err();
        let text = refused.to_string();
        assert!(
            text.contains("LazyGap") && text.contains("n up to 819"),
            "{text}"
        );
        let refused =
            refuse_large(StepUnit::Delta, &[Observable::Gradient], (9000, 10)).unwrap_err();
        assert!(refused.to_string().contains("n up to 8192"), "{refused}");
        assert!(refuse_large(StepUnit::Delta, &[Observable::Distances], (60_000, 10)).is_ok());
        assert!(refuse_large(StepUnit::Delta, &[Observable::Gradient], (8192, 10)).is_ok());
        let refused = refuse_large(StepUnit::StableStep, &[], (9000, 1)).unwrap_err();
        assert!(refused.to_string().contains("StableStep"), "{refused}");
    }
}
