//! How sure the place is at which a logistic curve passes ½.

use std::collections::BTreeMap;

use super::interval::student_95;
use super::logistic::Outcome;

/// Fewest rows, counted by what they tell, that an interval is made from.
const FEWEST_ROWS: f64 = 3.0;

/// Half-width of the 95 % interval of the half-point −offset/slope of a logistic curve fitted
/// through all trials, where cells disagree about it.
///
/// A two-way jackknife: every row of cells is left out in turn, then every column, then every cell,
/// and the half-point followed by one Newton step. With V the variances, V_rows + V_columns − V_cells
/// (at least V_cells) holds whether rows disagree, or columns, or both (Cameron, Gelbach, Miller 2011);
/// t is Student's quantile for the effective number of rows or columns, the lesser, less one. With one
/// column only it is the jackknife over its cells.
///
/// `None` where fewer than three rows or columns tell where the curve passes ½, or where one of
/// them is all there is.
pub(crate) fn half_width_of_half_point(trials: &[Outcome], curve: (f64, f64)) -> Option<f64> {
    let rows = left_out(trials, curve, |place| [place[0], 0])?;
    let has_columns = trials.iter().any(|trial| trial.place[1] > 0);
    if !has_columns {
        return rows.half_width(rows.variance);
    }
    let columns = left_out(trials, curve, |place| [0, place[1]])?;
    let cells = left_out(trials, curve, |place| place)?;
    let variance = rows.variance + columns.variance - cells.variance;
    let fewer = if rows.effective < columns.effective {
        rows
    } else {
        columns
    };
    fewer.half_width(variance.max(cells.variance))
}

/// What leaving out groups of trials in turn comes to.
struct LeftOut {
    /// (G − 1)/G Σ (change of the half-point)².
    variance: f64,
    /// Effective number of groups, (Σ w)²/Σ w², w the Fisher information of the curve's height in a
    /// group: rows in which nothing ever succeeds tell nothing.
    effective: f64,
}

impl LeftOut {
    fn half_width(&self, variance: f64) -> Option<f64> {
        let half = student_95(self.effective - 1.0) * variance.sqrt();
        (self.effective >= FEWEST_ROWS && half.is_finite()).then_some(half)
    }
}

/// Score and information of some trials at a curve.
#[derive(Clone, Copy, Default)]
struct Sums {
    score: [f64; 2],
    information: [f64; 3],
}

impl Sums {
    fn add(&mut self, trial: &Outcome, (slope, offset): (f64, f64)) {
        let Outcome { x, success, .. } = *trial;
        let p = 1.0 / (1.0 + (-(slope * x + offset)).exp());
        let weight = p * (1.0 - p);
        let terms = [weight * x * x, weight * x, weight];
        self.score = [
            self.score[0] + (success - p) * x,
            self.score[1] + success - p,
        ];
        for (sum, term) in self.information.iter_mut().zip(terms) {
            *sum += term;
        }
    }
}

/// Leaves out the groups that `group` makes of places, one at a time.
fn left_out(
    trials: &[Outcome],
    curve: (f64, f64),
    group: impl Fn([usize; 2]) -> [usize; 2],
) -> Option<LeftOut> {
    let mut groups: BTreeMap<[usize; 2], Sums> = BTreeMap::new();
    let mut all = Sums::default();
    for trial in trials {
        groups
            .entry(group(trial.place))
            .or_default()
            .add(trial, curve);
        all.add(trial, curve);
    }
    let (slope, offset) = curve;
    let (mut squares, mut weights, mut squared_weights) = (0.0, 0.0, 0.0);
    for sums in groups.values() {
        let [ss, so, oo] = [0, 1, 2].map(|k| all.information[k] - sums.information[k]);
        let determinant = ss * oo - so * so;
        // Without the group the others tell no curve.
        if determinant.is_nan() || determinant <= 1e-9 * all.information[0] * all.information[2] {
            return None;
        }
        // The score of all is 0 at the maximum, so that of the others is minus the group's.
        let [by_slope, by_offset] = sums.score.map(|score| -score);
        let slope_change = (oo * by_slope - so * by_offset) / determinant;
        let offset_change = (ss * by_offset - so * by_slope) / determinant;
        squares += ((offset_change - offset / slope * slope_change) / slope).powi(2);
        weights += sums.information[2];
        squared_weights += sums.information[2].powi(2);
    }
    let count = groups.len() as f64;
    Some(LeftOut {
        variance: (count - 1.0) / count * squares,
        effective: weights * weights / squared_weights,
    })
}
