//! Measures one network at the steps of its schedule.

use std::sync::Arc;

use ndarray::Array2;

use crate::data::LabelKind;
use crate::network::Real;
use crate::spec::{Observable, PointRef, Quantity};
use crate::task::{Cancel, Cancelled};
use crate::train::Trainer;

use super::active_fraction::ActiveFraction;
use super::feature_jacobian::FeatureJacobian;
use super::gradient::record_gradient;
use super::kernel::measures::KernelMeasures;
use super::kernel::{LayerKernels, train_kernels};
use super::linear::Linear;
use super::losses::record_losses;
use super::movement::MovementMeasures;
use super::test_pass::{FeatureChoice, test_pass};
use super::twin::LinearizedTwin;
use super::{Record, frobenius};
use crate::linalg::symmetric_eigenvalues;

/// Largest n·outputs for which kernels are decomposed.
pub const LARGEST_KERNEL: usize = 8192;

/// Largest n·outputs of which the kernel at the start is decomposed even where nothing observed is
/// made of it, for the largest stable step.
pub const CHEAP_KERNEL: usize = 2048;

/// Points of each set whose features are recorded beside the two of the preset, so that others can
/// be looked at in a finished run.
const EXTRA_POINTS: usize = 4;

/// How much of what is observed is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Everything.
    Full,
    /// What takes no more than a pass over the features and weights held
    /// ([`Observable::is_costly`] says what does).
    Cheap,
}

/// Measures one network, from its start on.
#[derive(Debug)]
pub struct Observer {
    observables: Vec<Observable>,
    labels: LabelKind,
    largest_kernel_eigenvalue: Option<f64>,
    kernel: KernelMeasures,
    movement: MovementMeasures,
    active: Option<ActiveFraction>,
    pub(super) jacobian: Option<FeatureJacobian>,
    pub(super) twin: Option<LinearizedTwin>,
    features: Option<FeatureChoice>,
    pub(super) largest_gap_train: f64,
    pub(super) largest_gap_test: f64,
    linear: Linear,
}

