//! Inputs and targets of a run.

use ndarray::Array2;

use crate::spec::DataSizes;

/// Training and test set in double precision, a row a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// Training inputs, n × d.
    pub x: Array2<f64>,
    /// Training targets, n × outputs.
    pub y: Array2<f64>,
    /// Test inputs, n_test × d; n_test may be 0.
    pub x_test: Array2<f64>,
    /// Test targets, n_test × outputs.
    pub y_test: Array2<f64>,
    /// What the targets mean.
    pub labels: LabelKind,
    /// The law or source in one sentence, with the normalization, as shown on screen.
    pub description: String,
}

/// One of the two sets: inputs n × d and targets n × outputs.
#[derive(Clone, Debug)]
pub(super) struct Points {
    pub x: Array2<f64>,
    pub y: Array2<f64>,
}

impl Dataset {
    pub(super) fn of(train: Points, test: Points, labels: LabelKind, description: String) -> Self {
        Self {
            x: train.x,
            y: train.y,
            x_test: test.x,
            y_test: test.y,
            labels,
            description,
        }
    }

    /// Its dimensions.
    pub fn sizes(&self) -> DataSizes {
        DataSizes {
            d: self.x.ncols(),
            n: self.x.nrows(),
            n_test: self.x_test.nrows(),
            outputs: self.y.ncols(),
        }
    }
}

/// What the targets mean, which decides how accuracy is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelKind {
    /// Real numbers: no accuracy.
    Real,
    /// ±1 for two classes: right where the output has the target's sign.
    Signed,
    /// One output a class: right where the largest output is the true class's.
    OneHot,
}
