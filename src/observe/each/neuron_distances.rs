//! How far single neurons are from their start.

use crate::network::Real;
use crate::observe::Record;
use crate::observe::cost::Cost;
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::observation::{Now, Observation, Start};
use crate::observe::refusal::never;
use crate::observe::test_pass::{SAMPLED_NEURONS, sampled_neurons};
use crate::task::Cancelled;

/// Measures ‖w_r(t) − w_r(0)‖ of the neurons whose features are sampled, in their order.
#[derive(Debug)]
pub(super) struct NeuronDistances;

impl<R: Real> Observation<R> for NeuronDistances {
    fn facts() -> Facts {
        Facts {
            quantities: &[],
            pass: Pass::Outputs,
            needs: Needs {
                training: Training::Outputs,
                test_points: false,
                movement: Moved::EachNeuron,
                neurons: Neurons::Needed,
                twin: false,
                linear_frame: false,
                path: false,
            },
            costly: false,
            refusal: never,
            cost: Cost {
                every_record: |_| 0.0,
                full_record: |_| 0.0,
                held: |_| 0,
                record: |shape| 4 * shape.sizes.neurons.min(SAMPLED_NEURONS as u128),
            },
        }
    }

    fn start(_: &Start<'_, R>) -> Result<Option<Self>, Cancelled> {
        Ok(Some(Self))
    }

    fn measure(&mut self, now: &Now<'_, R>, record: &mut Record) -> Result<(), Cancelled> {
        let b = now.trainer.problem().b;
        let blocks = now.trainer.blocks().iter();
        let all: Vec<f64> = blocks.flat_map(|x| x.squared_distances(b)).collect();
        let sample = sampled_neurons(all.len()).into_iter();
        let distances = sample.filter_map(|r| all.get(r).map(|d| d.sqrt() as f32));
        record.neuron_distances = Some(distances.collect());
        Ok(())
    }
}
