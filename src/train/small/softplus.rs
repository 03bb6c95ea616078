//! Softplus summed over the neurons of a small network: the sum of log(1 + e^h) over neurons of one v
//! is the logarithm of one product.

use pulp::Simd;

use crate::network::{Real, log_of_1_plus};
use crate::simd::Aligned;

/// Neurons whose v is `size` or −`size`.
#[derive(Clone, Debug)]
struct Group<R> {
    size: R,
    /// The neurons with v = `size`, and those with −`size`.
    of_sign: [Vec<usize>; 2],
}

/// Σ vσ(h) and σ'(h) of softplus for the neurons of a small network, given z = h·log₂e.
///
/// By σ(h) = max(h, 0) + log(1 + e^−|h|), so that no product of a small network leaves the numbers.
#[derive(Clone, Debug)]
pub(in crate::train) struct SoftplusSums<R> {
    groups: Vec<Group<R>>,
    point_row: usize,
    /// For each point and the group in work the d with log(1 + |d|) = |log P₊ − log P₋| and its sign, where
    /// P = Π (1 + e^−|h|) is over the neurons of a sign.
    ratios: Aligned<R>,
    /// Likewise Σ (z + |z|), counted negative for the neurons with −`size`.
    lines: Aligned<R>,
}

/// The neurons by |v|.
fn grouped<R: Real>(v: &[R]) -> Vec<Group<R>> {
    let mut groups: Vec<Group<R>> = Vec::new();
    for (neuron, v) in v.iter().enumerate() {
        let size = v.abs();
        let known = groups.iter().position(|group| group.size == size);
        let place = known.unwrap_or_else(|| {
            let of_sign = [Vec::new(), Vec::new()];
            groups.push(Group { size, of_sign });
            groups.len() - 1
        });
        groups[place].of_sign[usize::from(*v < R::zero())].push(neuron);
    }
    groups
}

impl<R: Real> SoftplusSums<R> {
    /// For neurons with these v, and points in rows of so many floats.
    pub(in crate::train) fn new(v: &[R], point_row: usize) -> Self {
        let zeros = Aligned::filled(R::zero(), point_row);
        Self {
            groups: grouped(v),
            point_row,
            ratios: zeros.clone(),
            lines: zeros,
        }
    }

    /// Floats held.
    pub(in crate::train) fn floats(&self) -> usize {
        2 * self.ratios.len()
    }

    /// From z, neurons × points, σ'(h) alike, and Σ vσ(h) at the points. An infinite z gives NaN.
    #[inline(always)]
    pub(in crate::train) fn run<S: Simd>(
        &mut self,
        simd: S,
        z: &[R],
        slopes: &mut [R],
        sums: &mut [R],
    ) {
        let vectors = self.point_row / R::count::<S>();
        sums.fill(R::zero());
        for group in 0..self.groups.len() {
            let mut at = 0;
            while at + 4 <= vectors {
                self.panel::<S, 4>(simd, [group, at], z, slopes);
                at += 4;
            }
            if at + 2 <= vectors {
                self.panel::<S, 2>(simd, [group, at], z, slopes);
                at += 2;
            }
            if at < vectors {
                self.panel::<S, 1>(simd, [group, at], z, slopes);
            }
            if S::IS_SCALAR {
                self.add_up::<false>(group, sums);
            } else {
                self.add_up::<true>(group, sums);
            }
        }
    }

    /// A group at the points of N vectors.
    #[inline(always)]
    fn panel<S: Simd, const N: usize>(
        &mut self,
        simd: S,
        [group, vector]: [usize; 2],
        z: &[R],
        slopes: &mut [R],
    ) {
        let [positive, negative] = &self.groups[group].of_sign;
        let length = N * R::count::<S>();
        let at = vector * R::count::<S>();
        let (ratios, _) = R::vectors_mut::<S>(&mut self.ratios[at..at + length]);
        let (lines, _) = R::vectors_mut::<S>(&mut self.lines[at..at + length]);
        let neurons = z.len() / self.point_row;
        let place = vector * neurons..(vector + N) * neurons;
        let z = &R::vectors::<S>(z).0[place.clone()];
        let slopes = &mut R::vectors_mut::<S>(slopes).0[place];
        // By memory between the two: there are not registers enough for both.
        let [products, line] = product_and_line::<R, S, N>(simd, positive, z, slopes);
        for c in 0..N {
            (ratios[c], lines[c]) = (products[c], line[c]);
        }
        let [products, line] = product_and_line::<R, S, N>(simd, negative, z, slopes);
        let one = R::splat(simd, R::one());
        for c in 0..N {
            let smaller = R::plus(simd, one, R::at_most(simd, ratios[c], products[c]));
            ratios[c] = R::over(simd, R::minus(simd, ratios[c], products[c]), smaller);
            lines[c] = R::minus(simd, lines[c], line[c]);
        }
    }

