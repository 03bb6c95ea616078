//! Measures one network at the steps of its schedule.

use crate::data::LabelKind;
use crate::linalg::symmetric_eigenvalues;
use crate::network::{Activation, Real};
use crate::spec::Observable;
use crate::task::{Cancel, Cancelled};
use crate::train::Trainer;

use super::depth::Depth;
use super::facts::{Needs, Pass};
use super::kernel::{LayerKernels, train_kernels};
use super::kernel_pass::KernelPass;
use super::linear_frame::LinearFrame;
use super::observation::{Now, Observation, Observations, Start};
use super::output_pass::OutputPass;
use super::test_pass::test_pass;
use super::twin::LinearizedTwin;
use super::{Record, each};

/// Largest n·outputs for which kernels are decomposed.
pub const LARGEST_KERNEL: usize = 8192;

/// Largest n·outputs of which the kernel at the start is decomposed even where nothing observed is
/// made of it, for the largest stable step.
pub const CHEAP_KERNEL: usize = 2048;

/// Measures one network, from its start on.
#[derive(Debug)]
pub struct Observer<R> {
    outputs: OutputPass<R>,
    kernel: KernelPass<R>,
    /// What is measured after these passes.
    own: Observations<R>,
    frame: Option<LinearFrame>,
    pub(super) twin: Option<LinearizedTwin>,
    largest_kernel_eigenvalue: Option<f64>,
}

impl<R: Real> Observer<R> {
    /// Prepares to measure a network that has done no step.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub fn new(
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
    pub fn lean(
        trainer: &Trainer<R>,
        observables: &[Observable],
        labels: LabelKind,
        cancel: &Cancel,
    ) -> Result<Self, Cancelled> {
        Self::with_limit(trainer, observables, labels, 0, cancel)
    }

    /// Kernels of a side up to `cheap` are decomposed at the start in any case.
    fn with_limit(
        trainer: &Trainer<R>,
        observables: &[Observable],
        labels: LabelKind,
        cheap: usize,
        cancel: &Cancel,
    ) -> Result<Self, Cancelled> {
        let observables = &observables_of(trainer, observables);
        let kernels = start_kernels(trainer, observables, cheap, cancel)?;
        let twin = match &kernels {
            Some(kernels) if any(observables, |needs| needs.twin) => {
                start_twin(trainer, kernels, cancel)?
            }
            _ => None,
        };
        let largest_kernel_eigenvalue = match (&twin, &kernels) {
            (Some(twin), _) => Some(twin.largest_eigenvalue()),
            (None, Some(kernels)) => largest_eigenvalue(trainer, kernels, cancel)?,
            (None, None) => None,
        };
        let is_linear = trainer.problem().activation == Activation::Identity;
        let frame = match is_linear && any(observables, |needs| needs.linear_frame) {
            true => LinearFrame::new(trainer, cancel)?,
            false => None,
        };
        let start = Start {
            trainer,
            kernels: kernels.as_ref(),
            twin: twin.as_ref(),
            frame: frame.as_ref(),
            cancel,
        };
        let of = |pass| started(observables, pass, &start);
        Ok(Self {
            outputs: OutputPass::new(trainer, observables, labels, of(Pass::Outputs)?),
            kernel: KernelPass::new(of(Pass::Kernel)?, of(Pass::Eigenvalues)?),
            own: of(Pass::Own)?,
            frame,
            twin,
            largest_kernel_eigenvalue,
        })
    }

    /// The step δ above which the linearized network diverges: 2/(s·λ_max(γ_W K_W + γ_V K_V)) at the
    /// start; `None` where that eigenvalue is zero or was not had, as of large data of which no kernel
    /// is observed.
    pub fn stable_step(&self, trainer: &Trainer<R>) -> Option<f64> {
        let largest = self.largest_kernel_eigenvalue.filter(|l| *l > 0.0)?;
        Some(2.0 / (trainer.problem().loss_factor * largest))
    }

