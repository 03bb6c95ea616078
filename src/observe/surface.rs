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
    /// f at the test points of the plane.
    pub test: Vec<f32>,
}

impl Surface {
    /// From the outputs in the cells, side² × outputs, and at the test points.
    pub fn new(plane: Arc<Plane>, f: &Array2<f64>, f_test: &Array2<f64>) -> Self {
        let first = |f: &Array2<f64>, most: usize| {
            let rows = f.outer_iter().take(most);
            rows.filter_map(|f| Some(*f.first()? as f32)).collect()
        };
        Self {
            values: first(f, usize::MAX),
            test: first(f_test, plane.test.len()),
            plane,
        }
    }

    /// The test points with the output there.
    pub fn test_points(&self) -> impl Iterator<Item = ([f32; 3], f32)> {
        self.plane
            .test
            .iter()
            .copied()
            .zip(self.test.iter().copied())
    }
}
