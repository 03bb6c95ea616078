//! Memory and work of one arm: what each part of the engine says it takes, put together.

use crate::observe::{KernelUse, test_pass_passing};
use crate::train::{BLOCK, Shape, Sizes, footprint, method_flops};

use crate::experiment::plan::ArmPlan;

mod linear;
mod measuring;
mod records;

/// Memory and work of one arm.
#[derive(Clone, Debug, PartialEq)]
pub struct ArmEstimate {
    /// Name of the arm.
    pub label: String,
    /// Bytes held throughout the run.
    pub held_bytes: u64,
    /// Most bytes needed for a moment beside them: at the start, or at a measurement.
    pub passing_bytes: u64,
    /// Bytes of all records, were they all kept.
    pub record_bytes: u64,
    /// Bytes of the final weights and outputs.
    pub result_bytes: u64,
    /// Bytes needed for a moment while these are made.
    pub finishing_bytes: u64,
    /// Bytes needed for a moment while what it began with is made again, once its networks are gone.
    pub beginning_bytes: u64,
    /// Bytes copied for a checkpoint, or read from one.
    pub saved_bytes: u64,
    /// Work of one step, in floating-point operations of a product that take as long.
    pub flops_per_step: f64,
}

/// Bytes of the linearized twin in a checkpoint, an output at a training point: its modes, or its two states.
const SAVED_TWIN_ENTRY: u128 = 40;

impl ArmPlan {
    pub(in crate::experiment) fn estimate(&self) -> ArmEstimate {
        let Sizes {
            n,
            outputs,
            embedding,
            ..
        } = self.shape.sizes;
        let saved_twin = SAVED_TWIN_ENTRY * n * outputs;
        ArmEstimate {
            label: self.asked.label.clone(),
            held_bytes: bytes(self.held()),
            passing_bytes: bytes(self.passing()),
            record_bytes: bytes(self.records() * self.record()),
            result_bytes: bytes(8 * self.shape.width * (embedding + outputs)),
            finishing_bytes: bytes(footprint::weights_passing(&self.shape)),
            beginning_bytes: bytes(self.beginning()),
            saved_bytes: bytes(footprint::saved(&self.shape) + saved_twin),
            flops_per_step: method_flops(&self.shape),
        }
    }

    /// The neurons iterated on, n, n_test, outputs and D.
    fn dimensions(&self) -> [u128; 5] {
        let Sizes {
            neurons,
            n,
            n_test,
            outputs,
            embedding,
        } = self.shape.sizes;
        [neurons, n, n_test, outputs, embedding]
    }

    /// What is held throughout the run.
    fn held(&self) -> u128 {
        footprint::trainer_held(&self.shape) + self.observer() + footprint::method_held(&self.shape)
    }

    /// What is needed beside what is held: while the data are embedded, when there are no weights
    /// yet, while the weights are made, while kernels are, or within a step.
    fn passing(&self) -> u128 {
        let shape = &self.shape;
        let (problem, held) = (footprint::problem_held(shape), self.held());
        let embedding = problem + self.embedding_passing();
        let building = footprint::trainer_held(shape) + footprint::trainer_passing(shape);
        let reducing =
            problem + footprint::reduction_held(shape) + footprint::reduction_passing(shape);
        // What is read off the kernel is measured beside the outputs.
        let kernels = if self.has_kernels {
            self.kernel_use().passing(shape)
        } else {
            0
        };
        let at_work = (kernels + measuring(shape)).max(self.frame_passing());
        let working = held + at_work.max(footprint::method_passing(shape));
        let most = embedding.max(building).max(reducing).max(working);
        most - held + footprint::product_pieces(shape)
    }

    fn kernel_use(&self) -> KernelUse {
        KernelUse {
            equal_output_weights: self.asked.equal_output_weights,
            is_recorded: self.facts().any(|facts| facts.is_of_kernel()),
            has_twin: self.needs(|needs| needs.twin),
        }
    }

    /// What each observable holds, the coordinates of a linear network, and the memory kernels are summed
    /// in.
    fn observer(&self) -> u128 {
        let shape = &self.shape;
        let own: u128 = self.facts().map(|facts| (facts.cost.held)(shape)).sum();
        own + 8 * (shape.side() + self.frame()) + self.kernel_use().held(shape)
    }

    /// The problem in double precision, and where the network begins: its weights with a copy of Φ, or its
    /// features with the Grams and a block of weights.
    fn beginning(&self) -> u128 {
        let Sizes {
            n,
            n_test,
            outputs,
            embedding,
            ..
        } = self.shape.sizes;
        let (points, width) = (n + n_test, self.shape.width);
        let phi = points * embedding;
        let hidden = if self.storage().is_sample_space() {
            points * (width + n) + 2 * BLOCK as u128 * (embedding + points)
        } else {
            width * embedding + phi
        };
        let problem = phi + points * outputs;
        self.embedding_passing() + 8 * (problem + hidden + width * outputs)
    }

    /// Φ of one set in double precision, as often as the embedding holds it.
    fn embedding_passing(&self) -> u128 {
        let Sizes {
            n,
            n_test,
            embedding,
            ..
        } = self.shape.sizes;
        8 * n.max(n_test) * embedding * self.asked.network.embedding.copies()
    }
}

/// What a record needs beside what is read off the kernel: the pass over the test points, or that over the training
/// points; outputs and targets of both sets in double precision.
fn measuring(shape: &Shape) -> u128 {
    let Sizes {
        n, n_test, outputs, ..
    } = shape.sizes;
    let pass = test_pass_passing(shape).max(footprint::evaluation_passing(shape));
    pass + 8 * 4 * (n + n_test) * outputs
}

/// 128 bits hold the product of any three dimensions that a preset may have.
fn wide(size: usize) -> u128 {
    size as u128
}

fn bytes(bytes: u128) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}
