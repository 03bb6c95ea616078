//! Scaling regimes: the factors a and b of the network and of its learning rates, as powers of the
//! width m and of the embedding dimension D.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// Scaling regime by name, or in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Scaling {
    /// a = 1/m, b = 1/√D, step ×m (Chen et al., "ours").
    #[default]
    Ours,
    /// a = 1/√m, b = 1/√D, step ×1, f = 0 at the start.
    Ntk,
    /// From NTK to ours: with γ from ½ to 1, a = m^(−γ), b = 1/√D, step ×m^(2γ−1), f = 0 at the start.
    ///
    /// γ = ½ has the factors of NTK and γ = 1 those of ours. The kernel that moves the outputs,
    /// m^(2γ−1)·JJᵀ, is of order 1 at every γ, and a feature moves by m^(γ−1) while they move by 1.
    Between(f64),
    /// a = 1/m, b = 1/D, step ×mD.
    MeanField,
    /// a = 1, b = 1, step ×1; the initial standard deviations ω1, ω2 set the regime.
    Standard,
    /// Any powers of m and D.
    Custom {
        /// Output factor.
        a: Factor,
        /// Input factor.
        b: Factor,
        /// Factor of the step of W.
        step_factor: Factor,
        /// Factor of the step of V.
        #[serde(default)]
        output_step_factor: Factor,
    },
}

/// The number c·m^p·D^q.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Factor {
    /// Constant c.
    pub c: f64,
    /// Power p of the width m.
    pub m: f64,
    /// Power q of the embedding dimension D.
    pub d: f64,
}

impl Default for Factor {
    fn default() -> Self {
        Self {
            c: 1.0,
            m: 0.0,
            d: 0.0,
        }
    }
}

impl Factor {
    /// The constant c.
    pub const fn constant(c: f64) -> Self {
        Self { c, m: 0.0, d: 0.0 }
    }

    /// m^p·D^q.
    pub const fn power(m: f64, d: f64) -> Self {
        Self { c: 1.0, m, d }
    }

    /// The number c·m^p·D^q.
    pub fn at(self, m: usize, d: usize) -> f64 {
        self.c * (m as f64).powf(self.m) * (d as f64).powf(self.d)
    }
}

/// A scaling regime as data: four factors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameterization {
    /// Output factor a in f = a·Vσ(H).
    pub a: Factor,
    /// Input factor b in H = b·WΦ.
    pub b: Factor,
    /// Factor of the step of W.
    pub hidden_step: Factor,
    /// Factor of the step of V.
    pub output_step: Factor,
}

/// γ from that of NTK to that of ours.
pub const GAMMAS: RangeInclusive<f64> = 0.5..=1.0;

impl Scaling {
    /// γ of a regime on the line from NTK (½) to ours (1); `None` off it.
    pub fn gamma(self) -> Option<f64> {
        match self {
            Self::Ntk => Some(*GAMMAS.start()),
            Self::Between(gamma) => Some(gamma),
            Self::Ours => Some(*GAMMAS.end()),
            Self::MeanField | Self::Standard | Self::Custom { .. } => None,
        }
    }

    /// The four factors of a regime.
    ///
    /// Hidden factors follow Chen et al., Table 1; mean-field multiplies the step by mD, which is
    /// the table's m² where D = m. Where V is trained too, its step takes the factor m under the two
    /// 1/m regimes, so that an entry of V moves by O(1) like a row of W.
    pub fn parameterization(self) -> Parameterization {
        let one = Factor::constant(1.0);
        match self {
            Self::Ours => Parameterization {
                a: Factor::power(-1.0, 0.0),
                b: Factor::power(0.0, -0.5),
                hidden_step: Factor::power(1.0, 0.0),
                output_step: Factor::power(1.0, 0.0),
            },
            Self::Ntk => Parameterization {
                a: Factor::power(-0.5, 0.0),
                b: Factor::power(0.0, -0.5),
                hidden_step: one,
                output_step: one,
            },
            Self::Between(gamma) => {
                let step = Factor::power(2.0 * gamma - 1.0, 0.0);
                Parameterization {
                    a: Factor::power(-gamma, 0.0),
                    b: Factor::power(0.0, -0.5),
                    hidden_step: step,
                    output_step: step,
                }
            }
            Self::MeanField => Parameterization {
                a: Factor::power(-1.0, 0.0),
                b: Factor::power(0.0, -1.0),
                hidden_step: Factor::power(1.0, 1.0),
                output_step: Factor::power(1.0, 0.0),
            },
            Self::Standard => Parameterization {
                a: one,
                b: one,
                hidden_step: one,
                output_step: one,
            },
            Self::Custom {
                a,
                b,
                step_factor,
                output_step_factor,
            } => Parameterization {
                a,
                b,
                hidden_step: step_factor,
                output_step: output_step_factor,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_the_line_have_the_factors_of_ntk_and_of_ours() {
        for (end, gamma) in [(Scaling::Ntk, 0.5), (Scaling::Ours, 1.0)] {
            assert_eq!(end.gamma(), Some(gamma));
            let between = Scaling::Between(gamma).parameterization();
            assert_eq!(between, end.parameterization());
        }
    }

    /// γ_W·a²·m is the order of the part of the kernel that W has, γ_V·a²·m of the part that V has.
    #[test]
    fn the_kernel_that_moves_the_outputs_is_of_order_1_at_every_gamma() {
        for gamma in [0.5, 0.6, 0.75, 0.9, 1.0] {
            let p = Scaling::Between(gamma).parameterization();
            for step in [p.hidden_step, p.output_step] {
                for m in [7, 1000] {
                    let kernel = step.at(m, 9) * p.a.at(m, 9).powi(2) * m as f64;
                    assert!(
                        (kernel - 1.0).abs() < 1e-12,
                        "γ = {gamma}, m = {m}: {kernel}"
                    );
                }
            }
        }
    }

    #[test]
    fn mean_field_and_standard_are_not_on_the_line() {
        for scaling in [Scaling::MeanField, Scaling::Standard] {
            assert_eq!(scaling.gamma(), None);
        }
    }
}
