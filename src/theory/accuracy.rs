//! How far a record may lie beyond a bound by the errors of the computation alone.

use crate::network::Activation;
use crate::spec::{Layers, Method, Quantity};
use crate::task::{Cancel, Cancelled};

use super::RunStart;
use super::tools::neurons::fold_blocks;

/// Part of a bound by which a measured number may exceed it: the rounding of 32-bit floats.
const ROUNDING: f64 = 1e-6;

/// Square of what rounding makes of a residual, in units of the precision ε: errors of a sum over
/// m neurons grow as √m·ε, here m = 4096.
const ROUNDED_NEURONS: f64 = 4096.0;

/// The errors of a measured number that a bound is held against. All are 0 for quantities other than
/// the training loss, but `share`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Accuracy {
    /// Part of the bound: a millionth, or the tolerance of gradient flow where that is larger.
    pub share: f64,
    /// What of a loss is rounding: 4096·ε² of the loss at the start, with ε the precision of training.
    /// The residuals of a fit carry errors of about √m·ε of those at the start, and the loss is their
    /// square.
    pub rounding: f64,
    /// What of a loss is rounding against a bound of 0. An exact fit is solved for: its residuals carry
    /// errors of ε times the condition number, which is resolved up to 1/√ε, so it is one to ε of the
    /// loss at the start.
    pub exact: f64,
    /// Loss (s/2)·e² of the residuals e that one inner step of gradient flow may leave.
    pub integration: f64,
}

impl Default for Accuracy {
    /// Of a number that is known to a millionth.
    fn default() -> Self {
        Self {
            share: ROUNDING,
            rounding: 0.0,
            exact: 0.0,
            integration: 0.0,
        }
    }
}

impl Accuracy {
    /// The errors on the start of a run: rounding at `epsilon`, the integration of a flow.
    ///
    /// An inner step is accepted where it errs by at most the tolerance of ‖H‖_F, and of ‖V‖_F where V
    /// is trained. Outputs aVσ(H) then err by at most
    /// e = tolerance·a·‖V‖_F·(max|σ'(H)|·‖H‖_F + ‖σ(H)‖_F), the second term where V is trained. The
    /// flow contracts what earlier inner steps left, so that e of one is what remains.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub(super) fn of(start: &RunStart<'_>, cancel: &Cancel) -> Result<Self, Cancelled> {
        let mut accuracy = Self::rounded(start.epsilon, start.loss());
        if let Method::GradientFlow { tolerance, .. } = start.method {
            accuracy.share = ROUNDING.max(tolerance);
            let error = tolerance * output_size(start, cancel)?;
            accuracy.integration = 0.5 * start.loss_factor * error * error;
        }
        Ok(accuracy)
    }

    /// Those of rounding at `epsilon`, where the loss starts at `loss`.
    fn rounded(epsilon: f64, loss: f64) -> Self {
        Self {
            rounding: ROUNDED_NEURONS * epsilon.powi(2) * loss,
            exact: epsilon * loss,
            ..Self::default()
        }
    }

    /// The errors as they concern a quantity.
    pub(super) fn on(self, quantity: Quantity) -> Self {
        if quantity == Quantity::TrainLoss {
            return self;
        }
        Self {
            share: self.share,
            ..Self::default()
        }
    }

    /// By how much a measured number may lie beyond a bound that is `limit` where it was measured.
    pub fn room(self, limit: f64) -> f64 {
        self.share * limit.abs() + self.floor(limit)
    }

    /// The part of it that no share of the bound accounts for. A residual that errs by e makes of a
    /// loss L at most (√L + √(s/2)·e)².
    pub fn floor(self, limit: f64) -> f64 {
        let rounding = if limit == 0.0 {
            self.exact
        } else {
            self.rounding
        };
        rounding + self.integration + 2.0 * (limit.abs() * self.integration).sqrt()
    }
}

/// a·‖V‖_F·(max|σ'(H)|·‖H‖_F + ‖σ(H)‖_F), the second term where V is trained.
fn output_size(start: &RunStart<'_>, cancel: &Cancel) -> Result<f64, Cancelled> {
    let activation: Activation = start.activation;
    let sizes = |h: ndarray::Array2<f64>, _| {
        let squares =
            |f: fn(Activation, f64) -> f64| h.iter().map(|h| f(activation, *h).powi(2)).sum();
        let slopes = h.iter().map(|h| activation.derivative(*h).abs());
        [
            squares(|_, h| h),
            squares(|activation, h| activation.value(h)),
            slopes.fold(0.0, f64::max),
        ]
    };
    let add = |a: [f64; 3], b: [f64; 3]| [a[0] + b[0], a[1] + b[1], a[2].max(b[2])];
    let [features, values, slope] = fold_blocks(start.neurons, cancel, [0.0; 3], sizes, add)?;
    let output = start.v.iter().map(|v| v * v).sum::<f64>().sqrt();
    let moved = if start.layers == Layers::Hidden {
        0.0
    } else {
        values.sqrt()
    };
    Ok(start.a * output * (slope * features.sqrt() + moved))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fit_down_to_rounding_keeps_to_a_bound_of_zero() {
        let [double, single] =
            [f64::EPSILON, f64::from(f32::EPSILON)].map(|epsilon| Accuracy::rounded(epsilon, 50.0));
        assert!(1e-21 <= double.room(0.0) && 1e-13 > double.room(0.0));
        assert!(1e-7 <= single.room(0.0));
        assert!(8.9e-30 <= double.room(1e-30) && 1e-21 > double.room(1e-30));
    }

    #[test]
    fn room_is_a_share_of_the_bound_and_what_is_not_told_from_zero() {
        let accuracy = Accuracy {
            share: 1e-6,
            rounding: 1e-12,
            exact: 1e-7,
            integration: 1e-16,
        };
        assert_eq!(Accuracy::default().room(2.0), 2e-6);
        let off = accuracy.room(4.0) - (4e-6 + 1e-12 + 4e-8 + 1e-16);
        assert!(off.abs() < 1e-18, "{off}");
        assert!((accuracy.room(0.0) - (1e-7 + 1e-16)).abs() < 1e-22);
        assert_eq!(accuracy.on(Quantity::TestLoss), Accuracy::default());
        assert_eq!(accuracy.on(Quantity::TrainLoss), accuracy);
    }
}
