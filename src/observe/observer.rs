//! Measures one network at the steps of its schedule.

use std::sync::Arc;

use ndarray::Array2;

use crate::data::LabelKind;
use crate::network::Real;
use crate::preset::{Observable, PointRef};
use crate::train::{Cancel, Cancelled, Trainer};

use super::eigen::symmetric_eigenvalues;
use super::features::Movement;
use super::frobenius;
use super::kernel::train_kernels;
use super::linear::Linear;
use super::losses::record_losses;
use super::test_pass::{FeatureChoice, TestPass, test_pass};
use super::twin::LinearizedTwin;
use super::{Quantity, Record};

/// Largest n·outputs for which kernels are decomposed.
pub const LARGEST_KERNEL: usize = 8192;

/// Points of each set whose features are recorded beside the two of the preset, so that others can
/// be looked at in a finished run.
const EXTRA_POINTS: usize = 4;

/// Measures one network, from its start on.
#[derive(Debug)]
pub struct Observer {
    observables: Vec<Observable>,
    labels: LabelKind,
    start: Start,
    twin: Option<LinearizedTwin>,
    features: Option<FeatureChoice>,
    largest_gap_train: f64,
    largest_gap_test: f64,
    linear: Linear,
}

/// The network at its start, for comparison.
#[derive(Debug)]
struct Start {
    outputs: Array2<f64>,
    kernel: Option<Array2<f64>>,
    kernel_norm: f64,
    largest_kernel_eigenvalue: Option<f64>,
    weight_norm: f64,
    largest_output_weight: f64,
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
        let kernels = train_kernels(trainer, cancel)?;
        let twin = if observables.contains(&Observable::LazyGap) {
            let pass = test_pass(trainer, None, cancel)?;
            let test_residual = pass.f_test - trainer.problem().y_test.mapv(R::double);
            LinearizedTwin::new(trainer, &kernels, &test_residual, cancel)?
        } else {
            None
        };
        let problem = trainer.problem();
        let largest_kernel_eigenvalue = match &twin {
            Some(twin) => Some(twin.largest_eigenvalue()),
            None => {
                let factors = (problem.hidden_step_factor, problem.output_step_factor);
                symmetric_eigenvalues(kernels.combined(factors.0, factors.1), cancel)?
                    .and_then(|values| values.first().copied())
            }
        };
        let kernel = kernels.combined(1.0, 1.0);
        let start = Start {
            outputs: trainer.outputs(),
            kernel_norm: frobenius(&kernel),
            kernel: observables
                .contains(&Observable::NtkChange)
                .then_some(kernel),
            largest_kernel_eigenvalue,
            weight_norm: trainer.initial_weight_norm(),
            largest_output_weight: trainer
                .output_weights()
                .iter()
                .fold(0.0, |m, v| m.max(v.abs())),
        };
        Ok(Self {
            features: feature_points(observables).map(|p| FeatureChoice::new(trainer, &p)),
            observables: observables.to_vec(),
            labels,
            start,
            twin,
            largest_gap_train: 0.0,
            largest_gap_test: 0.0,
            linear: Linear::new(trainer, observables, cancel)?,
        })
    }

    /// The step δ above which the linearized network diverges: 2/(s·λ_max(γ_W K_W + γ_V K_V)) at the
    /// start; `None` where that eigenvalue is zero or was not had.
    pub fn stable_step<R: Real>(&self, trainer: &Trainer<R>) -> Option<f64> {
        let largest = self.start.largest_kernel_eigenvalue.filter(|l| *l > 0.0)?;
        Some(2.0 / (trainer.problem().loss_factor * largest))
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
        let mut record = Record {
            step: trainer.steps_done(),
            time,
            ..Record::default()
        };
        let pass = test_pass(trainer, self.features.as_ref(), cancel)?;
        record_losses(&self.observables, self.labels, trainer, &pass, &mut record);
        self.twin_gap(trainer, &pass, &mut record);
        self.movement(trainer, &mut record);
        self.kernel(trainer, cancel, &mut record)?;
        self.linear.measure(trainer, cancel, &mut record)?;
        record.features = pass.features.map(Arc::new);
        Ok(record)
    }

    fn wants(&self, observable: Observable) -> bool {
        self.observables.contains(&observable)
    }

    fn twin_gap<R: Real>(&mut self, trainer: &Trainer<R>, pass: &TestPass, record: &mut Record) {
        let Some(twin) = &self.twin else { return };
        let residual = trainer.residual().t().mapv(R::double);
        let gap = frobenius(&(residual - twin.train_residual()));
        self.largest_gap_train = running_maximum(self.largest_gap_train, gap);
        record.set(Quantity::LinearizedTrainLoss, twin.train_loss());
        record.set(Quantity::LazyGapTrain, gap);
        record.set(Quantity::LazyGapTrainMax, self.largest_gap_train);
        if trainer.problem().n_test() > 0 {
            let residual = &pass.f_test - &trainer.problem().y_test.mapv(R::double);
            let gap = frobenius(&(residual - twin.test_residual()));
            self.largest_gap_test = running_maximum(self.largest_gap_test, gap);
            record.set(Quantity::LinearizedTestLoss, twin.test_loss());
            record.set(Quantity::LazyGapTest, gap);
            record.set(Quantity::LazyGapTestMax, self.largest_gap_test);
        }
    }

    fn movement<R: Real>(&self, trainer: &Trainer<R>, record: &mut Record) {
        let movement = Movement::measure(trainer);
        let entries = (trainer.width() * trainer.problem().n()) as f64;
        if self.wants(Observable::FeatureMovement) {
            record.set(Quantity::FeatureMovement, movement.features / entries);
            let relative = movement.features / movement.features_at_start;
            record.set(Quantity::RelativeFeatureMovement, relative);
            record.set_known(Quantity::FeatureMovementBound, self.movement_bound(trainer));
        }
        if self.wants(Observable::PatternChanges) {
            record.set(
                Quantity::PatternChanges,
                movement.changed_signs as f64 / entries,
            );
        }
        if self.wants(Observable::Distances) {
            let distance = movement.squared_distance.sqrt();
            // The neurons of a reduced network are no neurons of the whole one.
            if !trainer.is_reduced() {
                let largest = movement.largest_squared_distance.sqrt();
                record.set(Quantity::MaxNeuronDistance, largest);
            }
            record.set(Quantity::WeightDistance, distance);
            record.set(
                Quantity::RelativeWeightDistance,
                distance / self.start.weight_norm,
            );
            record.set(
                Quantity::OutputDistance,
                movement.squared_output_distance.sqrt(),
            );
        }
    }

    /// Chen et al. (15), averaged over the training points: the mean movement of the features is at
    /// least mean |f^t − f^0|/(a·m·ĉ·L_σ). For one output, V fixed and σ Lipschitz.
    fn movement_bound<R: Real>(&self, trainer: &Trainer<R>) -> Option<f64> {
        let problem = trainer.problem();
        let lipschitz = problem.activation.lipschitz();
        let applies = problem.outputs() == 1 && !problem.layers.output() && lipschitz.is_finite();
        let scale =
            problem.a * trainer.width() as f64 * self.start.largest_output_weight * lipschitz;
        (applies && scale > 0.0).then(|| {
            let change = &trainer.outputs() - &self.start.outputs;
            change.iter().map(|x| x.abs()).sum::<f64>() / (problem.n() as f64 * scale)
        })
    }

    fn kernel<R: Real>(
        &self,
        trainer: &Trainer<R>,
        cancel: &Cancel,
        record: &mut Record,
    ) -> Result<(), Cancelled> {
        let singular_values = self.wants(Observable::JacobianSpectrum);
        let eigenvalues = self.wants(Observable::NtkSpectrum);
        if !singular_values && !eigenvalues && self.start.kernel.is_none() {
            return Ok(());
        }
        let kernel = train_kernels(trainer, cancel)?.combined(1.0, 1.0);
        if let Some(start) = &self.start.kernel {
            let change = frobenius(&(&kernel - start)) / self.start.kernel_norm;
            record.set(Quantity::NtkChange, change);
        }
        if !singular_values && !eigenvalues {
            return Ok(());
        }
        if let Some(values) = symmetric_eigenvalues(kernel, cancel)? {
            record.set_known(Quantity::NtkMax, values.first().copied());
            if singular_values {
                record.singular_values = Some(values.iter().map(|l| l.max(0.0).sqrt()).collect());
            }
            record.ntk_eigenvalues = eigenvalues.then(|| values.into());
        }
        Ok(())
    }
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
