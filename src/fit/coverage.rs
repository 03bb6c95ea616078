//! How often a 95 % interval holds the truth, in 2 000 sweeps drawn by a known law.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use super::line::fit_line;
use super::{Outcome, Pairing, difference, fit_exponent, half_width_of_half_point, logistic};

const DRAWS: usize = 2000;

/// What an honest 95 % interval covers, with the noise of so many draws.
const HONEST: std::ops::RangeInclusive<f64> = 0.93..=0.97;

fn normal(rng: &mut ChaCha8Rng) -> f64 {
    StandardNormal.sample(rng)
}

/// A phase diagram: sizes, trials of a cell, and how its transition varies.
struct Diagram {
    sizes: [usize; 2],
    trials: usize,
    /// u is row × column over this.
    points: f64,
    /// ln u at which success passes ½, on average over rows and columns.
    place: f64,
    /// Log-odds a unit of ln u within a cell.
    steepness: f64,
}

/// `oymak-fig2-live`.
const LIVE: Diagram = Diagram {
    sizes: [12, 12],
    trials: 5,
    points: 30.0,
    place: 0.88,
    steepness: 13.0,
};

/// How far ln u at ½ lies from its mean in the rows k = 4 … 12 of `oymak-fig2-live`, each fitted
/// alone with 20 trials a cell: the edge is no hyperbola kd = const.
const MEASURED: [f64; 9] = [
    -0.379, -0.041, -0.250, -0.025, -0.044, 0.069, 0.127, 0.231, 0.316,
];

impl Diagram {
    /// One sweep; `offset` is how far the place in a row, then in a column, is from its mean.
    fn drawn(
        &self,
        rng: &mut ChaCha8Rng,
        offset: impl Fn(usize, &mut ChaCha8Rng) -> f64,
    ) -> Vec<Outcome> {
        let offsets = [0, 1].map(|axis| {
            let all = (0..self.sizes[axis]).map(|_| offset(axis, rng));
            all.collect::<Vec<f64>>()
        });
        let mut trials = Vec::new();
        for (row, by_row) in offsets[0].iter().enumerate() {
            for (column, by_column) in offsets[1].iter().enumerate() {
                let x = ((row + 1) as f64 * (column + 1) as f64 / self.points).ln();
                let odds = self.steepness * (x - self.place - by_row - by_column);
                let p = 1.0 / (1.0 + (-odds).exp());
                trials.extend((0..self.trials).map(|_| Outcome {
                    x,
                    success: f64::from(u8::from(rng.random::<f64>() < p)),
                    place: [row, column],
                }));
            }
        }
        trials
    }

    /// Shares of the sweeps in which the place lies within the interval, and within ±1.96 standard
    /// errors of a fit that takes all trials of one curve.
    fn coverage(&self, offset: impl Fn(usize, &mut ChaCha8Rng) -> f64) -> [f64; 2] {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut covered = [0.0; 2];
        for _ in 0..DRAWS {
            let trials = self.drawn(&mut rng, &offset);
            let curve = logistic(&trials).expect("a fit");
            let half = half_width_of_half_point(&trials, curve).expect("an interval");
            let strays = (-curve.1 / curve.0 - self.place).abs();
            for (count, half) in covered.iter_mut().zip([half, plain(&trials, curve)]) {
                *count += f64::from(u8::from(strays <= half)) / DRAWS as f64;
            }
        }
        covered
    }
}

/// 1.96 standard errors of −offset/slope by the inverse of the information, all trials independent.
fn plain(trials: &[Outcome], (slope, offset): (f64, f64)) -> f64 {
    let place = -offset / slope;
    let (mut height, mut across, mut square) = (0.0, 0.0, 0.0);
    for Outcome { x, .. } in trials {
        let p = 1.0 / (1.0 + (-(slope * x + offset)).exp());
        let (weight, x) = (p * (1.0 - p), x - place);
        height += weight;
        across += weight * x;
        square += weight * x * x;
    }
    1.96 * (square / (height * square - across * across)).sqrt() / slope
}

#[test]
fn the_interval_of_a_transition_covers_where_rows_disagree_as_measured() {
    let rows = |axis, rng: &mut ChaCha8Rng| match axis {
        0 => MEASURED[rng.random_range(0..MEASURED.len())],
        _ => 0.0,
    };
    let columns = |axis: usize, rng: &mut ChaCha8Rng| rows(1 - axis, rng);
    for [honest, plain] in [LIVE.coverage(rows), LIVE.coverage(columns)] {
        assert!(HONEST.contains(&honest), "{honest}");
        assert!(plain < 0.6, "trials of one curve: {plain}");
    }
}

#[test]
fn it_covers_where_rows_and_columns_disagree_and_on_other_grids() {
    let both = |size: f64| move |_, rng: &mut ChaCha8Rng| size * normal(rng);
    let rows = |size: f64| {
        move |axis, rng: &mut ChaCha8Rng| if axis == 0 { size * normal(rng) } else { 0.0 }
    };
    // song-table1-map, and a grid of one trial a cell.
    let small = Diagram {
        sizes: [6, 10],
        trials: 3,
        points: 12.0,
        place: 0.79,
        steepness: 8.0,
    };
    let single = Diagram {
        trials: 1,
        sizes: [16, 16],
        points: 50.0,
        ..LIVE
    };
    let found = [
        LIVE.coverage(both(0.15))[0],
        small.coverage(rows(0.2))[0],
        single.coverage(rows(0.2))[0],
    ];
    assert!(
        found.iter().all(|share| HONEST.contains(share)),
        "{found:?}"
    );
}

