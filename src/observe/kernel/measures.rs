//! What is read off the tangent kernel of the training set.

use ndarray::Array2;

use crate::network::Real;
use crate::spec::{Observable, Quantity};
use crate::task::{Cancel, Cancelled};
use crate::train::Trainer;

use super::alignment::alignment;
use super::image::kernel_image;
use super::symmetric_sum::SymmetricSum;
use super::{LayerKernels, train_kernels_in};
use crate::linalg::{symmetric_eigenvalues, symmetric_norm};
use crate::observe::{Record, frobenius};

/// The observables of the plain kernel K = JJᵀ.
#[derive(Debug, Default)]
pub(in crate::observe) struct KernelMeasures {
    wanted: Vec<Observable>,
    /// K_0, where its change is wanted.
    start: Option<Array2<f64>>,
    start_norm: f64,
    /// K − K_0 of the record before.
    change: Array2<f64>,
    memory: SymmetricSum,
}

impl KernelMeasures {
    /// Prepares to measure a network whose kernels at the start are `kernels`; `None` where nothing
    /// observed is made of them.
    pub(in crate::observe) fn new(
        observables: &[Observable],
        kernels: Option<&LayerKernels>,
    ) -> Self {
        let is_of_kernel = |o: &&Observable| o.needs_kernel() && **o != Observable::LazyGap;
        let wanted: Vec<_> = observables.iter().filter(is_of_kernel).copied().collect();
        let start = kernels
            .filter(|_| wanted.contains(&Observable::NtkChange))
            .map(|kernels| kernels.combined(1.0, 1.0));
        Self {
            start_norm: start.as_ref().map_or(0.0, frobenius),
            change: Array2::default((0, 0)),
            memory: SymmetricSum::default(),
            start,
            wanted,
        }
    }

    /// What is wanted.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub(in crate::observe) fn measure<R: Real>(
        &mut self,
        trainer: &Trainer<R>,
        cancel: &Cancel,
    ) -> Result<Record, Cancelled> {
        let mut record = Record::default();
        if self.wanted.is_empty() {
            return Ok(record);
        }
        let problem = trainer.problem();
        let kernel = train_kernels_in(&mut self.memory, trainer, cancel)?.into_sum();
        if let Some(start) = &self.start {
            self.change.clone_from(&kernel);
            self.change -= start;
            let change = frobenius(&self.change) / self.start_norm;
            record.set(Quantity::NtkChange, change);
        }
        if self.wanted.contains(&Observable::Alignment) {
            let aligned = alignment(&kernel, &problem.y.mapv(R::double));
            record.set_known(Quantity::KernelAlignment, aligned);
        }
        if self.wanted.contains(&Observable::KernelImage) {
            record.kernel = Some(kernel_image(&kernel, problem.outputs()).into());
        }
        let (start, change) = (&self.start, &self.change);
        let norm_of_change = || match start {
            Some(_) => symmetric_norm(change, cancel),
            None => Ok(None),
        };
        let (wanted, memory) = (&self.wanted, &mut self.memory);
        // One thread each.
        let (norm, spectra) = rayon::join(norm_of_change, || {
            spectra(wanted, memory, kernel, cancel, &mut record)
        });
        spectra?;
        record.set_known(Quantity::NtkChangeOperator, norm?);
        Ok(record)
    }
}

/// Notes the eigenvalues of a kernel where they are wanted; else its memory is given back.
fn spectra(
    wanted: &[Observable],
    memory: &mut SymmetricSum,
    kernel: Array2<f64>,
    cancel: &Cancel,
    record: &mut Record,
) -> Result<(), Cancelled> {
    let singular_values = wanted.contains(&Observable::JacobianSpectrum);
    let eigenvalues = wanted.contains(&Observable::NtkSpectrum);
    if !singular_values && !eigenvalues {
        memory.give_back(kernel);
        return Ok(());
    }
    if let Some(values) = symmetric_eigenvalues(kernel, cancel)? {
        record.set_known(Quantity::NtkMax, values.first().copied());
        record.set_known(Quantity::NtkMin, values.last().copied());
        if singular_values {
            record.singular_values = Some(values.iter().map(|l| l.max(0.0).sqrt()).collect());
        }
        record.ntk_eigenvalues = eigenvalues.then(|| values.into());
    }
    Ok(())
}
