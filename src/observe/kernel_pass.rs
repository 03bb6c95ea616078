//! The pass that makes the tangent kernel of the training set, and what is read off it.

use crate::linalg::symmetric_eigenvalues;
use crate::network::Real;
use crate::task::{Cancel, Cancelled};
use crate::train::Trainer;

use super::Record;
use super::kernel::symmetric_sum::SymmetricSum;
use super::kernel::train_kernels_in;
use super::observation::{Now, Observation, Observations};

/// Measures what is of the plain kernel K = JJᵀ.
#[derive(Debug)]
pub(super) struct KernelPass<R> {
    /// What is of the kernel itself.
    of_kernel: Observations<R>,
    /// What is of its eigenvalues.
    of_eigenvalues: Observations<R>,
    memory: SymmetricSum,
}

impl<R: Real> KernelPass<R> {
    /// Of what is observed of the kernel and of its eigenvalues.
    pub(super) fn new(of_kernel: Observations<R>, of_eigenvalues: Observations<R>) -> Self {
        Self {
            of_kernel,
            of_eigenvalues,
            memory: SymmetricSum::default(),
        }
    }

    /// What is wanted.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub(super) fn measure(
        &mut self,
        trainer: &Trainer<R>,
        cancel: &Cancel,
    ) -> Result<Record, Cancelled> {
        let mut record = Record::default();
        let Self {
            of_kernel,
            of_eigenvalues,
            memory,
        } = self;
        if of_kernel.is_empty() && of_eigenvalues.is_empty() {
            return Ok(record);
        }
        let kernel = train_kernels_in(memory, trainer, cancel)?.into_sum();
        let now = Now {
            kernel: Some(&kernel),
            ..Now::of(trainer, cancel)
        };
        for observation in of_kernel.iter_mut() {
            observation.measure(&now, &mut record)?;
        }
        // One thread each.
        let (beside, eigenvalues) = rayon::join(
            || {
                let mut observations = of_kernel.iter_mut();
                observations.try_for_each(|o| o.beside_eigenvalues(cancel, &mut record))
            },
            || {
                if of_eigenvalues.is_empty() {
                    memory.give_back(kernel);
                    return Ok(None);
                }
                symmetric_eigenvalues(kernel, cancel)
            },
        );
        beside?;
        let Some(eigenvalues) = eigenvalues? else {
            return Ok(record);
        };
        let now = Now {
            eigenvalues: Some(&eigenvalues),
            ..Now::of(trainer, cancel)
        };
        for observation in of_eigenvalues {
            observation.measure(&now, &mut record)?;
        }
        Ok(record)
    }
}

impl<R> KernelPass<R> {
    /// What is measured.
    pub(super) fn observations(&self) -> impl Iterator<Item = &Box<dyn Observation<R>>> {
        self.of_kernel.iter().chain(&self.of_eigenvalues)
    }

    /// What is measured, to be set.
    pub(super) fn observations_mut(
        &mut self,
    ) -> impl Iterator<Item = &mut Box<dyn Observation<R>>> {
        self.of_kernel.iter_mut().chain(&mut self.of_eigenvalues)
    }
}
