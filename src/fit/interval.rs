//! A centre and an interval of the trials of a cell.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Half-width of the 95 % interval of the standard normal law.
const NORMAL_95: f64 = 1.959_963_984_540_054;

/// How the trials of a cell are summed up: a centre and an interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Statistic {
    /// Of successes their share with its 95 % interval, of steps median and quartiles (a run that came
    /// to the cap has no number of its own), of measures mean and 95 % interval.
    #[default]
    Auto,
    /// Share p of successes and its 95 % interval, by Wilson; of other values as `Confidence`.
    Share,
    /// Mean ± standard deviation of the trials (n − 1).
    StandardDeviation,
    /// Mean ± standard deviation/√n.
    StandardError,
    /// Mean and its 95 % interval, by Student's t.
    Confidence,
    /// Median, lower and upper quartile.
    Quartiles,
}

impl Statistic {
    /// What the centre and the interval are.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Share => "share and 95 % interval (Wilson)",
            Self::Auto | Self::Confidence => "mean and 95 % interval (Student's t)",
            Self::StandardDeviation => "mean ± standard deviation",
            Self::StandardError => "mean ± standard error",
            Self::Quartiles => "median and quartiles",
        }
    }
}

/// A centre and an interval around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Mean, share or median.
    pub centre: f64,
    /// Lower end; NaN where too few values give none.
    pub low: f64,
    /// Upper end, likewise.
    pub high: f64,
}

/// The statistic of values, which are 1 and 0 for a share. `None` without values. A value that is not
/// finite makes the centre NaN: it is never averaged away.
pub(crate) fn interval(statistic: Statistic, values: &[f64]) -> Option<Interval> {
    if values.is_empty() {
        return None;
    }
    if statistic == Statistic::Quartiles {
        return Some(quartiles(values));
    }
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    if !mean.is_finite() {
        let nothing = f64::NAN;
        return Some(Interval {
            centre: nothing,
            low: nothing,
            high: nothing,
        });
    }
    if statistic == Statistic::Share {
        return Some(wilson(mean, count));
    }
    let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    // 0/0 for a single value: one trial says nothing of the spread.
    let deviation = (squares / (count - 1.0)).sqrt();
    let half = match statistic {
        Statistic::StandardDeviation => deviation,
        Statistic::StandardError => deviation / count.sqrt(),
        _ => student_95(count - 1.0) * deviation / count.sqrt(),
    };
    Some(Interval {
        centre: mean,
        low: mean - half,
        high: mean + half,
    })
}

/// Upper 97.5 % quantile of Student's t with so many degrees of freedom; NaN for none.
pub(crate) fn student_95(freedom: f64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom).map_or(f64::NAN, |law| law.inverse_cdf(0.975))
}

/// Wilson's score interval of a share p of n, 95 %.
fn wilson(p: f64, n: f64) -> Interval {
    let z2 = NORMAL_95 * NORMAL_95;
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = NORMAL_95 / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    Interval {
        centre: p,
        low: (middle - half).max(0.0),
        high: (middle + half).min(1.0),
    }
}

/// Median and quartiles, by linear interpolation between the order statistics.
fn quartiles(values: &[f64]) -> Interval {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = share * (sorted.len() - 1) as f64;
        let (below, part) = (place.floor() as usize, place.fract());
        let low = sorted.get(below).copied().unwrap_or(f64::NAN);
        match sorted.get(below + 1) {
            Some(high) if part > 0.0 => low + part * (high - low),
            _ => low,
        }
    };
    Interval {
        centre: at(0.5),
        low: at(0.25),
        high: at(0.75),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 5e-4
    }

    #[test]
    fn intervals_are_those_of_the_textbooks() {
        let values = [4.0, 6.0, 8.0, 10.0];
        let of = |statistic| interval(statistic, &values).expect("values");
        let sd = (20.0_f64 / 3.0).sqrt();
        assert!(close(of(Statistic::StandardDeviation).high, 7.0 + sd));
        assert!(close(of(Statistic::StandardError).low, 7.0 - sd / 2.0));
        // t(3) at 97.5 % is 3.1824.
        assert!(close(
            of(Statistic::Confidence).high,
            7.0 + 3.18245 * sd / 2.0
        ));
        let quartiles = of(Statistic::Quartiles);
        assert_eq!(
            (quartiles.low, quartiles.centre, quartiles.high),
            (5.5, 7.0, 8.5)
        );
    }

    #[test]
    fn wilson_of_5_in_10_and_of_none() {
        let half = interval(Statistic::Share, &[1., 1., 1., 1., 1., 0., 0., 0., 0., 0.]);
        let half = half.expect("values");
        assert!(close(half.low, 0.2366) && close(half.high, 0.7634));
        let none = interval(Statistic::Share, &[0.0; 10]).expect("values");
        assert!(none.low == 0.0 && close(none.high, 0.2775));
    }

    #[test]
    fn what_is_not_finite_is_not_averaged_away_and_one_value_has_no_spread() {
        let bad = interval(Statistic::Confidence, &[1.0, f64::INFINITY, 2.0]);
        assert!(bad.expect("values").centre.is_nan());
        let one = interval(Statistic::Confidence, &[3.0]).expect("a value");
        assert!(one.centre == 3.0 && one.low.is_nan());
        assert_eq!(interval(Statistic::Share, &[]), None);
    }
}
