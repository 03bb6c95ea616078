//! The output of a network over a plane of its inputs.

use std::sync::Arc;

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use crate::data::Plane;

/// The first output of a network in the cells of a plane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Surface {
    /// The plane, with the data in it.
    pub plane: Arc<Plane>,
    /// f in the middles of the cells, in the order of [`Plane::inputs`].
    pub values: Vec<f32>,
}

impl Surface {
    /// From the outputs in the cells, side² × outputs.
    pub fn new(plane: Arc<Plane>, f: &Array2<f64>) -> Self {
        let first = f.outer_iter().filter_map(|f| f.first().copied());
        Self {
            values: first.map(|f| f as f32).collect(),
            plane,
        }
    }
}
