//! What of an observer can't be made again from the start of its network.

use serde::{Deserialize, Serialize};

use crate::train::Misfit;

use super::Observer;
use super::twin::SavedTwin;

/// What of an observer can't be made again from the start of its network: the linearized twin's
/// progress and the largest values so far.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SavedObserver {
    twin: Option<SavedTwin>,
    largest_gap_train: f64,
    largest_gap_test: f64,
    /// χ of the feature map's Jacobian, where that is measured.
    largest_output_norm: Option<f64>,
}

impl Observer {
    /// What is needed to go on from here with an observer of the same start.
    pub fn save(&self) -> SavedObserver {
        let jacobian = self.jacobian.as_ref();
        SavedObserver {
            twin: self.twin.as_ref().map(super::LinearizedTwin::save),
            largest_gap_train: self.largest_gap_train,
            largest_gap_test: self.largest_gap_test,
            largest_output_norm: jacobian.map(|jacobian| jacobian.largest_output_norm),
        }
    }

    /// Goes on where another observer of the same start was saved.
    ///
    /// # Errors
    /// Where they do not measure the same.
    pub fn restore(&mut self, saved: SavedObserver) -> Result<(), Misfit> {
        let has_twin = self.twin.is_some();
        Misfit::unless_equal("linearized twin", saved.twin.is_some(), has_twin)?;
        if let (Some(twin), Some(saved)) = (&mut self.twin, saved.twin) {
            twin.restore(saved)?;
        }
        let has_jacobian = self.jacobian.is_some();
        let found = saved.largest_output_norm.is_some();
        Misfit::unless_equal("constants of the feature map", found, has_jacobian)?;
        if let (Some(jacobian), Some(norm)) = (&mut self.jacobian, saved.largest_output_norm) {
            jacobian.largest_output_norm = norm;
        }
        self.largest_gap_train = saved.largest_gap_train;
        self.largest_gap_test = saved.largest_gap_test;
        Ok(())
    }
}
