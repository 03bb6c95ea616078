//! Losses, relative error and accuracies.

use ndarray::Array2;

use crate::data::LabelKind;
use crate::network::Real;
use crate::spec::{LossKind, Observable, Quantity};
use crate::train::{Trainer, total_loss};

use super::Record;
use super::accuracy::accuracy;

/// Notes the training loss and the relative error, and what is asked for of the accuracies and, with the
/// outputs at the test points (n_test × outputs), of the test loss.
pub(super) fn record_losses<R: Real>(
    observables: &[Observable],
    labels: LabelKind,
    trainer: &Trainer<R>,
    f_test: Option<&Array2<f64>>,
    record: &mut Record,
) {
    let problem = trainer.problem();
    let squared_targets: f64 = problem.y.iter().map(|y| y.double().powi(2)).sum();
    record.set(Quantity::TrainLoss, trainer.loss());
    if squared_targets > 0.0 && problem.loss == LossKind::Squared {
        let error = (trainer.squared_residual() / squared_targets).sqrt();
        record.set(Quantity::RelativeError, error);
    }
    if observables.contains(&Observable::Accuracy) {
        let train = accuracy(&trainer.outputs(), &problem.y.mapv(R::double), labels);
        record.set_known(Quantity::TrainAccuracy, train);
    }
    let Some(f_test) = f_test else { return };
    let y_test = problem.y_test.mapv(R::double);
    if observables.contains(&Observable::TestLoss) && problem.n_test() > 0 {
        let loss = total_loss(problem.loss, f_test.view(), y_test.view());
        record.set(Quantity::TestLoss, problem.test_loss_factor * loss);
    }
    if observables.contains(&Observable::Accuracy) {
        record.set_known(Quantity::TestAccuracy, accuracy(f_test, &y_test, labels));
    }
}
