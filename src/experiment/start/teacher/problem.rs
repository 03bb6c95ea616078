//! What a teacher is trained on.

use crate::data::Dataset;
use crate::experiment::start::setup::of_width;
use crate::network::Activation;
use crate::spec::{Layers, LossKind};
use crate::train::Problem;

/// The problem of a teacher with a given activation.
pub(super) fn problem(data: &Dataset, bias: bool, activation: Activation) -> Problem<f32> {
    let (n, n_test) = (data.x.nrows(), data.x_test.nrows());
    Problem {
        phi: of_width(&data.x, bias),
        phi_test: of_width(&data.x_test, bias),
        y: data.y.mapv(|y| y as f32),
        y_test: data.y_test.mapv(|y| y as f32),
        plane: None,
        activation,
        a: 1.0,
        b: 1.0,
        loss: LossKind::CrossEntropy,
        loss_factor: 1.0 / n.max(1) as f64,
        test_loss_factor: 1.0 / n_test.max(1) as f64,
        hidden_step_factor: 1.0,
        output_step_factor: 1.0,
        layers: Layers::Both,
    }
}
