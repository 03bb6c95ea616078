//! The rate at which a loss decays, and how it varies on the way.

/// Parts of equal time of a window whose own rates say how the rate varies.
pub const PARTS: usize = 4;

/// The rate λ of a decay ∝ e^{−λt} over a window of time.
///
/// ln loss is taken as a straight line between records, and the least squares run over the *time* of
/// the window, not over the records: minimal ∫(ln loss − c + λt)² dt. So ten records a decade and a
/// hundred and sixty give the same rate. A training curve has no noise to tell an error of the rate
/// from: what can be said is how the rate varies over the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// dy/dt of ln loss: negative while the loss falls.
    pub slope: f64,
    /// Least and greatest of the rates, fitted in the same way, of the quarters of the window (by
    /// time). `None` where a quarter has no record of its own.
    pub local: Option<[f64; 2]>,
    /// Points of the window.
    pub points: usize,
}

impl Rate {
    /// Rate of decay λ in loss ∝ e^{−λt}: positive while the loss falls.
    pub fn rate(&self) -> f64 {
        -self.slope
    }
}

/// The rate of decay over the points (t, loss) given, by rising time.
///
/// Points whose time or loss is not finite, and those whose loss is not positive, are left out.
/// `None` for fewer than three points left, or where they all have the same time.
pub fn fit_rate(points: impl Iterator<Item = (f64, f64)>) -> Option<Rate> {
    let points: Vec<(f64, f64)> = points
        .filter(|(t, loss)| t.is_finite() && loss.is_finite() && *loss > 0.0)
        .map(|(t, loss)| (t, loss.ln()))
        .collect();
    if points.len() < 3 {
        return None;
    }
    let slope = slope_over_time(&points)?;
    Some(Rate {
        slope,
        local: local_rates(&points),
        points: points.len(),
    })
}

/// The point (t, loss) at a share of the way from one record to the next, on the straight line of
/// ln loss over t. Not finite where ln loss is not.
pub fn part_way(from: (f64, f64), to: (f64, f64), share: f64) -> (f64, f64) {
    let between = |a: f64, b: f64| a + share * (b - a);
    (between(from.0, to.0), between(from.1.ln(), to.1.ln()).exp())
}

/// Least-squares slope of a broken line y(t) over its time, 12/T³ ∫(t − t̄)(y − ȳ) dt with t̄ the
/// middle. `None` without a length of time.
fn slope_over_time(points: &[(f64, f64)]) -> Option<f64> {
    let (first, last) = (points.first()?, points.last()?);
    let (length, middle) = (last.0 - first.0, first.0 + 0.5 * (last.0 - first.0));
    // Near the mean of y, so that the products lose no digits; any constant adds nothing.
    let level = 0.5 * (first.1 + last.1);
    let moment = |(t, y): (f64, f64)| (t - middle) * (y - level);
    let part = |pair: &[(f64, f64)]| match *pair {
        [a, b] => {
            let half = (0.5 * (a.0 + b.0), 0.5 * (a.1 + b.1));
            // Simpson's rule is exact for the product of two straight lines.
            (b.0 - a.0) / 6.0 * (moment(a) + 4.0 * moment(half) + moment(b))
        }
        _ => 0.0,
    };
    let integral: f64 = points.windows(2).map(part).sum();
    let slope = 12.0 * integral / length.powi(3);
    (length > 0.0 && slope.is_finite()).then_some(slope)
}

/// Least and greatest rate of the quarters of the points' time.
fn local_rates(points: &[(f64, f64)]) -> Option<[f64; 2]> {
    let (start, end) = (points.first()?.0, points.last()?.0);
    let edge = |k: usize| match k {
        PARTS => end,
        _ => start + (end - start) * k as f64 / PARTS as f64,
    };
    let mut range = [f64::INFINITY, f64::NEG_INFINITY];
    for k in 0..PARTS {
        let [from, to] = [edge(k), edge(k + 1)];
        let inside: Vec<_> = points
            .iter()
            .copied()
            .filter(|(t, _)| from < *t && *t <= to)
            .collect();
        if inside.is_empty() {
            return None;
        }
        let ends = [on_line(points, from)?, on_line(points, to)?];
        let part: Vec<_> = [ends[0]]
            .into_iter()
            .chain(inside.into_iter().filter(|(t, _)| *t < to))
            .chain([ends[1]])
            .collect();
        let rate = -slope_over_time(&part)?;
        range = [range[0].min(rate), range[1].max(rate)];
    }
    Some(range)
}