    /// Adds Σ vσ(h) of a group.
    #[inline(always)]
    fn add_up<const FUSED: bool>(&self, group: usize, sums: &mut [R]) {
        let half = R::of(0.5 * std::f64::consts::LN_2);
        let size = self.groups[group].size;
        let ratios = self.ratios.iter().zip(self.lines.iter());
        for (sum, (d, line)) in sums.iter_mut().zip(ratios) {
            let log = log_of_1_plus::<R, FUSED>(d.abs());
            let log = if *d < R::zero() { -log } else { log };
            *sum += size * (half * *line + log);
        }
    }
}

/// Π (1 + e^−|h|) − 1 and Σ (z + |z|) over some neurons at the points of N vectors; σ' is kept.
#[inline(always)]
fn product_and_line<R: Real, S: Simd, const N: usize>(
    simd: S,
    neurons: &[usize],
    z: &[R::Vector<S>],
    slopes: &mut [R::Vector<S>],
) -> [[R::Vector<S>; N]; 2] {
    let [zero, one] = [R::zero(), R::one()].map(|x| R::splat(simd, x));
    let all = z.len() / N;
    let [mut products, mut lines] = [[zero; N]; 2];
    for neuron in neurons {
        let z: [R::Vector<S>; N] = std::array::from_fn(|c| z[c * all + neuron]);
        let mut sizes = z;
        for c in 0..N {
            sizes[c] = R::size(simd, z[c]);
            // NaN is kept here: it must not turn into a number.
            lines[c] = R::plus(simd, lines[c], R::plus(simd, z[c], sizes[c]));
        }
        let e = power_of_negative::<R, S, N>(simd, sizes);
        for c in 0..N {
            let factor = R::plus(simd, one, e[c]);
            let numerator = R::where_negative(simd, z[c], e[c], one);
            slopes[c * all + neuron] = R::over(simd, numerator, factor);
            // (1 + p)(1 + e) − 1, exact to rounding however small p and e are.
            products[c] = R::times_plus(simd, products[c], factor, e[c]);
        }
    }
    [products, lines]
}

/// 2^−x of x ≥ 0; the least normal number where it would be less.
#[inline(always)]
fn power_of_negative<R: Real, S: Simd, const N: usize>(
    simd: S,
    mut x: [R::Vector<S>; N],
) -> [R::Vector<S>; N] {
    let rounding = R::splat(simd, R::ROUNDING);
    let most = R::splat(simd, R::LARGEST_POWER);
    let mut shifted = x;
    for c in 0..N {
        x[c] = R::at_most(simd, most, x[c]);
        shifted[c] = R::minus(simd, rounding, x[c]);
        x[c] = R::minus(simd, R::minus(simd, rounding, shifted[c]), x[c]);
    }
    let [coefficients @ .., highest] = R::POWER else {
        return x;
    };
    let mut power = [R::splat(simd, *highest); N];
    for coefficient in coefficients.iter().rev() {
        let coefficient = R::splat(simd, *coefficient);
        for c in 0..N {
            power[c] = R::times_plus(simd, power[c], x[c], coefficient);
        }
    }
    for c in 0..N {
        power[c] = R::times_power(simd, power[c], shifted[c]);
    }
    power
}

#[cfg(test)]
mod tests {
    use std::marker::PhantomData;

    use pulp::WithSimd;

    use super::super::tiles::{CountLanes, Shape};
    use crate::simd::{Level, in_lines};

    use super::*;

