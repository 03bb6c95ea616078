//! Share of points on the right side.

use ndarray::{Array2, ArrayView1};

use crate::data::LabelKind;
use crate::network::Real;
use crate::observe::answers::largest;
use crate::observe::cost::Cost;
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::observation::{Now, Observation, Start};
use crate::observe::refusal::never;
use crate::observe::{Answers, Record};
use crate::spec::Quantity;
use crate::task::Cancelled;

/// Measures it on both sets.
#[derive(Debug)]
pub(super) struct Accuracy;

impl<R: Real> Observation<R> for Accuracy {
    fn facts() -> Facts {
        Facts {
            quantities: &[Quantity::TrainAccuracy, Quantity::TestAccuracy],
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
            refusal: never,
            cost: Cost::NOTHING,
        }
    }

    fn start(_: &Start<'_, R>) -> Result<Option<Self>, Cancelled> {
        Ok(Some(Self))
    }

    fn measure(&mut self, now: &Now<'_, R>, record: &mut Record) -> Result<(), Cancelled> {
        let problem = now.trainer.problem();
        let y = problem.y.mapv(R::double);
        let train = accuracy(&now.trainer.outputs(), &y, now.labels);
        record.set_known(Quantity::TrainAccuracy, train);
        if let Some(f_test) = now.f_test {
            let test = accuracy(f_test, &problem.y_test.mapv(R::double), now.labels);
            record.set_known(Quantity::TestAccuracy, test);
            record.answers = Answers::of(f_test, now.labels);
        }
        Ok(())
    }
}

/// Share of rows of `f` whose class is the target's; `None` where targets are no classes or there
/// are no points.
pub fn accuracy(f: &Array2<f64>, y: &Array2<f64>, labels: LabelKind) -> Option<f64> {
    let right: fn(ArrayView1<'_, f64>, ArrayView1<'_, f64>) -> bool = match labels {
        LabelKind::Real => return None,
        LabelKind::Signed => |f, y| f.iter().zip(y).all(|(f, y)| f * y > 0.0),
        LabelKind::OneHot => |f, y| largest(&f).is_some() && largest(&f) == largest(&y),
    };
    if f.nrows() == 0 {
        return None;
    }
    let count = f
        .outer_iter()
        .zip(y.outer_iter())
        .filter(|(f, y)| right(*f, *y))
        .count();
    Some(count as f64 / f.nrows() as f64)
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn signs_are_compared_and_zero_is_wrong() {
        let (f, y) = (array![[0.2], [-3.0], [0.0]], array![[1.0], [1.0], [-1.0]]);
        assert_eq!(accuracy(&f, &y, LabelKind::Signed), Some(1.0 / 3.0));
        assert_eq!(accuracy(&f, &y, LabelKind::Real), None);
    }

    #[test]
    fn the_largest_output_is_the_class_and_nan_is_wrong() {
        let f = array![[0.1, 0.7, 0.2], [0.5, 0.4, 0.1], [f64::NAN, 1.0, 0.0]];
        let y = array![[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]];
        assert_eq!(accuracy(&f, &y, LabelKind::OneHot), Some(1.0 / 3.0));
    }
}
