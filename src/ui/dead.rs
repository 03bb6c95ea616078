//! Networks that can't learn: their tangent kernel is 0 at the start, or became 0 on the way.

use crate::history::ArmHistory;
use crate::number::compact;
use crate::observe::Record;
use crate::preset::{Edit, text_at};
use crate::spec::field::{Field, OMEGA_RATIO, W_STD};
use crate::spec::{Preset, Quantity};

/// When a network was seen to be dead: no step moves its outputs any more, for K = JJᵀ is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Death {
    /// Its first kernel is 0 or no number.
    AtStart,
    /// Its first kernel was one, that of this step is 0.
    By(u64),
}

impl Death {
    /// As its records tell; `None` where no kernel was measured at the start, as it is wherever one is
    /// measured at all, or the newest one is not 0.
    pub fn of(arm: &ArmHistory) -> Option<Self> {
        let size = kernel_size(arm.first()?)?;
        if size == 0.0 || !size.is_finite() {
            return Some(Self::AtStart);
        }
        let mut newest = arm.records().iter().rev();
        let last = newest.find_map(|record| kernel_size(record))?;
        let is_dead = |record: &Record| kernel_size(record) == Some(0.0);
        let mut all = arm.records().iter();
        (last == 0.0).then(|| all.find(|record| is_dead(record)).map(|r| Self::By(r.step)))?
    }

    /// One sentence of the arm.
    pub fn sentence(self, arm: &ArmHistory) -> String {
        let label = &arm.label;
        match self {
            Self::AtStart => {
                let first = arm.first();
                let features = first.and_then(|record| record.get(Quantity::FeatureSize));
                let what = match (first.and_then(|record| kernel_size(record)), features) {
                    (Some(0.0), Some(0.0)) => "its features and its tangent kernel are 0",
                    (Some(0.0), _) => "its tangent kernel is 0",
                    _ => "its tangent kernel is not finite",
                };
                format!("{label}: the network is dead at the start, {what}.")
            }
            Self::By(step) => format!(
                "{label}: the network died, its tangent kernel is 0 at step {step}: no step changes it any more."
            ),
        }
    }
}

/// λ_max(K) of a record by whatever measures it: the kernel's own spectrum, or the Jacobian's.
fn kernel_size(record: &Record) -> Option<f64> {
    let of_kernel = record.get(Quantity::NtkMax);
    let eigenvalue = || record.ntk_eigenvalues.as_ref()?.first().copied();
    let of_jacobian = || Some(record.singular_values.as_ref()?.first()?.powi(2));
    of_kernel.or_else(eigenvalue).or_else(of_jacobian)
}

/// What sets a start back to the preset's that `loaded` is, with its words; `None` where the sizes of
/// the initial weights are the preset's own.
pub fn way_back(now: &Preset, loaded: &Preset) -> Option<(String, Edit)> {
    let differs = |field: &&&Field| text_at(now, field.path) != text_at(loaded, field.path);
    let field = [&OMEGA_RATIO, &W_STD].into_iter().find(|f| differs(&f))?;
    let value = text_at(loaded, field.path)?;
    let name = field.symbol.unwrap_or(field.name);
    let words = match value.trim().parse() {
        Ok(value) => format!("Set {name} back to {}", compact(value)),
        // The preset leaves it to its default.
        Err(_) => format!("Set {name} back to the preset's"),
    };
    Some((words, Edit::restoring(field, loaded)))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::history::RunHistory;
    use crate::preset::set;

    /// An arm with records of these λ_max(K), at steps 0, 1, ….
    fn arm(kernels: &[Option<f64>]) -> RunHistory {
        let mut history = RunHistory::new(["ours".to_owned()]);
        for (step, kernel) in (0..).zip(kernels) {
            let mut record = Record {
                step,
                ..Record::default()
            };
            record.set_known(Quantity::NtkMax, *kernel);
            history.push(0, Arc::new(record));
        }
        history
    }

    #[test]
    fn a_network_is_dead_where_its_measured_kernel_is_nothing() {
        let death = |kernels: &[Option<f64>]| Death::of(&arm(kernels).arms()[0]);
        assert_eq!(death(&[Some(3.0), None, Some(1e-300)]), None);
        assert_eq!(death(&[None, None]), None, "nothing was measured");
        assert_eq!(death(&[Some(0.0), Some(0.0)]), Some(Death::AtStart));
        assert_eq!(death(&[Some(f64::NAN)]), Some(Death::AtStart));
        let on_the_way = [Some(3.0), None, Some(0.0), Some(0.0), None];
        assert_eq!(death(&on_the_way), Some(Death::By(2)));
        // It came back: what is seen now counts.
        assert_eq!(death(&[Some(3.0), Some(0.0), Some(1.0)]), None);
        // Above all bounds is a divergence, which has words of its own.
        assert_eq!(death(&[Some(3.0), Some(f64::NAN)]), None);
    }

    #[test]
    fn the_way_back_is_the_loaded_presets_and_none_where_nothing_was_changed() {
        let loaded = set(&Preset::default(), OMEGA_RATIO.path, "1.0").expect("it takes it");
        assert_eq!(way_back(&loaded, &loaded), None);
        let now = set(&loaded, OMEGA_RATIO.path, "1000.0").expect("it takes it");
        let (words, edit) = way_back(&now, &loaded).expect("the ratio was changed");
        assert_eq!(words, "Set ω₂/ω₁ back to 1");
        assert_eq!(edit.applied(&now).expect("it takes it"), loaded);
    }
}
