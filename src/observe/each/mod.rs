//! The observables, one a file: what is known of each, and how it is measured.

mod accuracy;
mod active_fraction;
mod alignment;
mod decision_surface;
mod distances;
mod feature_jacobian;
mod feature_map;
mod feature_movement;
mod gradient;
mod imbalance;
mod jacobian_spectrum;
mod kernel_image;
mod kernel_rank;
mod lazy_gap;
mod loss;
mod min_norm;
mod neuron_distances;
mod ntk_change;
mod ntk_spectrum;
mod path_length;
mod pattern_changes;
mod test_loss;

use crate::network::Real;
use crate::spec::{Observable, Quantity};
use crate::task::Cancelled;

use super::facts::{Facts, Neurons, Training};
use super::observation::{Observation, Start};

pub use accuracy::accuracy;
pub use kernel_image::IMAGE_POINTS;

pub(super) use feature_map::feature_points;

/// Gives each observable, as it is written in a preset, the type that measures it.
macro_rules! observables {
    ($($written:pat => $measured:ty,)+) => {
        impl Observable {
            /// What is known of it before any network is.
            pub fn facts(self) -> Facts {
                match self {
                    $($written => <$measured as Observation<f64>>::facts(),)+
                }
            }
        }

        /// Prepares to measure an observable; `None` where the network has no such number.
        ///
        /// # Errors
        /// [`Cancelled`] once the start's flag is raised.
        pub(super) fn start<R: Real>(
            observable: Observable,
            start: &Start<'_, R>,
        ) -> Result<Option<Box<dyn Observation<R>>>, Cancelled> {
            Ok(match observable {
                $($written => boxed(<$measured>::start(start)?),)+
            })
        }

        /// What is known of every observable.
        #[cfg(test)]
        fn all_facts() -> Vec<Facts> {
            vec![$(<$measured as Observation<f64>>::facts()),+]
        }
    };
}

observables! {
    Observable::Loss => loss::Loss,
    Observable::TestLoss => test_loss::TestLoss,
    Observable::Accuracy => accuracy::Accuracy,
    Observable::LazyGap => lazy_gap::LazyGap,
    Observable::FeatureMovement => feature_movement::FeatureMovement,
    Observable::NtkChange => ntk_change::NtkChange,
    Observable::JacobianSpectrum => jacobian_spectrum::JacobianSpectrum,
    Observable::NtkSpectrum => ntk_spectrum::NtkSpectrum,
    Observable::Distances => distances::Distances,
    Observable::PatternChanges => pattern_changes::PatternChanges,
    Observable::PathLength => path_length::PathLength,
    Observable::NeuronDistances => neuron_distances::NeuronDistances,
    Observable::Imbalance => imbalance::Imbalance,
    Observable::MinNorm => min_norm::MinNorm,
    Observable::ActiveFraction => active_fraction::ActiveFraction,
    Observable::Gradient => gradient::Gradient,
    Observable::FeatureJacobian => feature_jacobian::FeatureJacobian,
    Observable::Alignment => alignment::Alignment,
    Observable::KernelRank => kernel_rank::KernelRank,
    Observable::KernelImage => kernel_image::Image,
    Observable::DecisionSurface { .. } => decision_surface::DecisionSurface,
    Observable::FeatureMap { .. } => feature_map::FeatureMap,
}

fn boxed<R, O: Observation<R> + 'static>(started: Option<O>) -> Option<Box<dyn Observation<R>>> {
    started.map(|observation| Box::new(observation) as Box<dyn Observation<R>>)
}

impl Observable {
    /// The scalars it records. Those of the test set need test points, accuracies need classes.
    pub fn quantities(self) -> &'static [Quantity] {
        self.facts().quantities
    }

    /// Whether it is a value of single neurons, or a sum over them that a reduced network has not.
    pub fn is_per_neuron(self) -> bool {
        self.facts().needs.neurons == Neurons::Needed
    }

    /// Whether it is made of the tangent kernel, n·outputs square.
    pub fn needs_kernel(self) -> bool {
        self.facts().needs.training >= Training::Kernel
    }

    /// Whether it is made of the inner products of the embedded points, n square.
    pub fn needs_gram(self) -> bool {
        self.facts().needs.training >= Training::Gram
    }

    /// Whether it is made of the features of all neurons at all training points.
    pub fn needs_features(self) -> bool {
        self.facts().needs.training >= Training::Features
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::observe::facts::Pass;

    #[test]
    fn every_quantity_is_that_of_an_observable() {
        let given = all_facts().into_iter().flat_map(|facts| facts.quantities);
        let given: BTreeSet<_> = given.copied().collect();
        assert!(Quantity::ALL.into_iter().eq(given));
    }

    #[test]
    fn what_is_read_off_the_kernel_needs_it_and_what_needs_more_than_is_held_is_costly() {
        for facts in all_facts() {
            let Facts { needs, .. } = facts;
            let of_kernel = needs.training == Training::Kernel;
            assert!(of_kernel || !facts.is_of_kernel(), "{facts:?}");
            let needs_more =
                needs.training >= Training::Gram || needs.test_points || facts.pass == Pass::Own;
            assert_eq!(facts.costly, needs_more, "{facts:?}");
        }
    }
}
