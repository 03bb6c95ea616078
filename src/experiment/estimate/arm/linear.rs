//! Terms of the coordinates that linear networks are observed in.

use crate::network::Activation;
use crate::observe::{frame_doubles, frame_passing};

use crate::experiment::plan::ArmPlan;

impl ArmPlan {
    /// Doubles of the coordinates of a linear network's weights.
    pub(super) fn frame(&self) -> u128 {
        let is_linear = self.shape.activation == Activation::Identity;
        if is_linear && self.needs(|needs| needs.linear_frame) {
            frame_doubles(&self.shape)
        } else {
            0
        }
    }

    /// What is needed while these coordinates are made.
    pub(super) fn frame_passing(&self) -> u128 {
        if self.needs(|needs| needs.linear_frame) {
            frame_passing(&self.shape)
        } else {
            0
        }
    }
}
