//! Quantiles of the singular values over the steps.

use crate::figure::layer::{Dash, Figure, Ink, Layer, Line, Shaft};
use crate::figure::reading::precision;
use crate::figure::{Clock, Range, Scale, decimate, visible_arms};
use crate::history::{ArmHistory, RunHistory};
use crate::preset::Experiment;
use crate::spec::Precision;

use super::shown::{spectrum, value_axis};
use super::{Floored, SpectrumOptions};

/// A line over time: the share of values above it, its name and width.
struct Quantile {
    share: f64,
    name: &'static str,
    width: f32,
}

const QUANTILES: [Quantile; 5] = [
    Quantile::new(0.0, "σ_max", 2.0),
    Quantile::new(0.25, "upper quartile", 1.0),
    Quantile::new(0.5, "median", 1.2),
    Quantile::new(0.75, "lower quartile", 1.0),
    Quantile::new(1.0, "σ_min", 2.0),
];

impl Quantile {
    const fn new(share: f64, name: &'static str, width: f32) -> Self {
        Self { share, name, width }
    }

    fn is_outer(&self) -> bool {
        self.share == 0.0 || self.share == 1.0
    }

    /// The quantile of a descending spectrum: the nearest value, not an interpolated one.
    fn of(&self, values: &[f64], precision: Precision) -> Option<f64> {
        let max = values.first().copied()?;
        let rank = (self.share * (values.len() - 1) as f64).round() as usize;
        Some(Floored::of(*values.get(rank)?, max, precision).shown())
    }
}

/// Largest, quartiles and smallest of every visible arm; `held` is the horizontal extent shown before.
pub(super) fn over_time(
    experiment: &Experiment,
    history: &RunHistory,
    options: &SpectrumOptions<'_>,
    held: Option<Range>,
    values: Range,
) -> Figure {
    let x = options.clock.axis(experiment, history, options.log_x, held);
    let mut layers = Vec::new();
    if !options.live {
        layers.extend(options.clock.cursor_rule(history, options.cursor, x.scale));
    }
    for (index, arm) in visible_arms(history, options.hidden) {
        let precision = precision(experiment, index);
        let line = |q| {
            line(
                index,
                arm,
                q,
                precision,
                (options.clock, x.scale, x.range),
                options.columns,
            )
        };
        layers.extend(QUANTILES.iter().map(line).map(Layer::Line));
    }
    Figure {
        x,
        y: value_axis(values),
        layers,
    }
}

fn line(
    index: usize,
    arm: &ArmHistory,
    quantile: &Quantile,
    precision: Precision,
    (clock, scale, view): (Clock, Scale, Range),
    columns: usize,
) -> Line {
    let points = arm.records().iter().filter_map(|record| {
        let value = quantile.of(&spectrum(record)?, precision)?;
        let y = Scale::Log.place(value).unwrap_or(f64::NAN);
        let x = clock.value(record.step as f64, record.time);
        Some([scale.place(x)?, y])
    });
    let (opacity, dash) = if quantile.is_outer() {
        (1.0, Dash::Arm(index))
    } else {
        (0.6, Dash::SOLID)
    };
    Line {
        name: format!("{}, {}", arm.label, quantile.name),
        ink: Ink::Arm(index),
        shaft: Shaft {
            width: quantile.width,
            opacity,
            dash,
        },
        points: decimate(points, view, columns),
        end_label: (quantile.share == 0.0).then(|| arm.label.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_of_the_spectrum() {
        let values = [8.0, 6.0, 4.0, 2.0, 1.0];
        let read = QUANTILES.map(|q| q.of(&values, Precision::F64));
        assert_eq!(read, [8.0, 6.0, 4.0, 2.0, 1.0].map(Some));
        assert_eq!(QUANTILES[0].of(&[], Precision::F64), None);
    }
}
