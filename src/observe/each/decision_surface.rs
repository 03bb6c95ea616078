//! The output of the network over the plane of the data, and at the test points in it.

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::data::Plane;
use crate::network::Real;
use crate::observe::cost::Cost;
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::observation::{Now, Observation, Start};
use crate::observe::refusal::{At, Refusal};
use crate::observe::{Record, Surface};
use crate::spec::{DataSpec, Observable, Preset};
use crate::task::Cancelled;

/// Cells of a side.
const SIDES: RangeInclusive<usize> = 8..=128;

/// Notes the outputs in the cells of the plane; they come with those at the test points.
#[derive(Debug)]
pub(super) struct DecisionSurface {
    plane: Arc<Plane>,
}

impl<R: Real> Observation<R> for DecisionSurface {
    fn facts() -> Facts {
        Facts {
            quantities: &[],
            pass: Pass::Outputs,
            needs: Needs {
                training: Training::Outputs,
                test_points: true,
                movement: Moved::Nothing,
                neurons: Neurons::Unneeded,
                twin: false,
                linear_frame: false,
                path: false,
            },
            costly: true,
            refusal,
            cost: Cost {
                every_record: |_| 0.0,
                full_record: |_| 0.0,
                held: |_| 0,
                // The cells are among the points that outputs are evaluated at.
                record: |shape| 4 * shape.sizes.n_test,
            },
        }
    }

    fn start(start: &Start<'_, R>) -> Result<Option<Self>, Cancelled> {
        let plane = start.trainer.problem().plane.clone();
        Ok(plane.map(|plane| Self { plane }))
    }

    fn measure(&mut self, now: &Now<'_, R>, record: &mut Record) -> Result<(), Cancelled> {
        let outputs = now.f_plane.zip(now.f_test);
        let surface = |(f, f_test)| Surface::new(Arc::clone(&self.plane), f, f_test);
        record.surface = outputs.map(surface).map(Arc::new);
        Ok(())
    }
}

/// Data of which no plane shows all that matters, and sides out of range.
fn refusal(preset: &Preset) -> Option<Refusal> {
    let is_in_plane = match preset.data {
        // Two coordinates give the label, whatever the dimension.
        DataSpec::Xor { .. } | DataSpec::SignedPairs { .. } => true,
        DataSpec::File { .. } => false,
        ref law => law.sizes().is_some_and(|sizes| sizes.d == 2),
    };
    if !is_in_plane {
        let allowed = "data in a plane with DecisionSurface: Moons, Circles, Spirals, Xor and SignedPairs \
             of any d, or another law with d = 2";
        return Some(Refusal::entry(allowed));
    }
    let mut observables = preset.observe.observables.iter();
    let side = observables.find_map(|o| match o {
        Observable::DecisionSurface { grid } => Some(*grid),
        _ => None,
    })?;
    (!SIDES.contains(&side)).then(|| Refusal {
        at: At::Field {
            name: "grid",
            value: side.to_string(),
        },
        allowed: format!("from {} to {} cells a side", SIDES.start(), SIDES.end()),
    })
}
