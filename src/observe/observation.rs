//! An observable at work on one network.

use std::fmt::Debug;
use std::sync::Arc;

use ndarray::Array2;

use crate::data::LabelKind;
use crate::task::{Cancel, Cancelled};
use crate::train::{Misfit, Trainer};

use super::facts::Facts;
use super::kernel::LayerKernels;
use super::linear_frame::{LinearFrame, LinearWeights};
use super::movement::Movement;
use super::twin::LinearizedTwin;
use super::{FeatureSample, Record};

/// An observable: what is known of it, and how it is measured of one network from its start on.
///
/// What several are made of is computed once a record and handed to each; see [`Now`].
pub(super) trait Observation<R>: Debug + Send + Sync {
    /// What is known of it before any network is.
    fn facts() -> Facts
    where
        Self: Sized;

    /// Prepares to measure a network that has done no step; `None` where the network has no such number.
    ///
    /// # Errors
    /// [`Cancelled`] once the start's flag is raised.
    fn start(start: &Start<'_, R>) -> Result<Option<Self>, Cancelled>
    where
        Self: Sized;

    /// Notes it in the pass that its facts name.
    ///
    /// # Errors
    /// [`Cancelled`] once the flag is raised.
    fn measure(&mut self, now: &Now<'_, R>, record: &mut Record) -> Result<(), Cancelled>;

    /// Notes what it makes, beside the eigenvalues of the kernel, of what it took from the kernel.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    fn beside_eigenvalues(
        &mut self,
        _cancel: &Cancel,
        _record: &mut Record,
    ) -> Result<(), Cancelled> {
        Ok(())
    }

    /// The numbers that can't be made again from the start of the network.
    fn save(&self) -> Vec<f64> {
        Vec::new()
    }

    /// Goes on where another one of the same start was saved.
    ///
    /// # Errors
    /// Where the numbers are not as many.
    fn restore(&mut self, saved: &[f64]) -> Result<(), Misfit> {
        of_length::<0>(saved).map(|_| ())
    }
}

/// Observables at work.
pub(super) type Observations<R> = Vec<Box<dyn Observation<R>>>;

/// What an observable is prepared from.
#[derive(Debug)]
pub(super) struct Start<'a, R> {
    /// A network that has done no step.
    pub(super) trainer: &'a Trainer<R>,
    /// Its kernels, where something observed is made of them.
    pub(super) kernels: Option<&'a LayerKernels>,
    /// The network linearized there, where that is observed.
    pub(super) twin: Option<&'a LinearizedTwin>,
    /// The coordinates of a linear network, where something observed is made of them.
    pub(super) frame: Option<&'a LinearFrame>,
    /// Whether to stop.
    pub(super) cancel: &'a Cancel,
}

/// What an observable is measured from: the network, and what the record's passes have computed so far.
#[derive(Debug)]
pub(super) struct Now<'a, R> {
    /// The network.
    pub(super) trainer: &'a Trainer<R>,
    /// Whether to stop.
    pub(super) cancel: &'a Cancel,
    /// What targets are, for the outputs.
    pub(super) labels: LabelKind,
    /// Outputs at the test points, n_test × outputs, for the outputs of a record that measures everything.
    pub(super) f_test: Option<&'a Array2<f64>>,
    /// Outputs in the cells of the plane, side² × outputs, beside these.
    pub(super) f_plane: Option<&'a Array2<f64>>,
    /// Features of a sample of neurons, beside these.
    pub(super) features: Option<&'a Arc<FeatureSample>>,
    /// Movement from the start, as far as it is observed, for the outputs.
    pub(super) movement: Movement,
    /// The linearized twin after the same steps, for the outputs.
    pub(super) twin: Option<&'a LinearizedTwin>,
    /// K = JJᵀ on the training set, for what is of the kernel.
    pub(super) kernel: Option<&'a Array2<f64>>,
    /// Its eigenvalues, descending, for what is of those.
    pub(super) eigenvalues: Option<&'a [f64]>,
    /// Coordinates of a linear network's weights, for passes of their own.
    pub(super) weights: Option<&'a LinearWeights>,
}

impl<'a, R> Now<'a, R> {
    /// The network alone.
    pub(super) fn of(trainer: &'a Trainer<R>, cancel: &'a Cancel) -> Self {
        Self {
            trainer,
            cancel,
            labels: LabelKind::Real,
            f_test: None,
            f_plane: None,
            features: None,
            movement: Movement::default(),
            twin: None,
            kernel: None,
            eigenvalues: None,
            weights: None,
        }
    }
}

/// Saved numbers of an observable that keeps N.
///
/// # Errors
/// Where they are not as many.
pub(super) fn of_length<const N: usize>(saved: &[f64]) -> Result<[f64; N], Misfit> {
    Misfit::unless_equal("numbers of an observable", saved.len(), N)?;
    let mut numbers = [0.0; N];
    numbers.copy_from_slice(saved);
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_another_observable_are_refused_and_its_own_come_back() {
        assert_eq!(
            of_length(&[2.0, f64::INFINITY]).ok(),
            Some([2.0, f64::INFINITY])
        );
        assert!(of_length::<0>(&[1.0]).is_err());
        assert!(of_length::<2>(&[1.0]).is_err());
    }
}
