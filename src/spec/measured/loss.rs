//! What the losses of a run are, by its kind of loss.

use super::Quantity;
use crate::spec::{LossKind, LossOver, LossSpec};

/// A formula on the training set, on the test set, and on both.
macro_rules! on_each {
    ($formula: literal) => {
        [
            concat!($formula, ", on the training set"),
            concat!($formula, ", on the test set"),
            concat!($formula, ", on the training set and on the test set"),
        ]
    };
}

impl LossSpec {
    /// The loss as a formula: on the training set, on the test set, and on both.
    pub fn definitions(self) -> [&'static str; 3] {
        match (self.kind, self.over) {
            (LossKind::CrossEntropy, LossOver::Sum) => {
                on_each!("−Σₚ yₚ log softmax(f(xₐ))ₚ, the sum over the points a")
            }
            (LossKind::CrossEntropy, _) => {
                on_each!("−Σₚ yₚ log softmax(f(xₐ))ₚ, the mean over the points a")
            }
            (LossKind::Squared, LossOver::Sum) => on_each!("½ Σ‖f(xₐ) − yₐ‖² over the points a"),
            (LossKind::Squared, LossOver::Mean) => {
                on_each!("½‖f(xₐ) − yₐ‖², the mean over the points a")
            }
            (LossKind::Squared, LossOver::Average) => {
                on_each!("‖f(xₐ) − yₐ‖², the mean over the points a")
            }
            (LossKind::Squared, LossOver::MeanSquaredError) => {
                on_each!("‖f(xₐ) − yₐ‖², the mean over the points a and the outputs")
            }
        }
    }
}

impl Quantity {
    /// The definition shown in tooltips of a run with this loss.
    pub fn definition_under(self, loss: LossSpec) -> &'static str {
        let [train, test, _] = loss.definitions();
        match self {
            Self::TrainLoss => train,
            Self::TestLoss => test,
            other => other.definition(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loss_of_a_run_is_defined_by_its_own_formula() {
        let of = |kind, over| {
            let loss = LossSpec { kind, over };
            [Quantity::TrainLoss, Quantity::TestLoss].map(|q| q.definition_under(loss))
        };
        let [train, test] = of(LossKind::Squared, LossOver::Sum);
        assert!(train.starts_with("½ Σ") && train.ends_with("training set"));
        assert!(test.starts_with("½ Σ") && test.ends_with("test set"));
        for over in [
            LossOver::Mean,
            LossOver::Average,
            LossOver::MeanSquaredError,
        ] {
            for text in of(LossKind::Squared, over) {
                assert!(
                    !text.contains('Σ') && text.contains("the mean over"),
                    "{text}"
                );
                assert_eq!(text.contains('½'), over == LossOver::Mean, "{text}");
                let over_outputs = over == LossOver::MeanSquaredError;
                assert_eq!(text.contains("outputs"), over_outputs, "{text}");
            }
        }
        for (over, word) in [(LossOver::Sum, "the sum"), (LossOver::Mean, "the mean")] {
            for text in of(LossKind::CrossEntropy, over) {
                assert!(
                    text.contains("log softmax") && text.contains(word),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn without_a_run_no_kind_of_loss_is_claimed() {
        for quantity in [Quantity::TrainLoss, Quantity::TestLoss] {
            assert!(!quantity.definition().contains('½'));
        }
    }
}
