//! Distances of the weights from their start.

use crate::network::Real;
use crate::observe::Record;
use crate::observe::cost::Cost;
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::observation::{Now, Observation, Start};
use crate::observe::refusal::never;
use crate::spec::Quantity;
use crate::task::Cancelled;

/// Compares the weights with their start.
#[derive(Debug)]
pub(super) struct Distances {
    /// ‖W(0)‖_F.
    weight_norm: f64,
}

impl<R: Real> Observation<R> for Distances {
    fn facts() -> Facts {
        Facts {
            quantities: &[
                Quantity::MaxNeuronDistance,
                Quantity::WeightDistance,
                Quantity::RelativeWeightDistance,
                Quantity::OutputDistance,
            ],
            pass: Pass::Outputs,
            needs: Needs {
                training: Training::Outputs,
                test_points: false,
                movement: Moved::Weights,
                neurons: Neurons::Preferred,
                twin: false,
                linear_frame: false,
                path: false,
            },
            costly: false,
            refusal: never,
            cost: Cost::NOTHING,
        }
    }

    fn start(start: &Start<'_, R>) -> Result<Option<Self>, Cancelled> {
        Ok(Some(Self {
            weight_norm: start.trainer.initial_weight_norm(),
        }))
    }

    fn measure(&mut self, now: &Now<'_, R>, record: &mut Record) -> Result<(), Cancelled> {
        let movement = &now.movement;
        let distance = movement.squared_distance.sqrt();
        // The neurons of a reduced network are no neurons of the whole one.
        if !now.trainer.is_reduced() {
            let largest = movement.largest_squared_distance.sqrt();
            record.set(Quantity::MaxNeuronDistance, largest);
        }
        record.set(Quantity::WeightDistance, distance);
        let relative = distance / self.weight_norm;
        record.set(Quantity::RelativeWeightDistance, relative);
        let output = movement.squared_output_distance.sqrt();
        record.set(Quantity::OutputDistance, output);
        Ok(())
    }
}
