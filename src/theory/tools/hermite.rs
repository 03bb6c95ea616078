//! Hermite coefficients of the activations, and the means μ_φ and E[φ'(g)²] that the papers use.

use crate::network::{Activation, LEAK};

use crate::fit::GaussHermite;

/// 1/√(2π), the standard normal density at 0.
const DENSITY_AT_ZERO: f64 = 0.398_942_280_401_432_7;

/// Hermite coefficients c_0 … c_{count−1} of σ: c_i = E\[σ(g)·q_i(g)\], g ~ N(0, 1), with the
/// unnormalised probabilists' polynomials, ‖q_i‖² = i! (Song et al., Def. 4).
///
/// The paper's norm √(Σ c_i²) is only a norm of σ with normalised polynomials; Parseval reads
/// E\[σ(g)²\] = Σ c_i²/i! here. Closed forms for the piecewise polynomial activations, quadrature else.
pub fn hermite_coefficients(activation: Activation, count: usize) -> Vec<f64> {
    let mut c = vec![0.0; count];
    let mut set = |i: usize, value: f64| {
        if let Some(c) = c.get_mut(i) {
            *c = value;
        }
    };
    match activation {
        Activation::Identity => set(1, 1.0),
        Activation::Quadratic => {
            set(0, 1.0);
            set(2, 2.0);
        }
        Activation::Cubic => {
            set(1, 3.0);
            set(3, 6.0);
        }
        Activation::Relu => return kinked(0.0, count),
        Activation::LeakyRelu => return kinked(LEAK, count),
        _ => return by_quadrature(activation, count),
    }
    c
}

/// Coefficients of leak·z + (1 − leak)·max(z, 0). By E\[σ q_i\] = E\[σ″ q_{i−2}\] those of max(z, 0)
/// are q_{i−2}(0)/√(2π) for i ≥ 2.
fn kinked(leak: f64, count: usize) -> Vec<f64> {
    // q_{i−2}(0): 1, 0, −1, 0, 3, 0, −15, …
    let at_zero = |i: usize| {
        if i % 2 == 1 {
            return 0.0;
        }
        (0..i / 2).fold(1.0, |q, k| -q * (2 * k + 1) as f64)
    };
    let coefficient = |i: usize| match i {
        0 => (1.0 - leak) * DENSITY_AT_ZERO,
        1 => 0.5 * (1.0 + leak),
        _ => (1.0 - leak) * DENSITY_AT_ZERO * at_zero(i - 2),
    };
    (0..count).map(coefficient).collect()
}

fn by_quadrature(activation: Activation, count: usize) -> Vec<f64> {
    let mut root_factorial = 1.0;
    normalized(|z| activation.value(z), count)
        .into_iter()
        .enumerate()
        .map(|(i, c)| {
            root_factorial *= (i.max(1) as f64).sqrt();
            c * root_factorial
        })
        .collect()
}

/// E\[f(g)·q_i(g)\]/√(i!) for i below `count`, f without a kink.
pub(in crate::theory) fn normalized(f: impl Fn(f64) -> f64, count: usize) -> Vec<f64> {
    let rule = GaussHermite::shared();
    let mut c = vec![0.0; count];
    for (x, w) in rule.nodes.iter().zip(&rule.weights) {
        let weighted = w * f(*x);
        let (mut before, mut q) = (0.0, 1.0);
        for (i, c) in c.iter_mut().enumerate() {
            *c += weighted * q;
            let i = i as f64;
            (before, q) = (q, (x * q - i.sqrt() * before) / (i + 1.0).sqrt());
        }
    }
    c
}

/// μ_φ = E\[g·φ'(g)\], g ~ N(0, 1) (Oymak–Soltanolkotabi, Thm 2.1). By Stein's identity it is the
/// Hermite coefficient c_2.
pub fn mu(activation: Activation) -> f64 {
    hermite_coefficients(activation, 3)[2]
}

#[cfg(test)]
mod tests {
    use super::super::dual::second_moment;
    use super::*;

    #[test]
    fn parseval_holds() {
        for activation in Activation::ALL {
            let mut factorial = 1.0;
            let mut sum = 0.0;
            for (i, c) in hermite_coefficients(activation, 90).iter().enumerate() {
                factorial *= i.max(1) as f64;
                sum += c * c / factorial;
            }
            let whole = second_moment(activation);
            // The tail of a kinked function falls like i^(−3/2) only: 3·10⁻⁴ after 90 terms.
            let tolerance = if activation.is_smooth() { 1e-6 } else { 1e-3 };
            assert!(
                sum <= whole + 1e-12 && whole - sum < tolerance,
                "{activation:?}: {sum} {whole}"
            );
        }
    }

    #[test]
    fn mu_has_its_known_values() {
        let known = [
            (Activation::Relu, 1.0 / (2.0 * std::f64::consts::PI).sqrt()),
            (Activation::Softplus, 0.2066),
            (Activation::Gelu, 0.75 / std::f64::consts::PI.sqrt()),
            (Activation::Tanh, 0.0),
            (Activation::Quadratic, 2.0),
        ];
        for (activation, expected) in known {
            let mu = mu(activation);
            assert!((mu - expected).abs() < 1e-4, "{activation:?}: {mu}");
        }
    }

    #[test]
    fn mu_is_the_mean_of_g_times_the_slope() {
        let rule = GaussHermite::shared();
        for activation in Activation::ALL.into_iter().filter(|a| a.is_smooth()) {
            let direct = rule.expectation(|g| g * activation.derivative(g));
            assert!((mu(activation) - direct).abs() < 1e-10, "{activation:?}");
        }
    }

    #[test]
    fn closed_coefficients_agree_with_quadrature() {
        for activation in [
            Activation::Identity,
            Activation::Quadratic,
            Activation::Cubic,
        ] {
            let closed = hermite_coefficients(activation, 6);
            for (a, b) in closed.iter().zip(by_quadrature(activation, 6)) {
                assert!((a - b).abs() < 1e-10, "{activation:?}: {a} {b}");
            }
        }
    }
}
