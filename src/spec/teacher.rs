//! A network that gives the targets of a dataset.

use serde::{Deserialize, Serialize};

use crate::network::Activation;

/// A network with one hidden layer, trained on the classes of a dataset before the run; then its
/// predicted classes replace them in both sets, so that a network of its kind can fit them.
///
/// Its start is that of He et al.: W ~ N(0, 2/d), V ~ N(0, 2/m). It is trained by stochastic gradient
/// descent on the mean cross-entropy of a batch, in single precision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TeacherSpec {
    /// Hidden width.
    pub width: usize,
    /// Activation with which it is trained.
    pub activation: Activation,
    /// Activation with which its trained weights name the images; `None` for that of its training.
    pub naming_activation: Option<Activation>,
    /// Whether its neurons and its outputs have biases, at the start uniform on ±1/√d and ±1/√m, and
    /// trained with their layers.
    pub bias: bool,
    /// Step η.
    pub step: f64,
    /// Images in a batch.
    pub batch: usize,
    /// Most passes over the training images.
    pub epochs: u64,
    /// Largest share of the training images that it may name wrongly in the end, with the activation of
    /// its training; training ends where it is reached, and the run is refused where it is not.
    pub train_error: f64,
}

impl TeacherSpec {
    /// The activation with which it names the images.
    pub fn naming_activation(&self) -> Activation {
        self.naming_activation.unwrap_or(self.activation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn teacher(fields: &str) -> TeacherSpec {
        ron::from_str(&format!("({fields})")).unwrap()
    }

    #[test]
    fn a_teacher_names_with_the_activation_of_its_training_unless_another_is_given() {
        assert_eq!(teacher("").naming_activation, None);
        assert_eq!(teacher("").naming_activation(), Activation::Gelu);
        assert_eq!(
            teacher("activation: Relu").naming_activation(),
            Activation::Relu
        );
        let published = teacher("activation: Relu, naming_activation: Some(Gelu)");
        assert_eq!(published.activation, Activation::Relu);
        assert_eq!(published.naming_activation(), Activation::Gelu);
    }

    #[test]
    fn what_is_left_out_is_what_it_was() {
        let expected = teacher(
            "width: 1000, activation: Gelu, naming_activation: None, bias: false, step: 0.1, \
             batch: 128, epochs: 100, train_error: 0.0",
        );
        assert_eq!(teacher(""), expected);
    }
}
