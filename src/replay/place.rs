//! Places on an axis as whole numbers: a plot of a page has fewer pixels than these.

use crate::figure::Range;

/// Where the lower end of an axis lies among the whole numbers; below it is room for what leaves the plot.
pub(super) const LOW: u16 = 8192;
/// Whole numbers from one end of an axis to the other.
pub(super) const SPAN: u16 = 49_152;
/// Stands for no place.
pub(super) const NOWHERE: u16 = 0;

/// The whole number of a place; those far outside are moved nearer, where they are as little seen.
pub(super) fn place(at: f64, range: Range) -> u16 {
    let share = (at - range.low) / range.span();
    if !share.is_finite() {
        return NOWHERE;
    }
    let whole = f64::from(LOW) + share * f64::from(SPAN);
    whole.round().clamp(1.0, f64::from(u16::MAX)) as u16
}

/// Points as whole numbers, x and y in turn.
pub(super) fn points<'a>(
    points: impl IntoIterator<Item = &'a [f64; 2]>,
    [x, y]: [Range; 2],
) -> Vec<u16> {
    let each = points.into_iter();
    each.flat_map(|point| [place(point[0], x), place(point[1], y)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RANGE: Range = Range {
        low: -2.0,
        high: 6.0,
    };

    #[test]
    fn a_place_comes_back_to_within_a_tenth_of_a_pixel_of_4000() {
        for k in 0..=1000 {
            let at = RANGE.low + RANGE.span() * f64::from(k) / 1000.0;
            let whole = place(at, RANGE);
            let back =
                (f64::from(whole) - f64::from(LOW)) / f64::from(SPAN) * RANGE.span() + RANGE.low;
            assert!(
                (back - at).abs() < 0.1 * RANGE.span() / 4000.0,
                "{at} {back}"
            );
        }
    }

    #[test]
    fn what_has_no_place_is_nowhere_and_what_leaves_the_plot_is_outside_of_it() {
        assert_eq!(place(f64::NAN, RANGE), NOWHERE);
        assert_eq!(place(f64::INFINITY, RANGE), NOWHERE);
        assert!(place(-1e9, RANGE) > NOWHERE && place(-1e9, RANGE) < LOW);
        assert!(place(1e9, RANGE) > LOW + SPAN);
    }
}
