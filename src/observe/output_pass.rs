//! The pass over outputs, features and weights that every record takes.

use std::sync::Arc;

use crate::data::LabelKind;
use crate::network::Real;
use crate::spec::Observable;
use crate::task::{Cancel, Cancelled};
use crate::train::Trainer;

use super::Record;
use super::depth::Depth;
use super::each::feature_points;
use super::facts::Moved;
use super::movement::{MovedParts, Movement};
use super::observation::{Now, Observation, Observations};
use super::test_pass::{FeatureChoice, test_pass};
use super::twin::LinearizedTwin;

/// Measures what is read off outputs, features and weights.
#[derive(Debug)]
pub(super) struct OutputPass<R> {
    observations: Observations<R>,
    labels: LabelKind,
    wants_test: bool,
    moved: MovedParts,
    /// Features recorded with the outputs at the test points.
    features: Option<FeatureChoice>,
}

impl<R: Real> OutputPass<R> {
    /// Of what is observed of a network that has done no step.
    pub(super) fn new(
        trainer: &Trainer<R>,
        observables: &[Observable],
        labels: LabelKind,
        observations: Observations<R>,
    ) -> Self {
        let needs = || observables.iter().map(|o| o.facts().needs);
        Self {
            observations,
            labels,
            wants_test: needs().any(|needs| needs.test_points),
            moved: MovedParts {
                features: needs().any(|needs| needs.movement == Moved::Features),
                weights: needs().any(|needs| needs.movement == Moved::Weights),
            },
            features: feature_points(observables).map(|p| FeatureChoice::new(trainer, &p)),
        }
    }

    /// Notes what is of the training points, and at full depth of the test points too.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub(super) fn measure(
        &mut self,
        depth: Depth,
        trainer: &Trainer<R>,
        twin: Option<&LinearizedTwin>,
        cancel: &Cancel,
    ) -> Result<Record, Cancelled> {
        let mut record = Record::default();
        let pass = (depth == Depth::Full && self.wants_test)
            .then(|| test_pass(trainer, self.features.as_ref(), cancel))
            .transpose()?;
        let (f_test, f_plane, features) = match pass {
            Some(pass) => (Some(pass.f_test), pass.f_plane, pass.features.map(Arc::new)),
            None => (None, None, None),
        };
        let now = Now {
            labels: self.labels,
            f_test: f_test.as_ref(),
            f_plane: f_plane.as_ref(),
            features: features.as_ref(),
            movement: Movement::measure(trainer, self.moved),
            twin,
            ..Now::of(trainer, cancel)
        };
        for observation in &mut self.observations {
            observation.measure(&now, &mut record)?;
        }
        Ok(record)
    }
}

impl<R> OutputPass<R> {
    /// What is measured.
    pub(super) fn observations(&self) -> impl Iterator<Item = &Box<dyn Observation<R>>> {
        self.observations.iter()
    }

    /// What is measured, to be set.
    pub(super) fn observations_mut(
        &mut self,
    ) -> impl Iterator<Item = &mut Box<dyn Observation<R>>> {
        self.observations.iter_mut()
    }
}
