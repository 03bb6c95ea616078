//! A data point by its place.

use serde::{Deserialize, Serialize};

/// A data point by its set and index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PointRef {
    /// Training point.
    Train(usize),
    /// Test point.
    Test(usize),
}
