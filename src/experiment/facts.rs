//! What is known of an arm from its start.

use crate::data::Dataset;
use crate::history::ArmFacts;
use crate::network::Real;
use crate::preset::Arm;
use crate::train::Problem;

/// The facts of an arm's problem; those of its network, its start and its kernel are left at 0 or `None`.
pub(super) fn facts_of_problem<R: Real>(
    arm: &Arm,
    data: &Dataset,
    problem: &Problem<R>,
) -> ArmFacts {
    ArmFacts {
        label: arm.label.clone(),
        n: problem.n(),
        n_test: problem.n_test(),
        d: data.x.ncols(),
        embedding: problem.embedding(),
        width: 0,
        outputs: problem.outputs(),
        a: problem.a,
        b: problem.b,
        hidden_step_factor: problem.hidden_step_factor,
        output_step_factor: problem.output_step_factor,
        omega1: 0.0,
        omega2: 0.0,
        sample_space: false,
        step_unit: 1.0,
        stable_step: None,
        data: data.description.clone(),
        estimated_bytes: 0,
        theory: [].into(),
    }
}