/// Where no rows disagree it is wider than it need be, and says so by covering more.
#[test]
fn it_never_covers_too_little_where_cells_alone_disagree_or_none_do() {
    let share = Diagram {
        steepness: 6.6,
        ..LIVE
    }
    .coverage(|_, _| 0.0)[0];
    assert!(share >= 0.93, "{share}");
}

/// The interval holds in a sweep over one field, whose cells are its rows.
#[test]
fn it_covers_along_one_field_where_cells_disagree() {
    let line = Diagram {
        sizes: [40, 1],
        trials: 10,
        points: 18.0,
        place: 0.0,
        steepness: 6.0,
    };
    let cells = |axis, rng: &mut ChaCha8Rng| if axis == 0 { 0.15 * normal(rng) } else { 0.0 };
    let [honest, plain] = line.coverage(cells);
    assert!(HONEST.contains(&honest) && plain < 0.92, "{honest} {plain}");
}

/// Seeds that disagree by these shares, as in `min-fig3-sweep-live` at h = 250 … 4000.
const SEEDS: [f64; 5] = [0.040, 0.045, 0.033, 0.055, 0.053];

/// Shares of 2 000 sweeps with so many seeds at each of five widths, and cells that depart from the
/// power law by `departure`, in which the exponent −½ lies within the interval; within the former ±,
/// a standard error of the line through the centres; and within ±1.96 of the line through all trials.
fn coverage_of_an_exponent(seeds: usize, departure: f64) -> [f64; 3] {
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    let mut covered = [0.0; 3];
    for _ in 0..DRAWS {
        let (mut centres, mut all) = (Vec::new(), Vec::new());
        for (k, spread) in SEEDS.iter().enumerate() {
            let x = 250.0 * 2f64.powi(k as i32);
            let centre = -0.5 * x.ln() + departure * normal(&mut rng);
            let trials: Vec<f64> = (0..seeds)
                .map(|_| (centre + spread * normal(&mut rng)).exp())
                .collect();
            centres.push((x, trials.iter().sum::<f64>() / seeds as f64));
            all.extend(trials.iter().map(|y| (x.ln(), y.ln())));
        }
        let fit = fit_exponent(centres.iter().copied()).expect("an exponent");
        let logs: Vec<_> = centres.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
        let former = fit_line(&logs).expect("a line");
        let through_all = fit_line(&all).expect("a line");
        let halves = [
            (fit.slope, fit.half_width()),
            (former.slope, former.standard_error),
            (through_all.slope, 1.96 * through_all.standard_error),
        ];
        for (count, (slope, half)) in covered.iter_mut().zip(halves) {
            *count += f64::from(u8::from((slope + 0.5).abs() <= half)) / DRAWS as f64;
        }
    }
    covered
}

#[test]
fn the_interval_of_an_exponent_covers_where_seeds_disagree_and_cells_depart_from_the_line() {
    for (seeds, departure) in [(3, 0.015), (10, 0.015), (3, 0.0), (5, 0.05)] {
        let [honest, former, _] = coverage_of_an_exponent(seeds, departure);
        assert!(HONEST.contains(&honest), "{seeds} {departure}: {honest}");
        assert!(former < 0.75, "one standard error: {former}");
    }
    let [_, _, through_all] = coverage_of_an_exponent(10, 0.05);
    assert!(through_all < 0.8, "all trials of one line: {through_all}");
}

/// Shares of 2 000 sweeps in which the difference of two neighbouring cells lies within its interval, and
/// within two standard errors of it. Seeds shift both cells by `shared`, and each by its own spread.
fn coverage_of_a_difference(
    seeds: usize,
    (shared, spreads): (f64, [f64; 2]),
    pairing: Pairing,
) -> [f64; 2] {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let mut covered = [0.0; 2];
    let deviation = |values: &[f64]| {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (values.len() as f64 - 1.0)
    };
    for _ in 0..DRAWS {
        let mut cells = [Vec::new(), Vec::new()];
        for _ in 0..seeds {
            let both = shared * normal(&mut rng);
            for ((cell, spread), place) in cells.iter_mut().zip(spreads).zip([0.0, 1.0]) {
                // Where the cells draw for themselves, what a seed does to one says nothing of the other.
                let own = match pairing {
                    Pairing::Paired => both,
                    Pairing::Independent => shared * normal(&mut rng),
                };
                cell.push(place + own + spread * normal(&mut rng));
            }
        }
        let [first, second] = cells;
        let found = difference(&first, &second, pairing).expect("a difference");
        let errors = (deviation(&first) + deviation(&second)) / seeds as f64;
        let strays = (found.centre - 1.0).abs();
        let halves = [found.high - found.centre, 2.0 * errors.sqrt()];
        for (count, half) in covered.iter_mut().zip(halves) {
            *count += f64::from(u8::from(strays <= half)) / DRAWS as f64;
        }
    }
    covered
}

#[test]
fn the_interval_of_a_difference_covers_where_two_standard_errors_do_not() {
    // Seeds that move both cells farther than either strays by itself.
    let shared = (0.012, [0.006, 0.004]);
    for seeds in [3, 5] {
        let [honest, _] = coverage_of_a_difference(seeds, shared, Pairing::Paired);
        assert!(HONEST.contains(&honest), "{seeds}: {honest}");
    }
    for (seeds, spreads) in [(3, [1.0, 0.3]), (5, [1.0, 1.0])] {
        let own = (0.0, spreads);
        let [honest, former] = coverage_of_a_difference(seeds, own, Pairing::Independent);
        assert!(HONEST.contains(&honest), "{seeds} {spreads:?}: {honest}");
        assert!(former < 0.93, "two standard errors: {former}");
    }
}
