//! What a teacher leaves.

use serde::{Deserialize, Serialize};

/// What a teacher leaves: the classes it names, and how it was trained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::experiment) struct Lesson {
    pub(super) train: Vec<usize>,
    pub(super) test: Vec<usize>,
    pub(super) epochs: u64,
    /// Share of the training images it names as they are.
    pub(super) train_accuracy: f64,
    /// Of the test images, where there are any.
    pub(super) test_accuracy: Option<f64>,
    /// Images named otherwise than with the activation of its training, where it names them with
    /// another.
    pub(super) changed: Option<Changed>,
}

/// Numbers of images whose names another activation changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Changed {
    pub(super) train: usize,
    pub(super) test: usize,
}
