//! Floating-point operations of what is timed, counted from the mathematical form in use.

use crate::history::ArmFacts;
use crate::spec::{Layers, Method, Preset, Representation};
use crate::train::step_flops;

/// Where the iteration is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// On the weights W.
    Weights,
    /// On the features H = bWΦᵀ.
    Features,
    /// On the min(n, D) + outputs combinations of the neurons of a linear network that evolve.
    Reduced,
    /// No iteration: the kernel LᵀL ⊙ ΦΦᵀ and its eigenvalues.
    Kernel,
}

impl Form {
    /// The form of a run in this representation.
    pub fn of(representation: Representation, sample_space: bool) -> Self {
        match (representation, sample_space) {
            (Representation::Reduced, _) => Self::Reduced,
            (_, true) => Self::Features,
            (_, false) => Self::Weights,
        }
    }

    /// In a word or two.
    pub fn title(self) -> &'static str {
        match self {
            Self::Weights => "weight space",
            Self::Features => "sample space",
            Self::Reduced => "reduced",
            Self::Kernel => "kernel",
        }
    }
}

/// Operations of one step in the form in use: [`step_flops`] (the products with Φ or ΦΦᵀ, and 20 an
/// entry for activation, slopes and the passes with V of one output), and 2 an entry for each further
/// output in each of Vσ(H), VᵀR and, where V is trained, Rσ(H)ᵀ.
///
/// A step on a batch counts its points alone.
pub fn step_flops_of(form: Form, preset: &Preset, facts: &ArmFacts) -> f64 {
    let layers = preset.train.layers;
    let points = match preset.train.method {
        Method::Sgd { batch, .. } => batch.min(facts.n),
        _ => facts.n,
    };
    let rows = facts.width;
    if form == Form::Reduced {
        return reduced_flops(facts);
    }
    let on_features = form != Form::Weights && facts.sample_space;
    let uses = if layers == Layers::Both { 3.0 } else { 2.0 };
    let further = facts.outputs.saturating_sub(1) as f64;
    step_flops(on_features, layers, rows, points, facts.embedding)
        + 2.0 * uses * further * (rows * points) as f64
}

/// Operations of one step of a reduced linear network of both layers in sample space: H never stands
/// anywhere, f = aV(H₀ + bCΦΦᵀ). Each output asks for two products of a row with ΦΦᵀ, and for ten
/// operations an entry of H₀ and C: the gradient of V, C's own update, and the new VH₀ and VC.
fn reduced_flops(facts: &ArmFacts) -> f64 {
    let combinations = facts.n.min(facts.embedding) + facts.outputs;
    let (rows, n) = (combinations.min(facts.width) as f64, facts.n as f64);
    facts.outputs as f64 * (4.0 * n * n + 10.0 * rows * n)
}

/// Operations of all singular values of the Jacobian of one output in W by its kernel: 2mn² for LᵀL
/// and 4n³/3 for the tridiagonal form of the kernel; the rest is of lower order.
pub fn evaluation_flops(m: usize, n: usize) -> f64 {
    let (m, n) = (m as f64, n as f64);
    2.0 * m * n * n + 4.0 / 3.0 * n.powi(3)
}

#[cfg(test)]
mod tests {
    use super::super::{Benchmark, experiment};
    use super::*;
    use crate::spec::Precision;

    fn counted(benchmark: Benchmark, form: Form, facts: [usize; 4]) -> f64 {
        let [n, embedding, width, outputs] = facts;
        let facts = ArmFacts {
            label: String::new(),
            n,
            n_test: 0,
            d: embedding,
            embedding,
            width,
            outputs,
            a: 1.0,
            b: 1.0,
            hidden_step_factor: 1.0,
            output_step_factor: 1.0,
            omega1: 1.0,
            omega2: 1.0,
            sample_space: form != Form::Weights,
            step_unit: 1.0,
            stable_step: None,
            data: String::new(),
            estimated_bytes: 0,
            theory: [].into(),
        };
        let preset = experiment(benchmark, Precision::F32, 1).unwrap().preset;
        step_flops_of(form, &preset, &facts)
    }

    #[test]
    fn steps_are_counted_in_the_form_they_are_done_in() {
        let b3 = Benchmark::B3 { width: 8192 };
        let sizes = [600, 8192, 8192, 1];
        let (features, weights) = (2.0 * 8192.0 * 36e4, 4.0 * 8192.0 * 600.0 * 8192.0);
        let passes = 20.0 * 8192.0 * 600.0;
        assert_eq!(counted(b3, Form::Features, sizes), features + passes);
        assert_eq!(counted(b3, Form::Weights, sizes), weights + passes);
    }

    #[test]
    fn a_reduced_network_counts_its_combinations_whatever_its_width_is() {
        let counts = [500, 10_000]
            .map(|width| counted(Benchmark::E1 { width }, Form::Reduced, [100, 400, width, 1]));
        assert_eq!(counts, [4e4 + 10.0 * 101.0 * 100.0; 2]);
    }

    #[test]
    fn a_batch_counts_its_points_and_every_output() {
        let counted = counted(Benchmark::A1, Form::Weights, [60_000, 784, 1000, 10]);
        let entries = 1000.0 * 128.0;
        assert_eq!(counted, entries * (4.0 * 784.0 + 20.0 + 9.0 * 6.0));
    }

    #[test]
    fn a_jacobian_counts_its_kernel_and_the_eigenvalues() {
        assert_eq!(evaluation_flops(3, 6), 2.0 * 3.0 * 36.0 + 4.0 * 72.0);
    }
}