    /// Has [`Self::stable_step`] known of data of any size of which a kernel can be decomposed; for a
    /// network that has done no step.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub fn find_stable_step(
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
    pub fn measure(
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
    pub fn measure_to(
        &mut self,
        depth: Depth,
        trainer: &Trainer<R>,
        time: f64,
        cancel: &Cancel,
    ) -> Result<Record, Cancelled> {
        let mut record = self.pass(depth, trainer, cancel)?;
        record.step = trainer.steps_done();
        record.time = time;
        if depth == Depth::Full {
            self.measure_own(trainer, cancel, &mut record)?;
        }
        Ok(record)
    }

    /// What is read off the outputs, and at full depth off the kernel.
    fn pass(
        &mut self,
        depth: Depth,
        trainer: &Trainer<R>,
        cancel: &Cancel,
    ) -> Result<Record, Cancelled> {
        let Self {
            outputs,
            kernel,
            twin,
            ..
        } = self;
        let mut of_outputs = || outputs.measure(depth, trainer, twin.as_ref(), cancel);
        if depth == Depth::Cheap {
            return of_outputs();
        }
        // What is read off the kernel runs on one thread for the most part: outputs and movement are
        // measured beside it.
        let (of_kernel, record) = rayon::join(|| kernel.measure(trainer, cancel), of_outputs);
        let mut record = record?;
        record.take(of_kernel?);
        Ok(record)
    }

    fn measure_own(
        &mut self,
        trainer: &Trainer<R>,
        cancel: &Cancel,
        record: &mut Record,
    ) -> Result<(), Cancelled> {
        let weights = self.frame.as_ref().map(|frame| frame.now(trainer, cancel));
        let weights = weights.transpose()?;
        let now = Now {
            weights: weights.as_ref(),
            ..Now::of(trainer, cancel)
        };
        let mut own = self.own.iter_mut();
        own.try_for_each(|observation| observation.measure(&now, record))
    }
}

impl<R> Observer<R> {
    /// What is measured.
    pub(super) fn observations(&self) -> impl Iterator<Item = &Box<dyn Observation<R>>> {
        let of_passes = self
            .outputs
            .observations()
            .chain(self.kernel.observations());
        of_passes.chain(&self.own)
    }

    /// What is measured, to be set.
    pub(super) fn observations_mut(
        &mut self,
    ) -> impl Iterator<Item = &mut Box<dyn Observation<R>>> {
        let Self {
            outputs,
            kernel,
            own,
            ..
        } = self;
        let of_passes = outputs.observations_mut().chain(kernel.observations_mut());
        of_passes.chain(own)
    }
}

/// What is measured of a network: the loss, and what is observed and defined for it. The neurons of a
/// reduced network are no neurons of the whole one.
fn observables_of<R: Real>(trainer: &Trainer<R>, observables: &[Observable]) -> Vec<Observable> {
    let with_loss = std::iter::once(Observable::Loss);
    let others = observables.iter().filter(|o| **o != Observable::Loss);
    with_loss
        .chain(others.copied())
        .filter(|o| !(trainer.is_reduced() && o.is_per_neuron()))
        .collect()
}

fn any(observables: &[Observable], needed: impl Fn(Needs) -> bool) -> bool {
    observables.iter().any(|o| needed(o.facts().needs))
}

/// What is measured in a pass.
fn started<R: Real>(
    observables: &[Observable],
    pass: Pass,
    start: &Start<'_, R>,
) -> Result<Observations<R>, Cancelled> {
    let in_pass = observables.iter().filter(|o| o.facts().pass == pass);
    let started = in_pass.map(|observable| each::start(*observable, start));
    started.filter_map(Result::transpose).collect()
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

/// The network linearized at its start.
fn start_twin<R: Real>(
    trainer: &Trainer<R>,
    kernels: &LayerKernels,
    cancel: &Cancel,
) -> Result<Option<LinearizedTwin>, Cancelled> {
    let pass = test_pass(trainer, None, cancel)?;
    let test_residual = pass.f_test - trainer.problem().y_test.mapv(R::double);
    LinearizedTwin::new(trainer, kernels, &test_residual, cancel)
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
