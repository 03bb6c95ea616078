//! The work of a record that measures everything.

use crate::network::Activation;
use crate::observe::{KERNEL_PRODUCT, Moved, Pass, eigenvalue_work};
use crate::spec::Precision;
use crate::train::footprint;

use super::wide;
use crate::experiment::cadence::RecordCost;
use crate::experiment::plan::ArmPlan;

/// Work of a kernel's product where neurons are counted, 64 at once, in units of neurons × entries.
const COUNTED_PRODUCT: f64 = 0.25;

/// Work of what a kernel takes beside its product, an entry.
const KERNEL_ENTRY: f64 = 600.0;

/// Work of an input at a test point, a neuron: a product and a sum, and the way from memory, where all of them
/// lie.
const TEST_INPUT: f64 = 3.0;

/// Work of a linear network's imbalance and products, in units of its combinations of neurons cubed: small
/// matrices, on one thread.
const LINEAR: f64 = 130.0;

/// Of two measurements beside each other, how much of the shorter one is waited for.
const BESIDE: f64 = 0.3;

/// Work of what has to be waited for in a record and in a step: threads that hand over.
const RECORD: f64 = 1.2e7;
const STEP: f64 = 1e6;

/// Work of what every record measures, a feature where movement is measured, and beside that.
const CHEAP_ENTRY: f64 = 80.0;
const CHEAP_RECORD: f64 = 2e5;

/// Work that a run may spend on what is costly however short it is: some five milliseconds.
const SPARE: f64 = 5e8;

impl ArmPlan {
    /// Work of records in steps of the arm. The unit is a floating-point operation of single-precision
    /// products on all cores; what runs at another rate counts by its time. The factors are measured (on two
    /// cores, most within a factor of two) and need not be exact: they only say how often to measure.
    pub(in crate::experiment) fn measuring_cost(&self) -> RecordCost {
        RecordCost {
            costly: self.costly_work() / self.step_work(),
            cheap: self.cheap_work() / self.step_work(),
            records: self.records() as f64,
            spare: SPARE / self.step_work(),
        }
    }

    fn cheap_work(&self) -> f64 {
        let [m, n, ..] = self.sizes();
        let mut work = CHEAP_RECORD;
        if self.needs(|needs| needs.movement != Moved::Nothing) {
            work += CHEAP_ENTRY * m * n;
        }
        let own = self
            .facts()
            .map(|facts| (facts.cost.every_record)(&self.shape));
        work + own.sum::<f64>()
    }

    fn costly_work(&self) -> f64 {
        if !self.facts().any(|facts| facts.costly) {
            return 0.0;
        }
        let (test, kernel) = (self.test_work(), self.kernel_work());
        let beside = test.max(kernel) + BESIDE * test.min(kernel);
        RECORD + beside + self.own_work(|pass| pass == Pass::Own) + self.linear_work()
    }

    /// Products in double precision take twice as long.
    fn width_factor(&self) -> f64 {
        match self.asked.precision {
            Precision::F32 => 1.0,
            Precision::F64 => 2.0,
        }
    }

    fn step_work(&self) -> f64 {
        let [neurons, n, _, outputs, _] = self.sizes();
        let is_linear = self.asked.network.activation == Activation::Identity;
        let work = match (footprint::stepper_held(&self.shape) > 0, is_linear) {
            // Products with vectors.
            (true, true) => 40.0 * neurons * n * outputs,
            (true, false) => self.estimate().flops_per_step,
            (false, _) => self.estimate().flops_per_step + STEP,
        };
        work * self.width_factor()
    }

    fn sizes(&self) -> [f64; 5] {
        self.dimensions().map(|size| size as f64)
    }

    fn test_work(&self) -> f64 {
        if !self.needs(|needs| needs.test_points) {
            return 0.0;
        }
        let [m, n, n_test, _, embedding] = self.sizes();
        let products = if self.shape.storage.is_sample_space() {
            2.0 * n
        } else {
            TEST_INPUT * embedding
        };
        m * n_test * (products + 40.0) * self.width_factor()
    }

    fn kernel_work(&self) -> f64 {
        let [m, n, _, outputs, _] = self.sizes();
        if !self.facts().any(|facts| facts.is_of_kernel()) {
            return 0.0;
        }
        let side = n * outputs;
        let hidden = if self.asked.layers.hidden() {
            side
        } else {
            0.0
        };
        let output = if self.asked.layers.output() { n } else { 0.0 };
        let products = m * (hidden * hidden + output * output);
        let product = if self.kernel_use().counts_neurons(&self.shape) {
            COUNTED_PRODUCT
        } else {
            KERNEL_PRODUCT
        };
        let own = self.own_work(|pass| matches!(pass, Pass::Kernel | Pass::Eigenvalues));
        let work = product * products + KERNEL_ENTRY * side * side + own;
        if self.facts().any(|facts| facts.pass == Pass::Eigenvalues) {
            work + eigenvalue_work(side)
        } else {
            work
        }
    }

    /// What the observables of some passes cost beside these.
    fn own_work(&self, counts: impl Fn(Pass) -> bool) -> f64 {
        let counted = self.facts().filter(|facts| counts(facts.pass));
        counted
            .map(|facts| (facts.cost.full_record)(&self.shape))
            .sum()
    }

    /// A linear network's imbalance, and its distance to the minimum-norm solution.
    fn linear_work(&self) -> f64 {
        if self.frame() == 0 {
            return 0.0;
        }
        let [neurons, n, _, outputs, embedding] = self.dimensions();
        let side = neurons.min(n.min(embedding) + outputs).max(wide(1)) as f64;
        LINEAR * side.powi(3)
    }
}