impl Observer {
    /// Prepares to measure a network that has done no step.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub fn new<R: Real>(
        trainer: &Trainer<R>,
        observables: &[Observable],
        labels: LabelKind,
        cancel: &Cancel,
    ) -> Result<Self, Cancelled> {
        Self::with_limit(trainer, observables, labels, CHEAP_KERNEL, cancel)
    }

    /// As [`Self::new`], with no more than what the observables need: no stable step is known unless
    /// it is asked for.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub fn lean<R: Real>(
        trainer: &Trainer<R>,
        observables: &[Observable],
        labels: LabelKind,
        cancel: &Cancel,
    ) -> Result<Self, Cancelled> {
        Self::with_limit(trainer, observables, labels, 0, cancel)
    }

    /// Kernels of a side up to `cheap` are decomposed at the start in any case.
    fn with_limit<R: Real>(
        trainer: &Trainer<R>,
        observables: &[Observable],
        labels: LabelKind,
        cheap: usize,
        cancel: &Cancel,
    ) -> Result<Self, Cancelled> {
        // The neurons of a reduced network are no neurons of the whole one.
        let is_measured = |o: &&Observable| !(trainer.is_reduced() && o.is_per_neuron());
        let observables: &[Observable] = &observables
            .iter()
            .filter(is_measured)
            .copied()
            .collect::<Vec<_>>();
        let kernels = start_kernels(trainer, observables, cheap, cancel)?;
        let twin = match &kernels {
            Some(kernels) if observables.contains(&Observable::LazyGap) => {
                let pass = test_pass(trainer, None, cancel)?;
                let test_residual = pass.f_test - trainer.problem().y_test.mapv(R::double);
                LinearizedTwin::new(trainer, kernels, &test_residual, cancel)?
            }
            _ => None,
        };
        let largest_kernel_eigenvalue = match (&twin, &kernels) {
            (Some(twin), _) => Some(twin.largest_eigenvalue()),
            (None, Some(kernels)) => largest_eigenvalue(trainer, kernels, cancel)?,
            (None, None) => None,
        };
        let wants = |observable| observables.contains(&observable);
        Ok(Self {
            kernel: KernelMeasures::new(observables, kernels.as_ref()),
            movement: MovementMeasures::new(trainer, observables),
            active: wants(Observable::ActiveFraction)
                .then(|| ActiveFraction::new(trainer, cancel))
                .transpose()?,
            jacobian: match wants(Observable::FeatureJacobian) {
                true => FeatureJacobian::new(trainer, cancel)?,
                false => None,
            },
            largest_kernel_eigenvalue,
            features: feature_points(observables).map(|p| FeatureChoice::new(trainer, &p)),
            observables: observables.to_vec(),
            labels,
            twin,
            largest_gap_train: 0.0,
            largest_gap_test: 0.0,
            linear: Linear::new(trainer, observables, cancel)?,
        })
    }

    /// The step δ above which the linearized network diverges: 2/(s·λ_max(γ_W K_W + γ_V K_V)) at the
    /// start; `None` where that eigenvalue is zero or was not had, as of large data of which no kernel
    /// is observed.
    pub fn stable_step<R: Real>(&self, trainer: &Trainer<R>) -> Option<f64> {
        let largest = self.largest_kernel_eigenvalue.filter(|l| *l > 0.0)?;
        Some(2.0 / (trainer.problem().loss_factor * largest))
    }

    /// Has [`Self::stable_step`] known of data of any size of which a kernel can be decomposed; for a
    /// network that has done no step.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub fn find_stable_step<R: Real>(
        &mut self,
        trainer: &Trainer<R>,
        cancel: &Cancel,
    ) -> Result<(), Cancelled> {
        if self.largest_kernel_eigenvalue.is_none() && trainer.storage().has_gram() {
            let kernels = train_kernels(trainer, cancel)?;
            self.largest_kernel_eigenvalue = largest_eigenvalue(trainer, &kernels, cancel)?;
        }
        Ok(())
    }

    /// Tells the twin that k steps δ were done.
    pub fn advance_twin(&mut self, step: f64, k: u64) {
        if let Some(twin) = &mut self.twin {
            twin.advance(step, k);
        }
    }

    /// Tells the twin that gradient flow went on for k steps δ.
    pub fn advance_twin_flow(&mut self, step: f64, k: u64) {
        if let Some(twin) = &mut self.twin {
            twin.advance_flow(step, k);
        }
    }

    /// Tells the twin that a step δ was done on a batch with loss factor s_B.
    pub fn advance_twin_batch(&mut self, step: f64, loss_factor: f64, points: &[usize]) {
        if let Some(twin) = &mut self.twin {
            twin.advance_batch(step, loss_factor, points);
        }
    }

    /// Measures the network; the twin must have done the same steps.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub fn measure<R: Real>(
        &mut self,
        trainer: &Trainer<R>,
        time: f64,
        cancel: &Cancel,
    ) -> Result<Record, Cancelled> {
        self.measure_to(Depth::Full, trainer, time, cancel)
    }

    /// The same, or what of it is cheap.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub fn measure_to<R: Real>(
        &mut self,
        depth: Depth,
        trainer: &Trainer<R>,
        time: f64,
        cancel: &Cancel,
    ) -> Result<Record, Cancelled> {
        if depth == Depth::Cheap {
            return self.measure_outputs(depth, trainer, time, cancel);
        }
        // What is read off the kernel runs on one thread for the most part: outputs and movement are
        // measured beside it.
        let mut kernel = std::mem::take(&mut self.kernel);
        let (of_kernel, record) = rayon::join(
            || kernel.measure(trainer, cancel),
            || self.measure_outputs(depth, trainer, time, cancel),
        );
        self.kernel = kernel;
        let mut record = record?;
        record.take(of_kernel?);
        if self.observables.contains(&Observable::Gradient) {
            record_gradient(trainer, cancel, &mut record)?;
        }
        if let Some(jacobian) = &mut self.jacobian {
            jacobian.measure(trainer, cancel, &mut record)?;
        }
        self.linear.measure(trainer, cancel, &mut record)?;
        Ok(record)
    }

    /// Losses, and movement from the start; at full depth at the test points too.
    fn measure_outputs<R: Real>(
        &mut self,
        depth: Depth,
        trainer: &Trainer<R>,
        time: f64,
        cancel: &Cancel,
    ) -> Result<Record, Cancelled> {
        let mut record = Record {
            step: trainer.steps_done(),
            time,
            ..Record::default()
        };
        let wants_test = self.observables.iter().any(|o| o.needs_test_points());
        let pass = (depth == Depth::Full && wants_test)
            .then(|| test_pass(trainer, self.features.as_ref(), cancel))
            .transpose()?;
        let f_test = pass.as_ref().map(|pass| &pass.f_test);
        record_losses(&self.observables, self.labels, trainer, f_test, &mut record);
        self.twin_gap(trainer, f_test, &mut record);
        self.movement.measure(trainer, &mut record);
        if let Some(active) = &self.active {
            active.measure(trainer, &mut record);
        }
        record.features = pass.and_then(|pass| pass.features).map(Arc::new);
        Ok(record)
    }

    fn twin_gap<R: Real>(
        &mut self,
        trainer: &Trainer<R>,
        f_test: Option<&Array2<f64>>,
        record: &mut Record,
    ) {
        let Some(twin) = &self.twin else { return };
        let residual = trainer.residual().t().mapv(R::double);
        let of_twin = twin.train_residual();
        record.set(Quantity::LinearizedTrainLoss, twin.train_loss(&of_twin));
        let gap = frobenius(&(residual - of_twin));
        self.largest_gap_train = running_maximum(self.largest_gap_train, gap);
        record.set(Quantity::LazyGapTrain, gap);
        record.set(Quantity::LazyGapTrainMax, self.largest_gap_train);
        if let Some(f_test) = f_test.filter(|f| !f.is_empty()) {
            let residual = f_test - &trainer.problem().y_test.mapv(R::double);
            let of_twin = twin.test_residual();
            record.set(Quantity::LinearizedTestLoss, twin.test_loss(&of_twin));
            let gap = frobenius(&(residual - of_twin));
            self.largest_gap_test = running_maximum(self.largest_gap_test, gap);
            record.set(Quantity::LazyGapTest, gap);
            record.set(Quantity::LazyGapTestMax, self.largest_gap_test);
        }
    }
}

