//! Features h_i(x1) against h_i(x2).

use crate::network::Real;
use crate::observe::Record;
use crate::observe::cost::Cost;
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::observation::{Now, Observation, Start};
use crate::observe::refusal::{At, Refusal};
use crate::observe::test_pass::SAMPLED_NEURONS;
use crate::spec::{Observable, PointRef, Preset};
use crate::task::Cancelled;

/// Points of each set whose features are recorded beside the two of the preset, so that others can
/// be looked at in a finished run.
const EXTRA_POINTS: usize = 4;

/// Points whose features are recorded at most: the preset's two and the extra ones of each set.
const FEATURE_POINTS: u128 = 2 + 2 * EXTRA_POINTS as u128;

/// Notes the features of a sample of neurons; they come with the outputs at the test points.
#[derive(Debug)]
pub(super) struct FeatureMap;

impl<R: Real> Observation<R> for FeatureMap {
    fn facts() -> Facts {
        Facts {
            quantities: &[],
            pass: Pass::Outputs,
            needs: Needs {
                training: Training::Outputs,
                test_points: true,
                movement: Moved::Nothing,
                neurons: Neurons::Needed,
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
                record: |shape| {
                    4 * FEATURE_POINTS * shape.sizes.neurons.min(SAMPLED_NEURONS as u128)
                },
            },
        }
    }

    fn start(_: &Start<'_, R>) -> Result<Option<Self>, Cancelled> {
        Ok(Some(Self))
    }

    fn measure(&mut self, now: &Now<'_, R>, record: &mut Record) -> Result<(), Cancelled> {
        record.features = now.features.cloned();
        Ok(())
    }
}

/// The preset's two points, then the first few of both sets; `None` where no map is wanted.
pub(in crate::observe) fn feature_points(observables: &[Observable]) -> Option<Vec<PointRef>> {
    let chosen = observables.iter().copied().find_map(points)?;
    let train = (0..EXTRA_POINTS).map(PointRef::Train);
    let test = (0..EXTRA_POINTS).map(PointRef::Test);
    Some(chosen.into_iter().chain(train).chain(test).collect())
}

/// Points that the data have not; those of a file's dataset can be checked only once it is read.
fn refusal(preset: &Preset) -> Option<Refusal> {
    let observables = preset.observe.observables.iter();
    let [x1, x2] = observables.copied().find_map(points)?;
    missing(preset, "x1", x1).or_else(|| missing(preset, "x2", x2))
}

/// The two points of a map.
fn points(observable: Observable) -> Option<[PointRef; 2]> {
    match observable {
        Observable::FeatureMap { x1, x2 } => Some([x1, x2]),
        _ => None,
    }
}

fn missing(preset: &Preset, field: &'static str, point: PointRef) -> Option<Refusal> {
    let sizes = preset.data.sizes()?;
    let (name, index, points) = match point {
        PointRef::Train(index) => ("Train", index, sizes.n),
        PointRef::Test(index) => ("Test", index, sizes.n_test),
    };
    if index < points {
        return None;
    }
    let allowed = match points.checked_sub(1) {
        Some(last) => format!("{name}(0) to {name}({last}), as many as the data have"),
        None => "a Train(…) point, since data.n_test is 0".to_owned(),
    };
    Some(Refusal {
        at: At::Field {
            name: field,
            value: format!("{point:?}"),
        },
        allowed,
    })
}
