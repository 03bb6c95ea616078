//! How many singular values lie where.

use crate::figure::layer::{Axis, Figure, Ink, Layer};
use crate::figure::{Range, Scale};

use super::shown::{Shown, value_axis};

/// Histograms of the spectra, those of the start as grey outlines below them. `counts` is the
/// extent of the counts shown before.
pub(super) fn histogram(arms: &[Shown], values: Range, counts: Option<Range>) -> Figure {
    let ghosts = arms.iter().filter_map(|arm| {
        let bars = bins(arm, arm.start.as_ref()?, values);
        Some((Ink::Ghost, bars, false))
    });
    let shown = arms
        .iter()
        .map(|arm| (Ink::Arm(arm.index), bins(arm, &arm.now, values), true));
    let bars: Vec<_> = ghosts.chain(shown).collect();
    let heights = bars.iter().flat_map(|(_, bars, _)| bars).map(|b| b[2]);
    let tallest = Range {
        low: 0.0,
        high: heights.fold(1.0, f64::max),
    };
    let layer = |(ink, bars, filled)| Layer::Bars { ink, bars, filled };
    Figure {
        x: value_axis(values),
        y: Axis {
 marks: Vec::new(),
            label: "values in a bin".to_owned(),
            definition: "number of singular values in each bin, ten bins a decade; what is not told apart from zero is counted at √ε·σ_max".to_owned(),
            scale: Scale::Linear,
            whole: true,
            range: Range::admit(counts, Some(tallest), Scale::Linear),
        },
        layers: bars.into_iter().map(layer).collect(),
    }
}

/// Ten bins a decade over the whole range, by rising value.
fn bins(arm: &Shown, values: &[f64], range: Range) -> Vec<[f64; 3]> {
    let count = (10.0 * range.span()).round().clamp(1.0, 400.0) as usize;
    let width = range.span() / count as f64;
    let mut heights = vec![0.0; count];
    for (_, value) in arm.ranked(values) {
        let place = Scale::Log.place(value.shown()).unwrap_or(range.low);
        let bin = ((place - range.low) / width).floor();
        heights[bin.clamp(0.0, count as f64 - 1.0) as usize] += 1.0;
    }
    let left = |i: usize| range.low + i as f64 * width;
    let bars = heights.into_iter().enumerate();
    bars.map(|(i, height)| [left(i), left(i + 1), height])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Precision;

    #[test]
    fn every_value_is_in_a_bin_and_the_unresolved_are_at_the_floor() {
        let now = [3.0, 0.5, 0.5, 1e-9];
        let arm = Shown {
            index: 0,
            label: String::new(),
            now: now.into(),
            start: None,
            precision: Precision::F32,
        };
        let range = Range {
            low: -4.0,
            high: 1.0,
        };
        let bars = bins(&arm, &now, range);
        assert_eq!(bars.len(), 50);
        assert_eq!(bars.iter().map(|b| b[2]).sum::<f64>(), 4.0);
        let holding = |value: f64| {
            let place = value.log10();
            bars.iter()
                .find(|b| b[0] <= place && place < b[1])
                .map(|b| b[2])
        };
        assert_eq!(holding(0.5), Some(2.0));
        assert_eq!(holding(3.0 * f64::from(f32::EPSILON).sqrt()), Some(1.0));
    }
}