/// Kernels at the start, where something observed is made of them or they are cheap.
fn start_kernels<R: Real>(
    trainer: &Trainer<R>,
    observables: &[Observable],
    cheap: usize,
    cancel: &Cancel,
) -> Result<Option<LayerKernels>, Cancelled> {
    let problem = trainer.problem();
    let side = problem.n().saturating_mul(problem.outputs());
    let is_wanted = side <= cheap || observables.iter().any(|o| o.needs_kernel());
    (is_wanted && trainer.storage().has_gram())
        .then(|| train_kernels(trainer, cancel))
        .transpose()
}

/// λ_max(γ_W K_W + γ_V K_V).
fn largest_eigenvalue<R: Real>(
    trainer: &Trainer<R>,
    kernels: &LayerKernels,
    cancel: &Cancel,
) -> Result<Option<f64>, Cancelled> {
    let problem = trainer.problem();
    let kernel = kernels.combined(problem.hidden_step_factor, problem.output_step_factor);
    let values = symmetric_eigenvalues(kernel, cancel)?;
    Ok(values.and_then(|values| values.first().copied()))
}

/// The preset's two points, then the first few of both sets; `None` where no map is wanted.
fn feature_points(observables: &[Observable]) -> Option<Vec<PointRef>> {
    let chosen = observables.iter().find_map(|o| match o {
        Observable::FeatureMap { x1, x2 } => Some([*x1, *x2]),
        _ => None,
    })?;
    let train = (0..EXTRA_POINTS).map(PointRef::Train);
    let test = (0..EXTRA_POINTS).map(PointRef::Test);
    Some(chosen.into_iter().chain(train).chain(test).collect())
}

/// The larger of both; NaN once one was.
fn running_maximum(so_far: f64, value: f64) -> f64 {
    if so_far.is_nan() || value.is_nan() {
        f64::NAN
    } else {
        so_far.max(value)
    }
}
