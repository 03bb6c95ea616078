//! The difference of two means, with its interval.

use super::Interval;
use super::interval::{Statistic, interval, student_95};

/// How the values of two samples belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pairing {
    /// Value for value: both share what they were drawn from.
    Paired,
    /// Not at all: each was drawn for itself.
    Independent,
}

impl Pairing {
    /// How the interval is made, in few words.
    pub(crate) fn method(self) -> &'static str {
        match self {
            Self::Paired => "differences seed by seed, Student's t",
            Self::Independent => "Welch's form of Student's t",
        }
    }
}

/// Mean of the second sample less that of the first, and its 95 % interval, whose ends are NaN where a single
/// value shows no spread. Paired samples are of one length. `None` without values.
pub(crate) fn difference(first: &[f64], second: &[f64], pairing: Pairing) -> Option<Interval> {
    match pairing {
        Pairing::Paired => {
            let pairs = first.iter().zip(second);
            let differences: Vec<f64> = pairs.map(|(a, b)| b - a).collect();
            interval(Statistic::Confidence, &differences)
        }
        Pairing::Independent => {
            let (a, b) = (Sample::of(first)?, Sample::of(second)?);
            let centre = b.mean - a.mean;
            let squared = a.squared_error + b.squared_error;
            let parts = [a, b].map(|x| x.squared_error.powi(2) / x.freedom);
            let freedom = squared * squared / (parts[0] + parts[1]);
            // Samples that do not vary at all have no freedom to count, and differ for certain.
            let half = if squared == 0.0 {
                0.0
            } else {
                student_95(freedom) * squared.sqrt()
            };
            Some(Interval {
                centre,
                low: centre - half,
                high: centre + half,
            })
        }
    }
}

struct Sample {
    mean: f64,
    /// Square of the standard error of the mean; NaN for a single value.
    squared_error: f64,
    /// Degrees of freedom of it.
    freedom: f64,
}

impl Sample {
    fn of(values: &[f64]) -> Option<Self> {
        let count = values.len() as f64;
        let error = interval(Statistic::StandardError, values)?;
        Some(Self {
            mean: error.centre,
            squared_error: (error.high - error.centre).powi(2),
            freedom: count - 1.0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(got: f64, expected: f64) {
        assert!((got - expected).abs() < 1e-3, "{got} {expected}");
    }

    #[test]
    fn pairs_take_off_what_both_samples_share() {
        let (first, second) = ([1.0, 5.0, 9.0], [1.1, 5.3, 9.2]);
        let paired = difference(&first, &second, Pairing::Paired).expect("values");
        near(paired.centre, 0.2);
        // t(2) at 97.5 % is 4.3027; the differences deviate by 0.1.
        near(paired.high - paired.centre, 4.3027 * 0.1 / 3f64.sqrt());
        let alone = difference(&first, &second, Pairing::Independent).expect("values");
        near(alone.centre, 0.2);
        // Equal spreads have 2(n − 1) degrees of freedom but for the little that 4 and 4.05 differ.
        assert!(alone.high - alone.centre > 9.0, "{alone:?}");
    }

    #[test]
    fn welch_of_a_textbook() {
        // Standard errors 1 and 2 of 3 and 5 values: (1 + 4)²/(1/2 + 16/4) = 5.5556, where t is 2.4954.
        let spread = |count: usize, error: f64| {
            let root = (count as f64).sqrt() * error;
            let unit: Vec<f64> = (0..count).map(|k| k as f64).collect();
            let mean = unit.iter().sum::<f64>() / count as f64;
            let squares: f64 = unit.iter().map(|x| (x - mean).powi(2)).sum();
            let deviation = (squares / (count as f64 - 1.0)).sqrt();
            unit.iter()
                .map(|x| root * x / deviation)
                .collect::<Vec<_>>()
        };
        let found = difference(&spread(3, 1.0), &spread(5, 2.0), Pairing::Independent);
        let found = found.expect("values");
        let half = (found.high - found.centre) / 5f64.sqrt();
        assert!((half - 2.495).abs() < 0.005, "{half}");
    }

    #[test]
    fn one_value_shows_no_spread_and_equal_ones_differ_for_certain() {
        for pairing in [Pairing::Paired, Pairing::Independent] {
            let one = difference(&[1.0], &[3.0], pairing).expect("values");
            assert!(one.centre == 2.0 && one.low.is_nan(), "{one:?}");
            let sure = difference(&[1.0; 3], &[3.0; 3], pairing).expect("values");
            assert_eq!((sure.low, sure.high), (2.0, 2.0));
            assert_eq!(difference(&[], &[], pairing), None);
        }
    }
}
