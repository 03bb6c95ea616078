//! Bits on every level, and accuracy.

use super::*;

/// Numbers of every size, both signs, zeros, infinities and NaN.
fn arguments<R: Real>() -> Vec<R> {
    let sizes = (-60..=60).map(|i| 10f64.powf(f64::from(i) / 10.0));
    let fine = (-20_000..20_000).map(|i| f64::from(i) * 1e-3);
    let special = [0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
    let both = sizes.flat_map(|x| [x, -x]);
    both.chain(fine).chain(special).map(R::of).collect()
}

fn same_bits<R: Real>() {
    let z = arguments::<R>();
    let bits = |x: R| x.double().to_bits();
    for activation in Activation::ALL {
        let mut value = vec![R::zero(); z.len()];
        let mut slope = value.clone();
        for level in Level::ALL {
            activation.map_at(level, &z, &mut value, &mut slope);
            for (z, (value, slope)) in z.iter().zip(value.iter().zip(&slope)) {
                let (v, s) = if level != Level::Portable && level.is_available() {
                    activation.evaluated::<R, true>(*z)
                } else {
                    activation.value_and_slope(*z)
                };
                let is_nan = v.is_nan() && value.is_nan();
                assert!(
                    is_nan || bits(*value) == bits(v),
                    "{activation:?} {level:?} σ({z}): {value} {v}"
                );
                let is_nan = s.is_nan() && slope.is_nan();
                assert!(
                    is_nan || bits(*slope) == bits(s),
                    "{activation:?} {level:?} σ'({z}): {slope} {s}"
                );
            }
        }
        let mut values = vec![R::zero(); z.len()];
        activation.map(&z, &mut value, &mut slope);
        activation.map_values(&z, &mut values);
        let same = |(x, y): (&R, &R)| x == y || x.is_nan() && y.is_nan();
        assert!(values.iter().zip(&value).all(same), "{activation:?}");
    }
}

#[test]
fn every_level_gives_the_bits_of_its_rounding() {
    same_bits::<f32>();
    same_bits::<f64>();
}

fn accurate<R: Real>() {
    type Pair = (Activation, fn(f64) -> f64, fn(f64) -> f64);
    let exact: [Pair; 5] = [
        (Activation::Tanh, f64::tanh, |z| 1.0 / z.cosh().powi(2)),
        (
            Activation::Sigmoid,
            |z| 1.0 / (1.0 + (-z).exp()),
            |z| 0.25 / (0.5 * z).cosh().powi(2),
        ),
        (
            Activation::Softplus,
            |z| z.max(0.0) + (-z.abs()).exp().ln_1p(),
            |z| 1.0 / (1.0 + (-z).exp()),
        ),
        (Activation::Erf, libm::erf, |z| {
            std::f64::consts::FRAC_2_SQRT_PI * (-z * z).exp()
        }),
        (
            Activation::Gelu,
            |z| 0.5 * z * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2),
            |z| {
                0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
                    + z * 0.398_942_280_401_432_7 * (-0.5 * z * z).exp()
            },
        ),
    ];
    for (activation, value, slope) in exact {
        for i in -8000..8000 {
            let z = R::of(f64::from(i) * 1e-3);
            let (v, s) = activation.value_and_slope(z);
            let x = z.double();
            // σ to a few units in its own last place (but for the tails of GELU, where e^{−z²/2}
            // carries the rounding of its exponent), σ' to a few in that of its largest value.
            let rounding = (6.0 + x * x) * R::EPSILON;
            let error = (v.double() - value(x)).abs();
            assert!(
                error <= rounding * value(x).abs(),
                "{activation:?} σ({x}): {error:e}"
            );
            let error = (s.double() - slope(x)).abs();
            assert!(
                error <= 6.0 * R::EPSILON,
                "{activation:?} σ'({x}): {error:e}"
            );
        }
    }
}

#[test]
fn values_and_slopes_are_exact_to_a_few_units_in_the_last_place() {
    accurate::<f32>();
    accurate::<f64>();
}
