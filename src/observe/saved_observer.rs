//! What of an observer can't be made again from the start of its network.

use serde::{Deserialize, Serialize};

use crate::network::Real;
use crate::train::Misfit;

use super::twin::SavedTwin;
use super::{LinearizedTwin, Observer};

/// What of an observer can't be made again from the start of its network: the linearized twin's
/// progress and what the observables keep from record to record.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SavedObserver {
    twin: Option<SavedTwin>,
    /// Numbers of each observable that is measured, in their order.
    observations: Vec<Vec<f64>>,
}

impl<R: Real> Observer<R> {
    /// What is needed to go on from here with an observer of the same start.
    pub fn save(&self) -> SavedObserver {
        SavedObserver {
            twin: self.twin.as_ref().map(LinearizedTwin::save),
            observations: self.observations().map(|o| o.save()).collect(),
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
        let (found, measured) = (saved.observations.len(), self.observations().count());
        Misfit::unless_equal("number of observables", found, measured)?;
        let mut pairs = self.observations_mut().zip(&saved.observations);
        pairs.try_for_each(|(observation, saved)| observation.restore(saved))
    }
}
