//! The pieces of Python that a script chooses from.

use crate::network::Activation;
use crate::spec::{LossKind, Method};

/// A piece of Python that defines a function.
#[derive(Clone, Copy)]
pub(super) struct Part {
    /// Name of the function.
    pub(super) name: &'static str,
    /// The code.
    pub(super) text: &'static str,
}

/// The template of a function of its name, or of another.
macro_rules! template {
    ($file:literal) => {
        template!($file, $file)
    };
    ($file:literal, $name:literal) => {
        Part {
            name: $name,
            text: include_str!(concat!("templates/", $file, ".py")),
        }
    };
}
pub(super) use template;

/// σ and σ'.
pub(super) fn sigma(activation: Activation) -> Part {
    match activation {
        Activation::Identity => template!("sigma/identity", "identity"),
        Activation::Relu => template!("sigma/relu", "relu"),
        Activation::LeakyRelu => template!("sigma/leaky_relu", "leaky_relu"),
        Activation::Tanh => template!("sigma/tanh", "tanh"),
        Activation::Sigmoid => template!("sigma/sigmoid", "sigmoid"),
        Activation::Erf => template!("sigma/erf", "erf"),
        Activation::Softplus => template!("sigma/softplus", "softplus"),
        Activation::Gelu => template!("sigma/gelu", "gelu"),
        Activation::Quadratic => template!("sigma/quadratic", "quadratic"),
        Activation::Cubic => template!("sigma/cubic", "cubic"),
    }
}

/// A step of a method.
pub(super) fn method(method: Method) -> Part {
    match method {
        Method::GradientDescent { .. } => template!("method_descent", "descend"),
        Method::Sgd { .. } => template!("method_sgd", "stochastic"),
        Method::GradientFlow { .. } => template!("method_flow", "flow"),
        Method::LeastSquares => template!("method_least_squares", "least_squares"),
    }
}

pub(super) fn loss(kind: LossKind) -> Part {
    match kind {
        LossKind::Squared => template!("loss_squared", "squared"),
        LossKind::CrossEntropy => template!("loss_cross_entropy", "cross_entropy"),
    }
}
