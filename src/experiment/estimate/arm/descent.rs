//! The term of kernels that do many steps of gradient descent in a row.

use crate::spec::Method;
use crate::train::descent_floats;

use super::{ArmShape, wide};

impl ArmShape {
    /// Floats of the copies of data, weights and features that such kernels work on, where there are any for the
    /// arm's network.
    pub(super) fn descent(&self) -> u128 {
        if !matches!(self.method, Method::GradientDescent { .. }) {
            return 0;
        }
        let neurons = self.reduced().unwrap_or(self.network.width);
        let sizes = [neurons, self.data.n, self.embedding(), self.data.outputs];
        let kind = (self.network.activation, self.layers);
        wide(descent_floats(kind, sizes, self.sample_space()))
    }
}
