//! The work of a record that measures everything.

use crate::network::Activation;
use crate::spec::{Layers, Observable, Precision};
use crate::train::footprint;

use super::wide;
use crate::experiment::cadence::RecordCost;
use crate::experiment::plan::ArmPlan;

/// Work of a kernel's product, in units of neurons × entries: half the entries, in double precision.
const KERNEL_PRODUCT: f64 = 5.0;

/// The same where neurons are counted, 64 at once.
const COUNTED_PRODUCT: f64 = 0.25;

/// Work of what a kernel takes beside its product, an entry.
const KERNEL_ENTRY: f64 = 600.0;

/// Work of the norm of the kernel's change, an entry: some 40 products with vectors.
const NORM_ENTRY: f64 = 1000.0;

/// Work of an input at a test point, a neuron: a product and a sum, and the way from memory, where all of them
/// lie.
const TEST_INPUT: f64 = 3.0;

/// Work of all eigenvalues, in units of the side cubed: that of the reduction to tridiagonal form.
const EIGENVALUES: f64 = 6.0;

/// Work of the eigenvalues of that form, an entry of the matrix: divisions that wait for each other.
const EIGENVALUE_ENTRY: f64 = 2500.0;

/// Work of a linear network's imbalance and products, in units of its combinations of neurons cubed: small
/// matrices, on one thread.
const LINEAR: f64 = 130.0;

/// Of two measurements beside each other, how much of the shorter one is waited for.
const BESIDE: f64 = 0.3;

/// Work of what has to be waited for in a record and in a step: threads that hand over.
const RECORD: f64 = 1.2e7;
const STEP: f64 = 1e6;

/// Work of what every record measures, a feature where movement is measured, an entry of the kernel where there is
/// a linearized twin, and beside that.
const CHEAP_ENTRY: f64 = 80.0;
const CHEAP_TWIN: f64 = 100.0;
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
        let [m, n, _, outputs, _] = self.sizes();
        let mut work = CHEAP_RECORD;
        if self.has(|o| o.needs_movement()) {
            work += CHEAP_ENTRY * m * n;
        }
        if self.has(|o| *o == Observable::LazyGap) {
            work += CHEAP_TWIN * (n * outputs).powi(2);
        }
        work
    }

    fn costly_work(&self) -> f64 {
        if !self.has(|o| o.is_costly()) {
            return 0.0;
        }
        let (test, kernel) = (self.test_work(), self.kernel_work());
        let beside = test.max(kernel) + BESIDE * test.min(kernel);
        RECORD + beside + self.gradient_work() + self.linear_work()
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
        if !self.has(|o| o.needs_test_points()) {
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
        let is_of_kernel = |o: &Observable| o.needs_kernel() && *o != Observable::LazyGap;
        if !self.has(is_of_kernel) {
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
        let mut work = product * products + KERNEL_ENTRY * side * side;
        if self.has(|o| *o == Observable::NtkChange) {
            work += NORM_ENTRY * side * side;
        }
        if self.has(|o| matches!(o, Observable::JacobianSpectrum | Observable::NtkSpectrum)) {
            work += eigenvalue_work(side);
        }
        work
    }

    fn gradient_work(&self) -> f64 {
        let [m, n, ..] = self.sizes();
        let gradient = self.has(|o| *o == Observable::Gradient);
        let gradient = if gradient {
            4.0 * m * n * (n + 20.0)
        } else {
            0.0
        };
        let is_constant = self.has(|o| *o == Observable::FeatureJacobian);
        let constants = if is_constant && self.asked.layers == Layers::Both {
            KERNEL_PRODUCT * m * n * n + eigenvalue_work(n)
        } else {
            0.0
        };
        gradient + constants
    }

    /// A linear network's imbalance, and its distance to the minimum-norm solution.
    fn linear_work(&self) -> f64 {
        let is_linear = self.asked.network.activation == Activation::Identity;
        if !is_linear || self.linear_observables() == 0 {
            return 0.0;
        }
        let [neurons, n, _, outputs, embedding] = self.dimensions();
        let side = neurons.min(n.min(embedding) + outputs).max(wide(1)) as f64;
        LINEAR * side.powi(3)
    }
}

fn eigenvalue_work(side: f64) -> f64 {
    (EIGENVALUES * side + EIGENVALUE_ENTRY) * side * side
}
