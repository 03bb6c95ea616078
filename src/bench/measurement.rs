//! What came out of timing a problem.

use super::{Benchmark, Form};
use crate::spec::Precision;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Steps of one run in a second.
    Steps,
    /// Steps of all trials in a second, one trial a core.
    TrialSteps,
    /// Seconds of one evaluation.
    Seconds,
}

impl Unit {
    /// As it stands behind a figure.
    pub fn title(self) -> &'static str {
        match self {
            Self::Steps => "steps/s",
            Self::TrialSteps => "trial-steps/s",
            Self::Seconds => "s",
        }
    }
}

/// Figures of one problem.
#[derive(Clone, Debug)]
pub struct Measurement {
    /// The problem.
    pub benchmark: Benchmark,
    /// Float width of the network. The kernel of the Jacobian is in double precision in any case.
    pub precision: Precision,
    /// Threads used.
    pub threads: usize,
    /// Where the iteration was carried out.
    pub form: Form,
    /// What `figures` counts.
    pub unit: Unit,
    /// One figure a repeat, in order.
    pub figures: Vec<f64>,
    /// Floating-point operations of one step (of one trial) or evaluation.
    pub flops: f64,
    /// Float width of most of these operations.
    pub flops_in: Precision,
    /// Highest rate of matrix products in `flops_in`, in GFLOP/s, measured right before.
    pub gemm_peak: f64,
}

impl Measurement {
    /// The median figure: of an even number the mean of the two in the middle.
    pub fn median(&self) -> f64 {
        let mut sorted = self.figures.clone();
        sorted.sort_by(f64::total_cmp);
        let at = |i: usize| sorted.get(i).copied().unwrap_or(f64::NAN);
        let half = sorted.len() / 2;
        if sorted.len() % 2 == 1 {
            at(half)
        } else {
            (at(half.wrapping_sub(1)) + at(half)) / 2.0
        }
    }

    /// The smallest figure.
    pub fn min(&self) -> f64 {
        self.figures.iter().copied().fold(f64::NAN, f64::min)
    }

    /// The largest figure.
    pub fn max(&self) -> f64 {
        self.figures.iter().copied().fold(f64::NAN, f64::max)
    }

    /// Operations a second at the median figure, in GFLOP/s.
    pub fn gflops(&self) -> f64 {
        let a_second = match self.unit {
            Unit::Steps | Unit::TrialSteps => self.median(),
            Unit::Seconds => 1.0 / self.median(),
        };
        self.flops * a_second / 1e9
    }

    /// [`Self::gflops`] over the highest rate of matrix products.
    pub fn share_of_peak(&self) -> f64 {
        self.gflops() / self.gemm_peak
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(unit: Unit, figures: &[f64]) -> Measurement {
        Measurement {
            benchmark: Benchmark::B2,
            precision: Precision::F32,
            threads: 2,
            form: Form::Features,
            unit,
            figures: figures.to_vec(),
            flops: 4e9,
            flops_in: Precision::F32,
            gemm_peak: 100.0,
        }
    }

    #[test]
    fn rates_and_seconds_become_operations_a_second() {
        let rate = measured(Unit::Steps, &[9.0, 5.0, 1.0]);
        assert_eq!((rate.median(), rate.min(), rate.max()), (5.0, 1.0, 9.0));
        assert_eq!((rate.gflops(), rate.share_of_peak()), (20.0, 0.2));
        let seconds = measured(Unit::Seconds, &[0.5, 0.1, 0.3, 0.2]);
        assert_eq!((seconds.median(), seconds.gflops()), (0.25, 16.0));
        assert!(measured(Unit::Steps, &[]).median().is_nan());
    }
}