    struct Run<'a, R> {
        of: &'a mut SoftplusSums<R>,
        z: &'a [R],
        slopes: &'a mut [R],
        sums: &'a mut [R],
    }

    impl<R: Real> WithSimd for Run<'_, R> {
        type Output = ();

        #[inline(always)]
        fn with_simd<S: Simd>(self, simd: S) {
            self.of.run(simd, self.z, self.slopes, self.sums);
        }
    }

    /// Σ vσ(h) at each point and σ'(h), given z = h·log₂e, neurons × points.
    fn both<R: Real>(level: Level, v: &[R], z: &[R]) -> [Vec<R>; 2] {
        let points = z.len() / v.len();
        let row = in_lines::<R>(points);
        let shape = Shape {
            neurons: v.len(),
            points,
            inputs: 0,
            point_row: row,
            input_row: 0,
            lanes: level.run(CountLanes(PhantomData::<R>)),
        };
        let places = (0..z.len()).map(|i| shape.place(i / points, i % points));
        let mut aligned = Aligned::filled(R::zero(), v.len() * row);
        places
            .clone()
            .zip(z)
            .for_each(|(place, z)| aligned[place] = *z);
        let (mut slopes, mut sums) = (aligned.clone(), Aligned::filled(R::zero(), row));
        level.run(Run {
            of: &mut SoftplusSums::new(v, row),
            z: &aligned,
            slopes: &mut slopes,
            sums: &mut sums,
        });
        let slopes = places.map(|place| slopes[place]).collect();
        [sums[..points].to_vec(), slopes]
    }

    fn levels() -> impl Iterator<Item = Level> {
        Level::ALL.into_iter().filter(|level| level.is_available())
    }

    /// log₂(1 + 2^z) and its slope.
    fn exact(z: f64) -> (f64, f64) {
        let e = (-z.abs()).exp2();
        let slope = if z < 0.0 { e } else { 1.0 } / (1.0 + e);
        (z.max(0.0) + e.ln_1p() / std::f64::consts::LN_2, slope)
    }

    fn one_neuron<R: Real>() {
        let z: Vec<R> = (-80_000..80_000)
            .map(|i| R::of(f64::from(i) * 1e-3))
            .collect();
        for (level, v) in levels().flat_map(|level| [(level, 1.0), (level, -1.0)]) {
            let [sums, slopes] = both(level, &[R::of(v)], &z);
            for ((z, sum), slope) in z.iter().zip(&sums).zip(&slopes) {
                let (value, exact_slope) = exact(z.double());
                let error = sum.double() / (v * std::f64::consts::LN_2 * value) - 1.0;
                assert!(
                    error.abs() < 4.0 * R::EPSILON,
                    "{level:?} σ({z}): {error:e}"
                );
                let error = slope.double() / exact_slope - 1.0;
                assert!(
                    error.abs() < 4.0 * R::EPSILON,
                    "{level:?} σ'({z}): {error:e}"
                );
            }
        }
    }

    #[test]
    fn of_one_neuron_both_are_exact_to_a_few_units_in_the_last_place() {
        one_neuron::<f32>();
        one_neuron::<f64>();
    }

    /// Largest error of a sum relative to Σ |vσ(h)|, in units of ε, over networks of 64 neurons whose h
    /// are about as large as `size`.
    fn worst_sum<R: Real>(level: Level, size: f64, v: impl Fn(usize) -> f64) -> f64 {
        let (neurons, points) = (64, 37);
        let v: Vec<R> = (0..neurons).map(|i| R::of(v(i))).collect();
        let z: Vec<R> = (0..neurons * points)
            .map(|i| R::of(size * (f64::from(i as u32 * 7919 % 2003) / 1001.5 - 1.0)))
            .collect();
        let [sums, _] = both(level, &v, &z);
        let errors = sums.iter().enumerate().map(|(point, sum)| {
            let terms = v.iter().enumerate().map(|(neuron, v)| {
                let (value, _) = exact(z[neuron * points + point].double());
                v.double() * std::f64::consts::LN_2 * value
            });
            let (total, of_sizes) = terms.fold((0.0, 0.0), |(t, s), x| (t + x, s + x.abs()));
            (sum.double() - total).abs() / of_sizes / R::EPSILON
        });
        errors.fold(0.0, f64::max)
    }

    fn sums<R: Real>() {
        for (level, size) in levels().flat_map(|l| [0.01, 1.0, 30.0, 3000.0].map(|s| (l, s))) {
            let halves = worst_sum::<R>(level, size, |i| if i < 32 { 0.7 } else { -0.7 });
            let alike = worst_sum::<R>(level, size, |_| 0.7);
            let several = worst_sum::<R>(level, size, |i| [0.5, -0.25, 2.0][i % 3]);
            for error in [halves, alike, several] {
                assert!(error < 16.0, "{level:?} ×{size}: {error}");
            }
        }
    }

    #[test]
    fn sums_are_exact_to_the_rounding_of_their_terms() {
        sums::<f32>();
        sums::<f64>();
    }

    #[test]
    fn every_vector_level_gives_the_same_bits() {
        let z: Vec<f32> = (0..8 * 53)
            .map(|i| (i * 7919 % 2003) as f32 * 0.01 - 10.0)
            .collect();
        let v = [1.0, -1.0, 0.5, 1.0, 1.0, -0.5, -1.0, 0.5];
        let vectors: Vec<_> = levels().filter(|l| *l != Level::Portable).collect();
        let results = vectors.iter().map(|level| both(*level, &v, &z));
        let results: Vec<_> = results.collect();
        assert!(results.windows(2).all(|two| two[0] == two[1]));
    }

    #[test]
    fn no_more_is_held_for_neurons_that_share_nothing() {
        let v: Vec<f32> = (1..=64u8).map(f32::from).collect();
        assert_eq!(SoftplusSums::new(&v, 16).floats(), 32);
    }

    #[test]
    fn ends_and_nothing() {
        let z = [f32::NAN, 1e30, -1e30, 0.0];
        for level in levels() {
            let [sums, slopes] = both(level, &[1.0], &z);
            assert!(sums[0].is_nan(), "{level:?}");
            let line = 1e30 * std::f32::consts::LN_2;
            assert!((sums[1] / line - 1.0).abs() < 4e-7, "{}", sums[1]);
            assert!(sums[2] < 1e-37 && slopes[2] < 1e-37);
            assert_eq!([slopes[1], slopes[3]], [1.0, 0.5]);
            assert!((sums[3] / std::f32::consts::LN_2 - 1.0).abs() < 4e-7);
        }
    }
}