/// The point of a broken line at a time within it.
fn on_line(points: &[(f64, f64)], time: f64) -> Option<(f64, f64)> {
    let after = points.iter().position(|(t, _)| *t >= time)?;
    let (t, y) = *points.get(after)?;
    if t == time || after == 0 {
        return Some((time, y));
    }
    let before = points.get(after - 1)?;
    Some((
        time,
        before.1 + (y - before.1) * (time - before.0) / (t - before.0),
    ))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fit::line::fit_line;

    #[test]
    fn too_few_usable_points_give_no_rate() {
        let bad = [
            (0.0, 0.0),
            (1.0, -1.0),
            (2.0, f64::NAN),
            (3.0, f64::INFINITY),
            (f64::NAN, 1.0),
        ];
        let good = [(4.0, 2.0), (5.0, 1.0)];
        assert_eq!(fit_rate(bad.into_iter().chain(good)), None);
        assert_eq!(fit_rate([(1.0, 2.0); 5].into_iter()), None, "one time only");
        let three = fit_rate(bad.into_iter().chain(good).chain([(6.0, 0.5)])).expect("a rate");
        assert_eq!((three.points, three.local), (3, None));
        assert!((three.rate() - std::f64::consts::LN_2).abs() < 1e-14);
    }

    #[test]
    fn a_known_small_fit_has_the_slope_of_the_integrals() {
        // y = ln loss = 0, −1, −1, −2 at t = 0, 1, 2, 3: ∫(t − 3/2)·y dt = 5/12 + 0 − 19/12 = −7/6,
        // and 12/27 of that is −14/27. (Least squares of the four points would have −3/5.)
        let y = [0.0_f64, -1.0, -1.0, -2.0];
        let fit = fit_rate(y.iter().enumerate().map(|(t, y)| (t as f64, y.exp()))).expect("a rate");
        assert!((fit.slope + 14.0 / 27.0).abs() < 1e-14, "{fit:?}");
    }

    /// ln loss of a loss with three rates: a training curve as wide networks have it.
    fn curve(t: f64) -> f64 {
        (-2.0 * t).exp() + 0.5 * (-0.5 * t).exp() + 0.1 * (-0.05 * t).exp()
    }

    /// The curve at so many records a decade of whole steps of 0.01, as a run's schedule has them.
    fn recorded(per_decade: u32) -> Vec<(f64, f64)> {
        let steps = (0..).map(|k| 10f64.powf(f64::from(k) / f64::from(per_decade)).round());
        let mut steps: Vec<f64> = steps.take_while(|step| *step < 3000.0).collect();
        steps.insert(0, 0.0);
        steps.push(3000.0);
        steps.dedup();
        let point = |step: f64| (0.01 * step, curve(0.01 * step));
        steps.into_iter().map(point).collect()
    }

    #[test]
    fn ten_records_a_decade_and_many_have_one_rate_and_one_range() {
        let fit = |per_decade| fit_rate(recorded(per_decade).into_iter()).expect("a rate");
        let (few, many) = (fit(10), fit(160));
        let close = |a: f64, b: f64, share: f64| (a / b - 1.0).abs() < share;
        assert!(close(few.rate(), many.rate(), 0.005), "{few:?} {many:?}");
        let [few, many] = [few, many].map(|fit| fit.local.expect("records in every quarter"));
        assert!(
            close(few[0], many[0], 0.02) && close(few[1], many[1], 0.02),
            "{few:?} {many:?}"
        );
        // The quarters differ: the rate is between them, and they by far more than the tolerance.
        assert!(many[1] > 3.0 * many[0]);
    }

    /// The residuals of a smooth curve are no noise: by the usual formula its rate seems four times
    /// as sure with sixteen times the records.
    #[test]
    fn a_standard_error_of_a_curve_would_follow_its_records() {
        let error = |per_decade| {
            let points = recorded(per_decade).into_iter();
            let logs: Vec<_> = points.map(|(t, loss)| (t, loss.ln())).collect();
            fit_line(&logs).expect("a line").standard_error
        };
        assert!(error(10) > 3.0 * error(160), "{} {}", error(10), error(160));
    }

    #[test]
    fn a_quarter_without_a_record_of_its_own_has_no_rate() {
        let times = [0.0, 0.1, 0.2, 0.3, 0.6, 1.0];
        let fit = |skip: usize| {
            let kept = times.iter().enumerate().filter(|(k, _)| *k != skip);
            fit_rate(kept.map(|(_, t)| (*t, curve(*t)))).expect("a rate")
        };
        assert!(fit(usize::MAX).local.is_some() && fit(1).local.is_some());
        assert_eq!(fit(4).local, None);
    }

    proptest! {
        #[test]
        fn exact_exponentials_have_their_rate_in_every_quarter(
            rate in -5.0..5.0_f64,
            scale in 1e-3..1e3_f64,
            start in 0.0..1e4_f64,
            n in 9..60_usize,
        ) {
            let t = |i: usize| start + 0.1 * i as f64;
            let points = (0..n).map(|i| (t(i), scale * (-rate * (t(i) - start)).exp()));
            let fit = fit_rate(points).expect("a rate");
            prop_assert!((fit.rate() - rate).abs() < 1e-8, "{fit:?}");
            let [least, greatest] = fit.local.expect("records in every quarter");
            prop_assert!((least - rate).abs() < 1e-8 && (greatest - rate).abs() < 1e-8, "{fit:?}");
            prop_assert_eq!(fit.points, n);
        }

        #[test]
        fn a_record_more_on_the_way_changes_nothing(
            noise in prop::collection::vec(-1.0..1.0_f64, 6..30),
            place in 0.01..0.99_f64,
        ) {
            let point = |(i, e): (usize, &f64)| (i as f64, (e - 0.3 * i as f64).exp());
            let points: Vec<_> = noise.iter().enumerate().map(point).collect();
            let fit = fit_rate(points.iter().copied()).expect("a rate");
            let more = points.windows(2).flat_map(|w| [w[0], part_way(w[0], w[1], place)]);
            let more = fit_rate(more.chain(points.last().copied())).expect("a rate");
            prop_assert!((fit.slope - more.slope).abs() < 1e-10, "{fit:?} {more:?}");
        }
    }
}
